#pragma once

#include "core/tablesnapshot.h"

#include <algorithm>
#include <vector>

namespace rowdesk {

/// Which rows of a table are meant: all, or those of a list.
class RowMask
{
public:
    RowMask(const TableSnapshot &table, const std::vector<quint32> *rows) : m_all(rows == nullptr)
    {
        if (m_all)
            return;
        m_rows.assign(static_cast<size_t>(table.rowCount()), 0);
        for (const quint32 row : *rows)
            m_rows[row] = 1;
    }

    bool isAll() const { return m_all; }
    bool has(size_t row) const { return m_all || m_rows[row] != 0; }
    /// How many of the rows [first, first + rows) are meant.
    qint64 count(size_t first, size_t rows) const
    {
        if (m_all)
            return static_cast<qint64>(rows);
        const auto begin = m_rows.begin() + static_cast<std::ptrdiff_t>(first);
        return std::count(begin, begin + static_cast<std::ptrdiff_t>(rows), std::uint8_t{1});
    }

private:
    bool m_all;
    std::vector<std::uint8_t> m_rows;
};

} // namespace rowdesk
