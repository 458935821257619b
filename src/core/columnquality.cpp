#include "core/columnquality.h"

#include <algorithm>
#include <array>

namespace rowdesk {
namespace {

constexpr size_t kinds = static_cast<size_t>(CellKind::Json) + 1;

/// Cells by kind; blank texts count as Null.
using Counts = std::array<qint64, kinds>;

bool isBlank(std::string_view text)
{
    return std::ranges::all_of(text, [](char c) { return c == ' ' || (c >= '\t' && c <= '\r'); });
}

qint64 &countOf(Counts &counts, CellKind kind)
{
    return counts[static_cast<size_t>(kind)];
}

qint64 nullsOf(const Segment &segment)
{
    if (!segment.hasNulls())
        return 0;
    qint64 nulls = 0;
    for (size_t row = 0; row < segment.size(); ++row)
        nulls += segment.isNull(row) ? 1 : 0;
    return nulls;
}

/// Words are looked at once each: hardly ever one of them is blank, and then no row need be looked at.
qint64 blanksAmongWords(const Segment &segment)
{
    std::vector<bool> blank(segment.wordCount());
    bool any = false;
    for (size_t word = 0; word < blank.size(); ++word) {
        blank[word] = isBlank(segment.piece(word));
        any = any || blank[word];
    }
    if (!any)
        return 0;
    qint64 rows = 0;
    for (size_t row = 0; row < segment.size(); ++row)
        rows += !segment.isNull(row) && blank[static_cast<size_t>(segment.values().at(row))] ? 1 : 0;
    return rows;
}

/// All values of the segment have this kind; `blanks` of them are blank.
void addUniform(const Segment &segment, CellKind kind, qint64 blanks, Counts &counts)
{
    const qint64 empty = nullsOf(segment) + blanks;
    countOf(counts, kind) += static_cast<qint64>(segment.size()) - empty;
    countOf(counts, CellKind::Null) += empty;
}

void addPieces(const Segment &segment, Counts &counts)
{
    std::vector<std::string_view> pieces;
    segment.pieces(pieces);
    for (size_t row = 0; row < segment.size(); ++row) {
        const CellKind kind = segment.kind(row);
        ++countOf(counts, kind == CellKind::Text && isBlank(pieces[row]) ? CellKind::Null : kind);
    }
}

void add(const Segment &segment, Counts &counts)
{
    switch (segment.form()) {
    case Segment::Form::Nulls:
        countOf(counts, CellKind::Null) += static_cast<qint64>(segment.size());
        break;
    case Segment::Form::Numbers:
        addUniform(segment, CellKind::Number, 0, counts);
        break;
    case Segment::Form::Bools:
        addUniform(segment, CellKind::Bool, 0, counts);
        break;
    case Segment::Form::Moments:
        addUniform(segment, CellKind::Text, 0, counts);
        break;
    case Segment::Form::Words:
        addUniform(segment, CellKind::Text, blanksAmongWords(segment), counts);
        break;
    case Segment::Form::Texts:
    case Segment::Form::Mixed:
        addPieces(segment, counts);
        break;
    }
}

ColumnQuality qualityOf(const TableSnapshot &table, int column, CancelFlag cancelled)
{
    Counts counts{};
    for (const TableSnapshot::Piece &piece : table.pieces()) {
        if (isCancelled(cancelled))
            break;
        if (const Segment *segment = piece.segment(column))
            add(*segment, counts);
        else
            countOf(counts, CellKind::Null) += piece.chunk->rows;
    }
    ColumnQuality quality;
    quality.rows = table.rowCount();
    quality.empty = countOf(counts, CellKind::Null);
    const auto most = std::max_element(counts.begin() + 1, counts.end());
    quality.good = *most;
    quality.other = quality.rows - quality.empty - quality.good;
    if (quality.good > 0)
        quality.kind = static_cast<CellKind>(most - counts.begin());
    return quality;
}

} // namespace

std::optional<std::vector<ColumnQuality>> columnQualities(const TableSnapshot &table, CancelFlag cancelled)
{
    std::vector<ColumnQuality> qualities(static_cast<size_t>(table.columnCount()));
    parallelRanges(qualities.size(), 1, [&](size_t begin, size_t end, unsigned) {
        for (size_t column = begin; column < end; ++column)
            qualities[column] = qualityOf(table, static_cast<int>(column), cancelled);
    });
    if (isCancelled(cancelled))
        return std::nullopt;
    return qualities;
}

} // namespace rowdesk
