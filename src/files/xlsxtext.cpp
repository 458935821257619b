#include "files/xlsxworkbook.h"

#include <charconv>

namespace rowdesk {

bool isTooLongForACell(std::string_view text)
{
    if (text.size() <= xlsxLongestText)
        return false;
    size_t characters = 0;
    for (const char c : text)
        characters += (static_cast<unsigned char>(c) & 0xC0) != 0x80 ? 1 : 0;
    return characters > xlsxLongestText;
}

namespace {

/// The character that _xHHHH_ at the start of the text stands for; 0 when there is none.
char32_t escapedAt(std::string_view text)
{
    if (text.size() < 7 || !text.starts_with("_x") || text[6] != '_')
        return 0;
    unsigned code = 0;
    const char *digits = text.data() + 2;
    const auto [stop, failure] = std::from_chars(digits, digits + 4, code, 16);
    return failure == std::errc() && stop == digits + 4 ? code : 0;
}

bool isHighHalf(char32_t code)
{
    return code >= 0xD800 && code < 0xDC00;
}
bool isLowHalf(char32_t code)
{
    return code >= 0xDC00 && code < 0xE000;
}

void appendUtf8(char32_t code, std::string &out)
{
    const QByteArray utf8 = QString::fromUcs4(&code, 1).toUtf8();
    out.append(utf8.constData(), static_cast<size_t>(utf8.size()));
}

} // namespace

void appendUnescaped(std::string_view text, std::string &out)
{
    constexpr size_t length = 7;
    size_t at = 0;
    while (true) {
        const size_t mark = text.find("_x", at);
        if (mark == std::string_view::npos)
            break;
        out.append(text.substr(at, mark - at));
        char32_t code = escapedAt(text.substr(mark));
        size_t taken = length;
        const char32_t next = isHighHalf(code) ? escapedAt(text.substr(mark + length)) : 0;
        if (isLowHalf(next)) {
            code = 0x10000 + ((code - 0xD800) << 10) + (next - 0xDC00);
            taken = 2 * length;
        } else if (code == 0 || isHighHalf(code) || isLowHalf(code)) { // not an escape, or half a character
            code = U'_';
            taken = 1;
        }
        appendUtf8(code, out);
        at = mark + taken;
    }
    out.append(text.substr(at));
}

} // namespace rowdesk
