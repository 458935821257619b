#include "files/xlsxrowcounter.h"

#include <algorithm>

namespace rowdesk {
namespace {

constexpr size_t longestName = 64; // a name with its prefix; what is longer is none that matters

} // namespace

void XlsxRowCounter::takeName(std::string_view name)
{
    name.remove_prefix(std::min(name.find(':') + 1, name.size())); // npos + 1 is 0
    if (name == "row") {
        m_counted = false;
    } else if (!m_counted && (name == "v" || name == "is" || name == "f")) {
        m_counted = true;
        ++m_rows;
    }
}

/// Gives where the first tag begins whose name is not there to its end.
size_t XlsxRowCounter::takeTags(std::string_view text)
{
    for (size_t at = text.find('<'); at != std::string_view::npos; at = text.find('<', at + 1)) {
        const std::string_view tag = text.substr(at + 1, longestName);
        const size_t end = tag.find_first_of(" />\t\r\n");
        if (end == std::string_view::npos && tag.size() < longestName)
            return at;
        if (end != std::string_view::npos)
            takeName(tag.substr(0, end));
    }
    return text.size();
}

void XlsxRowCounter::take(std::string_view block)
{
    m_left.append(block);
    m_left.erase(0, takeTags(m_left));
}

} // namespace rowdesk
