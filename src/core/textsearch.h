#pragma once

#include <string>
#include <string_view>

namespace rowdesk {

/// Finds a text in others. Without regard to case: "a" finds "A"; letters beyond ASCII are folded too.
class TextSearch
{
public:
    /// An empty needle is found everywhere.
    TextSearch(std::string_view needle, bool matchCase);

    bool isIn(std::string_view text) const { return find(text, 0) != std::string_view::npos; }
    bool isAtStartOf(std::string_view text) const;

    /// First place at or after `from`; npos when there is none. Of a needle that needs folding only whether there is
    /// one counts: the place is then `from`.
    size_t find(std::string_view text, size_t from) const;

    /// Whether find() gives true places, so that several texts may be searched as one.
    bool hasPlaces() const { return !m_folds; }
    size_t length() const { return m_needle.size(); }

    /// Whether text made of these characters alone could hold the needle: a quick no for whole columns.
    bool couldBeIn(std::string_view alphabet) const
    {
        return m_needle.find_first_not_of(alphabet) == std::string::npos;
    }

private:
    bool matchesAt(const char *text) const;

    std::string m_needle; ///< in lower case, unless case matters
    bool m_matchCase;
    bool m_folds = false; ///< the needle has letters beyond ASCII and case does not matter
    size_t m_anchor = 0;  ///< place of the needle's rarest character
    char m_lower = 0;     ///< that character
    char m_upper = 0;
};

} // namespace rowdesk
