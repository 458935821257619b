#include "api/rowreader.h"

#include "api/jsongrammar.h"
#include "api/jsonpage.h"
#include "api/jsontext.h"
#include "core/wtf8.h"

#include <QCoreApplication>

#include <algorithm>
#include <cstring>

namespace rowdesk {
namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Api", text);
}

char32_t hexAt(std::string_view text, size_t at)
{
    char32_t value = 0;
    for (size_t i = at; i < at + 4; ++i) {
        const char c = text[i];
        value = value * 16 + static_cast<char32_t>(c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);
    }
    return value;
}

char simpleEscape(char c)
{
    switch (c) {
    case 'b':
        return '\b';
    case 'f':
        return '\f';
    case 'n':
        return '\n';
    case 'r':
        return '\r';
    case 't':
        return '\t';
    default:
        return c;
    }
}

/// The text of \uXXXX at `at`, two of them when they make a pair; moves `at` behind it.
char32_t escapedCodePoint(std::string_view text, size_t &at)
{
    const char32_t first = hexAt(text, at + 2);
    at += 6;
    if (first >= 0xD800 && first < 0xDC00 && text.substr(at, 2) == "\\u") {
        const char32_t second = hexAt(text, at + 2);
        if (second >= 0xDC00 && second < 0xE000) {
            at += 6;
            return 0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00);
        }
    }
    return first;
}

/// Unescapes `inside`, whose escapes are known to be good. Never longer than before, so it may be done in place.
std::string unescaped(std::string_view inside)
{
    std::string out;
    out.reserve(inside.size());
    for (size_t at = 0; at < inside.size();) {
        if (inside[at] != '\\') {
            out += inside[at++];
        } else if (inside[at + 1] == 'u') {
            appendCodePoint(out, escapedCodePoint(inside, at));
        } else {
            out += simpleEscape(inside[at + 1]);
            at += 2;
        }
    }
    return out;
}

/// Length of a key up to and with its closing quote.
size_t rawKeyLength(const char *raw, const char *end)
{
    const char *p = raw;
    while (p < end && *p != '"')
        p += *p == '\\' ? 2 : 1;
    return static_cast<size_t>(std::min(p + 1, end) - raw);
}

} // namespace

std::string_view withoutTrailingBlanks(std::string_view token)
{
    while (!token.empty() && static_cast<unsigned char>(token.back()) <= ' ')
        token.remove_suffix(1);
    return token;
}

bool rawJson(simdjson::ondemand::value value, std::string_view &json)
{
    json = value.raw_json_token();
    bool good = true;
    if (json.front() == '[') {
        simdjson::ondemand::array array;
        good = !value.get_array().get(array) && !array.raw_json().get(json);
    } else if (json.front() == '{') {
        simdjson::ondemand::object object;
        good = !value.get_object().get(object) && !object.raw_json().get(json);
    }
    json = withoutTrailingBlanks(json);
    return good;
}

void RowReader::begin(char *bytes, size_t size)
{
    m_bytes = bytes;
    m_end = bytes + size;
    m_fault = {};
    // The builder may have forgotten columns of a page that was refused.
    if (std::ranges::any_of(m_keys, [this](const Key &key) { return key.column >= m_builder.columnCount(); })) {
        m_keys.clear();
        m_indexes.clear();
    }
}

bool RowReader::fail(const QString &what, const char *at)
{
    if (m_fault.what.isEmpty())
        m_fault = {what, at};
    return false;
}

bool RowReader::unescape(std::string_view token, std::string_view &out)
{
    token = withoutTrailingBlanks(token);
    if (token.size() < 2 || token.front() != '"' || token.back() != '"')
        return fail(tr("Text without its quotes."), token.data());
    out = token.substr(1, token.size() - 2);
    if (std::memchr(out.data(), '\\', out.size()) == nullptr)
        return true;
    if (!hasGoodEscapes(out))
        return fail(tr("Text with an unknown escape."), token.data());
    const std::string text = unescaped(out);
    char *place = m_bytes + (out.data() - m_bytes);
    std::memcpy(place, text.data(), text.size());
    out = {place, text.size()};
    return true;
}

bool RowReader::readRow(Value row)
{
    m_builder.beginRow();
    m_next = 0;
    simdjson::ondemand::json_type type;
    if (row.type().get(type))
        return fail(tr("The JSON is broken."), row.raw_json_token().data());
    if (type == simdjson::ondemand::json_type::object)
        return readMembers(row);
    if (type == simdjson::ondemand::json_type::array)
        return readCells(row);
    return fail(tr("A row is neither an object nor a list of cells."), row.raw_json_token().data());
}

bool RowReader::readMembers(Value row)
{
    simdjson::ondemand::object object;
    if (row.get_object().get(object))
        return fail(tr("The JSON is broken."));
    for (auto item : object) {
        simdjson::ondemand::field field;
        if (std::move(item).get(field))
            return fail(tr("The JSON is broken."));
        const int column = columnOf(field.key().raw());
        if (column < 0 || !readValue(field.value(), column))
            return false;
    }
    return true;
}

bool RowReader::readCells(Value row)
{
    simdjson::ondemand::array array;
    if (row.get_array().get(array))
        return fail(tr("The JSON is broken."));
    for (auto item : array) {
        Value cell;
        if (item.get(cell))
            return fail(tr("The JSON is broken."));
        if (!readCell(cell))
            return false;
    }
    return true;
}

/// {"column":name,"value":…}, the names in this order as they are documented.
bool RowReader::readCell(Value item)
{
    simdjson::ondemand::object object;
    const char *at = item.raw_json_token().data();
    if (item.get_object().get(object))
        return fail(tr("A cell of the row is not an object with a column and a value."), at);
    int column = -1;
    bool hasValue = false;
    for (auto member : object) {
        simdjson::ondemand::field field;
        if (std::move(member).get(field))
            return fail(tr("The JSON is broken."), at);
        const std::string_view name(field.key().raw(), 7);
        Value value = field.value();
        if (name.starts_with("column\"") && column < 0) {
            const std::string_view token = value.raw_json_token();
            column = token.front() == '"' ? columnOf(token.data() + 1) : -1;
            if (column < 0)
                return fail(tr("A cell's column name is not text."), at);
        } else if (name.starts_with("value\"") && column >= 0 && !hasValue) {
            hasValue = true;
            if (!readValue(value, column))
                return false;
        } else {
            return fail(tr("A cell of the row is not an object with a column and a value."), at);
        }
    }
    return hasValue || fail(tr("A cell of the row is not an object with a column and a value."), at);
}

bool RowReader::readValue(Value value, int column)
{
    const std::string_view token = value.raw_json_token();
    CellView cell;
    if (token.front() == '[' || token.front() == '{') {
        std::string_view json;
        const bool bad = !rawJson(value, json);
        // A cell sits inside the envelope, the list of rows and the row.
        if (bad || !isJsonValue(json, deepestJson - 3))
            return fail(tr("A nested value is broken or more than 64 levels deep."), token.data());
        cell = {CellKind::Json, json};
    } else if (!readScalar(token, cell)) {
        return false;
    }
    const int place = placeFor(column);
    if (place < 0)
        return fail(tr("A row names one column too often."), token.data());
    m_builder.add(place, cell);
    return true;
}

bool RowReader::readScalar(std::string_view token, CellView &cell)
{
    switch (token.front()) {
    case '"':
        cell.kind = CellKind::Text;
        return unescape(token, cell.text);
    case 't':
    case 'f':
        cell = {CellKind::Bool, withoutTrailingBlanks(token)};
        if (cell.text == "true" || cell.text == "false")
            return true;
        break;
    case 'n':
        if (withoutTrailingBlanks(token) == "null")
            return true;
        break;
    default:
        cell = {CellKind::Number, withoutTrailingBlanks(token)};
        if (isJsonNumber(cell.text))
            return true;
    }
    return fail(tr("A value is none that JSON knows."), token.data());
}

int RowReader::placeFor(int column)
{
    return m_builder.isSet(column) ? m_builder.nextFreeColumn(m_builder.columnName(column)) : column;
}

int RowReader::columnOf(const char *rawKey)
{
    // Rows of a table name their columns in one order, so the next key is nearly always the expected one.
    const size_t rest = static_cast<size_t>(m_end - rawKey);
    const auto matches = [rawKey, rest](const Key &key) {
        return key.raw.size() <= rest && std::memcmp(key.raw.data(), rawKey, key.raw.size()) == 0;
    };
    if (m_next < m_keys.size() && matches(m_keys[m_next]))
        return m_keys[m_next++].column;
    return findColumn(rawKey);
}

int RowReader::findColumn(const char *rawKey)
{
    const std::string_view raw(rawKey, rawKeyLength(rawKey, m_end));
    const auto known = m_indexes.find(raw);
    if (known != m_indexes.end()) {
        m_next = known->second + 1;
        return m_keys[known->second].column;
    }
    const std::string_view inside = raw.substr(0, raw.size() - 1);
    if (!hasGoodEscapes(inside)) {
        fail(tr("A column name has an unknown escape."), rawKey);
        return -1;
    }
    if (m_builder.columnCount() >= PageDecoder::mostColumns) {
        fail(tr("The rows have more than %1 columns.").arg(PageDecoder::mostColumns), rawKey);
        return -1;
    }
    const int column = m_builder.column(stringFromWtf8(unescaped(inside)));
    m_indexes.emplace(std::string(raw), m_keys.size());
    m_keys.push_back({std::string(raw), column});
    m_next = m_keys.size();
    return column;
}

} // namespace rowdesk
