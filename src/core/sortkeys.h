#pragma once

#include "core/parallel.h"
#include "core/tablesnapshot.h"

#include <string>
#include <string_view>
#include <vector>

namespace rowdesk {

/// The text by which text is sorted: without regard to case. Gives the text itself or a view into `scratch`.
std::string_view foldedForSort(std::string_view text, std::string &scratch);

/// Compares two texts as sortRows() does: folded, then by bytes. Less than, equal to or greater than 0.
int compareTexts(std::string_view a, std::string_view b);

/// What a column is sorted by: for each row of the table a group (0 bools, 1 numbers, 2 text, 3 nested, 4 null) and a
/// number whose order is the order within the group. Where equal numbers may stand for different values, `coarse` tells
/// so, and the cells must be compared.
struct SortKeys
{
    static constexpr std::uint8_t nullGroup = 4;

    std::vector<std::uint64_t> keys;
    std::vector<std::uint8_t> groups; ///< empty when all rows are in `group`
    std::uint8_t group = nullGroup;
    bool coarse = false;

    std::uint8_t groupOf(size_t row) const { return groups.empty() ? group : groups[row]; }
};

SortKeys makeSortKeys(const TableSnapshot &table, int column, CancelFlag cancelled);

} // namespace rowdesk
