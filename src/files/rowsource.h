#pragma once

#include "core/result.h"
#include "core/rowbatch.h"

#include <QStringList>

namespace rowdesk {

/// Rows from a file, in order, batch by batch. The same source serves preview, whole-file inspection and upload: a
/// limit is an argument, never a mode. Not thread-safe; may be used from any one thread at a time.
class RowSource
{
public:
    virtual ~RowSource() = default;

    /// Names of the columns, as the header has them (or "Column 1" … without a header). Known before the first batch.
    virtual QStringList columnNames() const = 0;

    /// Appends up to `limit` further rows to `batch` (made with columnNames().size() columns) and gives how many came;
    /// 0 means the end. A damaged file is an error with line, column and byte: the rows before it were given, none
    /// after.
    virtual Result<qsizetype> read(RowBatch &batch, qsizetype limit) = 0;
};

} // namespace rowdesk
