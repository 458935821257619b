#include "gui/settingsbar.h"

#include "gui/flowlayout.h"
#include "gui/look.h"
#include "models/plaintooltip.h"

#include <QMenu>
#include <QToolButton>

namespace rowdesk {

SettingsBar::SettingsBar(QWidget *parent) : QWidget(parent)
{
    new FlowLayout(this, look::hair);
}

QWidget *SettingsBar::tabAfter(QWidget *previous)
{
    for (QToolButton *button : findChildren<QToolButton *>()) {
        setTabOrder(previous, button);
        previous = button;
    }
    return previous;
}

SettingsBar::Part SettingsBar::addPart(const QString &name)
{
    auto *button = new QToolButton(this);
    auto *menu = new QMenu(button);
    button->setMenu(menu);
    button->setPopupMode(QToolButton::InstantPopup);
    button->setFocusPolicy(Qt::StrongFocus);
    button->setAutoRaise(true);
    button->setProperty("part", name);
    layout()->addWidget(button);
    if (!focusProxy())
        setFocusProxy(button);
    return {button, menu};
}

void SettingsBar::fill(const Part &part, const QString &text, const QString &reason)
{
    part.menu->clear();
    part.button->setText(withoutMnemonic(text));
    const QString name = part.button->property("part").toString();
    part.button->setToolTip(plainToolTip(reason.isEmpty() ? name : name + u'\n' + reason));
    part.button->setAccessibleName(name + QLatin1StringView(": ") + text);
    part.button->setAccessibleDescription(reason);
    if (!reason.isEmpty()) {
        part.menu->addAction(withoutMnemonic(reason))->setEnabled(false);
        part.menu->addSeparator();
    }
}

void SettingsBar::choice(const Part &part, const QString &text, bool chosen, const std::function<void()> &choose)
{
    QAction *action = part.menu->addAction(withoutMnemonic(text));
    action->setCheckable(true);
    action->setChecked(chosen);
    // Later: the choice leads to a new menu, and this one must not go while it speaks.
    connect(action, &QAction::triggered, this, choose, Qt::QueuedConnection);
}

void SettingsBar::setShown(const Part &part, bool shown)
{
    part.button->setVisible(shown);
}

QString SettingsBar::headerText(int rowsOfNames)
{
    switch (rowsOfNames) {
    case 0:
        return tr("First row has values");
    case 1:
        return tr("First row has the names");
    default:
        return tr("First %1 rows have the names together").arg(rowsOfNames);
    }
}

QVector<int> SettingsBar::headerChoices(int now)
{
    QVector<int> choices{1, 2, 3, 0};
    if (!choices.contains(now))
        choices.insert(3, now);
    return choices;
}

} // namespace rowdesk
