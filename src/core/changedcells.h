#pragma once

#include "core/rowhash.h"
#include "core/tablediff.h"

namespace rowdesk {

constexpr quint32 noRow = ~quint32{0};

/// Reads the cells of one column of both tables, row pair by row pair. Used in one thread.
class CellPairs
{
public:
    CellPairs(const DiffTable &a, int columnA, const DiffTable &b, int columnB, const CellRule &rule)
        : m_a(a.rows, columnA)
        , m_b(b.rows, columnB)
        , m_rule(rule)
        , m_plain(!rule.asText && !rule.trim && !rule.ignoreCase && !rule.nullIsEmpty && !rule.datesOnly)
    {
    }

    bool isSame(size_t rowA, size_t rowB);

private:
    /// What the stored forms tell without a conversion: 1 same, 0 different, -1 they don't.
    int quickAnswer(const Segment &a, size_t rowA, const Segment &b, size_t rowB) const;

    ColumnCursor m_a;
    ColumnCursor m_b;
    CellRule m_rule;
    bool m_plain;
    std::string m_scratchA;
    std::string m_scratchB;
};

/// Compares the cells of paired rows and fills changed, changedBits, unchanged, cellsChanged and the columns' counts.
/// `partners` has for each row of B its row in A or noRow. False when cancelled.
bool compareCells(const DiffTable &a, const DiffTable &b, const DiffOptions &options,
                  const std::vector<quint32> &partners, TableDiff &diff, CancelFlag cancelled);

/// Removed and added columns with the same cells, looked for in at most 5,000 of the paired rows.
std::vector<DiffRename> findRenames(const DiffTable &a, const DiffTable &b, const DiffOptions &options,
                                    const std::vector<quint32> &partners, const TableDiff &diff);

} // namespace rowdesk
