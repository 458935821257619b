#include "api/codec.h"

#include "api/jsontext.h"
#include "api/jsonvalue.h"

#include <QCoreApplication>

#include <algorithm>
#include <initializer_list>

namespace rowdesk {
namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Api", text);
}

/// The spellings under which a member may come, the documented one first.
using Names = std::initializer_list<std::string_view>;

ApiError badAnswer(const QString &message)
{
    return {ErrorKind::BadAnswer, 0, {}, message, tr("Check the address and the API version of the profile."), {}};
}

ApiError outcomeUnknown(const QString &message, const QString &hint)
{
    return {ErrorKind::OutcomeUnknown, 0, {}, message, hint, {}};
}

/// The list in an answer: bare, or wrapped once or twice ({"result":{"data":[…]}}).
const JsonValue *findList(const JsonValue &root, int depth = 0)
{
    if (root.isArray())
        return &root;
    if (!root.isObject() || depth > 2)
        return nullptr;
    for (const std::string_view name : {"result", "data", "versions", "tables", "datasets", "items", "rows"}) {
        if (const JsonValue *inner = root.find(name)) {
            if (const JsonValue *list = findList(*inner, depth + 1))
                return list;
        }
    }
    return nullptr;
}

const JsonValue *findAny(const JsonValue *object, Names names)
{
    for (const std::string_view name : names) {
        if (const JsonValue *found = object ? object->find(name) : nullptr)
            return found;
    }
    return nullptr;
}

/// Whether a further page exists (API contract §3): classic has_more_data, versioned pagination in any of its
/// spellings.
bool hasMore(const JsonValue &root, int page)
{
    if (!root.isObject())
        return false;
    const JsonValue *pagination = root.find("pagination");
    const JsonValue *place = pagination ? pagination : &root;
    if (const JsonValue *more = findAny(place, {"has_more_results", "has_more_data"}))
        return more->asBool().value_or(false);
    if (const JsonValue *last = place->find("last_page")) {
        // "last_page" is seen both as "this is the last one" and as the number of the last one.
        if (last->kind() == JsonValue::Kind::Bool)
            return !last->asBool().value_or(true);
        return last->asWholeNumber().value_or(0) > page;
    }
    const JsonValue *total = place->find("result_total_count");
    const JsonValue *size = place->find("page_size");
    if (!total || !size)
        return false;
    return total->asWholeNumber().value_or(0) > page * size->asWholeNumber().value_or(0);
}

/// Takes members out of an entry by their names and keeps the rest.
class EntryReader
{
public:
    explicit EntryReader(const JsonValue &entry) : m_entry(entry) {}

    /// The first member under these names that reads as T.
    template<typename T>
    std::optional<T> take(Names names, std::optional<T> (JsonValue::*read)() const)
    {
        for (const std::string_view name : names) {
            const JsonValue *member = m_entry.find(name);
            if (!member)
                continue;
            if (std::optional<T> value = (member->*read)()) {
                markTaken(name);
                return value;
            }
        }
        return std::nullopt;
    }

    QString takeText(Names names) { return take<QString>(names, &JsonValue::asText).value_or(QString()); }

    const JsonValue *find(std::string_view name) const { return m_entry.find(name); }
    void markTaken(std::string_view name) { m_taken.push_back(name); }

    QJsonObject rest() const
    {
        QJsonObject other;
        for (const auto &[name, value] : m_entry.members()) {
            if (std::find(m_taken.begin(), m_taken.end(), name) == m_taken.end())
                other.insert(QString::fromStdString(name), value.toQt());
        }
        return other;
    }

private:
    const JsonValue &m_entry;
    std::vector<std::string_view> m_taken;
};

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

template<typename T>
Result<ListPage<T>> decodeList(const QByteArray &body, int page, std::optional<T> (*read)(const JsonValue &),
                               const QString &unreadable)
{
    const Result<JsonValue> root = JsonValue::parse(body);
    if (!root)
        return root.error();
    const JsonValue *list = findList(*root);
    if (!list)
        return badAnswer(unreadable);
    ListPage<T> result;
    result.more = hasMore(*root, page);
    for (size_t i = 0; i < list->items().size(); ++i) {
        if (std::optional<T> entry = read(list->items()[i]))
            result.entries.append(std::move(*entry));
        else
            result.notes.append(
                tr("Entry %1 of page %2 of the list can't be read and is left out.").arg(i + 1).arg(page));
    }
    return result;
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
        return badAnswer(tr("The service's answer holds no rows."));
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
