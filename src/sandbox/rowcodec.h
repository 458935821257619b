#pragma once

#include "core/result.h"
#include "core/schema.h"
#include "sandbox/datasetstore.h"
#include "sandbox/jsonreader.h"

namespace rowdesk::sandbox {

/// How a request body writes a row.
enum class RowShape {
    Pairs, ///< classic: [{"column":…,"value":…},…]
    Object ///< versioned: {column:value}
};

/// Reads the rows of a body's "data". Columns that a row leaves out are null. One row that does not fit refuses them
/// all: the error names the row (from 1), the column and the value. Codes: InvalidData, UnknownColumn, DuplicateColumn,
/// InvalidValue.
Result<QVector<Cells>> readRows(const Schema &schema, const JsonValue &data, RowShape shape);

/// Reads one row's values for some columns: the position of each column and its stored fragment.
Result<QMap<int, QByteArray>> readCells(const Schema &schema, const JsonValue &row, RowShape shape, qint64 rowNumber);

/// Writes rows as JSON objects, a run of them without brackets: `{…},{…}`.
class RowWriter
{
public:
    explicit RowWriter(const Schema &schema);
    void append(QByteArray &out, const Cells &cells);

private:
    QVector<QByteArray> m_keys; ///< `"name":` of each column, as JSON
    bool m_first = true;
};

/// The fragments of stored cells.
QList<QByteArray> splitCells(const Cells &cells);

/// An error that the API answers for what was sent.
ApiError rejected(const QString &code, const QString &message);

} // namespace rowdesk::sandbox
