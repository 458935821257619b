#include "core/wtf8.h"

#include <array>
#include <cstring>

namespace rowdesk {
namespace {

/// Where a three-byte sequence for U+D800–U+DFFF begins at or after `from`; npos when there is none.
size_t findHalfPair(std::string_view text, size_t from)
{
    while ((from = text.find('\xED', from)) != std::string_view::npos) {
        if (from + 2 < text.size() && static_cast<unsigned char>(text[from + 1]) >= 0xA0)
            return from;
        ++from;
    }
    return from;
}

char16_t halfPairAt(std::string_view text, size_t at)
{
    return static_cast<char16_t>(0xD000 | ((text[at + 1] & 0x3F) << 6) | (text[at + 2] & 0x3F));
}

void appendEscaped(std::string &out, char16_t unit)
{
    static constexpr std::string_view digits = "0123456789abcdef";
    out += "\\u";
    for (int shift = 12; shift >= 0; shift -= 4)
        out += digits[(unit >> shift) & 0xF];
}

/// The short escape of a character, or 0.
char shortEscape(char c)
{
    switch (c) {
    case '"':
        return '"';
    case '\\':
        return '\\';
    case '\b':
        return 'b';
    case '\f':
        return 'f';
    case '\n':
        return 'n';
    case '\r':
        return 'r';
    case '\t':
        return 't';
    default:
        return 0;
    }
}

} // namespace

bool hasHalfPair(std::string_view text)
{
    return findHalfPair(text, 0) != std::string_view::npos;
}

QString stringFromWtf8(std::string_view text)
{
    size_t half = findHalfPair(text, 0);
    if (half == std::string_view::npos)
        return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
    QString result;
    size_t from = 0;
    for (; half != std::string_view::npos; half = findHalfPair(text, from)) {
        result += QString::fromUtf8(text.data() + from, static_cast<qsizetype>(half - from));
        result += QChar(halfPairAt(text, half));
        from = half + 3;
    }
    return result + QString::fromUtf8(text.data() + from, static_cast<qsizetype>(text.size() - from));
}

std::string wtf8FromString(QStringView text)
{
    std::string result;
    result.reserve(static_cast<size_t>(text.size()));
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar unit = text[i];
        if (unit.isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate())
            appendCodePoint(result, QChar::surrogateToUcs4(unit, text[++i]));
        else
            appendCodePoint(result, unit.unicode());
    }
    return result;
}

void appendCodePoint(std::string &out, char32_t c)
{
    const auto byte = [&out](char32_t value) { out += static_cast<char>(value); };
    if (c < 0x80) {
        byte(c);
    } else if (c < 0x800) {
        byte(0xC0 | (c >> 6));
        byte(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
        byte(0xE0 | (c >> 12));
        byte(0x80 | ((c >> 6) & 0x3F));
        byte(0x80 | (c & 0x3F));
    } else {
        byte(0xF0 | (c >> 18));
        byte(0x80 | ((c >> 12) & 0x3F));
        byte(0x80 | ((c >> 6) & 0x3F));
        byte(0x80 | (c & 0x3F));
    }
}

void appendJsonString(std::string &out, std::string_view text)
{
    out += '"';
    for (size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (const char escape = shortEscape(c)) {
            out += '\\';
            out += escape;
        } else if (static_cast<unsigned char>(c) < 0x20) {
            appendEscaped(out, static_cast<char16_t>(c));
        } else if (c == '\xED' && findHalfPair(text.substr(i, 3), 0) == 0) {
            appendEscaped(out, halfPairAt(text, i));
            i += 2;
        } else {
            out += c;
        }
    }
    out += '"';
}

} // namespace rowdesk
