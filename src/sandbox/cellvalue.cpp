#include "sandbox/cellvalue.h"

#include "sandbox/jsonstring.h"

#include <QDate>

#include <charconv>

namespace rowdesk::sandbox {
namespace {

using Kind = JsonValue::Kind;

QByteArray bytes(std::string_view text)
{
    return {text.data(), static_cast<qsizetype>(text.size())};
}

QByteArray quoted(std::string_view text)
{
    QByteArray out;
    appendJsonString(out, text);
    return out;
}

/// Reads `count` digits at `pos` and moves on; -1 when there are not so many.
int takeDigits(std::string_view text, size_t &pos, size_t count)
{
    if (pos + count > text.size())
        return -1;
    int value = 0;
    for (const size_t end = pos + count; pos < end; ++pos) {
        if (text[pos] < '0' || text[pos] > '9')
            return -1;
        value = value * 10 + (text[pos] - '0');
    }
    return value;
}

bool takeChar(std::string_view text, size_t &pos, std::string_view oneOf)
{
    if (pos >= text.size() || oneOf.find(text[pos]) == std::string_view::npos)
        return false;
    ++pos;
    return true;
}

bool takeDate(std::string_view text, size_t &pos)
{
    const int year = takeDigits(text, pos, 4);
    if (year < 0 || !takeChar(text, pos, "-"))
        return false;
    const int month = takeDigits(text, pos, 2);
    if (month < 0 || !takeChar(text, pos, "-"))
        return false;
    const int day = takeDigits(text, pos, 2);
    return QDate::isValid(year, month, day);
}

/// hh:mm, then optionally :ss and a fraction.
bool takeTime(std::string_view text, size_t &pos)
{
    const int hour = takeDigits(text, pos, 2);
    if (hour < 0 || hour > 23 || !takeChar(text, pos, ":"))
        return false;
    const int minute = takeDigits(text, pos, 2);
    if (minute < 0 || minute > 59)
        return false;
    if (!takeChar(text, pos, ":"))
        return true;
    const int second = takeDigits(text, pos, 2);
    if (second < 0 || second > 59)
        return false;
    if (!takeChar(text, pos, "."))
        return true;
    const size_t from = pos;
    while (takeChar(text, pos, "0123456789")) {
    }
    return pos > from;
}

bool takeOffset(std::string_view text, size_t &pos)
{
    if (takeChar(text, pos, "Zz"))
        return true;
    if (!takeChar(text, pos, "+-"))
        return false;
    const int hours = takeDigits(text, pos, 2);
    takeChar(text, pos, ":");
    const int minutes = takeDigits(text, pos, 2);
    return hours >= 0 && hours <= 14 && minutes >= 0 && minutes <= 59;
}

bool isDate(std::string_view text)
{
    size_t pos = 0;
    return takeDate(text, pos) && pos == text.size();
}

bool isDateTime(std::string_view text)
{
    size_t pos = 0;
    if (!takeDate(text, pos))
        return false;
    if (pos == text.size())
        return true; // midnight, as data frames write it
    if (!takeChar(text, pos, "T ") || !takeTime(text, pos))
        return false;
    return pos == text.size() || (takeOffset(text, pos) && pos == text.size());
}

std::optional<QByteArray> checkboxCell(const JsonValue &value)
{
    const QByteArray word = bytes(value.text()).toLower();
    if (word == "true" || word == "1")
        return QByteArrayLiteral("true");
    if (word == "false" || word == "0")
        return QByteArrayLiteral("false");
    return std::nullopt;
}

/// A number's digits without leading and trailing zeros, and the power of ten of the last one.
std::string comparableNumber(std::string_view literal)
{
    const bool negative = literal.front() == '-';
    const size_t mark = literal.find_first_of("eE");
    long long power = 0;
    if (mark != std::string_view::npos) {
        std::string_view exponent = literal.substr(mark + 1);
        if (exponent.front() == '+')
            exponent.remove_prefix(1);
        std::from_chars(exponent.data(), exponent.data() + exponent.size(), power);
    }
    std::string digits;
    bool fraction = false;
    for (const char c :
         literal.substr(negative ? 1 : 0, mark == std::string_view::npos ? mark : mark - (negative ? 1 : 0))) {
        if (c == '.') {
            fraction = true;
            continue;
        }
        digits.push_back(c);
        power -= fraction ? 1 : 0;
    }
    digits.erase(0, digits.find_first_not_of('0'));
    while (!digits.empty() && digits.back() == '0') {
        digits.pop_back();
        ++power;
    }
    return digits.empty() ? "#0" : "#" + std::string(negative ? "-" : "") + digits + "e" + std::to_string(power);
}

} // namespace

std::optional<QByteArray> storedCell(ColumnType type, const JsonValue &value)
{
    const Kind kind = value.kind();
    if (kind == Kind::Null)
        return QByteArrayLiteral("null");
    if (kind == Kind::Absent || kind == Kind::Array || kind == Kind::Object)
        return std::nullopt;
    const std::string_view text = value.text();
    const auto when = [](bool fits, QByteArray cell) { return fits ? std::optional(std::move(cell)) : std::nullopt; };
    switch (type) {
    case ColumnType::Text:
    case ColumnType::Dropdown:
        return quoted(text);
    case ColumnType::Number:
    case ColumnType::Percentage:
        return when(kind != Kind::Bool && isJsonNumber(text), bytes(text));
    case ColumnType::Checkbox:
        return checkboxCell(value);
    case ColumnType::Date:
        return when(kind == Kind::String && isDate(text), quoted(text));
    case ColumnType::DateTime:
        return when(kind == Kind::String && isDateTime(text), quoted(text));
    case ColumnType::Id:
        return when(kind != Kind::Bool && !text.empty(), kind == Kind::Number ? bytes(text) : quoted(text));
    }
    return std::nullopt;
}

std::string comparableCell(std::string_view fragment)
{
    return isJsonNumber(fragment) ? comparableNumber(fragment) : std::string(fragment);
}

} // namespace rowdesk::sandbox
