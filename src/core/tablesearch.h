#pragma once

#include "core/parallel.h"
#include "core/tablesnapshot.h"

#include <memory>
#include <optional>
#include <vector>

namespace rowdesk {

/// What to find in the cells of a table.
struct Search
{
    QString text;
    bool matchCase = false;
    int column = -1; ///< -1: all columns

    bool operator==(const Search &) const = default;
};

/// All cells of some rows that contain a text. Immutable; holds one bit a row, and looks at the cells of a row again
/// when asked for the next one.
class SearchResult
{
public:
    struct Place
    {
        qsizetype index = -1; ///< position in the rows that were searched
        int column = -1;

        bool isValid() const { return index >= 0; }
        bool operator==(const Place &) const = default;
    };

    /// Cells that contain the text.
    qint64 count() const { return m_count; }
    /// The next cell after `from` (an invalid place: the first one), row by row, from the top again after the last one.
    /// Invalid when there is none.
    Place next(Place from) const;
    Place previous(Place from) const;
    bool isHit(Place place) const;

private:
    friend std::optional<SearchResult> searchCells(const TableSnapshot &, std::shared_ptr<const std::vector<quint32>>,
                                                   const Search &, CancelFlag);

    std::vector<int> columnsOf(qsizetype index) const;
    qsizetype rowOf(qsizetype index) const
    {
        return m_rows ? static_cast<qsizetype>((*m_rows)[static_cast<size_t>(index)]) : index;
    }
    qsizetype size() const { return m_rows ? static_cast<qsizetype>(m_rows->size()) : m_table.rowCount(); }

    TableSnapshot m_table;
    std::shared_ptr<const std::vector<quint32>> m_rows;
    Search m_search;
    std::vector<bool> m_hasHit; ///< by row of the table
    qint64 m_count = 0;
};

/// Searches these rows (null: all of them, as they came). Uses several threads. Empty when cancelled.
std::optional<SearchResult> searchCells(const TableSnapshot &table, std::shared_ptr<const std::vector<quint32>> rows,
                                        const Search &search, CancelFlag cancelled = nullptr);

} // namespace rowdesk
