#include "gui/welcomepage.h"

#include "gui/icons.h"
#include "gui/look.h"
#include "gui/plainlabel.h"

#include <QBoxLayout>
#include <QCommandLinkButton>
#include <QKeyEvent>
#include <QPainter>

namespace rowdesk {

namespace {

constexpr int columnWidth = 520;

/// A command link with a focus ring of its own, which styles leave out or draw too faintly, and that Return presses:
/// Qt leaves Return to dialogs.
class Choice : public QCommandLinkButton
{
public:
    using QCommandLinkButton::QCommandLinkButton;

protected:
    void keyPressEvent(QKeyEvent *event) override
    {
        if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
            if (!event->isAutoRepeat())
                click();
            return;
        }
        QCommandLinkButton::keyPressEvent(event);
    }
    void paintEvent(QPaintEvent *event) override
    {
        QCommandLinkButton::paintEvent(event);
        if (!hasFocus())
            return;
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(palette().color(QPalette::Highlight), 2));
        painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 4, 4);
    }
};

} // namespace

WelcomePage::WelcomePage(QWidget *parent) : QWidget(parent), m_waiting(new PlainLabel)
{
    auto *column = new QWidget(this);
    column->setMaximumWidth(columnWidth);
    auto *rows = new QVBoxLayout(column);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(look::gap);

    auto *name = new PlainLabel(tr("Rowdesk"), PlainLabel::Weight::Title, column);
    auto *purpose = new PlainLabel(tr("Browse, compare and upload the datasets of a ClicData account."), column);
    purpose->setWordWrap(true);
    rows->addWidget(name);
    rows->addWidget(purpose);
    m_waiting->setWordWrap(true);
    m_waiting->setFrameShape(QFrame::StyledPanel);
    m_waiting->setMargin(look::near);
    m_waiting->hide();
    rows->addWidget(m_waiting);
    rows->addSpacing(look::near);

    const auto choice = [&](Icon picture, const QString &text, const QString &sentence) {
        auto *button = new Choice(text, sentence, column);
        button->setFocusPolicy(Qt::StrongFocus);
        button->setIcon(icon(picture));
        rows->addWidget(button);
        return button;
    };
    auto *sample = choice(Icon::Sample, tr("Try with &sample data"),
                          tr("A small ClicData on this computer. No account is needed."));
    auto *signIn = choice(Icon::SignIn, tr("Sign &in to ClicData"),
                          tr("With a client id and secret, a user name and password, or an API key."));
    auto *file = choice(Icon::File, tr("&Open a CSV or Excel file"),
                        tr("Choose a file; you say where its rows go after signing in or in the sample data."));
    connect(sample, &QCommandLinkButton::clicked, this, &WelcomePage::sampleDataWanted);
    connect(signIn, &QCommandLinkButton::clicked, this, &WelcomePage::signInWanted);
    connect(file, &QCommandLinkButton::clicked, this, &WelcomePage::openFileWanted);

    auto *unofficial =
        new PlainLabel(tr("Unofficial, not affiliated with ClicData."), PlainLabel::Weight::Quiet, column);
    unofficial->setWordWrap(true);
    rows->addSpacing(look::near);
    rows->addWidget(unofficial);

    auto *page = new QVBoxLayout(this);
    page->addStretch(2);
    auto *middle = new QHBoxLayout;
    middle->addStretch(1);
    middle->addWidget(column, 1000); // as wide as it may be, before the sides get anything
    middle->addStretch(1);
    page->addLayout(middle);
    page->addStretch(3);
    setFocusProxy(sample);
}

void WelcomePage::showWaitingFile(const QString &name)
{
    m_waiting->setText(tr("%1 is ready to import. Say where to: try it with the sample data, or sign in.").arg(name));
    m_waiting->setVisible(!name.isEmpty());
}

} // namespace rowdesk
