#pragma once

#include <simdjson.h>

#include <memory>
#include <string_view>

namespace rowdesk {

/// A one-way walk over the tokens of a JSON text: brackets, ":", "," and scalars, each where it begins.
///
/// simdjson finds the tokens and checks what it can at full speed (UTF-8, control characters in strings, unclosed
/// strings); the walker checks the grammar. Its own on-demand walk is not used, because it takes as long again for the
/// short values of a table and leaves several checks to its caller anyway.
class JsonTokens
{
public:
    enum class Fault { None, NotUtf8, Broken };

    /// Bytes that must be readable (whatever they hold) behind the text.
    static constexpr size_t padding = simdjson::SIMDJSON_PADDING;

    /// Begins with the first token. The bytes must stay where they are; string values may be changed after they were
    /// taken.
    Fault open(const char *bytes, size_t size);

    bool atEnd() const { return m_next >= m_count; }
    /// First character of the next token; 0 at the end.
    char peek() const { return m_next < m_count ? m_bytes[m_index[m_next]] : '\0'; }
    /// Where the next token begins.
    const char *place() const { return m_bytes + (m_next < m_count ? m_index[m_next] : m_size); }

    /// Goes over the next token if it is this bracket, colon or comma.
    bool take(char c)
    {
        if (peek() != c)
            return false;
        ++m_next;
        return true;
    }
    /// Goes over a scalar and gives its text, quotes included. Not to be asked at the end.
    std::string_view takeScalar()
    {
        const char *begin = m_bytes + m_index[m_next++];
        const char *end = place();
        while (end[-1] == ' ' || end[-1] == '\n' || end[-1] == '\r' || end[-1] == '\t')
            --end; // never beyond begin: a token does not begin with a blank
        return {begin, static_cast<size_t>(end - begin)};
    }
    /// Goes over any value and gives its text. For brackets only their number is checked; false when they don't end.
    bool takeValue(std::string_view &json);

private:
    std::unique_ptr<simdjson::internal::dom_parser_implementation> m_finder;
    size_t m_capacity = 0;
    const char *m_bytes = nullptr;
    const std::uint32_t *m_index = nullptr;
    size_t m_size = 0;
    size_t m_count = 0;
    size_t m_next = 0;
};

} // namespace rowdesk
