#pragma once

#include "core/columncodes.h"
#include "core/rowhash.h"
#include "core/tablediff.h"

#include <memory>

namespace rowdesk {

constexpr quint32 noRow = ~quint32{0};

/// Reads the cells of one column of both tables, row pair by row pair. Used in one thread.
class CellPairs
{
public:
    CellPairs(const DiffTable &a, int columnA, const DiffTable &b, int columnB, const CellRule &rule)
        : m_a(a.rows, columnA), m_b(b.rows, columnB), m_rule(rule)
    {
    }

    bool isSame(size_t rowA, size_t rowB);

private:
    /// What the stored forms tell without a conversion: 1 same, 0 different, -1 they don't.
    int quickAnswer(const Segment &a, size_t rowA, const Segment &b, size_t rowB) const;

    ColumnCursor m_a;
    ColumnCursor m_b;
    CellRule m_rule;
    std::string m_scratchA;
    std::string m_scratchB;
};

/// One bit a row, in words of 64.
using RowBits = std::vector<std::uint64_t>;

/// Compares paired rows a column at a time, on several threads. The column of A is first laid out in the order of its
/// rows, so that each pair costs one look into it, and its text another one that was announced to the memory before.
/// Keeps 16 bytes a row of A.
class ColumnPairs
{
public:
    /// `partners` has for each row of B its row in A or noRow. All outlive this.
    ColumnPairs(const DiffTable &a, const DiffTable &b, const std::vector<quint32> &partners, CancelFlag cancelled)
        : m_a(a), m_b(b), m_partners(partners), m_cancelled(cancelled)
    {
    }

    /// Sets the bit of each paired row of B whose cell differs, in `differs`, which has a zero for each row. The number
    /// of them; of no use once cancelled.
    qint64 compare(int inA, int inB, const CellRule &rule, RowBits &differs);

private:
    struct Column
    {
        int inA;
        int inB;
        const CellRule &rule;
        RowBits &differs;
    };

    template<typename Work>
    qint64 overRows(const Work &work) const;
    std::optional<qint64> compareCodes(const ColumnCodes &codes, const Column &column);
    qint64 compareTexts(const Column &column);
    qint64 compareCells(const Column &column);

    const DiffTable &m_a;
    const DiffTable &m_b;
    const std::vector<quint32> &m_partners;
    CancelFlag m_cancelled;
    std::unique_ptr<std::int64_t[]> m_codes;
    std::unique_ptr<TextPlace[]> m_texts;
};

} // namespace rowdesk
