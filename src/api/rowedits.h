#pragma once

#include "api/dialect.h"
#include "api/roweditservice.h"

namespace rowdesk {

// How changes to rows are written and what is answered to them (API contract §4). Pure functions; any thread.

/// Cells: {"multiplerows","find":[{"column","value"},…]}, one value a condition. Members:
/// {"multiple_rows","filter":{"condition":[{"columns":[{"name","comparator":"equals","values"},…],"operator":"and"}]}}.
QByteArray encodeRemoval(Dialect::RowShape shape, const RowFilter &filter);

/// The same with "data": [{"column","value"},…] or {column:value,…}.
QByteArray encodeUpdate(Dialect::RowShape shape, const RowFilter &filter, const QVector<ColumnValue> &values);

/// The service's own count of rows; empty when it tells none. An empty answer and HTML are ErrorKind::OutcomeUnknown.
Result<std::optional<qint64>> decodeEdited(const QByteArray &body, std::string_view counter);

} // namespace rowdesk
