#include "transfer/cellconversion.h"

#include "api/jsontext.h"

#include <QCoreApplication>
#include <QDate>

namespace rowdesk {
namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Transfer", text);
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

std::string_view trimmed(std::string_view text)
{
    const size_t first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

/// The number as JSON writes it, no digit that counts added or lost; empty when it is none.
std::string_view canonicalNumber(std::string_view text, std::string &scratch)
{
    if (isJsonNumber(text))
        return text;
    scratch.clear();
    if (text.starts_with('-'))
        scratch.push_back('-');
    if (text.starts_with('-') || text.starts_with('+'))
        text.remove_prefix(1);
    const size_t wholeEnd = std::min(text.find_first_not_of("0123456789"), text.size());
    std::string_view whole = text.substr(0, wholeEnd);
    std::string_view rest = text.substr(wholeEnd);
    if (whole.empty() && !rest.starts_with('.'))
        return {};
    const bool bareEnd = rest.starts_with('.') && (rest.size() == 1 || rest[1] == 'e' || rest[1] == 'E');
    if (bareEnd && !whole.empty()) // "5." is 5; "." alone is nothing
        rest.remove_prefix(1);
    while (whole.size() > 1 && whole.front() == '0')
        whole.remove_prefix(1);
    scratch.append(whole.empty() && rest.starts_with('.') ? "0" : whole).append(rest);
    return isJsonNumber(scratch) ? std::string_view(scratch) : std::string_view();
}

/// Reads `count` digits at the beginning and takes them off; -1 when they are not there.
int takeNumber(std::string_view &text, size_t count)
{
    if (text.size() < count)
        return -1;
    int value = 0;
    for (size_t i = 0; i < count; ++i) {
        if (!isDigit(text[i]))
            return -1;
        value = value * 10 + (text[i] - '0');
    }
    text.remove_prefix(count);
    return value;
}

bool takeChar(std::string_view &text, std::string_view anyOf)
{
    if (text.empty() || anyOf.find(text.front()) == std::string_view::npos)
        return false;
    text.remove_prefix(1);
    return true;
}

bool takeDate(std::string_view &text)
{
    const int year = takeNumber(text, 4);
    const bool dash = takeChar(text, "-");
    const int month = takeNumber(text, 2);
    const bool secondDash = takeChar(text, "-");
    const int day = takeNumber(text, 2);
    return dash && secondDash && year > 0 && QDate::isValid(year, month, day);
}

/// HH:MM, then seconds and their fraction when they are there.
bool takeTime(std::string_view &text)
{
    const int hour = takeNumber(text, 2);
    const bool colon = takeChar(text, ":");
    const int minute = takeNumber(text, 2);
    if (!colon || hour < 0 || hour > 23 || minute < 0 || minute > 59)
        return false;
    if (!takeChar(text, ":"))
        return true;
    const int second = takeNumber(text, 2);
    if (second < 0 || second > 59)
        return false;
    if (!takeChar(text, "."))
        return true;
    const size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
    text.remove_prefix(digits);
    return digits > 0;
}

/// Nothing, Z, or an offset from UTC.
bool isZone(std::string_view text)
{
    if (text.empty() || text == "Z" || text == "z")
        return true;
    if (!takeChar(text, "+-"))
        return false;
    const int hours = takeNumber(text, 2);
    takeChar(text, ":");
    const int minutes = takeNumber(text, 2);
    return text.empty() && hours >= 0 && hours <= 14 && minutes >= 0 && minutes <= 59;
}

bool isDate(std::string_view text)
{
    return takeDate(text) && text.empty();
}

bool isDateTime(std::string_view text)
{
    if (!takeDate(text))
        return false;
    return text.empty() || (takeChar(text, "T ") && takeTime(text) && isZone(text));
}

std::optional<CellView> asCheckbox(std::string_view text)
{
    const auto is = [text](std::string_view word) {
        return std::equal(text.begin(), text.end(), word.begin(), word.end(),
                          [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a + 32 : a) == b; });
    };
    if (is("true"))
        return CellView{CellKind::Bool, "true"};
    if (is("false"))
        return CellView{CellKind::Bool, "false"};
    return std::nullopt;
}

std::optional<CellView> asText(std::string_view text, bool fits)
{
    return fits ? std::optional(CellView{CellKind::Text, text}) : std::nullopt;
}

} // namespace

std::optional<CellView> convertCell(const CellView &cell, ColumnType type, std::string &scratch)
{
    if (cell.kind == CellKind::Null)
        return cell;
    if (!isUtf8(cell.text))
        return std::nullopt;
    if (type == ColumnType::Text || type == ColumnType::Dropdown || type == ColumnType::Id)
        return CellView{CellKind::Text, cell.text};
    const std::string_view text = trimmed(cell.text);
    if (text.empty())
        return CellView{};
    switch (type) {
    case ColumnType::Number:
    case ColumnType::Percentage: {
        const std::string_view number = canonicalNumber(text, scratch);
        return number.empty() ? std::nullopt : std::optional(CellView{CellKind::Number, number});
    }
    case ColumnType::Checkbox:
        return asCheckbox(text);
    case ColumnType::Date:
        return asText(text, isDate(text));
    case ColumnType::DateTime:
        return asText(text, isDateTime(text));
    case ColumnType::Text:
    case ColumnType::Dropdown:
    case ColumnType::Id:
        break;
    }
    return std::nullopt;
}

QString expectedForm(ColumnType type)
{
    switch (type) {
    case ColumnType::Number:
    case ColumnType::Percentage:
        return tr("A number with a decimal point is needed, for example -12.50.");
    case ColumnType::Checkbox:
        return tr("true or false is needed.");
    case ColumnType::Date:
        return tr("A day that exists is needed, written 2025-12-31.");
    case ColumnType::DateTime:
        return tr("A day and time are needed, written 2025-12-31T23:59:00.");
    case ColumnType::Text:
    case ColumnType::Dropdown:
    case ColumnType::Id:
        break;
    }
    return tr("Valid Unicode characters are needed.");
}

} // namespace rowdesk
