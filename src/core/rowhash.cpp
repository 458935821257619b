#include "core/rowhash.h"

#include <algorithm>

namespace rowdesk {
namespace {

/// Hashes the cells of one segment after another, in the stored form where that gives the same.
class SegmentHasher
{
public:
    explicit SegmentHasher(const CellRule &rule) : m_rule(rule) {}

    /// Calls take(row, hash, isBlank) for each of the rows.
    template<typename Take>
    void hash(const Segment *segment, size_t rows, const Take &take)
    {
        const CellValue none = valueOf(nullptr, 0, m_rule, m_scratch);
        const std::uint64_t noneHash = hashOf(none);
        if (!segment || segment->form() == Segment::Form::Nulls) {
            for (size_t row = 0; row < rows; ++row)
                take(row, noneHash, true);
        } else if (isWhole(*segment)) {
            m_values.resize(rows);
            segment->values().unpack(m_values.data());
            for (size_t row = 0; row < rows; ++row) {
                const bool isNull = segment->isNull(row);
                take(row, isNull ? noneHash : hashOfWhole(m_values[row]), isNull);
            }
        } else if (segment->form() == Segment::Form::Words) {
            hashWords(*segment);
            for (size_t row = 0; row < rows; ++row) {
                const auto word = static_cast<size_t>(segment->values().at(row));
                const bool isNull = segment->isNull(row);
                take(row, isNull ? noneHash : m_words[word].first, isNull || m_words[word].second);
            }
        } else {
            for (size_t row = 0; row < rows; ++row) {
                const CellValue value = valueOf(segment, row, m_rule, m_scratch);
                take(row, hashOf(value), value.isBlank());
            }
        }
    }

private:
    bool isWhole(const Segment &segment) const
    {
        return !m_rule.asText && segment.form() == Segment::Form::Numbers && segment.scales().isConstant() &&
               segment.scales().at(0) == 0;
    }

    void hashWords(const Segment &segment)
    {
        m_words.clear();
        for (size_t i = 0; i < segment.wordCount(); ++i) {
            const CellValue value = valueOfText(segment.piece(i), m_rule, m_scratch);
            m_words.emplace_back(hashOf(value), value.isBlank());
        }
    }

    const CellRule &m_rule;
    std::string m_scratch;
    std::vector<std::int64_t> m_values;
    std::vector<std::pair<std::uint64_t, bool>> m_words;
};

void hashPiece(const TableSnapshot::Piece &piece, const std::vector<RuledColumn> &columns, RowHashes &result)
{
    std::uint64_t *hashes = result.hashes.data() + piece.firstRow;
    std::uint8_t *filled = result.filled.data() + piece.firstRow;
    for (size_t i = 0; i < columns.size(); ++i) {
        SegmentHasher hasher(columns[i].rule);
        const Segment *segment = columns[i].column < 0 ? nullptr : piece.segment(columns[i].column);
        const bool first = i == 0; // a column alone keeps its hashes as they are
        hasher.hash(segment, static_cast<size_t>(piece.chunk->rows), [=](size_t row, std::uint64_t hash, bool blank) {
            hashes[row] = first ? hash : hashOfWhole(static_cast<std::int64_t>(hashes[row] * 31 + hash));
            filled[row] |= blank ? 0 : 1;
        });
    }
}

} // namespace

RowHashes hashRows(const TableSnapshot &table, const std::vector<RuledColumn> &columns, CancelFlag cancelled)
{
    const auto rows = static_cast<size_t>(table.rowCount());
    RowHashes result{std::vector<std::uint64_t>(rows), std::vector<std::uint8_t>(rows)};
    const std::vector<TableSnapshot::Piece> &pieces = table.pieces();
    parallelRanges(pieces.size(), 1, [&](size_t begin, size_t end, unsigned) {
        for (size_t i = begin; i < end && !isCancelled(cancelled); ++i)
            hashPiece(pieces[i], columns, result);
    });
    return result;
}

bool isWholeNumbers(const TableSnapshot &table, const RuledColumn &column)
{
    if (column.rule.asText || column.column < 0)
        return false;
    return std::ranges::all_of(table.pieces(), [&column](const TableSnapshot::Piece &piece) {
        const Segment *segment = piece.segment(column.column);
        return !segment || segment->form() == Segment::Form::Nulls ||
               (segment->form() == Segment::Form::Numbers && segment->scales().isConstant() &&
                segment->scales().at(0) == 0);
    });
}

void ColumnCursor::move(size_t row)
{
    const TableSnapshot::Piece &piece = m_table->pieces()[m_table->pieceOf(static_cast<qsizetype>(row))];
    m_first = static_cast<size_t>(piece.firstRow);
    m_rows = static_cast<size_t>(piece.chunk->rows);
    m_segment = m_column < 0 ? nullptr : piece.segment(m_column);
}

} // namespace rowdesk
