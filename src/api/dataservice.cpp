#include "api/dataservice.h"

#include "api/codec.h"

#include <QCoreApplication>

#include <algorithm>

namespace rowdesk {
namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Api", text);
}

/// A list that is still going on here does not end: the service says "more" for ever.
constexpr int mostPages = 10'000;

ApiError endlessList(int page)
{
    return {ErrorKind::BadAnswer,
            0,
            {},
            tr("The service says that the list of datasets goes on, but page %1 brought nothing new.").arg(page),
            tr("Try again later; if it stays, tell the operator of the service."),
            {}};
}

bool bringsNothingNew(const QVector<DatasetInfo> &before, const QVector<DatasetInfo> &page)
{
    return std::all_of(page.begin(), page.end(), [&before](const DatasetInfo &info) {
        return std::any_of(before.begin(), before.end(),
                           [&info](const DatasetInfo &seen) { return seen.id == info.id; });
    });
}

} // namespace

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
    return listFrom(1, name, {});
}

Call<DataService::Listing> DataService::listFrom(int page, const QString &name, Listing before) const
{
    // A copy, not `this`: the service is a light value and may be gone when the answer comes.
    return m_client->send(dialect().listDatasets(page, name))
        .chain<Listing>([service = *this, page, name, before = std::move(before)](const Answer &answer) {
            Result<ListPage<DatasetInfo>> decoded = decodeDatasets(answer.body, page);
            if (!decoded)
                return Call<Listing>::finished(decoded.error());
            if (decoded->more && (page >= mostPages || bringsNothingNew(before.datasets, decoded->entries)))
                return Call<Listing>::finished(endlessList(page));
            Listing sofar = before;
            sofar.datasets += decoded->entries;
            sofar.notes += decoded->notes;
            if (decoded->more)
                return service.listFrom(page + 1, name, std::move(sofar));
            if (!name.isEmpty())
                sofar.datasets.removeIf([&name](const DatasetInfo &info) { return info.name != name; });
            return Call<Listing>::finished(std::move(sofar));
        });
}

Call<DataService::TableSchema> DataService::schema(const QString &id) const
{
    return list().chain<TableSchema>([service = *this, id](const QVector<DatasetInfo> &datasets) {
        const auto found =
            std::find_if(datasets.begin(), datasets.end(), [&id](const DatasetInfo &info) { return info.id == id; });
        if (found != datasets.end() && found->schema)
            return Call<TableSchema>::finished(TableSchema{*found->schema, false});
        return service.guessFromFirstPage(id);
    });
}

Call<DataService::TableSchema> DataService::guessFromFirstPage(const QString &id) const
{
    return m_client->send(dialect().readRows(id, {}, 1))
        .map<TableSchema>([](const Answer &answer) -> Result<TableSchema> {
            const Result<Schema> schema = guessSchema(answer.body);
            if (!schema)
                return schema.error();
            return TableSchema{*schema, true};
        });
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
