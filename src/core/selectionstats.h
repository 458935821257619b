#pragma once

#include "core/parallel.h"
#include "core/tablesnapshot.h"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace rowdesk {

/// A rectangle of selected cells: positions in the rows shown, and columns of the table.
struct CellRange
{
    qsizetype firstRow = 0;
    qsizetype lastRow = 0; ///< included
    int firstColumn = 0;
    int lastColumn = 0; ///< included
};

/// What the status bar says about selected cells. Sum, smallest and largest are of the numbers among them.
struct SelectionStats
{
    qint64 cells = 0;
    qint64 nulls = 0;
    qint64 empty = 0; ///< text without characters
    qint64 numbers = 0;
    std::optional<qint64> distinct; ///< different values, nulls not counted; not told beyond a million cells
    std::string sum;                ///< exact when isExact, else rounded; empty without numbers
    bool isExact = true;            ///< the sum has every digit
    std::string min;                ///< as written
    std::string max;
    double average = 0;
};

/// Looks at ranges that don't overlap. `rows` is the order shown (null: as they came). Empty when cancelled.
std::optional<SelectionStats> selectionStats(const TableSnapshot &table, const std::vector<quint32> *rows,
                                             std::span<const CellRange> ranges, CancelFlag cancelled = nullptr);

} // namespace rowdesk
