#pragma once

#include "api/datasetinfo.h"
#include "api/dialect.h"
#include "core/rowbatch.h"
#include "net/apiclient.h"

namespace rowdesk {

/// Tables of the account: list, create, append (API contract §4). Reading rows is RowStream's.
/// Lives in the client's thread; neither owns the client nor keeps state.
class DataService
{
public:
    explicit DataService(ApiClient *client);

    ApiClient *client() const { return m_client; }

    /// Every dataset, all pages; with `name`, those with exactly this name (the server filters where it can).
    Call<QVector<DatasetInfo>> list(const QString &name = {}) const;
    /// The same with a sentence for each entry that could not be read and was left out.
    struct Listing
    {
        QVector<DatasetInfo> datasets;
        QStringList notes;
    };
    Call<Listing> listWithNotes(const QString &name = {}) const;

    /// The columns of a table.
    struct TableSchema
    {
        Schema schema;
        bool guessed = false; ///< the list told no columns: names and types are those of the first page's values
        std::optional<qint64> rows = std::nullopt; ///< rows of the table, when the list tells
    };
    /// From the list when it tells columns, else from the first page of rows; no columns when that has none either. An
    /// id that the list does not name and that can't be read ends with ErrorKind::NotFound.
    Call<TableSchema> schema(const QString &id) const;

    /// What the service tells of a table without its rows being read.
    struct TableFacts
    {
        QString name;
        std::optional<qint64> rows; ///< from the list, else from the first page; empty: it does not tell
        QString version;            ///< the newest version; empty: history is off, or it has none
    };
    /// An id that the list does not name ends with ErrorKind::NotFound.
    Call<TableFacts> facts(const QString &id) const;

    struct NewTable
    {
        QString name;
        QString description;
        Schema schema;
    };
    /// Creates an empty table and gives its id. A name that is taken ends with ErrorKind::Rejected; a lost answer with
    /// ErrorKind::OutcomeUnknown (then list by name tells).
    Call<QString> create(const NewTable &table) const;

    /// What the service said about rows that were sent.
    struct Appended
    {
        qint64 sent = 0;
        std::optional<qint64> inserted; ///< the service's own count; the classic dialect tells none
    };
    /// The most rows of one append call, in either dialect (the versioned one's limit; our own choice in the classic).
    static constexpr int maxRowsPerAppend = 500;
    /// How an append writes a row in the session's dialect: for encodeRows() (api/codec.h) on a worker.
    Dialect::RowShape rowShape() const;
    /// The exact bytes of an append of rows [first, first + count) in the session's dialect. A value that JSON can't
    /// carry is ErrorKind::Usage naming line and column.
    Result<QByteArray> encodeRows(const Schema &schema, const RowBatch &batch, qsizetype first, qsizetype count) const;
    /// Sends such a body once. Not idempotent: never call it again for the same rows without knowing what happened.
    /// An answer that does not confirm the rows is ErrorKind::OutcomeUnknown.
    Call<Appended> append(const QString &id, const QByteArray &body, qint64 rows, ApiClient::Gate gate = {}) const;

private:
    const Dialect &dialect() const;
    Call<TableSchema> guessFromFirstPage(const QString &id) const;
    Call<TableFacts> withVersion(const QString &id, TableFacts facts) const;

    ApiClient *m_client;
};

} // namespace rowdesk
