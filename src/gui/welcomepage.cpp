#include "gui/welcomepage.h"

#include "gui/icons.h"
#include "gui/look.h"
#include "gui/plainlabel.h"

#include <QBoxLayout>
#include <QCommandLinkButton>

namespace rowdesk {

namespace {

constexpr int columnWidth = 520;

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
        auto *button = new QCommandLinkButton(text, sentence, column);
        button->setIcon(icon(picture));
        rows->addWidget(button);
        return button;
    };
    auto *sample = choice(Icon::Sample, tr("Try with &sample data"),
                          tr("A small ClicData on this computer. No account is needed."));
    auto *signIn = choice(Icon::SignIn, tr("Sign &in to ClicData"),
                          tr("With a client id and secret, a user name and password, or an API key."));
    auto *file = choice(Icon::File, tr("&Open a CSV file"),
                        tr("Looks at the file first. Nothing is uploaded before you say where to."));
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
