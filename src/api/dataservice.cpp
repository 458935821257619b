#include "api/dataservice.h"

#include "api/codec.h"
#include "api/historyservice.h"
#include "api/jsonpage.h"
#include "api/pages.h"

#include <QCoreApplication>

#include <algorithm>

namespace rowdesk {
DataService::DataService(ApiClient *client) : m_client(client) {}

const Dialect &DataService::dialect() const
{
    return Dialect::of(m_client->apiVersion());
}

Call<QVector<DatasetInfo>> DataService::list(const QString &name) const
{
    return listWithNotes(name).map<QVector<DatasetInfo>>(
        [](Listing listing) { return Result<QVector<DatasetInfo>>(std::move(listing.datasets)); });
}

Call<DataService::Listing> DataService::listWithNotes(const QString &name) const
{
    const PagedList<DatasetInfo> list{[&words = dialect(), name](int page) { return words.listDatasets(page, name); },
                                      decodeDatasets};
    return readAllPages(m_client, list).map<Listing>([name](ListPage<DatasetInfo> all) -> Result<Listing> {
        if (!name.isEmpty())
            all.entries.removeIf([&name](const DatasetInfo &info) { return info.name != name; });
        return Listing{std::move(all.entries), std::move(all.notes)};
    });
}

Call<DataService::TableSchema> DataService::schema(const QString &id) const
{
    return list().chain<TableSchema>([service = *this, id](const QVector<DatasetInfo> &datasets) {
        const auto found =
            std::find_if(datasets.begin(), datasets.end(), [&id](const DatasetInfo &info) { return info.id == id; });
        if (found != datasets.end() && found->schema)
            return Call<TableSchema>::finished(TableSchema{*found->schema, false, found->rows});
        return service.guessFromFirstPage(id).map<TableSchema>(
            [rows = found != datasets.end() ? found->rows : std::nullopt](TableSchema table) {
                table.rows = rows;
                return Result<TableSchema>(std::move(table));
            });
    });
}

Call<DataService::TableSchema> DataService::guessFromFirstPage(const QString &id) const
{
    return m_client->send(dialect().readRows(id, {}, 1))
        .map<TableSchema>([](const Answer &answer) -> Result<TableSchema> {
            const Result<Schema> schema = guessSchema(answer.body);
            if (!schema)
                return schema.error();
            return TableSchema{*schema, true, {}};
        });
}

Call<DataService::TableFacts> DataService::facts(const QString &id) const
{
    return list().chain<TableFacts>([service = *this, id](const QVector<DatasetInfo> &datasets) {
        const auto found =
            std::find_if(datasets.begin(), datasets.end(), [&id](const DatasetInfo &info) { return info.id == id; });
        if (found == datasets.end()) {
            return Call<TableFacts>::finished(
                ApiError{ErrorKind::NotFound,
                         0,
                         {},
                         QCoreApplication::translate("Api", "The list of datasets names no table %1.").arg(id),
                         {},
                         {}});
        }
        if (found->rows)
            return service.withVersion(id, {found->name, found->rows, {}});
        return service.client()
            ->send(service.dialect().readRows(id, {}, 1))
            .chain<TableFacts>([service, id, name = found->name](const Answer &answer) {
                const Result<RowsPage> page = PageDecoder().decode(answer.body, 1);
                return page ? service.withVersion(id, {name, page->total, {}})
                            : Call<TableFacts>::finished(page.error());
            });
    });
}

/// No history is no error here.
Call<DataService::TableFacts> DataService::withVersion(const QString &id, TableFacts facts) const
{
    Completion<TableFacts> completion;
    const Call<QVector<VersionInfo>> versions = HistoryService(m_client).versions(id);
    completion.onAbort([versions] { versions.abort(); });
    versions.then(completion.guard(), [completion, facts](const Result<QVector<VersionInfo>> &known) mutable {
        if (known && !known->isEmpty())
            facts.version = known->first().version;
        completion.finish(std::move(facts));
    });
    return completion.call();
}

Call<QString> DataService::create(const NewTable &table) const
{
    const QByteArray body = encodeNewTable(table.name, table.description, table.schema);
    return m_client->send(dialect().createTable(body)).map<QString>([](const Answer &answer) {
        return decodeCreatedId(answer.body);
    });
}

Dialect::RowShape DataService::rowShape() const
{
    return dialect().rowShape();
}

Result<QByteArray> DataService::encodeRows(const Schema &schema, const RowBatch &batch, qsizetype first,
                                           qsizetype count) const
{
    return rowdesk::encodeRows(rowShape(), schema, batch, first, count);
}

Call<DataService::Appended> DataService::append(const QString &id, const QByteArray &body, qint64 rows,
                                                ApiClient::Gate gate) const
{
    const Dialect &words = dialect();
    const Request request = words.appendRows(id, body);
    const Call<Answer> answer = gate.drained ? m_client->sendGated(request, std::move(gate)) : m_client->send(request);
    return answer.map<Appended>([&words, rows](const Answer &given) -> Result<Appended> {
        const Result<std::optional<qint64>> inserted = decodeInserted(given.body, words);
        if (!inserted)
            return inserted.error();
        return Appended{rows, *inserted};
    });
}

} // namespace rowdesk
