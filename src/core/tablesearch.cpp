#include "core/tablesearch.h"

#include "core/cellmatcher.h"
#include "core/wtf8.h"

#include <algorithm>

namespace rowdesk {
namespace {

std::vector<int> searchedColumns(const TableSnapshot &table, const Search &search)
{
    std::vector<int> columns;
    for (int column = 0; column < table.columnCount(); ++column) {
        if (search.column < 0 || search.column == column)
            columns.push_back(column);
    }
    return columns;
}

Filter filterFor(const Search &search)
{
    return {search.column, Filter::Op::Contains, {search.text}, search.matchCase};
}

} // namespace

std::vector<int> SearchResult::columnsOf(qsizetype index) const
{
    const CellMatcher matcher(filterFor(m_search));
    std::vector<int> columns = searchedColumns(m_table, m_search);
    std::string scratch;
    std::erase_if(columns, [&](int column) { return !matcher.matches(m_table.cell(rowOf(index), column, scratch)); });
    return columns;
}

bool SearchResult::isHit(Place place) const
{
    return place.isValid() && place.index < size() && m_hasHit[static_cast<size_t>(rowOf(place.index))] &&
           std::ranges::count(columnsOf(place.index), place.column) > 0;
}

SearchResult::Place SearchResult::next(Place from) const
{
    if (m_count == 0)
        return {};
    const qsizetype start = from.isValid() ? from.index : 0;
    // The row of `from` is looked at twice: behind `from` first, before it last.
    for (qsizetype step = 0; step <= size(); ++step) {
        const qsizetype index = (start + step) % size();
        if (!m_hasHit[static_cast<size_t>(rowOf(index))])
            continue;
        for (const int column : columnsOf(index)) {
            if (step > 0 || !from.isValid() || column > from.column)
                return {index, column};
        }
    }
    return {};
}

SearchResult::Place SearchResult::previous(Place from) const
{
    if (m_count == 0)
        return {};
    const qsizetype start = from.isValid() ? from.index : size() - 1;
    for (qsizetype step = 0; step <= size(); ++step) {
        const qsizetype index = (start - step % size() + size()) % size();
        if (!m_hasHit[static_cast<size_t>(rowOf(index))])
            continue;
        const std::vector<int> columns = columnsOf(index);
        for (auto column = columns.rbegin(); column != columns.rend(); ++column) {
            if (step > 0 || !from.isValid() || *column < from.column)
                return {index, *column};
        }
    }
    return {};
}

std::optional<SearchResult> searchCells(const TableSnapshot &table, std::shared_ptr<const std::vector<quint32>> rows,
                                        const Search &search, CancelFlag cancelled)
{
    SearchResult result;
    result.m_table = table;
    result.m_rows = std::move(rows);
    result.m_search = search;
    const auto rowCount = static_cast<size_t>(table.rowCount());
    std::vector<std::uint8_t> wanted(rowCount, result.m_rows ? 0 : 1);
    if (result.m_rows) {
        for (const quint32 row : *result.m_rows)
            wanted[row] = 1;
    }
    const std::vector<int> columns = search.text.isEmpty() ? std::vector<int>() : searchedColumns(table, search);
    std::vector<std::uint8_t> hits(rowCount, 0);
    std::atomic<qint64> count = 0;
    parallelRanges(table.pieces().size(), 4, [&](size_t begin, size_t end, unsigned) {
        CellMatcher matcher(filterFor(search));
        std::vector<std::uint8_t> mask;
        qint64 found = 0;
        for (size_t i = begin; i < end && !isCancelled(cancelled); ++i) {
            const TableSnapshot::Piece &piece = table.pieces()[i];
            const auto first = static_cast<size_t>(piece.firstRow);
            for (const int column : columns) {
                mask.assign(wanted.begin() + piece.firstRow, wanted.begin() + piece.firstRow + piece.chunk->rows);
                matcher.apply(piece.segment(column), mask);
                for (size_t row = 0; row < mask.size(); ++row) {
                    found += mask[row];
                    hits[first + row] |= mask[row];
                }
            }
        }
        count += found;
    });
    if (isCancelled(cancelled))
        return std::nullopt;
    result.m_hasHit.assign(hits.begin(), hits.end());
    result.m_count = count;
    return result;
}

} // namespace rowdesk
