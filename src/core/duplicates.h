#pragma once

#include "core/parallel.h"
#include "core/tablesnapshot.h"

#include <optional>
#include <vector>

namespace rowdesk {

/// Rows that have the same key.
struct DuplicateGroup
{
    std::vector<quint32> rows; ///< of the table, ascending; two at least
};

/// What the rows of a table have in common in some columns: its key, or what should be one.
struct Duplicates
{
    qint64 rows = 0;                     ///< rows that were looked at
    qint64 keys = 0;                     ///< different keys, blank ones not counted
    qint64 blank = 0;                    ///< rows whose key has no value in any of the columns; they are in no group
    qint64 groups = 0;                   ///< keys that several rows have
    qint64 repeated = 0;                 ///< rows in these groups
    std::vector<DuplicateGroup> largest; ///< most rows first, then as the table has them

    /// Whether the columns tell all rows apart.
    bool isKey() const { return groups == 0 && blank == 0; }
};

/// Finds rows that are the same in all of these columns, in the sense of CellRule without exceptions: numbers by value,
/// texts character by character, null and empty text different. `rows` are those to look at (null: all); `limit` is how
/// many groups are given. Exact: rows with equal hashes are compared cell by cell. Empty when cancelled.
std::optional<Duplicates> findDuplicates(const TableSnapshot &table, const std::vector<int> &columns,
                                         const std::vector<quint32> *rows, size_t limit,
                                         CancelFlag cancelled = nullptr);

} // namespace rowdesk
