#pragma once

#include "core/parallel.h"
#include "core/tablesnapshot.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace rowdesk {

/// How often a value occurs. Numbers that are equal are one value, written as the first of them was.
struct ValueCount
{
    CellKind kind = CellKind::Null; ///< Null: how many cells have no value
    std::string text;
    qint64 count = 0;
};

/// Counts of the different values of a column.
struct ValueCounts
{
    std::vector<ValueCount> most; ///< the most frequent ones, then by sort order; nulls among them
    qint64 distinct = 0;          ///< different values, nulls not counted
    qint64 unique = 0;            ///< values that occur once
    qint64 nulls = 0;
};

/// Counts the values of these rows (null: all). `limit` is how many of the most frequent ones are given. Empty when
/// cancelled.
std::optional<ValueCounts> countValues(const TableSnapshot &table, int column, const std::vector<quint32> *rows,
                                       size_t limit, CancelFlag cancelled = nullptr);

} // namespace rowdesk
