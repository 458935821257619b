#pragma once

#include <QWidget>

#include <functional>

class QMenu;
class QToolButton;

namespace rowdesk {

/// Settings as words in a line: each is a button that shows what is set, its menu says why and offers the others.
class SettingsBar : public QWidget
{
    Q_OBJECT
public:
    explicit SettingsBar(QWidget *parent = nullptr);

    /// Its buttons come after `previous` in the tab order. Gives the last of them.
    QWidget *tabAfter(QWidget *previous);

    /// What the first rows of a table are; 0: values. As the choice is named.
    static QString headerText(int rowsOfNames);

protected:
    /// One setting. `name` says what it is about, for the tool tip and for a screen reader.
    struct Part
    {
        QToolButton *button = nullptr;
        QMenu *menu = nullptr;
    };
    Part addPart(const QString &name);
    /// Shows what is set and why, and empties the menu. All texts are plain text.
    static void fill(const Part &part, const QString &text, const QString &reason = {});
    /// Adds an entry to the menu.
    void choice(const Part &part, const QString &text, bool chosen, const std::function<void()> &choose);
    static void setShown(const Part &part, bool shown);
    /// What can be chosen, the present one included.
    static QVector<int> headerChoices(int now);
};

} // namespace rowdesk
