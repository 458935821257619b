#pragma once

#include "core/cellvalue.h"
#include "core/parallel.h"
#include "core/tablesnapshot.h"

#include <vector>

namespace rowdesk {

/// A column of a table and what counts as the same in it.
struct RuledColumn
{
    int column = -1; ///< -1: the table has none; all cells are null
    CellRule rule;
};

/// One number a row: rows that are the same in these columns have the same one.
struct RowHashes
{
    std::vector<std::uint64_t> hashes;
    std::vector<std::uint8_t> filled; ///< 1: not all of the cells are blank (null or empty text)
};

/// Hashes all rows, on several threads. What it gives is of no use once cancelled.
RowHashes hashRows(const TableSnapshot &table, const std::vector<RuledColumn> &columns, CancelFlag cancelled);

/// Whether all values of the column are whole numbers of at most 64 bits, so that their hashes are as different as they
/// are.
bool isWholeNumbers(const TableSnapshot &table, const RuledColumn &column);

/// Reads cells of one column, quickly when the rows asked for are near each other. Used in one thread.
class ColumnCursor
{
public:
    ColumnCursor(const TableSnapshot &table, int column) : m_table(&table), m_column(column) {}

    /// The segment that holds the row (null: all nulls), and the row's place in it.
    std::pair<const Segment *, size_t> at(size_t row)
    {
        if (row - m_first >= m_rows)
            move(row);
        return {m_segment, row - m_first};
    }

private:
    void move(size_t row);

    const TableSnapshot *m_table;
    int m_column;
    const Segment *m_segment = nullptr;
    size_t m_first = 0;
    size_t m_rows = 0;
};

} // namespace rowdesk
