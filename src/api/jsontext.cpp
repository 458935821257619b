#include "api/jsontext.h"

#include <simdjson.h>

namespace rowdesk {
namespace {

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

/// Moves past one or more digits; false when there are none.
bool skipDigits(std::string_view text, size_t &at)
{
    const size_t begin = at;
    while (at < text.size() && isDigit(text[at]))
        ++at;
    return at > begin;
}

void appendEscaped(QByteArray &out, unsigned char c)
{
    switch (c) {
    case '"':
        out.append("\\\"");
        return;
    case '\\':
        out.append("\\\\");
        return;
    case '\n':
        out.append("\\n");
        return;
    case '\r':
        out.append("\\r");
        return;
    case '\t':
        out.append("\\t");
        return;
    default:
        break;
    }
    constexpr char digits[] = "0123456789abcdef";
    const char escaped[] = {'\\', 'u', '0', '0', digits[c >> 4], digits[c & 15]};
    out.append(escaped, sizeof escaped);
}

} // namespace

bool isJsonNumber(std::string_view text)
{
    size_t at = 0;
    if (at < text.size() && text[at] == '-')
        ++at;
    const bool leadingZero = at < text.size() && text[at] == '0';
    const size_t whole = at;
    if (!skipDigits(text, at) || (leadingZero && at - whole > 1))
        return false;
    if (at < text.size() && text[at] == '.') {
        ++at;
        if (!skipDigits(text, at))
            return false;
    }
    if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
        ++at;
        if (at < text.size() && (text[at] == '+' || text[at] == '-'))
            ++at;
        if (!skipDigits(text, at))
            return false;
    }
    return at == text.size();
}

bool isUtf8(std::string_view text)
{
    return simdjson::validate_utf8(text);
}

void appendJsonString(QByteArray &out, std::string_view utf8)
{
    out.append('"');
    size_t plain = 0; // first character not yet copied
    for (size_t i = 0; i < utf8.size(); ++i) {
        const auto c = static_cast<unsigned char>(utf8[i]);
        if (c >= 0x20 && c != '"' && c != '\\')
            continue;
        out.append(utf8.data() + plain, static_cast<qsizetype>(i - plain));
        appendEscaped(out, c);
        plain = i + 1;
    }
    out.append(utf8.data() + plain, static_cast<qsizetype>(utf8.size() - plain));
    out.append('"');
}

} // namespace rowdesk
