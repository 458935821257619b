#include "sandbox/jsonreader.h"

#include <QCoreApplication>
#include <QUtf8StringView>

#include <algorithm>

namespace rowdesk::sandbox {
namespace {

constexpr int deepest = 64;

QString tr(const char *text)
{
    return QCoreApplication::translate("JsonReader", text);
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

/// How many characters of `text`, from `pos`, are one JSON number; 0 when none begins there.
size_t numberLength(std::string_view text, size_t pos)
{
    const size_t begin = pos;
    const auto digits = [&] {
        const size_t from = pos;
        while (pos < text.size() && isDigit(text[pos]))
            ++pos;
        return pos - from;
    };
    if (pos < text.size() && text[pos] == '-')
        ++pos;
    if (pos < text.size() && text[pos] == '0')
        ++pos;
    else if (digits() == 0)
        return 0;
    if (pos < text.size() && text[pos] == '.') {
        ++pos;
        if (digits() == 0)
            return 0;
    }
    if (pos < text.size() && (text[pos] == 'e' || text[pos] == 'E')) {
        ++pos;
        if (pos < text.size() && (text[pos] == '+' || text[pos] == '-'))
            ++pos;
        if (digits() == 0)
            return 0;
    }
    return pos - begin;
}

void appendUtf8(std::string &out, std::uint32_t code)
{
    const auto add = [&out](std::uint32_t byte) { out.push_back(static_cast<char>(byte)); };
    if (code < 0x80) {
        add(code);
    } else if (code < 0x800) {
        add(0xC0 | (code >> 6));
        add(0x80 | (code & 0x3F));
    } else if (code < 0x10000) {
        add(0xE0 | (code >> 12));
        add(0x80 | ((code >> 6) & 0x3F));
        add(0x80 | (code & 0x3F));
    } else {
        add(0xF0 | (code >> 18));
        add(0x80 | ((code >> 12) & 0x3F));
        add(0x80 | ((code >> 6) & 0x3F));
        add(0x80 | (code & 0x3F));
    }
}

} // namespace

JsonValue::Kind JsonValue::kind() const
{
    return m_document ? m_document->m_nodes[m_index].kind : Kind::Absent;
}

std::string_view JsonValue::text() const
{
    return m_document ? m_document->textOf(m_document->m_nodes[m_index]) : std::string_view();
}

QString JsonValue::toString() const
{
    const std::string_view view = text();
    return QString::fromUtf8(view.data(), static_cast<qsizetype>(view.size()));
}

JsonValue JsonValue::member(std::string_view key) const
{
    if (!isObject())
        return {};
    const auto &nodes = m_document->m_nodes;
    for (std::uint32_t i = m_index + 1; i < nodes[m_index].end; i = nodes[i + 1].end) {
        if (m_document->textOf(nodes[i]) == key)
            return {m_document, i + 1, 0};
    }
    return {};
}

std::vector<std::pair<std::string_view, JsonValue>> JsonValue::members() const
{
    std::vector<std::pair<std::string_view, JsonValue>> result;
    if (!isObject())
        return result;
    const auto &nodes = m_document->m_nodes;
    for (std::uint32_t i = m_index + 1; i < nodes[m_index].end; i = nodes[i + 1].end)
        result.emplace_back(m_document->textOf(nodes[i]), JsonValue(m_document, i + 1, 0));
    return result;
}

JsonValue JsonValue::first() const
{
    if (!isArray())
        return {};
    const std::uint32_t end = m_document->m_nodes[m_index].end;
    return m_index + 1 < end ? JsonValue(m_document, m_index + 1, end) : JsonValue();
}

JsonValue JsonValue::next() const
{
    if (!m_document)
        return {};
    const std::uint32_t after = m_document->m_nodes[m_index].end;
    return after < m_end ? JsonValue(m_document, after, m_end) : JsonValue();
}

JsonDocument::JsonDocument(QByteArray text)
    : m_text(std::move(text)), m_data(m_text.constData()), m_size(static_cast<size_t>(m_text.size()))
{
    if (!QUtf8StringView(m_text).isValidUtf8()) {
        fail(tr("The text is not UTF-8."));
        return;
    }
    skipSpace();
    if (!readValue(0))
        return;
    skipSpace();
    if (m_pos != m_size)
        fail(tr("There is more after the end of the JSON value."));
}

JsonValue JsonDocument::root() const
{
    return isValid() ? JsonValue(this, 0, 0) : JsonValue();
}

std::string_view JsonDocument::textOf(const Node &node) const
{
    const char *base = node.pooled ? m_pool.data() : m_data;
    return {base + node.offset, node.length};
}

std::uint32_t JsonDocument::addNode(JsonValue::Kind kind, size_t offset, size_t length)
{
    Node node;
    node.kind = kind;
    node.offset = offset;
    node.length = static_cast<std::uint32_t>(length);
    node.end = static_cast<std::uint32_t>(m_nodes.size() + 1);
    m_nodes.push_back(node);
    return node.end - 1;
}

bool JsonDocument::fail(const QString &why)
{
    if (m_error.isEmpty())
        m_error = tr("The body is not JSON that can be read, at byte %1: %2").arg(m_pos).arg(why);
    return false;
}

void JsonDocument::skipSpace()
{
    while (m_pos < m_size &&
           (m_data[m_pos] == ' ' || m_data[m_pos] == '\n' || m_data[m_pos] == '\r' || m_data[m_pos] == '\t'))
        ++m_pos;
}

bool JsonDocument::readValue(int depth)
{
    if (depth > deepest)
        return fail(tr("The value is nested too deeply."));
    if (m_pos >= m_size)
        return fail(tr("The text ends where a value is expected."));
    switch (m_data[m_pos]) {
    case '{':
        return readObject(depth);
    case '[':
        return readArray(depth);
    case '"':
        return readString();
    case 't':
        return readLiteral("true", JsonValue::Kind::Bool);
    case 'f':
        return readLiteral("false", JsonValue::Kind::Bool);
    case 'n':
        return readLiteral("null", JsonValue::Kind::Null);
    default:
        return readNumber();
    }
}

bool JsonDocument::readObject(int depth)
{
    const std::uint32_t object = addNode(JsonValue::Kind::Object, m_pos++, 0);
    skipSpace();
    if (!at('}')) {
        for (;;) {
            skipSpace();
            if (!at('"'))
                return fail(tr("A member name in quotes is expected."));
            if (!readString())
                return false;
            skipSpace();
            if (!at(':'))
                return fail(tr("A colon is expected."));
            ++m_pos;
            skipSpace();
            if (!readValue(depth + 1))
                return false;
            skipSpace();
            if (!at(','))
                break;
            ++m_pos;
        }
    }
    if (!at('}'))
        return fail(tr("The object is not closed."));
    ++m_pos;
    m_nodes[object].end = static_cast<std::uint32_t>(m_nodes.size());
    return checkKeys(object);
}

bool JsonDocument::checkKeys(std::uint32_t object)
{
    const std::uint32_t end = m_nodes[object].end;
    // Nearly every object here is {"column":…,"value":…}: compare without collecting.
    if (end - object <= 5) {
        const std::uint32_t second = object + 1 < end ? m_nodes[object + 2].end : end;
        if (second < end && textOf(m_nodes[object + 1]) == textOf(m_nodes[second]))
            return fail(tr("A member appears twice."));
        return true;
    }
    std::vector<std::string_view> keys;
    for (std::uint32_t i = object + 1; i < end; i = m_nodes[i + 1].end)
        keys.push_back(textOf(m_nodes[i]));
    std::sort(keys.begin(), keys.end());
    if (std::adjacent_find(keys.begin(), keys.end()) != keys.end())
        return fail(tr("A member appears twice."));
    return true;
}

bool JsonDocument::readArray(int depth)
{
    const std::uint32_t array = addNode(JsonValue::Kind::Array, m_pos++, 0);
    skipSpace();
    if (!at(']')) {
        for (;;) {
            skipSpace();
            if (!readValue(depth + 1))
                return false;
            skipSpace();
            if (!at(','))
                break;
            ++m_pos;
        }
    }
    if (!at(']'))
        return fail(tr("The array is not closed."));
    ++m_pos;
    m_nodes[array].end = static_cast<std::uint32_t>(m_nodes.size());
    return true;
}

bool JsonDocument::readString()
{
    const size_t begin = ++m_pos;
    while (m_pos < m_size && m_data[m_pos] != '"' && m_data[m_pos] != '\\') {
        if (static_cast<unsigned char>(m_data[m_pos]) < 0x20)
            return fail(tr("A string holds a control character that is not escaped."));
        ++m_pos;
    }
    if (at('"')) {
        addNode(JsonValue::Kind::String, begin, m_pos - begin);
        ++m_pos;
        return true;
    }
    const size_t pooledAt = m_pool.size();
    m_pool.append(m_data + begin, m_pos - begin);
    while (m_pos < m_size && m_data[m_pos] != '"') {
        if (static_cast<unsigned char>(m_data[m_pos]) < 0x20)
            return fail(tr("A string holds a control character that is not escaped."));
        if (m_data[m_pos] != '\\')
            m_pool.push_back(m_data[m_pos++]);
        else if (!readEscape(m_pos))
            return false;
    }
    if (!at('"'))
        return fail(tr("A string is not closed."));
    ++m_pos;
    const std::uint32_t node = addNode(JsonValue::Kind::String, pooledAt, m_pool.size() - pooledAt);
    m_nodes[node].pooled = true;
    return true;
}

bool JsonDocument::readEscape(size_t &pos)
{
    static constexpr std::string_view letters = "\"\\/bfnrt";
    static constexpr std::string_view meanings = "\"\\/\b\f\n\r\t";
    const char letter = pos + 1 < m_size ? m_data[pos + 1] : '\0';
    if (const size_t known = letters.find(letter); letter != '\0' && known != std::string_view::npos) {
        m_pool.push_back(meanings[known]);
        pos += 2;
        return true;
    }
    std::uint32_t code = 0;
    if (letter != 'u' || !readUnicodeEscape(pos, code))
        return fail(tr("A string holds an escape that does not exist."));
    if (code >= 0xD800 && code < 0xDC00) {
        std::uint32_t low = 0;
        if (!readUnicodeEscape(pos, low) || low < 0xDC00 || low > 0xDFFF)
            return fail(tr("A string holds half a surrogate pair."));
        code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
    } else if (code >= 0xDC00 && code <= 0xDFFF) {
        return fail(tr("A string holds half a surrogate pair."));
    }
    appendUtf8(m_pool, code);
    return true;
}

bool JsonDocument::readUnicodeEscape(size_t &pos, std::uint32_t &unit) const
{
    if (pos + 6 > m_size || m_data[pos] != '\\' || m_data[pos + 1] != 'u')
        return false;
    unit = 0;
    for (size_t i = pos + 2; i < pos + 6; ++i) {
        const char c = m_data[i];
        const int digit = isDigit(c)             ? c - '0'
                          : c >= 'a' && c <= 'f' ? c - 'a' + 10
                          : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                                 : -1;
        if (digit < 0)
            return false;
        unit = unit * 16 + static_cast<std::uint32_t>(digit);
    }
    pos += 6;
    return true;
}

bool JsonDocument::readNumber()
{
    const size_t length = numberLength({m_data, m_size}, m_pos);
    if (length == 0)
        return fail(tr("A value is expected."));
    addNode(JsonValue::Kind::Number, m_pos, length);
    m_pos += length;
    return true;
}

bool JsonDocument::readLiteral(std::string_view word, JsonValue::Kind kind)
{
    if (std::string_view(m_data, m_size).substr(m_pos, word.size()) != word)
        return fail(tr("A value is expected."));
    addNode(kind, m_pos, word.size());
    m_pos += word.size();
    return true;
}

bool isJsonNumber(std::string_view text)
{
    return !text.empty() && numberLength(text, 0) == text.size();
}

} // namespace rowdesk::sandbox
