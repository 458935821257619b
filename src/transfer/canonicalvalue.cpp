#include "transfer/canonicalvalue.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <charconv>

namespace rowdesk {
namespace {

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

/// Sign, digits without zeros at either end, power of ten. Empty when the text is no number.
QByteArray canonicalNumber(std::string_view text)
{
    const bool negative = text.starts_with('-');
    if (negative || text.starts_with('+'))
        text.remove_prefix(1);
    std::string digits;
    long long exponent = 0;
    size_t i = 0;
    bool afterPoint = false;
    for (; i < text.size() && (isDigit(text[i]) || (text[i] == '.' && !afterPoint)); ++i) {
        if (text[i] == '.') {
            afterPoint = true;
            continue;
        }
        digits += text[i];
        exponent -= afterPoint ? 1 : 0;
    }
    if (digits.empty())
        return {};
    if (i < text.size()) {
        if (text[i] != 'e' && text[i] != 'E')
            return {};
        const char *begin = text.data() + i + 1 + (i + 1 < text.size() && text[i + 1] == '+' ? 1 : 0);
        long long power = 0;
        const auto [end, fault] = std::from_chars(begin, text.data() + text.size(), power);
        if (fault != std::errc() || end != text.data() + text.size() || std::abs(power) > 1'000'000)
            return {};
        exponent += power;
    }
    digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size()));
    while (!digits.empty() && digits.back() == '0') {
        digits.pop_back();
        ++exponent;
    }
    if (digits.empty())
        return "0";
    return (negative ? "-" : "") + QByteArray::fromStdString(digits) + 'e' + QByteArray::number(exponent);
}

/// "2024-02-29T00:00:00.000Z" and "2024-02-29" are one day.
QByteArray canonicalMoment(std::string_view text)
{
    QByteArray moment(text.data(), qsizetype(text.size()));
    constexpr qsizetype dayLength = 10;
    if (moment.size() <= dayLength)
        return moment;
    if (moment[dayLength] == ' ')
        moment[dayLength] = 'T';
    if (moment.endsWith('Z'))
        moment.chop(1);
    if (moment.indexOf('.', dayLength) > 0) {
        while (moment.endsWith('0'))
            moment.chop(1);
        if (moment.endsWith('.'))
            moment.chop(1);
    }
    return moment.endsWith("T00:00:00") ? moment.first(dayLength) : moment;
}

} // namespace

QByteArray canonicalValue(ColumnType type, const CellView &cell)
{
    if (cell.kind == CellKind::Null)
        return {};
    const QByteArray exact(cell.text.data(), qsizetype(cell.text.size()));
    QByteArray value;
    if (type == ColumnType::Number || type == ColumnType::Percentage || type == ColumnType::Id)
        value = canonicalNumber(cell.text);
    else if (type == ColumnType::Date || type == ColumnType::DateTime)
        value = canonicalMoment(cell.text);
    // The first letter keeps an empty text apart from no value.
    return '=' + (value.isEmpty() ? exact : value);
}

QByteArray canonicalJson(ColumnType type, QByteArrayView json)
{
    const std::string_view text(json.data(), size_t(json.size()));
    if (text == "null")
        return {};
    if (!text.starts_with('"')) {
        const bool isBool = text == "true" || text == "false";
        const bool isNested = text.starts_with('{') || text.starts_with('[');
        return canonicalValue(type, {isBool ? CellKind::Bool : isNested ? CellKind::Json : CellKind::Number, text});
    }
    if (text.find('\\') == std::string_view::npos)
        return canonicalValue(type, {CellKind::Text, text.substr(1, text.size() - 2)});
    const QByteArray plain =
        QJsonDocument::fromJson('[' + json.toByteArray() + ']').array().first().toString().toUtf8();
    return canonicalValue(type, {CellKind::Text, std::string_view(plain.constData(), size_t(plain.size()))});
}

} // namespace rowdesk
