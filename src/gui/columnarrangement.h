#pragma once

#include "models/savedview.h"

#include <QObject>

namespace rowdesk {

class RowsTable;

/// The order of the columns of a table, which of them are hidden and how many stay in sight, by name of column. Keeps
/// to it when the table is read again or gets further columns.
class ColumnArrangement : public QObject
{
    Q_OBJECT
public:
    /// The table has its header and its model, and owns this.
    explicit ColumnArrangement(RowsTable *table);

    const ColumnLayout &layout() const { return m_layout; }
    /// Arranges the columns that are there, and those that come later.
    void set(const ColumnLayout &layout);

    void setHidden(int column, bool hidden);
    void showAll();
    /// Moves a column one place among those shown; to the right or, -1, to the left.
    void move(int column, int by);
    /// All columns from the left to this one stay in sight; called for the last of them, none does.
    void freezeUpTo(int column);
    bool isLastFrozen(int column) const;
    /// As the table has its columns: all shown, in their order, none frozen.
    void reset();

signals:
    /// A person has arranged the columns otherwise.
    void chosen();

private:
    void apply();
    void take();
    QString name(int column) const;
    QVector<int> shownColumns() const; ///< from the left

    RowsTable *m_table;
    ColumnLayout m_layout;
    bool m_applying = false;
};

} // namespace rowdesk
