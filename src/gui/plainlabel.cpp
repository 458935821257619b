#include "gui/plainlabel.h"

#include "gui/look.h"

#include <QApplication>
#include <QEvent>

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
