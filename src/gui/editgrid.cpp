#include "gui/editgrid.h"

namespace rowdesk {

QModelIndex EditGrid::moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers)
{
    if ((action != MoveNext && action != MovePrevious) || !currentIndex().isValid())
        return QTableView::moveCursor(action, modifiers);
    const QModelIndex cell = neighbour(action == MoveNext);
    return cell.isValid() ? cell : currentIndex();
}

QModelIndex EditGrid::neighbour(bool after) const
{
    const int columns = model()->columnCount();
    const int cells = columns * model()->rowCount();
    const int step = after ? 1 : -1;
    for (int at = currentIndex().row() * columns + currentIndex().column() + step; at >= 0 && at < cells; at += step) {
        const QModelIndex cell = model()->index(at / columns, at % columns);
        if (cell.flags().testFlag(Qt::ItemIsEditable))
            return cell;
    }
    return {};
}

void EditGrid::closeEditor(QWidget *editor, QAbstractItemDelegate::EndEditHint hint)
{
    const bool after = hint == QAbstractItemDelegate::EditNextItem;
    const bool leaves = (after || hint == QAbstractItemDelegate::EditPreviousItem) && !neighbour(after).isValid();
    QTableView::closeEditor(editor, leaves ? QAbstractItemDelegate::NoHint : hint);
    if (leaves)
        focusNextPrevChild(after);
}

bool EditGrid::edit(const QModelIndex &index, EditTrigger trigger, QEvent *event)
{
    const bool isClick = trigger == SelectedClicked && (editTriggers() & SelectedClicked);
    return QTableView::edit(index, isClick ? AllEditTriggers : trigger, event);
}

} // namespace rowdesk
