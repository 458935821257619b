#pragma once

#include "core/parallel.h"
#include "core/tablesnapshot.h"

#include <optional>
#include <span>
#include <vector>

namespace rowdesk {

/// One column to sort by.
struct SortKey
{
    int column = 0;
    bool descending = false;

    bool operator==(const SortKey &) const = default;
};

/// Puts rows in the order of the keys, the first one first; rows that are equal in all keys stay as they were.
///
/// Ascending: booleans (false first), numbers by value (exactly, however long), text, nested values. Text goes without
/// regard to case, then by its bytes; so days and moments in one form are in the order of time. Nulls come last in both
/// directions. Uses several threads. Empty when cancelled.
std::optional<std::vector<quint32>> sortRows(const TableSnapshot &table, std::span<const SortKey> keys,
                                             std::vector<quint32> rows, CancelFlag cancelled = nullptr);

/// All rows of the table, as they came.
std::vector<quint32> allRows(const TableSnapshot &table);

} // namespace rowdesk
