#pragma once

#include "core/tablesearch.h"
#include "models/latestwork.h"
#include "models/tablemodel.h"

#include <QTimer>

namespace rowdesk {

/// Finds a text in the rows that a model shows, in their order. Searches on a worker, and again when the rows change
/// or more arrive; while it searches, what was found before stays usable.
class TableFind : public QObject
{
    Q_OBJECT
public:
    using Place = SearchResult::Place;

    /// The model outlives this.
    explicit TableFind(TableModel *model, QObject *parent = nullptr);

    /// Empty text: nothing is searched, nothing is found.
    void setSearch(const Search &search);
    const Search &search() const { return m_search; }
    bool isActive() const { return !m_search.text.isEmpty(); }
    bool isSearching() const { return m_work.isRunning(); }
    qint64 count() const { return m_result ? m_result->count() : 0; }

    /// The next cell after (before) this one; from the other end again after the last one. Invalid when there is none.
    Place next(Place from) const;
    Place previous(Place from) const;
    /// Whether the cell holds the text; for marking what is on the screen.
    bool isHit(int row, int column) const;

    /// "12 cells", "no cell", "searching…", "3 cells in the 12,000 rows loaded so far".
    QString countWords() const;

signals:
    void changed();
    /// The first answer to a new search is there.
    void found();

private:
    void searchSoon();
    void run();
    bool isFresh() const;

    TableModel *m_model;
    Search m_search;
    std::optional<SearchResult> m_result;
    TableModel::RowOrder m_order; ///< that the result is about
    qsizetype m_rows = 0;         ///< of the table, likewise
    LatestWork<std::optional<SearchResult>> m_work;
    QTimer m_soon;
};

} // namespace rowdesk
