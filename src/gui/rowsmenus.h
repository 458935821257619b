#pragma once

#include <QObject>

class QMenu;

namespace rowdesk {

class RowsView;

/// The menus of the table of rows: what can be done with a cell and with a column, by mouse and by keyboard alike.
class RowsMenus : public QObject
{
    Q_OBJECT
public:
    /// The view outlives the menus.
    explicit RowsMenus(RowsView *view);

    /// Entries about a column. The menu's entries call the view.
    void fillColumnMenu(QMenu *menu, int column);
    /// Entries about a cell, with its column's menu inside.
    void fillCellMenu(QMenu *menu, const QModelIndex &cell);

private:
    void addSorting(QMenu *menu, int column);
    void addWidths(QMenu *menu, int column);
    void addArrangement(QMenu *menu, int column);

    RowsView *m_rows;
};

} // namespace rowdesk
