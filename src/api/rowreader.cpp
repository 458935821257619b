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

template<typename T>
bool sameEnds(std::string_view a, std::string_view b)
{
    const auto load = [](const char *from) {
        T bytes = 0;
        std::memcpy(&bytes, from, sizeof bytes);
        return bytes;
    };
    const size_t last = a.size() - sizeof(T);
    return load(a.data()) == load(b.data()) && load(a.data() + last) == load(b.data() + last);
}

/// memcmp for names, which are short: two loads that may overlap instead of a call.
bool isSameName(std::string_view a, std::string_view b)
{
    if (a.size() != b.size())
        return false;
    if (a.size() < sizeof(std::uint32_t) || a.size() > 2 * sizeof(std::uint64_t))
        return a == b;
    return a.size() < sizeof(std::uint64_t) ? sameEnds<std::uint32_t>(a, b) : sameEnds<std::uint64_t>(a, b);
}

} // namespace

QString RowReader::brokenJson()
{
    return tr("The JSON is broken there.");
}

void RowReader::begin(char *bytes)
{
    m_bytes = bytes;
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
    if (token.size() < 2 || token.front() != '"' || token.back() != '"')
        return fail(brokenJson(), token.data());
    out = token.substr(1, token.size() - 2);
    if (!m_bytes || std::memchr(out.data(), '\\', out.size()) == nullptr)
        return true;
    if (!hasGoodEscapes(out))
        return fail(tr("Text with an unknown escape."), token.data());
    const std::string text = unescaped(out);
    char *place = m_bytes + (out.data() - m_bytes);
    std::memcpy(place, text.data(), text.size());
    out = {place, text.size()};
    return true;
}

bool RowReader::readRow()
{
    m_builder.beginRow();
    m_next = 0;
    if (m_tokens.take('{'))
        return readMembers();
    if (m_tokens.take('['))
        return readCells();
    return fail(tr("A row is neither an object nor a list of cells."), m_tokens.place());
}

bool RowReader::readMembers()
{
    if (m_tokens.take('}'))
        return true;
    do {
        if (m_tokens.peek() != '"')
            return failAsBroken();
        const int column = columnOf(m_tokens.takeScalar());
        if (column < 0)
            return false;
        if (!m_tokens.take(':'))
            return failAsBroken();
        if (!readValue(column))
            return false;
    } while (m_tokens.take(','));
    return m_tokens.take('}') || failAsBroken();
}

bool RowReader::readCells()
{
    if (m_tokens.take(']'))
        return true;
    do {
        if (!readCell())
            return false;
    } while (m_tokens.take(','));
    return m_tokens.take(']') || failAsBroken();
}

/// {"column":name,"value":…}, the names in this order as they are documented.
bool RowReader::readCell()
{
    const char *at = m_tokens.place();
    const auto isNext = [this](std::string_view name) {
        return m_tokens.peek() == '"' && m_tokens.takeScalar() == name && m_tokens.take(':');
    };
    if (!m_tokens.take('{') || !isNext("\"column\"") || m_tokens.peek() != '"')
        return fail(tr("A cell of the row is not an object with a column and a value."), at);
    const int column = columnOf(m_tokens.takeScalar());
    if (column < 0)
        return false;
    if (!m_tokens.take(',') || !isNext("\"value\""))
        return fail(tr("A cell of the row is not an object with a column and a value."), at);
    if (!readValue(column))
        return false;
    return m_tokens.take('}') || fail(tr("A cell of the row is not an object with a column and a value."), at);
}

bool RowReader::readValue(int column)
{
    const char *at = m_tokens.place();
    const char first = m_tokens.peek();
    CellView cell;
    if (!(first == '[' || first == '{' ? readNested(cell) : readScalar(cell)))
        return false;
    if (m_builder.isSet(column)) {
        column = m_builder.nextFreeColumn(m_builder.columnName(column));
        if (column < 0 || m_builder.columnCount() > PageDecoder::mostColumns)
            return fail(tr("A row names one column too often."), at);
    }
    m_builder.add(column, cell);
    return true;
}

bool RowReader::readNested(CellView &cell)
{
    const char *at = m_tokens.place();
    cell.kind = CellKind::Json;
    // A cell sits inside the envelope, the list of rows and the row.
    return (m_tokens.takeValue(cell.text) && isJsonValue(cell.text, deepestJson - 3)) ||
           fail(tr("A nested value is broken or more than 64 levels deep."), at);
}

bool RowReader::readScalar(CellView &cell)
{
    if (m_tokens.atEnd())
        return failAsBroken();
    const std::string_view token = m_tokens.takeScalar();
    switch (token.front()) {
    case '"':
        cell.kind = CellKind::Text;
        return unescape(token, cell.text);
    case 't':
    case 'f':
        cell = {CellKind::Bool, token};
        if (token == "true" || token == "false")
            return true;
        break;
    case 'n':
        if (token == "null")
            return true;
        break;
    default:
        cell = {CellKind::Number, token};
        if (isJsonNumber(token))
            return true;
    }
    return fail(tr("A value is none that JSON knows."), token.data());
}

int RowReader::columnOf(std::string_view quotedName)
{
    // Rows of a table name their columns in one order, so the next key is nearly always the expected one.
    if (m_next < m_keys.size() && isSameName(m_keys[m_next].raw, quotedName))
        return m_keys[m_next++].column;
    return findColumn(quotedName);
}

int RowReader::findColumn(std::string_view quotedName)
{
    const auto known = m_indexes.find(quotedName);
    if (known != m_indexes.end()) {
        m_next = known->second + 1;
        return m_keys[known->second].column;
    }
    if (m_builder.columnCount() >= PageDecoder::mostColumns) {
        fail(tr("The rows have more than %1 columns.").arg(PageDecoder::mostColumns), quotedName.data());
        return -1;
    }
    const std::string raw(quotedName); // before the name is unescaped in place
    std::string_view name;
    if (!unescape(quotedName, name))
        return -1;
    const int column = m_builder.column(stringFromWtf8(name));
    m_indexes.emplace(raw, m_keys.size());
    m_keys.push_back({raw, column});
    m_next = m_keys.size();
    return column;
}

} // namespace rowdesk
