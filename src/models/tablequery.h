#pragma once

#include "core/tablefilter.h"
#include "core/tablesearch.h"
#include "core/tablesort.h"
#include "models/latestwork.h"
#include "models/tablemodel.h"

#include <QElapsedTimer>
#include <QTimer>
#include <QVector>

namespace rowdesk {

class RowStream;

/// Filters and sort of one table: works out on a worker which rows a TableModel shows, and again whenever rows arrive.
/// The rows of an older question are never shown as the answer to a newer one.
class TableQuery : public QObject
{
    Q_OBJECT
public:
    /// The model is not owned and must outlive this.
    explicit TableQuery(TableModel *model, QObject *parent = nullptr);

    /// Shows the stream's rows through the model, without filters and sort, and follows it. Not owned.
    void setStream(RowStream *stream);
    /// The same for rows that don't grow.
    void setStore(std::shared_ptr<const ColumnStore> store);

    /// Whether this filter can be applied: an error says what is wrong with it.
    Result<Done> check(const Filter &filter) const;
    /// Replaces the filters (all must hold). Each must have passed check().
    void setFilters(QVector<Filter> filters);
    const QVector<Filter> &filters() const { return m_filters; }
    void setSort(QVector<SortKey> keys);
    const QVector<SortKey> &sort() const { return m_keys; }

    /// An answer is being worked out; what is shown is the one before.
    bool isRunning() const { return m_running; }
    /// How many rows of the store the answer that is shown was worked out from.
    qsizetype rowsConsidered() const { return m_considered; }

    /// What is shown, in one sentence that never says more than is known: "312 of 12,000 rows loaded so far",
    /// "12,000 rows loaded, more on the server", "all 34,112 rows", "stopped at 12,000 rows".
    QString scopeText() const;

    /// Searches the rows shown on a worker; found() follows, unless another search or clearSearch() comes first.
    void search(const Search &search);
    void clearSearch() { m_search.cancel(); }

signals:
    void filtersChanged();
    void sortChanged();
    void runningChanged(bool running);
    /// Other rows are shown, or more rows were loaded: scopeText() is new.
    void scopeChanged();
    /// Places in the result are rows of the model as it was when search() was called; after rows changed, search again.
    void found(std::shared_ptr<const SearchResult> result);

private:
    void follow(RowStream *stream);
    void restart();
    void rowsCame();
    void run();
    void setRunning(bool running);
    void show(TableModel::RowOrder order, qsizetype considered);
    bool isPlain() const { return m_filters.isEmpty() && m_keys.isEmpty(); }

    TableModel *m_model;
    RowStream *m_stream = nullptr; ///< only to disconnect from
    QVector<Filter> m_filters;
    QVector<SortKey> m_keys;
    qsizetype m_considered = 0;
    QTimer m_again; ///< rows came: not at every page, so that reading stays quick
    QElapsedTimer m_clock;
    qint64 m_lastTook = 0; ///< milliseconds of the last answer
    bool m_running = false;
    LatestWork<TableModel::RowOrder> m_answer{this};
    LatestWork<std::shared_ptr<const SearchResult>> m_search{this};
};

} // namespace rowdesk
