#pragma once

#include "core/parallel.h"

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace rowdesk {

/// Rows of one class: equal to each other. Ascending.
using RowList = std::span<const std::uint32_t>;

/// One side of a join.
struct JoinSide
{
    const std::vector<std::uint64_t> *hashes = nullptr;
    /// Which rows take part: those whose entry here is `value`.
    const std::vector<std::uint8_t> *states = nullptr;
    std::uint8_t value = 0;
};

/// Whether two rows are really equal, each given as (is it of A, row). Used in one thread.
using SameRows = std::function<bool(bool aIsOfA, std::uint32_t a, bool bIsOfA, std::uint32_t b)>;
/// Makes one for each thread. Null: rows of one hash always are equal.
using MakeSameRows = std::function<SameRows()>;

/// Whether two rows that alone have their hash, one on each side, are asked about.
enum class LonePairs {
    Asked,
    Taken ///< they are taken for equal, and the caller looks at all of them later, in the order of the rows
};

/// Puts the rows of two tables into classes of equal rows and calls take(rows of A, rows of B) once for each class, one
/// of the lists perhaps empty; on several threads, each row in one call. False when cancelled: then not all classes
/// were given.
///
/// Rows are spread over small parts by their hash and sorted there, so memory is read in order: 12 bytes a row and side
/// while it runs.
bool joinRows(const JoinSide &a, const JoinSide &b, const MakeSameRows &makeSame, LonePairs lonePairs,
              const std::function<void(RowList, RowList)> &take, CancelFlag cancelled);

} // namespace rowdesk
