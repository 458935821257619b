#pragma once

#include "core/result.h"

#include <QByteArray>
#include <QJsonValue>

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rowdesk {

/// A JSON value that keeps every digit: a number stays the literal it was written with. For the small answers of the
/// service (lists, receipts); pages of rows have their own decoder.
class JsonValue
{
public:
    enum class Kind { Null, Bool, Number, Text, Array, Object };
    using Member = std::pair<std::string, JsonValue>;

    /// Reads one whole JSON value: strict grammar, valid UTF-8, nothing behind it, nested 64 deep at most.
    /// Anything else is ErrorKind::BadAnswer with the place in bytes when it is known.
    static Result<JsonValue> parse(const QByteArray &json);

    Kind kind() const { return m_kind; }
    bool isObject() const { return m_kind == Kind::Object; }
    bool isArray() const { return m_kind == Kind::Array; }

    /// Number: the literal; Bool: "true" or "false"; Text: the characters, UTF-8; else empty.
    const std::string &text() const { return m_text; }
    const std::vector<JsonValue> &items() const { return m_items; }
    const std::vector<Member> &members() const { return m_members; }

    /// The first member with this name, or null.
    const JsonValue *find(std::string_view name) const;
    /// Whether two members of this object have the same name: readers disagree on which one counts, so none is trusted.
    bool hasDuplicateNames() const;

    /// Tolerant readings: numbers and booleans as text, whole numbers and booleans from text. Empty when it is neither.
    std::optional<QString> asText() const;
    std::optional<qint64> asWholeNumber() const;
    std::optional<bool> asBool() const;

    /// The same value in Qt's types. A number that neither a 64-bit integer nor a double can hold digit for digit
    /// becomes text, so that no digit is lost.
    QJsonValue toQt() const;

private:
    friend class JsonValueReader;
    Kind m_kind = Kind::Null;
    std::string m_text;
    std::vector<JsonValue> m_items;
    std::vector<Member> m_members;
};

} // namespace rowdesk
