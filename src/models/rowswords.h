#pragma once

#include "core/columnstore.h"

#include <QCoreApplication>

namespace rowdesk {

/// Says how much of a table has been read; never leaves open whether these are all rows.
class RowsWords
{
    Q_DECLARE_TR_FUNCTIONS(rowdesk::RowsWords)
public:
    /// "first page of rows, loading…" · "loading, 12,000 rows so far…" · "all 34,112 rows" ·
    /// "stopped at 12,000 rows: the server did not answer".
    static QString state(const ColumnStore &store);
    /// What a cell is: "text", "number", "true or false", "nested JSON", "no value".
    static QString kind(CellKind kind);
};

} // namespace rowdesk
