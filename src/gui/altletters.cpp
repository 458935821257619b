#include "gui/altletters.h"

#include <QCoreApplication>
#include <QKeyEvent>
#include <QWidget>

namespace rowdesk {

AltLetters::AltLetters(QObject *parent) : QObject(parent)
{
    QCoreApplication::instance()->installEventFilter(this);
}

bool AltLetters::eventFilter(QObject *watched, QEvent *event)
{
    // By then every shortcut has had its turn. AltGr writes signs, and comes without Alt.
    if (event->type() != QEvent::KeyPress || !watched->isWidgetType())
        return false;
    const auto *key = static_cast<const QKeyEvent *>(event);
    const Qt::KeyboardModifiers held = key->modifiers() & ~Qt::ShiftModifier;
    const bool writes = !key->text().isEmpty() && key->text().at(0).isPrint();
    return held == Qt::AltModifier && writes &&
           static_cast<QWidget *>(watched)->testAttribute(Qt::WA_InputMethodEnabled);
}

} // namespace rowdesk
