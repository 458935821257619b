#pragma once

#include "core/parallel.h"
#include "core/tablesnapshot.h"

#include <optional>
#include <vector>

namespace rowdesk {

/// How well a column is filled. Each row counts once: rows == good + other + empty.
struct ColumnQuality
{
    qint64 rows = 0;
    qint64 good = 0;                ///< values of the kind that most values of the column have
    qint64 other = 0;               ///< values of another kind: text among numbers, for example
    qint64 empty = 0;               ///< no value, or text of blanks only
    CellKind kind = CellKind::Null; ///< the kind of the good ones; Null: the column has no value

    bool operator==(const ColumnQuality &) const = default;
};

/// Counts all rows of every column, several columns at a time. Of kinds that are equally frequent the one that comes
/// first in CellKind is the good one. Empty when cancelled.
std::optional<std::vector<ColumnQuality>> columnQualities(const TableSnapshot &table, CancelFlag cancelled = nullptr);

} // namespace rowdesk
