#pragma once

#include <QTableView>

namespace rowdesk {

/// A table in which Tab goes from one cell that can be edited to the next: those that only tell something are passed
/// over. Arrow keys reach every cell.
class EditGrid : public QTableView
{
    Q_OBJECT
public:
    using QTableView::QTableView;

protected:
    QModelIndex moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers) override;
};

} // namespace rowdesk
