#pragma once

#include "core/rowhash.h"
#include "core/tablediff.h"

namespace rowdesk {

/// The columns of both tables matched by name, with their roles; an error names a column that options speak of and that
/// does not exist.
Result<std::vector<DiffColumn>> matchColumns(const DiffTable &a, const DiffTable &b, const DiffOptions &options);

/// What counts as the same in this column. Tolerance is left out when `exact`.
CellRule ruleFor(const DiffColumn &column, const DiffOptions &options, bool exact);

/// The columns of side A or B that `takes` says yes to.
template<typename Takes>
std::vector<RuledColumn> ruledColumns(const std::vector<DiffColumn> &columns, const DiffOptions &options, bool sideA,
                                      const Takes &takes)
{
    std::vector<RuledColumn> result;
    for (const DiffColumn &column : columns) {
        if (takes(column))
            result.push_back({sideA ? column.inA : column.inB, ruleFor(column, options, true)});
    }
    return result;
}

/// Whether values of these contents are of different kinds: numbers, text, …; days and moments are two kinds, but text
/// that is not all days is as good as days. Nothing is of every kind.
bool isOtherKind(ColumnContent a, ColumnContent b);

} // namespace rowdesk
