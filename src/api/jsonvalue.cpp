#include "api/jsonvalue.h"

#include "api/jsontext.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonObject>

#include <simdjson.h>

#include <algorithm>

namespace rowdesk {

namespace ondemand = simdjson::ondemand;

/// Turns simdjson's one-way walk into a JsonValue. Each function is false when the JSON is broken there.
class JsonValueReader
{
public:
    static bool read(ondemand::value in, JsonValue &out, int depth)
    {
        ondemand::json_type type;
        if (depth > deepest || in.type().get(type))
            return false;
        switch (type) {
        case ondemand::json_type::array:
            return readArray(in, out, depth);
        case ondemand::json_type::object:
            return readObject(in, out, depth);
        case ondemand::json_type::number:
            return readNumber(in, out);
        case ondemand::json_type::string:
            return readText(in, out);
        case ondemand::json_type::boolean:
            return readBool(in, out);
        case ondemand::json_type::null:
            return readNull(in);
        }
        return false;
    }

private:
    static constexpr int deepest = 64;

    static bool readArray(ondemand::value in, JsonValue &out, int depth)
    {
        out.m_kind = JsonValue::Kind::Array;
        ondemand::array array;
        if (in.get_array().get(array))
            return false;
        for (auto item : array) {
            ondemand::value value;
            if (item.get(value) || !read(value, out.m_items.emplace_back(), depth + 1))
                return false;
        }
        return true;
    }

    static bool readObject(ondemand::value in, JsonValue &out, int depth)
    {
        out.m_kind = JsonValue::Kind::Object;
        ondemand::object object;
        if (in.get_object().get(object))
            return false;
        for (auto item : object) {
            ondemand::field field;
            std::string_view name;
            if (std::move(item).get(field) || field.unescaped_key().get(name))
                return false;
            auto &member = out.m_members.emplace_back(std::string(name), JsonValue());
            if (!read(field.value(), member.second, depth + 1))
                return false;
        }
        return true;
    }

    static bool readNumber(ondemand::value in, JsonValue &out)
    {
        std::string_view token = in.raw_json_token();
        token = token.substr(0, token.find_last_not_of(" \t\r\n") + 1);
        if (!isJsonNumber(token))
            return false;
        out.m_kind = JsonValue::Kind::Number;
        out.m_text = token;
        return true;
    }

    static bool readText(ondemand::value in, JsonValue &out)
    {
        std::string_view text;
        if (in.get_string().get(text))
            return false;
        out.m_kind = JsonValue::Kind::Text;
        out.m_text = text;
        return true;
    }

    static bool readBool(ondemand::value in, JsonValue &out)
    {
        bool value = false;
        if (in.get_bool().get(value))
            return false;
        out.m_kind = JsonValue::Kind::Bool;
        out.m_text = value ? "true" : "false";
        return true;
    }

    static bool readNull(ondemand::value in)
    {
        std::string_view token = in.raw_json_token();
        return token.substr(0, token.find_last_not_of(" \t\r\n") + 1) == "null";
    }
};

namespace {

ApiError badJson()
{
    return {ErrorKind::BadAnswer,
            0,
            {},
            QCoreApplication::translate("Api", "The service's answer is not readable JSON."),
            QCoreApplication::translate("Api", "Check the address; if it is right, try again later."),
            {}};
}

/// The digits as the shortest form that a double would be written with, to see whether a double keeps them.
bool doubleKeeps(const std::string &literal)
{
    bool ok = false;
    const QByteArray bytes = QByteArray::fromStdString(literal);
    const double value = bytes.toDouble(&ok);
    return ok && QByteArray::number(value, 'g', QLocale::FloatingPointShortest) == bytes;
}

} // namespace

Result<JsonValue> JsonValue::parse(const QByteArray &json)
{
    // Inside an array a bare text or number is read like any other value; exactly one item may be in it.
    std::string wrapped;
    wrapped.reserve(static_cast<size_t>(json.size()) + 2 + simdjson::SIMDJSON_PADDING);
    wrapped.append(1, '[').append(json.constData(), static_cast<size_t>(json.size())).append(1, ']');
    ondemand::parser parser;
    ondemand::document document;
    ondemand::array outer;
    const simdjson::padded_string_view view(wrapped.data(), wrapped.size(), wrapped.capacity());
    if (parser.iterate(view).get(document) || document.get_array().get(outer))
        return badJson();
    JsonValue value;
    int count = 0;
    for (auto item : outer) {
        ondemand::value first;
        if (++count > 1 || item.get(first) || !JsonValueReader::read(first, value, 0))
            return badJson();
    }
    const char *rest = nullptr;
    const bool atEnd = document.current_location().get(rest) != simdjson::SUCCESS;
    if (count != 1 || !atEnd)
        return badJson();
    return value;
}

const JsonValue *JsonValue::find(std::string_view name) const
{
    const auto found =
        std::find_if(m_members.begin(), m_members.end(), [name](const Member &member) { return member.first == name; });
    return found == m_members.end() ? nullptr : &found->second;
}

bool JsonValue::hasDuplicateNames() const
{
    std::vector<std::string_view> names;
    names.reserve(m_members.size());
    for (const Member &member : m_members)
        names.push_back(member.first);
    std::sort(names.begin(), names.end());
    return std::adjacent_find(names.begin(), names.end()) != names.end();
}

std::optional<QString> JsonValue::asText() const
{
    if (m_kind != Kind::Text && m_kind != Kind::Number && m_kind != Kind::Bool)
        return std::nullopt;
    return QString::fromStdString(m_text);
}

std::optional<qint64> JsonValue::asWholeNumber() const
{
    if (m_kind != Kind::Text && m_kind != Kind::Number)
        return std::nullopt;
    bool ok = false;
    const qint64 value = QByteArray::fromStdString(m_text).toLongLong(&ok);
    return ok ? std::optional(value) : std::nullopt;
}

std::optional<bool> JsonValue::asBool() const
{
    if (m_text == "true" || m_text == "1")
        return true;
    if (m_text == "false" || m_text == "0")
        return false;
    return std::nullopt;
}

QJsonValue JsonValue::toQt() const
{
    switch (m_kind) {
    case Kind::Null:
        return QJsonValue::Null;
    case Kind::Bool:
        return m_text == "true";
    case Kind::Text:
        return QString::fromStdString(m_text);
    case Kind::Number:
        // "-0" as an integer would lose its sign.
        if (const auto whole = asWholeNumber(); whole && m_text != "-0")
            return *whole;
        if (doubleKeeps(m_text))
            return std::stod(m_text);
        return QString::fromStdString(m_text);
    case Kind::Array: {
        QJsonArray array;
        for (const JsonValue &item : m_items)
            array.append(item.toQt());
        return array;
    }
    case Kind::Object: {
        QJsonObject object;
        for (const Member &member : m_members) {
            const QString name = QString::fromStdString(member.first);
            if (!object.contains(name))
                object.insert(name, member.second.toQt());
        }
        return object;
    }
    }
    return {};
}

} // namespace rowdesk
