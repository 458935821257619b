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
    /// Which rows something was worked out from, `count` of them: "of all 34,112 rows", "of the 12 rows that the
    /// filters leave", "of the 12,000 rows loaded so far", "of the 12,000 rows loaded before reading stopped".
    static QString scope(const ColumnStore &store, qint64 count);
    /// Why nothing can be said of the table as a whole: reading stopped. Empty when it did not.
    static QString whyNotWhole(const ColumnStore &store);
    /// What a cell is: "text", "number", "true or false", "nested JSON", "no value".
    static QString kind(CellKind kind);
};

} // namespace rowdesk
