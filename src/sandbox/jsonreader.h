#pragma once

#include <QByteArray>
#include <QString>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace rowdesk::sandbox {

class JsonDocument;

/// A value inside a JsonDocument: a light handle, valid as long as the document lives. An absent member is an invalid
/// handle, whose kind is Absent.
class JsonValue
{
public:
    enum class Kind : std::uint8_t { Absent, Null, Bool, Number, String, Array, Object };

    JsonValue() = default;

    Kind kind() const;
    bool isString() const { return kind() == Kind::String; }
    bool isArray() const { return kind() == Kind::Array; }
    bool isObject() const { return kind() == Kind::Object; }
    bool isAbsent() const { return kind() == Kind::Absent; }

    /// A string's characters (UTF-8, unescaped); a number's, boolean's or null's literal exactly as it was written.
    std::string_view text() const;
    QString toString() const;

    /// The member of an object with this key; absent when there is none or this is no object.
    JsonValue member(std::string_view key) const;
    /// Members of an object in order, as key and value.
    std::vector<std::pair<std::string_view, JsonValue>> members() const;

    /// The elements of an array are walked by `for (v = array.first(); !v.isAbsent(); v = v.next())`.
    JsonValue first() const;
    JsonValue next() const;

private:
    friend class JsonDocument;
    JsonValue(const JsonDocument *document, std::uint32_t index, std::uint32_t end)
        : m_document(document), m_index(index), m_end(end)
    {
    }

    const JsonDocument *m_document = nullptr;
    std::uint32_t m_index = 0;
    std::uint32_t m_end = 0; ///< index after the last element of the array this value was walked to in
};

/// A strict reader of JSON (RFC 8259) that keeps every number as the literal it was written with.
///
/// Refuses what readers disagree about: a member that appears twice, lone surrogates, bytes that are not UTF-8, control
/// characters in strings, anything after the value, and nesting deeper than 64.
class JsonDocument
{
public:
    explicit JsonDocument(QByteArray text);
    Q_DISABLE_COPY_MOVE(JsonDocument)

    bool isValid() const { return m_error.isEmpty(); }
    /// One sentence with the byte at which reading stopped.
    QString errorText() const { return m_error; }
    JsonValue root() const;

private:
    friend class JsonValue;

    struct Node
    {
        size_t offset = 0; ///< into m_text, or into m_pool when the string held escapes
        std::uint32_t length = 0;
        std::uint32_t end = 0; ///< index after this value and all that is in it
        JsonValue::Kind kind = JsonValue::Kind::Null;
        bool pooled = false;
    };

    bool readValue(int depth);
    bool readObject(int depth);
    bool readArray(int depth);
    bool readString();
    bool readEscape(size_t &pos);
    bool readUnicodeEscape(size_t &pos, std::uint32_t &unit) const;
    bool readNumber();
    bool readLiteral(std::string_view word, JsonValue::Kind kind);
    bool checkKeys(std::uint32_t object);
    void skipSpace();
    bool fail(const QString &why);
    std::uint32_t addNode(JsonValue::Kind kind, size_t offset, size_t length);
    std::string_view textOf(const Node &node) const;
    bool at(char c) const { return m_pos < m_size && m_data[m_pos] == c; }

    QByteArray m_text;
    const char *m_data;
    size_t m_size;
    size_t m_pos = 0;
    std::string m_pool;
    std::vector<Node> m_nodes;
    QString m_error;
};

/// Is this exactly one JSON number?
bool isJsonNumber(std::string_view text);

} // namespace rowdesk::sandbox
