#pragma once

#include "core/result.h"
#include "core/rowbatch.h"
#include "core/schema.h"

#include <optional>
#include <string>

namespace rowdesk {

/// A table in memory, column by column, that grows at the end while it is being read.
///
/// Values are exact: text() gives the digits and characters that the server or file gave. Whether the table is whole is
/// part of it (state()). Written and read in one thread; workers take a snapshot().
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

    qsizetype rowCount() const { return m_rows; }
    int columnCount() const;
    QString columnName(int column) const;
    int columnIndex(QStringView name) const; ///< -1 when there is none

    /// What the cell is. Null also when the row's page did not have this column.
    CellKind kind(qsizetype row, int column) const;
    /// Replaces `out` by the exact text of the cell, UTF-8; empty for Null.
    void text(qsizetype row, int column, std::string &out) const;

private:
    State m_state = State::Loading;
    std::optional<ApiError> m_error;
    qsizetype m_rows = 0;
};

} // namespace rowdesk
