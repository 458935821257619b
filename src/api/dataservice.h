#pragma once

#include "api/datasetinfo.h"
#include "core/rowbatch.h"
#include "net/apiclient.h"

namespace rowdesk {

class Dialect;

/// Tables of the account: list, create, append (API contract §4). Reading rows is RowStream's.
/// Lives in the client's thread; neither owns the client nor keeps state.
class DataService
{
public:
    explicit DataService(ApiClient *client);

    /// Every dataset, all pages. `name` filters on the server where it can (exact name in the classic dialect).
    Call<QVector<DatasetInfo>> list(const QString &name = {}) const;

    struct NewTable {
        QString name;
        QString description;
        Schema schema;
    };
    /// Creates an empty table and gives its id. A name that is taken ends with ErrorKind::Rejected; a lost answer with
    /// ErrorKind::OutcomeUnknown (then list by name tells).
    Call<QString> create(const NewTable &table) const;

    /// What the service said about rows that were sent.
    struct Appended {
        qint64 sent = 0;
        std::optional<qint64> inserted; ///< the service's own count; the classic dialect tells none
    };
    /// The most rows of one append call, in either dialect (the versioned one's limit; our own choice in the classic).
    static constexpr int maxRowsPerAppend = 500;
    /// The exact bytes of an append of rows [first, first + count) in the session's dialect.
    QByteArray encodeRows(const Schema &schema, const RowBatch &batch, qsizetype first, qsizetype count) const;
    /// Sends such a body once. Not idempotent: never call it again for the same rows without knowing what happened.
    Call<Appended> append(const QString &id, const QByteArray &body, qint64 rows, ApiClient::Gate gate = {}) const;

private:
    ApiClient *m_client;
};

} // namespace rowdesk
