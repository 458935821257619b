#include "gui/editgrid.h"

namespace rowdesk {

QModelIndex EditGrid::moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers)
{
    if (action != MoveNext && action != MovePrevious)
        return QTableView::moveCursor(action, modifiers);
    const QModelIndex from = currentIndex();
    if (!from.isValid())
        return QTableView::moveCursor(action, modifiers);
    const int columns = model()->columnCount();
    const int cells = columns * model()->rowCount();
    const int step = action == MoveNext ? 1 : cells - 1;
    int at = from.row() * columns + from.column();
    for (int tried = 0; tried < cells; ++tried) {
        at = (at + step) % cells;
        const QModelIndex cell = model()->index(at / columns, at % columns);
        if (cell.flags().testFlag(Qt::ItemIsEditable))
            return cell;
    }
    return from;
}

bool EditGrid::edit(const QModelIndex &index, EditTrigger trigger, QEvent *event)
{
    const bool isClick = trigger == SelectedClicked && (editTriggers() & SelectedClicked);
    return QTableView::edit(index, isClick ? AllEditTriggers : trigger, event);
}

} // namespace rowdesk
