#pragma once

#include "core/chunk.h"

#include <optional>

namespace rowdesk {

/// What the values of a column are, nulls aside: what it is shown, sorted and filtered as.
enum class ColumnContent : std::uint8_t {
    Nothing, ///< no value so far
    Numbers,
    Bools,
    Days,    ///< text, all of it days like "2026-01-31"
    Moments, ///< text, all of it moments (or days and moments)
    Text,
    Mixed ///< values of different kinds, or nested ones
};

/// The rows that a table had at one moment. Cheap to copy (it shares the chunks), immutable by everyone but
/// ColumnStore; a copy may be read in any thread.
class TableSnapshot
{
public:
    /// A chunk in its place.
    struct Piece
    {
        qsizetype firstRow = 0;
        std::shared_ptr<const Chunk> chunk;
        /// For each column of the table as it was then, the chunk's own column, or -1. Later columns are missing.
        std::shared_ptr<const std::vector<int>> columns;

        /// The cells of the table's column; null when the chunk has none (all its rows are null there).
        const Segment *segment(int column) const
        {
            const auto index = static_cast<size_t>(column);
            if (index >= columns->size() || (*columns)[index] < 0)
                return nullptr;
            return &chunk->segments[static_cast<size_t>((*columns)[index])];
        }
    };

    qsizetype rowCount() const { return m_rows; }
    int columnCount() const { return static_cast<int>(m_names.size()); }
    const QStringList &columnNames() const { return m_names; }
    int columnIndex(QStringView name) const; ///< -1 when there is none

    ColumnContent content(int column) const { return m_contents[static_cast<size_t>(column)]; }

    const std::vector<Piece> &pieces() const { return m_pieces; }
    /// Index of the piece that holds the row.
    size_t pieceOf(qsizetype row) const;

    CellKind kind(qsizetype row, int column) const;
    /// The exact cell; its text is a view into the table or into `scratch`, valid until either changes.
    CellView cell(qsizetype row, int column, std::string &scratch) const;

private:
    friend class ColumnStore;

    qsizetype m_rows = 0;
    QStringList m_names;
    QHash<QString, int> m_indexes;
    std::vector<ColumnContent> m_contents;
    std::vector<Piece> m_pieces;
};

} // namespace rowdesk
