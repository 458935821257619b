#include "core/columnpairs.h"

#include "core/numberorder.h"

#include <algorithm>
#include <atomic>
#include <cstring>

namespace rowdesk {
namespace {

constexpr size_t rowsAWord = 64;

/// Calls take(piece, first row, end row) for the pieces of B that hold the rows [begin, end).
template<typename Take>
void overPieces(const TableSnapshot &table, size_t begin, size_t end, CancelFlag cancelled, const Take &take)
{
    if (begin == end)
        return;
    for (size_t i = table.pieceOf(static_cast<qsizetype>(begin)); begin < end && !isCancelled(cancelled); ++i) {
        const TableSnapshot::Piece &piece = table.pieces()[i];
        const size_t pieceEnd = std::min(end, static_cast<size_t>(piece.firstRow + piece.chunk->rows));
        if (begin < pieceEnd)
            take(piece, begin, pieceEnd);
        begin = std::max(begin, pieceEnd);
    }
}

/// Lays a column out row by row: layOut(segment, rows, out) for each piece, on several threads.
template<typename T, typename LayOut>
void layOutColumn(const TableSnapshot &table, int column, CancelFlag cancelled, T *out, const LayOut &layOut)
{
    parallelRanges(table.pieces().size(), 1, [&](size_t begin, size_t end, unsigned) {
        for (size_t i = begin; i < end && !isCancelled(cancelled); ++i) {
            const TableSnapshot::Piece &piece = table.pieces()[i];
            layOut(piece.segment(column), static_cast<size_t>(piece.chunk->rows), out + piece.firstRow);
        }
    });
}

/// Memory for one item a row, kept from one column to the next.
template<typename T>
T *room(std::unique_ptr<T[]> &memory, qsizetype rows)
{
    if (!memory)
        memory = std::make_unique_for_overwrite<T[]>(static_cast<size_t>(rows));
    return memory.get();
}

void mark(RowBits &bits, size_t row)
{
    bits[row / rowsAWord] |= std::uint64_t{1} << (row % rowsAWord);
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

qint64 ColumnPairs::compare(int inA, int inB, const CellRule &rule, RowBits &differs)
{
    const Column column{inA, inB, rule, differs};
    if (const std::optional<ColumnCodes> codes = ColumnCodes::of(m_a.rows, inA, m_b.rows, inB, rule)) {
        if (const std::optional<qint64> count = compareCodes(*codes, column))
            return *count;
        std::ranges::fill(differs, 0);
    }
    const bool texts = !rule.asText && isAllText(m_a.rows, inA) && isAllText(m_b.rows, inB);
    return texts ? compareTexts(column) : compareCells(column);
}

/// Calls work(first row, end row, count) on several threads, each of which has the words of its rows' bits to itself.
template<typename Work>
qint64 ColumnPairs::overRows(const Work &work) const
{
    std::atomic<qint64> count = 0;
    const size_t rows = m_partners.size();
    parallelRanges((rows + rowsAWord - 1) / rowsAWord, 256, [&](size_t begin, size_t end, unsigned) {
        qint64 found = 0;
        work(begin * rowsAWord, std::min(end * rowsAWord, rows), found);
        count += found;
    });
    return count;
}

std::optional<qint64> ColumnPairs::compareCodes(const ColumnCodes &codes, const Column &column)
{
    std::int64_t *inA = room(m_codes, m_a.rows.rowCount());
    std::atomic_bool fits = true;
    layOutColumn(m_a.rows, column.inA, m_cancelled, inA, [&](const Segment *segment, size_t rows, std::int64_t *out) {
        if (!codes.encode(segment, rows, out))
            fits = false;
    });
    if (!fits)
        return std::nullopt;
    const qint64 count = overRows([&](size_t begin, size_t end, qint64 &found) {
        std::vector<std::int64_t> inB;
        CellPairs nearly(m_a, column.inA, m_b, column.inB, column.rule);
        overPieces(m_b.rows, begin, end, m_cancelled,
                   [&](const TableSnapshot::Piece &piece, size_t first, size_t last) {
                       const auto rows = static_cast<size_t>(piece.chunk->rows);
                       inB.resize(rows);
                       if (!codes.encode(piece.segment(column.inB), rows, inB.data()))
                           fits = false;
                       const std::int64_t *own = inB.data() - piece.firstRow;
                       for (size_t row = first; row < last; ++row) {
                           const quint32 partner = m_partners[row];
                           if (partner == noRow || inA[partner] == own[row])
                               continue;
                           if (column.rule.hasTolerance() && nearly.isSame(partner, row))
                               continue;
                           mark(column.differs, row);
                           ++found;
                       }
                   });
    });
    return fits ? std::optional<qint64>(count) : std::nullopt;
}

qint64 ColumnPairs::compareTexts(const Column &column)
{
    TextPlace *inA = room(m_texts, m_a.rows.rowCount());
    layOutColumn(m_a.rows, column.inA, m_cancelled, inA, [](const Segment *segment, size_t rows, TextPlace *out) {
        std::vector<std::string_view> pieces;
        textPlaces(segment, rows, out, pieces);
    });
    return overRows([&](size_t begin, size_t end, qint64 &found) {
        std::vector<std::string_view> pieces;
        std::vector<TextPlace> inB;
        CellPairs slowly(m_a, column.inA, m_b, column.inB, column.rule);
        const auto isSame = [&](const TextPlace &a, const TextPlace &b, quint32 partner, size_t row) {
            if (a.length == TextPlace::null || b.length == TextPlace::null) {
                if (a.length == b.length || !column.rule.nullIsEmpty)
                    return a.length == b.length;
            } else if (a.length == b.length && std::memcmp(a.text, b.text, a.length) == 0) {
                return true;
            }
            return slowly.isSame(partner, row);
        };
        overPieces(m_b.rows, begin, end, m_cancelled,
                   [&](const TableSnapshot::Piece &piece, size_t first, size_t last) {
                       const auto rows = static_cast<size_t>(piece.chunk->rows);
                       inB.resize(rows);
                       textPlaces(piece.segment(column.inB), rows, inB.data(), pieces);
                       const TextPlace *own = inB.data() - piece.firstRow;
                       TextPlace ahead[rowsAWord];
                       for (size_t block = first; block < last; block += rowsAWord) {
                           const size_t count = std::min(rowsAWord, last - block);
                           for (size_t i = 0; i < count; ++i) {
                               const quint32 partner = m_partners[block + i];
                               ahead[i] = partner == noRow ? TextPlace{} : inA[partner];
                               __builtin_prefetch(ahead[i].text);
                           }
                           for (size_t i = 0; i < count; ++i) {
                               const size_t row = block + i;
                               if (m_partners[row] == noRow || isSame(ahead[i], own[row], m_partners[row], row))
                                   continue;
                               mark(column.differs, row);
                               ++found;
                           }
                       }
                   });
    });
}

qint64 ColumnPairs::compareCells(const Column &column)
{
    return overRows([&](size_t begin, size_t end, qint64 &found) {
        CellPairs cells(m_a, column.inA, m_b, column.inB, column.rule);
        for (size_t row = begin; row < end && (row % 1024 != 0 || !isCancelled(m_cancelled)); ++row) {
            const quint32 partner = m_partners[row];
            if (partner == noRow || cells.isSame(partner, row))
                continue;
            mark(column.differs, row);
            ++found;
        }
    });
}

} // namespace rowdesk
