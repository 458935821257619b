#include "api/jsontokens.h"

#include <algorithm>

namespace rowdesk {

JsonTokens::Fault JsonTokens::open(const char *bytes, size_t size)
{
    m_bytes = bytes;
    m_size = size;
    m_count = m_next = 0;
    if (size == 0)
        return Fault::Broken;
    if (size > m_capacity) {
        m_capacity = 0;
        const size_t capacity = std::max(size + size / 4, size_t{64 * 1024});
        const simdjson::implementation *implementation = simdjson::get_active_implementation();
        if (implementation->create_dom_parser_implementation(capacity, 1, m_finder))
            return Fault::Broken;
        m_capacity = capacity;
    }
    const simdjson::error_code code =
        m_finder->stage1(reinterpret_cast<const std::uint8_t *>(bytes), size, simdjson::stage1_mode::regular);
    if (code)
        return code == simdjson::UTF8_ERROR ? Fault::NotUtf8 : Fault::Broken;
    m_index = m_finder->structural_indexes.get();
    m_count = m_finder->n_structural_indexes;
    return Fault::None;
}

bool JsonTokens::takeValue(std::string_view &json)
{
    if (peek() != '[' && peek() != '{') {
        if (atEnd())
            return false;
        json = takeScalar();
        return true;
    }
    const char *begin = place();
    for (size_t depth = 0; m_next < m_count;) {
        const char c = m_bytes[m_index[m_next++]];
        if (c == '[' || c == '{')
            ++depth;
        else if ((c == ']' || c == '}') && --depth == 0) {
            json = {begin, static_cast<size_t>(m_bytes + m_index[m_next - 1] + 1 - begin)};
            return true;
        }
    }
    return false;
}

} // namespace rowdesk
