#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace rowdesk {

/// Counts the rows of a worksheet that have a cell with something in it, from its XML as it comes, block by block.
/// Looks for the elements' names and at nothing else, many times faster than a parser; comments may fool it.
class XlsxRowCounter
{
public:
    void take(std::string_view block);
    std::int64_t rows() const { return m_rows; }

private:
    size_t takeTags(std::string_view text);
    void takeName(std::string_view name);

    std::string m_left; // the beginning of a tag at the end of a block
    std::int64_t m_rows = 0;
    bool m_counted = true; // the row that it is in
};

} // namespace rowdesk
