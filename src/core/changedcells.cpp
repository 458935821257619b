#include "core/changedcells.h"

#include "core/diffcolumns.h"
#include "core/numberorder.h"

#include <algorithm>
#include <bit>

namespace rowdesk {
namespace {

/// What one worker found in its rows.
struct Found
{
    std::vector<TableDiff::Pair> changed;
    std::vector<std::uint64_t> bits;
    std::vector<qint64> counts;
    qint64 unchanged = 0;
};

/// Compares rows [begin, end) of B column by column, a block of rows at a time: memory is read in its order, and the
/// bits of a block stay in the cache.
class BlockComparer
{
public:
    BlockComparer(const DiffTable &a, const DiffTable &b, const DiffOptions &options,
                  const std::vector<quint32> &partners, const TableDiff &diff)
        : m_partners(partners), m_words(diff.wordsARow()), m_bits(blockRows * m_words)
    {
        m_found.counts.resize(diff.columns.size());
        for (size_t i = 0; i < diff.columns.size(); ++i) {
            const DiffColumn &column = diff.columns[i];
            if (column.isCompared())
                m_columns.emplace_back(i, CellPairs(a, column.inA, b, column.inB, ruleFor(column, options, false)));
        }
    }

    void compare(size_t begin, size_t end, CancelFlag cancelled)
    {
        for (size_t first = begin; first < end && !isCancelled(cancelled); first += blockRows)
            compareBlock(first, std::min(first + blockRows, end));
    }
    Found &found() { return m_found; }

private:
    static constexpr size_t blockRows = 4096;

    void compareBlock(size_t first, size_t end)
    {
        std::ranges::fill(m_bits, 0);
        for (auto &[index, pairs] : m_columns) {
            const std::uint64_t bit = std::uint64_t{1} << (index % 64);
            std::uint64_t *word = m_bits.data() + index / 64;
            for (size_t row = first; row < end; ++row, word += m_words) {
                const quint32 partner = m_partners[row];
                if (partner == noRow || pairs.isSame(partner, row))
                    continue;
                *word |= bit;
                ++m_found.counts[index];
            }
        }
        for (size_t row = first; row < end; ++row) {
            if (m_partners[row] != noRow)
                note(row, m_bits.data() + (row - first) * m_words);
        }
    }

    void note(size_t row, const std::uint64_t *bits)
    {
        if (std::all_of(bits, bits + m_words, [](std::uint64_t word) { return word == 0; })) {
            ++m_found.unchanged;
            return;
        }
        m_found.changed.push_back({m_partners[row], static_cast<quint32>(row)});
        m_found.bits.insert(m_found.bits.end(), bits, bits + m_words);
    }

    const std::vector<quint32> &m_partners;
    size_t m_words;
    std::vector<std::uint64_t> m_bits;
    std::vector<std::pair<size_t, CellPairs>> m_columns;
    Found m_found;
};

double sameShare(const DiffTable &a, const DiffColumn &removed, const DiffTable &b, const DiffColumn &added,
                 const DiffOptions &options, const std::vector<TableDiff::Pair> &sample)
{
    if (isOtherKind(a.rows.content(removed.inA), b.rows.content(added.inB)))
        return 0;
    CellPairs pairs(a, removed.inA, b, added.inB, ruleFor(added, options, true));
    size_t same = 0;
    size_t values = 0;
    for (const TableDiff::Pair &pair : sample) {
        same += pairs.isSame(pair.a, pair.b);
        values += b.rows.kind(pair.b, added.inB) != CellKind::Null;
    }
    // Columns without values are all alike, which says nothing.
    return values * 10 < sample.size() ? 0 : static_cast<double>(same) / static_cast<double>(sample.size());
}

} // namespace

int CellPairs::quickAnswer(const Segment &a, size_t rowA, const Segment &b, size_t rowB) const
{
    const bool nullA = a.isNull(rowA);
    const bool nullB = b.isNull(rowB);
    if (nullA || nullB)
        return nullA && nullB ? 1 : m_rule.nullIsEmpty ? -1 : 0;
    if (m_rule.asText)
        return -1;
    using Form = Segment::Form;
    if (a.form() == Form::Numbers && b.form() == Form::Numbers) {
        const bool same = compareDecimals(a.decimal(rowA), b.decimal(rowB)) == 0;
        return same ? 1 : m_rule.hasTolerance() ? -1 : 0;
    }
    if (a.form() == Form::Moments && b.form() == Form::Moments && a.momentStyle() == b.momentStyle()) {
        const bool same = a.values().at(rowA) == b.values().at(rowB);
        return same ? 1 : m_rule.datesOnly ? -1 : 0;
    }
    const auto isText = [](Form form) { return form == Form::Words || form == Form::Texts; };
    if (isText(a.form()) && isText(b.form())) {
        const auto text = [](const Segment &segment, size_t row) {
            return segment.piece(segment.form() == Form::Texts ? row : static_cast<size_t>(segment.values().at(row)));
        };
        if (text(a, rowA) == text(b, rowB))
            return 1;
    }
    return -1;
}

bool CellPairs::isSame(size_t rowA, size_t rowB)
{
    const auto [segmentA, placeA] = m_a.at(rowA);
    const auto [segmentB, placeB] = m_b.at(rowB);
    if (segmentA && segmentB) {
        const int answer = quickAnswer(*segmentA, placeA, *segmentB, placeB);
        if (answer >= 0)
            return answer == 1;
    }
    return isSameWithin(valueOf(segmentA, placeA, m_rule, m_scratchA), valueOf(segmentB, placeB, m_rule, m_scratchB),
                        m_rule);
}

bool compareCells(const DiffTable &a, const DiffTable &b, const DiffOptions &options,
                  const std::vector<quint32> &partners, TableDiff &diff, CancelFlag cancelled)
{
    std::vector<Found> found(workerCount());
    parallelRanges(partners.size(), 16'384, [&](size_t begin, size_t end, unsigned worker) {
        BlockComparer comparer(a, b, options, partners, diff);
        comparer.compare(begin, end, cancelled);
        found[worker] = std::move(comparer.found());
    });
    if (isCancelled(cancelled))
        return false;
    for (Found &part : found) {
        diff.unchanged += part.unchanged;
        diff.changed.insert(diff.changed.end(), part.changed.begin(), part.changed.end());
        diff.changedBits.insert(diff.changedBits.end(), part.bits.begin(), part.bits.end());
        for (size_t i = 0; i < part.counts.size(); ++i) {
            diff.columns[i].changed += part.counts[i];
            diff.cellsChanged += part.counts[i];
        }
        part = {};
    }
    return true;
}

std::vector<DiffRename> findRenames(const DiffTable &a, const DiffTable &b, const DiffOptions &options,
                                    const std::vector<quint32> &partners, const TableDiff &diff)
{
    constexpr size_t mostRows = 5'000;
    constexpr size_t mostColumns = 20;
    constexpr double leastShare = 0.9;
    std::vector<TableDiff::Pair> sample;
    const size_t step = partners.size() / mostRows + 1;
    for (size_t row = 0; row < partners.size(); row += step) {
        if (partners[row] != noRow)
            sample.push_back({partners[row], static_cast<quint32>(row)});
    }
    std::vector<DiffRename> result;
    std::vector<int> removed;
    std::vector<int> added;
    for (size_t i = 0; i < diff.columns.size(); ++i) {
        if (diff.columns[i].role == DiffColumn::Role::Removed)
            removed.push_back(static_cast<int>(i));
        else if (diff.columns[i].role == DiffColumn::Role::Added)
            added.push_back(static_cast<int>(i));
    }
    if (sample.empty() || removed.size() > mostColumns || added.size() > mostColumns)
        return result;
    for (const int from : removed) {
        DiffRename best{from, -1, 0};
        for (const int to : added) {
            const double share = sameShare(a, diff.columns[static_cast<size_t>(from)], b,
                                           diff.columns[static_cast<size_t>(to)], options, sample);
            if (share > best.share)
                best = {from, to, share};
        }
        if (best.share >= leastShare)
            result.push_back(best);
    }
    return result;
}

} // namespace rowdesk
