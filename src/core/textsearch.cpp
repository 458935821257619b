#include "core/textsearch.h"

#include "core/wtf8.h"

#include <algorithm>
#include <cstring>

namespace rowdesk {
namespace {

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
}
char upper(char c)
{
    return c >= 'a' && c <= 'z' ? static_cast<char>(c & ~0x20) : c;
}

/// How common a character is in ordinary text: the rarer, the fewer places to look at.
size_t commonness(char c)
{
    static constexpr std::string_view rareToCommon = "zqxjkvbpygfwmucldrhsnioate";
    const size_t at = rareToCommon.find(lower(c));
    if (at != std::string_view::npos)
        return 10 + at;
    return c == ' ' ? 100 : c >= '0' && c <= '9' ? 20 : 5;
}

std::string folded(std::string_view text)
{
    return wtf8FromString(stringFromWtf8(text).toCaseFolded());
}

} // namespace

TextSearch::TextSearch(std::string_view needle, bool matchCase) : m_needle(needle), m_matchCase(matchCase)
{
    if (!matchCase) {
        m_folds = std::ranges::any_of(needle, [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
        if (m_folds)
            m_needle = folded(needle);
        else
            std::ranges::transform(m_needle, m_needle.begin(), lower);
    }
    for (size_t i = 1; i < m_needle.size(); ++i) {
        if (commonness(m_needle[i]) < commonness(m_needle[m_anchor]))
            m_anchor = i;
    }
    if (!m_needle.empty()) {
        m_lower = m_needle[m_anchor];
        m_upper = matchCase ? m_lower : upper(m_lower);
    }
}

bool TextSearch::matchesAt(const char *text) const
{
    for (size_t i = 0; i < m_needle.size(); ++i) {
        if (lower(text[i]) != m_needle[i])
            return false;
    }
    return true;
}

bool TextSearch::isAtStartOf(std::string_view text) const
{
    if (m_matchCase)
        return text.starts_with(m_needle);
    if (m_folds)
        return folded(text).starts_with(m_needle);
    return text.size() >= m_needle.size() && matchesAt(text.data());
}

size_t TextSearch::find(std::string_view text, size_t from) const
{
    if (m_needle.empty())
        return from;
    if (m_folds)
        return folded(text.substr(from)).find(m_needle) == std::string::npos ? std::string_view::npos : from;
    if (m_matchCase)
        return text.find(m_needle, from);
    if (text.size() < from + m_needle.size())
        return std::string_view::npos;
    // Places of the rarest character in either case, whichever comes first.
    const char *const end = text.data() + text.size() - (m_needle.size() - 1 - m_anchor);
    const auto next = [end](const char *at, char c) {
        const void *found = at < end ? std::memchr(at, c, static_cast<size_t>(end - at)) : nullptr;
        return found ? static_cast<const char *>(found) : end;
    };
    const char *small = next(text.data() + from + m_anchor, m_lower);
    const char *large = m_upper != m_lower ? next(text.data() + from + m_anchor, m_upper) : end;
    while (small < end || large < end) {
        const char *at = std::min(small, large);
        if (matchesAt(at - m_anchor))
            return static_cast<size_t>(at - m_anchor - text.data());
        if (at == small)
            small = next(at + 1, m_lower);
        else
            large = next(at + 1, m_upper);
    }
    return std::string_view::npos;
}

} // namespace rowdesk
