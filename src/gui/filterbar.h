#pragma once

#include <QTimer>
#include <QWidget>

class QAction;
class QHBoxLayout;
class QMenu;
class QToolButton;

namespace rowdesk {

class PlainLabel;
class TableQuery;

/// The filters of a table as chips that can be changed and taken away, how many rows they leave, and the way to more.
class FilterBar : public QWidget
{
    Q_OBJECT
public:
    /// The query outlives the bar. The action (find) is shown as a button at the end.
    FilterBar(TableQuery *query, QAction *find, QWidget *parent = nullptr);

    /// Says anew what is true; the state of the table has changed.
    void refresh();
    QToolButton *addButton() const { return m_add; }
    /// A further button at the end, that opens this menu.
    QToolButton *addMenu(const QString &text, QMenu *menu);
    /// The sentence about the rows that are left.
    QString count() const;

signals:
    void addWanted();
    /// A chip was clicked: the filter at this place is to be changed.
    void editWanted(int place);

private:
    void rebuildChips();
    QWidget *makeChip(int place);

    TableQuery *m_query;
    QHBoxLayout *m_parts;
    QWidget *m_flow;
    QToolButton *m_add;
    QToolButton *m_clear;
    PlainLabel *m_count;
    QToolButton *m_cancel;
    QTimer m_slow; ///< work that takes longer than a moment is told
    QStringList m_shown;
};

} // namespace rowdesk
