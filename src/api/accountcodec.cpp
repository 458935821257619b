#include "api/answerreader.h"

#include <QCoreApplication>

namespace rowdesk {
namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Api", text);
}

std::optional<NamedObject> readNamedObject(const JsonValue &entry)
{
    EntryReader reader(entry);
    NamedObject object;
    object.id = reader.takeText({"rec_id", "id", "ID", "Id"});
    if (object.id.isEmpty())
        return std::nullopt;
    object.name = reader.takeText({"name", "Name", "title"});
    object.other = reader.rest();
    return object;
}

std::optional<QJsonObject> readObject(const JsonValue &entry)
{
    return entry.isObject() ? std::optional(entry.toQt().toObject()) : std::nullopt;
}

} // namespace

Result<AccountInfo> decodeAccount(const QByteArray &body)
{
    const Result<JsonValue> root = JsonValue::parse(body);
    if (!root)
        return root.error();
    const JsonValue *object = findObject(*root);
    if (!object)
        return unreadableAnswer(tr("The service's answer does not describe an account."));
    EntryReader reader(*object);
    AccountInfo info;
    info.id = reader.takeText({"rec_id", "id", "ID", "Id"});
    info.name = reader.takeText({"name", "Name"});
    info.domain = reader.takeText({"domain", "Domain"});
    info.other = reader.rest();
    return info;
}

Result<QVector<QJsonObject>> decodeObjects(const QByteArray &body)
{
    const Result<ListPage<QJsonObject>> page =
        decodeList<QJsonObject>(body, 1, readObject, tr("The service's answer holds no list."));
    if (!page)
        return page.error();
    return page->entries;
}

Result<ListPage<NamedObject>> decodeNamedObjects(const QByteArray &body, int page)
{
    return decodeList<NamedObject>(body, page, readNamedObject, tr("The service's answer holds no list."));
}

Result<NamedObject> decodeNamedObject(const QByteArray &body)
{
    const Result<JsonValue> root = JsonValue::parse(body);
    if (!root)
        return root.error();
    const JsonValue *object = findObject(*root);
    const std::optional<NamedObject> named = object ? readNamedObject(*object) : std::nullopt;
    if (!named)
        return unreadableAnswer(tr("The service's answer holds no object with an id."));
    return *named;
}

} // namespace rowdesk
