#pragma once

#include "core/columnpairs.h"

namespace rowdesk {

/// Compares the cells of paired rows and fills changed, changedBits, unchanged, cellsChanged and the columns' counts.
/// `partners` has for each row of B its row in A or noRow. False when cancelled.
bool compareCells(const DiffTable &a, const DiffTable &b, const DiffOptions &options,
                  const std::vector<quint32> &partners, TableDiff &diff, CancelFlag cancelled);

/// Removed and added columns with the same cells, looked for in at most 5,000 of the paired rows.
std::vector<DiffRename> findRenames(const DiffTable &a, const DiffTable &b, const DiffOptions &options,
                                    const std::vector<quint32> &partners, const TableDiff &diff, CancelFlag cancelled);

} // namespace rowdesk
