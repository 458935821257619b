#include "api/jsongrammar.h"

#include "api/jsontext.h"

#include <string>

namespace rowdesk {
namespace {

bool isHex(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

bool isBlank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/// Walks a value without recursion, so that hostile nesting costs nothing.
class Walker
{
public:
    Walker(std::string_view json, int depth) : m_rest(json), m_depth(static_cast<size_t>(depth)) {}

    bool wholeValue()
    {
        do {
            if (!value())
                return false;
            while (!m_open.empty() && closes()) {
            }
            if (m_failed)
                return false;
        } while (!m_open.empty());
        skipBlanks();
        return m_rest.empty();
    }

private:
    void skipBlanks()
    {
        while (!m_rest.empty() && isBlank(m_rest.front()))
            m_rest.remove_prefix(1);
    }

    bool take(char c)
    {
        skipBlanks();
        if (m_rest.empty() || m_rest.front() != c)
            return false;
        m_rest.remove_prefix(1);
        return true;
    }

    /// One scalar, or opening brackets down to the first scalar or empty bracket.
    bool value()
    {
        for (;;) {
            if (!m_open.empty() && m_open.back() == '{' && !(string() && take(':')))
                return false;
            if (take('['))
                m_open += '[';
            else if (take('{'))
                m_open += '{';
            else
                return scalar();
            if (m_open.size() > m_depth)
                return false;
            if (take(m_open.back() == '[' ? ']' : '}')) {
                m_open.pop_back();
                return true;
            }
        }
    }

    /// After a value: true when a bracket was closed (so that the bracket was a value), false when a comma goes on.
    bool closes()
    {
        if (take(','))
            return false;
        if (take(m_open.back() == '[' ? ']' : '}')) {
            m_open.pop_back();
            return true;
        }
        m_failed = true;
        return false;
    }

    bool scalar()
    {
        skipBlanks();
        if (!m_rest.empty() && m_rest.front() == '"')
            return string();
        size_t length = 0;
        while (length < m_rest.size() && std::string_view(",]} \t\r\n").find(m_rest[length]) == std::string_view::npos)
            ++length;
        const std::string_view word = m_rest.substr(0, length);
        m_rest.remove_prefix(length);
        return word == "true" || word == "false" || word == "null" || isJsonNumber(word);
    }

    bool string()
    {
        if (!take('"'))
            return false;
        size_t end = 0;
        while (end < m_rest.size() && m_rest[end] != '"')
            end += m_rest[end] == '\\' ? 2 : 1;
        if (end >= m_rest.size() || !hasGoodEscapes(m_rest.substr(0, end)))
            return false;
        m_rest.remove_prefix(end + 1);
        return true;
    }

    std::string_view m_rest;
    size_t m_depth;
    std::string m_open; ///< the brackets that are open
    bool m_failed = false;
};

} // namespace

bool isJsonValue(std::string_view json, int depth)
{
    return Walker(json, depth).wholeValue();
}

bool hasGoodEscapes(std::string_view inside)
{
    for (size_t at = inside.find('\\'); at != std::string_view::npos; at = inside.find('\\', at)) {
        if (at + 1 >= inside.size())
            return false;
        const char kind = inside[at + 1];
        at += 2;
        if (kind != 'u') {
            if (std::string_view("\"\\/bfnrt").find(kind) == std::string_view::npos)
                return false;
            continue;
        }
        for (int i = 0; i < 4; ++i, ++at) {
            if (at >= inside.size() || !isHex(inside[at]))
                return false;
        }
    }
    return true;
}

} // namespace rowdesk
