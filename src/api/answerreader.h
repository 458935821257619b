#pragma once

#include "api/codec.h"
#include "api/jsonvalue.h"

#include <initializer_list>

namespace rowdesk {

// Tools of the codecs: finding things in answers that come in more than one shape.

/// The spellings under which a member may come, the documented one first.
using Names = std::initializer_list<std::string_view>;

/// The error of an answer that can't be read as what was asked for.
ApiError unreadableAnswer(const QString &message);

/// The list in an answer: bare, or wrapped once or twice ({"result":{"data":[…]}}); null when there is none.
const JsonValue *findList(const JsonValue &root);

/// The object in an answer: bare, wrapped in "result" or "data", or alone in a list; null when there is none.
const JsonValue *findObject(const JsonValue &root);

/// The first member with one of these names; null when there is none, or no object.
const JsonValue *findAny(const JsonValue *object, Names names);

/// Whether a further page exists (API contract §3): classic has_more_data, versioned pagination in any of its
/// spellings.
bool hasMore(const JsonValue &root, int page);

/// The note of an entry that can't be read; both numbers from 1.
QString unreadableEntryNote(size_t entry, int page);

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

    QString takeText(Names names);

    const JsonValue *find(std::string_view name) const { return m_entry.find(name); }
    void markTaken(std::string_view name) { m_taken.push_back(name); }

    /// Every member that was not taken.
    QJsonObject rest() const;

private:
    const JsonValue &m_entry;
    std::vector<std::string_view> m_taken;
};

/// Reads each entry of the list in an answer; `unreadable` is said when there is no list.
template<typename T>
Result<ListPage<T>> decodeList(const QByteArray &body, int page, std::optional<T> (*read)(const JsonValue &),
                               const QString &unreadable)
{
    const Result<JsonValue> root = JsonValue::parse(body);
    if (!root)
        return root.error();
    const JsonValue *list = findList(*root);
    if (!list)
        return unreadableAnswer(unreadable);
    ListPage<T> result;
    result.more = hasMore(*root, page);
    for (size_t i = 0; i < list->items().size(); ++i) {
        if (std::optional<T> entry = read(list->items()[i]))
            result.entries.append(std::move(*entry));
        else
            result.notes.append(unreadableEntryNote(i + 1, page));
    }
    return result;
}

} // namespace rowdesk
