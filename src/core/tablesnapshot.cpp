#include "core/tablesnapshot.h"

#include <algorithm>

namespace rowdesk {

int TableSnapshot::columnIndex(QStringView name) const
{
    return m_indexes.value(name.toString(), -1);
}

size_t TableSnapshot::pieceOf(qsizetype row) const
{
    Q_ASSERT(row >= 0 && row < m_rows);
    // Pages are nearly always of one size, so the first guess is nearly always right.
    const size_t guess = static_cast<size_t>(row / m_pieces.front().chunk->rows);
    if (guess < m_pieces.size()) {
        const Piece &piece = m_pieces[guess];
        if (row >= piece.firstRow && row < piece.firstRow + piece.chunk->rows)
            return guess;
    }
    const auto after = std::ranges::upper_bound(m_pieces, row, {}, &Piece::firstRow);
    return static_cast<size_t>(after - m_pieces.begin()) - 1;
}

CellKind TableSnapshot::kind(qsizetype row, int column) const
{
    const Piece &piece = m_pieces[pieceOf(row)];
    const Segment *segment = piece.segment(column);
    return segment ? segment->kind(static_cast<size_t>(row - piece.firstRow)) : CellKind::Null;
}

CellView TableSnapshot::cell(qsizetype row, int column, std::string &scratch) const
{
    const Piece &piece = m_pieces[pieceOf(row)];
    const Segment *segment = piece.segment(column);
    return segment ? segment->cell(static_cast<size_t>(row - piece.firstRow), scratch) : CellView{};
}

} // namespace rowdesk
