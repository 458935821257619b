#include "core/changedcells.h"

#include "core/diffcolumns.h"

#include <algorithm>
#include <bit>
#include <utility>

namespace rowdesk {
namespace {

/// The bits of one column in which rows differ.
struct ChangedColumn
{
    size_t column;
    RowBits rows;
};

/// Lists the rows whose bits are set in `any`, in the order of B, and their cells.
void listChanged(const std::vector<quint32> &partners, const RowBits &any, const std::vector<ChangedColumn> &columns,
                 TableDiff &diff)
{
    size_t count = 0;
    for (const std::uint64_t word : any)
        count += static_cast<size_t>(std::popcount(word));
    diff.changed.reserve(count);
    for (size_t i = 0; i < any.size(); ++i) {
        for (std::uint64_t word = any[i]; word != 0; word &= word - 1) {
            const auto row = static_cast<quint32>(i * 64 + static_cast<size_t>(std::countr_zero(word)));
            diff.changed.push_back({partners[row], row});
        }
    }
    const size_t words = diff.wordsARow();
    diff.changedBits.assign(count * words, 0);
    parallelRanges(count, 4096, [&](size_t begin, size_t end, unsigned) {
        for (const ChangedColumn &changed : columns) {
            std::uint64_t *word = diff.changedBits.data() + begin * words + changed.column / 64;
            for (size_t i = begin; i < end; ++i, word += words) {
                const quint32 row = diff.changed[i].b;
                *word |= (changed.rows[row / 64] >> (row % 64) & 1) << (changed.column % 64);
            }
        }
    });
}

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

bool compareCells(const DiffTable &a, const DiffTable &b, const DiffOptions &options,
                  const std::vector<quint32> &partners, TableDiff &diff, CancelFlag cancelled)
{
    const RowBits none((partners.size() + 63) / 64, 0);
    RowBits any = none;
    RowBits differs = none;
    std::vector<ChangedColumn> changed;
    ColumnPairs pairs(a, b, partners, cancelled);
    for (size_t i = 0; i < diff.columns.size(); ++i) {
        DiffColumn &column = diff.columns[i];
        if (!column.isCompared())
            continue;
        column.changed = pairs.compare(column.inA, column.inB, ruleFor(column, options, false), differs);
        if (isCancelled(cancelled))
            return false;
        if (column.changed == 0)
            continue;
        diff.cellsChanged += column.changed;
        for (size_t word = 0; word < any.size(); ++word)
            any[word] |= differs[word];
        changed.push_back({i, std::exchange(differs, none)});
    }
    listChanged(partners, any, changed, diff);
    const auto paired = static_cast<qint64>(partners.size()) - std::ranges::count(partners, noRow);
    diff.unchanged = paired - static_cast<qint64>(diff.changed.size());
    return !isCancelled(cancelled);
}

std::vector<DiffRename> findRenames(const DiffTable &a, const DiffTable &b, const DiffOptions &options,
                                    const std::vector<quint32> &partners, const TableDiff &diff, CancelFlag cancelled)
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
        if (isCancelled(cancelled))
            return {};
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
