#pragma once

#include "core/result.h"
#include "core/rowbatch.h"
#include "core/schema.h"
#include "core/tablesnapshot.h"

#include <optional>
#include <string>

namespace rowdesk {

/// A table in memory, column by column, that grows at the end while it is being read.
///
/// Values are exact: text() gives the digits and characters that the server or file gave (half surrogate pairs
/// included: core/wtf8.h). Whether the table is whole is part of it (state()). Written and read in one thread; workers
/// build the chunks and read a snapshot().
class ColumnStore
{
public:
    enum class State {
        Loading,  ///< more rows may come
        Complete, ///< these are all rows
        Stopped   ///< an error or a cancel ended the reading: these are not all rows
    };

    State state() const { return m_state; }
    bool isComplete() const { return m_state == State::Complete; }
    /// Why it stopped; set exactly when state() is Stopped.
    const std::optional<ApiError> &error() const { return m_error; }

    qsizetype rowCount() const { return m_table.rowCount(); }
    int columnCount() const { return m_table.columnCount(); }
    QString columnName(int column) const { return m_table.columnNames().at(column); }
    QStringList columnNames() const { return m_table.columnNames(); }
    int columnIndex(QStringView name) const { return m_table.columnIndex(name); } ///< -1 when there is none
    ColumnContent content(int column) const { return m_table.content(column); }

    /// What the cell is. Null also when the row's page did not have this column.
    CellKind kind(qsizetype row, int column) const { return m_table.kind(row, column); }
    /// Replaces `out` by the exact text of the cell, UTF-8; empty for Null.
    void text(qsizetype row, int column, std::string &out) const;
    /// The exact cell without a copy: a view into the store or into `scratch`, valid until either changes.
    CellView cell(qsizetype row, int column, std::string &scratch) const { return m_table.cell(row, column, scratch); }

    /// The rows as they are now, for a worker. Costs a copy of the list of chunks (some microseconds a thousand
    /// chunks).
    TableSnapshot snapshot() const { return m_table; }
    /// Bytes of cells held; a rough measure of size.
    size_t bytes() const { return m_bytes; }

    /// Adds rows at the end. Columns are matched by name; new names become new columns, null in the rows before.
    /// Gives true when columns were added. An empty chunk with names adds the columns alone.
    bool append(std::shared_ptr<const Chunk> chunk);
    void setLoading();
    void setComplete();
    void setStopped(ApiError error);

private:
    bool addColumns(const QStringList &names);
    void noteContents(const TableSnapshot::Piece &piece);

    State m_state = State::Loading;
    std::optional<ApiError> m_error;
    TableSnapshot m_table;
    size_t m_bytes = 0;
};

} // namespace rowdesk
