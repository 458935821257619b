#include "gui/plainlabel.h"

#include "gui/look.h"
#include "models/plaintooltip.h"

#include <QApplication>
#include <QHelpEvent>
#include <QPainter>
#include <QStyle>
#include <QToolTip>

namespace rowdesk {

PlainLabel::PlainLabel(const QString &text, QWidget *parent) : QLabel(parent)
{
    setTextFormat(Qt::PlainText);
    setText(text);
}

PlainLabel::PlainLabel(const QString &text, Weight weight, QWidget *parent) : PlainLabel(text, parent)
{
    setWeight(weight);
}

void PlainLabel::setWeight(Weight weight)
{
    m_weight = weight;
    applyWeight();
}

void PlainLabel::setElided(int leastCharacters)
{
    m_leastCharacters = leastCharacters;
    updateGeometry();
    update();
}

QSize PlainLabel::minimumSizeHint() const
{
    const QSize all = QLabel::minimumSizeHint();
    if (m_leastCharacters == 0)
        return all;
    return all.boundedTo({fontMetrics().averageCharWidth() * m_leastCharacters, all.height()});
}

QString PlainLabel::shownText() const
{
    return fontMetrics().elidedText(text(), Qt::ElideMiddle, contentsRect().width());
}

void PlainLabel::paintEvent(QPaintEvent *event)
{
    if (m_leastCharacters == 0)
        return QLabel::paintEvent(event);
    QPainter painter(this);
    style()->drawItemText(&painter, contentsRect(), int(alignment()), palette(), isEnabled(), shownText(),
                          foregroundRole());
}

bool PlainLabel::event(QEvent *event)
{
    if (event->type() != QEvent::ToolTip || m_leastCharacters == 0 || shownText() == text())
        return QLabel::event(event);
    QToolTip::showText(static_cast<QHelpEvent *>(event)->globalPos(), plainToolTip(text()), this);
    return true;
}

void PlainLabel::applyWeight()
{
    if (m_applying)
        return;
    m_applying = true;
    if (m_weight == Weight::Quiet) {
        const QPalette base = parentWidget() ? parentWidget()->palette() : QApplication::palette(this);
        QPalette quiet = base;
        quiet.setColor(QPalette::WindowText, look::quietText(base));
        setPalette(quiet);
    }
    if (m_weight == Weight::Title && parentWidget())
        setFont(look::titleFont(parentWidget()));
    m_applying = false;
}

void PlainLabel::changeEvent(QEvent *event)
{
    QLabel::changeEvent(event);
    switch (event->type()) {
    case QEvent::ParentChange:
    case QEvent::PaletteChange:
    case QEvent::ApplicationPaletteChange:
    case QEvent::FontChange:
    case QEvent::ApplicationFontChange:
        applyWeight();
        break;
    default:
        break;
    }
}

} // namespace rowdesk
