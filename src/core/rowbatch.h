#pragma once

#include <QtGlobal>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace rowdesk {

/// What a cell is, before anyone decides its column's type. Null is not empty text.
enum class CellKind : std::uint8_t {
    Null,   ///< no value
    Text,   ///< characters, UTF-8
    Number, ///< a number, kept as the literal it was written with ("0.10" stays "0.10")
    Bool,   ///< the literal "true" or "false"
    Json    ///< a nested value, kept as the JSON it was written as (only from a server, never from a file)
};

/// One cell: a view into the RowBatch that holds it.
struct CellView {
    CellKind kind = CellKind::Null;
    std::string_view text; ///< UTF-8; empty for Null
};

/// A run of rows with the same number of columns, all characters in one block. Value semantics; build it once, then pass
/// it between threads as const. It is what file readers yield and what uploads send.
class RowBatch
{
public:
    explicit RowBatch(int columnCount) : m_columns(columnCount) {}

    int columnCount() const { return m_columns; }
    qsizetype rowCount() const { return static_cast<qsizetype>(m_sourceLines.size()); }
    bool isEmpty() const { return m_sourceLines.empty(); }

    /// The cell at row, column; both from 0 and in range.
    CellView cell(qsizetype row, int column) const
    {
        const Cell &c = m_cells[static_cast<size_t>(row * m_columns + column)];
        return {c.kind, std::string_view(m_text).substr(c.offset, c.length)};
    }

    /// Where the row began in its file: line number from 1 (CSV), row number from 1 (spreadsheet).
    qint64 sourceLine(qsizetype row) const { return m_sourceLines[static_cast<size_t>(row)]; }

    /// Bytes of text held; a rough measure of size.
    size_t textBytes() const { return m_text.size(); }

    /// Begins a row; follow with exactly columnCount() calls of addCell.
    void beginRow(qint64 sourceLine) { m_sourceLines.push_back(sourceLine); }
    void addCell(CellKind kind, std::string_view text)
    {
        m_cells.push_back({m_text.size(), static_cast<std::uint32_t>(text.size()), kind});
        m_text.append(text);
    }

    /// Empties the batch and keeps its memory for the next rows.
    void clear()
    {
        m_text.clear();
        m_cells.clear();
        m_sourceLines.clear();
    }

private:
    struct Cell {
        size_t offset;
        std::uint32_t length;
        CellKind kind;
    };
    int m_columns;
    std::string m_text;
    std::vector<Cell> m_cells;
    std::vector<qint64> m_sourceLines;
};

} // namespace rowdesk
