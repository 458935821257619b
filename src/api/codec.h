#pragma once

#include "api/accountinfo.h"
#include "api/datasetinfo.h"
#include "api/dialect.h"
#include "core/result.h"
#include "core/rowbatch.h"

#include <QByteArray>

#include <optional>

namespace rowdesk {

// What the service's words mean and how ours are written. Reading is tolerant: lists bare or wrapped, numbers as text
// and the reverse, unknown members kept. Writing is exactly the documented shape (API contract §3, §4). Pure functions;
// any thread.

/// One page of a list. A broken entry is left out of `entries` and has a sentence in `notes`.
template<typename T>
struct ListPage
{
    QVector<T> entries;
    QStringList notes;
    bool more = false; ///< the service says that a further page exists
};

/// A page of GET data or GET table; `page` (from 1) is the one that was asked for.
Result<ListPage<DatasetInfo>> decodeDatasets(const QByteArray &body, int page);

/// The answer of GET data/{id}/versions, in the service's order.
Result<ListPage<VersionInfo>> decodeVersions(const QByteArray &body);

/// The id in the answer to a creation: bare text, a bare number, or wrapped. An answer without one is
/// ErrorKind::OutcomeUnknown, since the table may be there.
Result<QString> decodeCreatedId(const QByteArray &body);

/// The service's own count of rows it stored; empty when the dialect tells none. An answer that confirms nothing
/// (empty, HTML, a count that is missing, doubled, negative or not whole) is ErrorKind::OutcomeUnknown.
Result<std::optional<qint64>> decodeInserted(const QByteArray &body, const Dialect &dialect);

/// The answer of GET account, bare or wrapped.
Result<AccountInfo> decodeAccount(const QByteArray &body);

/// A list of objects of which nothing is known but that they are objects: activities.
Result<QVector<QJsonObject>> decodeObjects(const QByteArray &body);

/// Schedules and their like: a page of the list, or one.
Result<ListPage<NamedObject>> decodeNamedObjects(const QByteArray &body, int page);
Result<NamedObject> decodeNamedObject(const QByteArray &body);

/// The columns of a page of rows, in order of first sight, each with a type that fits every value seen: number,
/// checkbox, else text. No columns when the page has no rows.
Result<Schema> guessSchema(const QByteArray &body);

/// {"name","description","columns":[{"name","data_type"}]}
QByteArray encodeNewTable(const QString &name, const QString &description, const Schema &schema);

/// {"data":[…]}: rows [first, first + count) of a batch whose columns are the schema's, in its order. Null becomes
/// null, Bool true or false, Number its literal digits where JSON can write them (else text), Json itself, Text text.
/// Text that is not valid UTF-8 can't be sent: ErrorKind::Usage naming line and column.
Result<QByteArray> encodeRows(Dialect::RowShape shape, const Schema &schema, const RowBatch &batch, qsizetype first,
                              qsizetype count);

} // namespace rowdesk
