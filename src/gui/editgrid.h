#pragma once

#include <QTableView>

namespace rowdesk {

/// A table in which Tab goes from one cell that can be edited to the next: those that only tell something are passed
/// over. From the last one it goes on to what stands after the table. Arrow keys reach every cell. A click on the
/// current cell opens its editor at once: Qt waits whether a second click comes, and what is typed meanwhile would be
/// lost.
class EditGrid : public QTableView
{
    Q_OBJECT
public:
    using QTableView::edit;
    using QTableView::QTableView;

protected:
    QModelIndex moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers) override;
    bool edit(const QModelIndex &index, EditTrigger trigger, QEvent *event) override;
    void closeEditor(QWidget *editor, QAbstractItemDelegate::EndEditHint hint) override;

private:
    /// The cell to be edited after the current one, or before it; invalid when there is none.
    QModelIndex neighbour(bool after) const;
};

} // namespace rowdesk
