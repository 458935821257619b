#include "api/codec.h"

#include "api/answerreader.h"
#include "api/jsontext.h"

#include <QCoreApplication>

namespace rowdesk {
namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Api", text);
}

ApiError outcomeUnknown(const QString &message, const QString &hint)
{
    return {ErrorKind::OutcomeUnknown, 0, {}, message, hint, {}};
}

/// Columns as the service lists them: [{"name","data_type"}] or bare names. Empty when any of them has no name.
std::optional<Schema> readColumns(const JsonValue &columns)
{
    Schema schema;
    for (const JsonValue &column : columns.items()) {
        const JsonValue *name = column.isObject() ? findAny(&column, {"name", "column"}) : &column;
        const std::optional<QString> text = name ? name->asText() : std::nullopt;
        if (!text)
            return std::nullopt;
        const JsonValue *type = column.isObject() ? findAny(&column, {"data_type", "type"}) : nullptr;
        const QString word = type ? type->asText().value_or(QString()) : QString();
        // A type that this program does not know is shown and sent as text.
        schema.columns.append({*text, columnTypeFromName(word).value_or(ColumnType::Text)});
    }
    return schema.columns.isEmpty() ? std::nullopt : std::optional(schema);
}

std::optional<DatasetInfo> readDataset(const JsonValue &entry)
{
    EntryReader reader(entry);
    DatasetInfo info;
    info.id = reader.takeText({"rec_id", "id", "ID", "recId", "RecId", "Id"});
    if (info.id.isEmpty())
        return std::nullopt;
    info.name = reader.takeText({"name", "Name"});
    info.description = reader.takeText({"description", "Description", "desc"});
    info.rows = reader.take<qint64>({"rows", "row_count", "rows_count"}, &JsonValue::asWholeNumber);
    if (const auto versions = reader.take<qint64>({"versions", "version_count"}, &JsonValue::asWholeNumber))
        info.versions = static_cast<int>(*versions);
    info.history = reader.take<bool>({"history", "data_history", "history_enabled"}, &JsonValue::asBool);
    info.refreshable = reader.take<bool>({"refreshable", "can_refresh", "refresh"}, &JsonValue::asBool);
    info.changed = reader.takeText({"changed", "modified", "updated", "last_modified", "updated_at"});
    if (const JsonValue *columns = reader.find("columns"); columns && columns->isArray()) {
        info.schema = readColumns(*columns);
        if (info.schema)
            reader.markTaken("columns");
    }
    info.other = reader.rest();
    return info;
}

std::optional<VersionInfo> readVersion(const JsonValue &entry)
{
    VersionInfo info;
    if (const auto bare = entry.asText()) { // a bare list of version numbers
        info.version = *bare;
        return info;
    }
    EntryReader reader(entry);
    info.version = reader.takeText({"version", "ver", "ver_id", "version_id", "id", "rec_id"});
    if (info.version.isEmpty())
        return std::nullopt;
    info.created = reader.takeText({"created", "created_at", "date", "timestamp"});
    info.rows = reader.take<qint64>({"rows", "row_count", "rows_count"}, &JsonValue::asWholeNumber);
    info.comment = reader.takeText({"comment", "description"});
    info.other = reader.rest();
    return info;
}

} // namespace

Result<ListPage<DatasetInfo>> decodeDatasets(const QByteArray &body, int page)
{
    return decodeList<DatasetInfo>(body, page, readDataset, tr("The service's answer holds no list of datasets."));
}

Result<ListPage<VersionInfo>> decodeVersions(const QByteArray &body)
{
    return decodeList<VersionInfo>(body, 1, readVersion, tr("The service's answer holds no list of versions."));
}

Result<QString> decodeCreatedId(const QByteArray &body)
{
    const ApiError unknown =
        outcomeUnknown(tr("The service's answer to the creation of the table names no id."),
                       tr("Look in the list whether the table is there before creating it again."));
    const Result<JsonValue> root = JsonValue::parse(body);
    if (!root)
        return unknown;
    const JsonValue *place = &*root;
    for (const std::string_view wrapper : {"result", "data"}) {
        if (const JsonValue *inner = place->find(wrapper))
            place = inner;
    }
    if (const JsonValue *id = findAny(place, {"id", "rec_id", "ID", "recId", "RecId"}))
        place = id;
    const bool isId = place->kind() == JsonValue::Kind::Number || place->kind() == JsonValue::Kind::Text;
    if (!isId || place->text().empty())
        return unknown;
    return QString::fromStdString(place->text()).trimmed();
}

Result<std::optional<qint64>> decodeInserted(const QByteArray &body, const Dialect &dialect)
{
    const ApiError unknown = outcomeUnknown(tr("The service's answer does not say whether the rows were stored."),
                                            tr("Compare the table with the file before sending these rows again."));
    const QByteArray trimmed = body.trimmed();
    if (trimmed.isEmpty() || trimmed.startsWith('<'))
        return unknown;
    const Result<JsonValue> root = JsonValue::parse(body);
    if (!dialect.countsInsertedRows() && (!root || !root->isObject()))
        return std::optional<qint64>(); // bare text is the documented success
    if (!root || root->hasDuplicateNames())
        return unknown;
    const JsonValue *result = root->find("result");
    const JsonValue *place = result ? result : &*root;
    const JsonValue *count = place->find("rows_inserted");
    if (!count && !dialect.countsInsertedRows())
        return std::optional<qint64>();
    const std::optional<qint64> inserted = count ? count->asWholeNumber() : std::nullopt;
    if (place->hasDuplicateNames() || !inserted || *inserted < 0)
        return unknown;
    return inserted;
}

Result<Schema> guessSchema(const QByteArray &body)
{
    const Result<JsonValue> root = JsonValue::parse(body);
    if (!root)
        return root.error();
    const JsonValue *list = findList(*root);
    if (!list)
        return unreadableAnswer(tr("The service's answer holds no rows."));
    Schema schema;
    QVector<JsonValue::Kind> kinds; // Null until a value is seen
    for (const JsonValue &row : list->items()) {
        for (const auto &[name, value] : row.members()) {
            const QString column = QString::fromStdString(name);
            int at = schema.indexOf(column);
            if (at < 0) {
                at = static_cast<int>(schema.columns.size());
                schema.columns.append({column, ColumnType::Text});
                kinds.append(JsonValue::Kind::Null);
            }
            if (value.kind() == JsonValue::Kind::Null || value.kind() == kinds[at])
                continue;
            kinds[at] = kinds[at] == JsonValue::Kind::Null ? value.kind() : JsonValue::Kind::Text;
        }
    }
    for (int i = 0; i < kinds.size(); ++i) {
        if (kinds[i] == JsonValue::Kind::Number)
            schema.columns[i].type = ColumnType::Number;
        else if (kinds[i] == JsonValue::Kind::Bool)
            schema.columns[i].type = ColumnType::Checkbox;
    }
    return schema;
}

QByteArray encodeNewTable(const QString &name, const QString &description, const Schema &schema)
{
    QByteArray out = QByteArrayLiteral(R"({"name":)");
    appendJsonString(out, name.toStdString());
    out.append(R"(,"description":)");
    appendJsonString(out, description.toStdString());
    out.append(R"(,"columns":[)");
    for (int i = 0; i < schema.columns.size(); ++i) {
        out.append(i ? R"(,{"name":)" : R"({"name":)");
        appendJsonString(out, schema.columns[i].name.toStdString());
        out.append(R"(,"data_type":)");
        appendJsonString(out, columnTypeName(schema.columns[i].type).toStdString());
        out.append('}');
    }
    out.append("]}");
    return out;
}

} // namespace rowdesk
