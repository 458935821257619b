#include "api/answerreader.h"

#include <QCoreApplication>

#include <algorithm>

namespace rowdesk {
namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Api", text);
}

const JsonValue *findListWithin(const JsonValue &root, int depth)
{
    if (root.isArray())
        return &root;
    if (!root.isObject() || depth > 2)
        return nullptr;
    for (const std::string_view name : {"result", "data", "versions", "tables", "datasets", "schedules", "dashboards",
                                        "users", "teams", "items", "rows"}) {
        if (const JsonValue *inner = root.find(name)) {
            if (const JsonValue *list = findListWithin(*inner, depth + 1))
                return list;
        }
    }
    return nullptr;
}

} // namespace

ApiError unreadableAnswer(const QString &message)
{
    return {ErrorKind::BadAnswer, 0, {}, message, tr("Check the address and the API version of the profile."), {}};
}

const JsonValue *findList(const JsonValue &root)
{
    return findListWithin(root, 0);
}

const JsonValue *findObject(const JsonValue &root)
{
    if (const JsonValue *list = findList(root))
        return list->items().size() == 1 && list->items().front().isObject() ? &list->items().front() : nullptr;
    const JsonValue *inner = findAny(&root, {"result", "data"});
    if (inner)
        return findObject(*inner);
    return root.isObject() ? &root : nullptr;
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

QString unreadableEntryNote(size_t entry, int page)
{
    return tr("Entry %1 of page %2 of the list can't be read and is left out.").arg(entry).arg(page);
}

QString EntryReader::takeText(Names names)
{
    return take<QString>(names, &JsonValue::asText).value_or(QString());
}

QJsonObject EntryReader::rest() const
{
    QJsonObject other;
    for (const auto &[name, value] : m_entry.members()) {
        if (std::find(m_taken.begin(), m_taken.end(), name) == m_taken.end())
            other.insert(QString::fromStdString(name), value.toQt());
    }
    return other;
}

} // namespace rowdesk
