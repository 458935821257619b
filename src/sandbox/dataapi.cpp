#include "sandbox/dataapi.h"

#include "sandbox/datarows.h"
#include "sandbox/demorefresh.h"
#include "sandbox/jsonreader.h"
#include "sandbox/jsonstring.h"
#include "sandbox/rowcodec.h"

#include <QCoreApplication>

namespace rowdesk::sandbox {
namespace {

using namespace Qt::StringLiterals;

QString tr(const char *text)
{
    return QCoreApplication::translate("DataApi", text);
}

QByteArray boolean(bool value)
{
    return value ? "true" : "false";
}

QByteArray columnsJson(const Schema &schema)
{
    QByteArray json = "[";
    for (const ColumnSpec &column : schema.columns) {
        json += json.size() > 1 ? "," : "";
        json +=
            "{\"name\":" + jsonString(column.name) + ",\"data_type\":" + jsonString(columnTypeName(column.type)) + '}';
    }
    return json + ']';
}

QByteArray datasetJson(const Dataset &dataset, bool versioned)
{
    const QByteArray key = dataset.uniqueKey.isEmpty() ? "null" : jsonString(dataset.uniqueKey.join(u','));
    return (versioned ? "{\"id\":" : "{\"rec_id\":") + QByteArray::number(dataset.id) +
           ",\"name\":" + jsonString(dataset.name) + ",\"description\":" + jsonString(dataset.description) +
           ",\"rows\":" + QByteArray::number(dataset.rows) + ",\"columns\":" + columnsJson(dataset.schema) +
           ",\"versions\":" + QByteArray::number(dataset.history ? dataset.version : 0) +
           ",\"history\":" + boolean(dataset.history) + ",\"refreshable\":" + boolean(dataset.refreshable) +
           ",\"uniquekey\":" + key + ",\"changed\":" + jsonString(dataset.changed) + '}';
}

HttpReply listDatasets(const ApiCall &call, Services &services)
{
    const Result<QVector<Dataset>> all = services.datasets.list();
    if (!all)
        return call.refusal(all.error());
    const QString name = call.parameter("name");
    const std::optional<bool> withKey = call.flag("uniquekeyavailable");
    const std::optional<bool> refreshable = call.flag("refresh");
    QVector<Dataset> wanted;
    for (const Dataset &dataset : *all) {
        if ((name.isNull() || dataset.name == name) && (!withKey || *withKey != dataset.uniqueKey.isEmpty()) &&
            (!refreshable || *refreshable == dataset.refreshable))
            wanted.append(dataset);
    }
    Pagination pagination{0, wanted.size(), 1, wanted.size(), false};
    if (call.isVersioned()) {
        const Result<qint64> page = call.number("page", 1);
        const Result<qint64> size = call.number("page_size", 100);
        if (!page || !size)
            return call.refusal(page ? size.error() : page.error());
        pagination.page = *page;
        pagination.pageSize = qMin<qint64>(*size, 1000);
        const qint64 from = qMin(wanted.size(), (*page - 1) * pagination.pageSize);
        wanted = wanted.mid(from, pagination.pageSize);
        pagination.more = from + wanted.size() < pagination.total;
    }
    pagination.count = wanted.size();
    QByteArray array = "[";
    for (const Dataset &dataset : std::as_const(wanted))
        array += (array.size() > 1 ? "," : "") + datasetJson(dataset, call.isVersioned());
    return call.items("data", array + ']', pagination);
}

/// The columns of a create call: [{"name","data_type"}].
Result<Schema> readColumns(const JsonValue &columns)
{
    if (!columns.isArray())
        return rejected(u"InvalidColumns"_s, tr("The body needs a member “columns” that is a list."));
    Schema schema;
    for (JsonValue column = columns.first(); !column.isAbsent(); column = column.next()) {
        const JsonValue name = column.member("name");
        const QString word = column.member("data_type").toString();
        const std::optional<ColumnType> type = columnTypeFromName(word);
        if (!name.isString())
            return rejected(u"InvalidColumns"_s, tr("Column %1 has no name.").arg(schema.columns.size() + 1));
        if (!type) {
            return rejected(u"InvalidColumns"_s,
                            tr("Column “%1”: “%2” is not a data type.").arg(name.toString(), word.left(60)));
        }
        schema.columns.append({name.toString(), *type});
    }
    return schema;
}

HttpReply createTable(const ApiCall &call, Services &services)
{
    const JsonDocument body(call.body());
    if (!body.isValid())
        return call.refusal(rejected(u"InvalidJson"_s, body.errorText()));
    Result<Schema> schema = readColumns(body.root().member("columns"));
    if (!schema)
        return call.refusal(schema.error());
    Dataset dataset;
    dataset.name = body.root().member("name").toString();
    dataset.description = body.root().member("description").toString();
    dataset.schema = *std::move(schema);
    const Result<qint64> id = services.datasets.create(dataset);
    if (!id)
        return call.refusal(id.error());
    const QByteArray digits = QByteArray::number(*id);
    return call.said(digits, "{\"id\":" + digits + '}');
}

HttpReply listVersions(const ApiCall &call, Services &services, const Dataset &dataset)
{
    const Result<QVector<Version>> versions = services.datasets.versions(dataset);
    if (!versions)
        return call.refusal(versions.error());
    QByteArray array = "[";
    for (const Version &version : *versions) {
        array += (array.size() > 1 ? ",{\"version\":" : "{\"version\":") + QByteArray::number(version.number) +
                 ",\"created\":" + jsonString(version.created) + ",\"rows\":" + QByteArray::number(version.rows) +
                 ",\"comment\":" + jsonString(version.comment) + '}';
    }
    return call.items("versions", array + ']');
}

HttpReply readVersion(const ApiCall &call, Services &services, const Dataset &dataset)
{
    const Result<qint64> number = call.id(2);
    if (!number)
        return call.refusal(number.error());
    const Result<Version> version = services.datasets.version(dataset, *number);
    if (!version)
        return call.refusal(version.error());
    return answerRows(call, services, dataset, {version->number, version->rows});
}

HttpReply refresh(const ApiCall &call, Services &services, const Dataset &dataset, const QString &word)
{
    const std::optional<RefreshMode> mode = refreshModeFromName(word);
    if (!mode)
        return call.refusal(rejected(u"InvalidMode"_s, tr("“%1” is no way to refresh a dataset.").arg(word.left(60))));
    const Result<Done> done = refreshDataset(services.datasets, dataset, *mode);
    if (!done)
        return call.refusal(done.error());
    return call.said("success", "{\"id\":" + QByteArray::number(dataset.id) + ",\"mode\":" + jsonString(word) + '}');
}

/// POST {id}/{word}: the same words mean different things in the two dialects ("update").
HttpReply post(const ApiCall &call, Services &services, const Dataset &dataset)
{
    const QString &word = call.path().at(1);
    if (word == u"row")
        return appendRows(call, services, dataset, RowShape::Pairs);
    if (word == u"refresh") {
        const JsonDocument body(call.body());
        if (!body.isValid())
            return call.refusal(rejected(u"InvalidJson"_s, body.errorText()));
        return refresh(call, services, dataset, body.root().member("mode").toString());
    }
    if (call.isVersioned() && word == u"insert")
        return appendRows(call, services, dataset, RowShape::Object);
    if (call.isVersioned() && word == u"update")
        return updateRows(call, services, dataset);
    if (call.isVersioned() && word == u"delete")
        return deleteRows(call, services, dataset);
    return refreshModeFromName(word) ? refresh(call, services, dataset, word) : call.noSuchCall();
}

HttpReply answerDataset(const ApiCall &call, Services &services, const Dataset &dataset)
{
    if (call.is("GET", 1))
        return answerRows(call, services, dataset, {dataset.version, dataset.rows});
    const QString &word = call.path().value(1);
    if (call.is("GET", 2) && word == u"versions")
        return listVersions(call, services, dataset);
    if (call.is("GET", 3) && word == u"v")
        return readVersion(call, services, dataset);
    if (call.is("POST", 2))
        return post(call, services, dataset);
    if (call.is("PUT", 2) && word == u"row")
        return updateRows(call, services, dataset);
    if (call.is("DELETE", 2) && word == u"row")
        return deleteRows(call, services, dataset);
    return call.noSuchCall();
}

} // namespace

HttpReply answerData(const ApiCall &call, Services &services)
{
    // A read sees the dataset and its rows in one state, whatever is written meanwhile.
    std::optional<Transaction> snapshot;
    if (call.isRead())
        snapshot.emplace(services.database, Transaction::Mode::Read);
    if (call.is("GET", 0))
        return listDatasets(call, services);
    if (call.is("POST", 0))
        return createTable(call, services);
    if (call.path().isEmpty())
        return call.noSuchCall();
    const Result<qint64> id = call.id();
    if (!id)
        return call.refusal(id.error());
    const Result<Dataset> dataset = services.datasets.find(*id);
    return dataset ? answerDataset(call, services, *dataset) : call.refusal(dataset.error());
}

} // namespace rowdesk::sandbox
