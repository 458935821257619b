#pragma once

#include "core/tablefilter.h"
#include "core/tablesort.h"
#include "models/latestwork.h"
#include "models/tablemodel.h"

#include <QElapsedTimer>
#include <QTimer>

namespace rowdesk {

/// What is asked of a table that is shown: filters, and columns to sort by. Works it out on workers, gives the model
/// its row order, and does so again when rows arrive; an answer that something newer has overtaken is dropped.
///
/// Columns are remembered by name, so that a table that is read again is asked the same; what has become impossible
/// (the column is gone, or "abc" is to be compared with numbers) is left out, and says why.
class TableQuery : public QObject
{
    Q_OBJECT
public:
    struct Condition
    {
        QString column;
        Filter filter;   ///< its column is filled in when it is worked out
        QString problem; ///< why it is left out; empty: it is used

        /// Asks the same; where the column is at the moment and whether it can be used are no part of it.
        bool operator==(const Condition &other) const
        {
            return column == other.column && filter.op == other.filter.op && filter.operands == other.filter.operands &&
                   filter.matchCase == other.filter.matchCase;
        }
    };
    struct Order
    {
        QString column;
        bool descending = false;

        bool operator==(const Order &) const = default;
    };

    /// All that is asked.
    struct Question
    {
        QVector<Condition> conditions;
        QVector<Order> orders;

        bool operator==(const Question &) const = default;
    };

    /// The model outlives the query.
    explicit TableQuery(TableModel *model, QObject *parent = nullptr);

    const QVector<Condition> &conditions() const { return m_wanted.conditions; }
    const QVector<Order> &orders() const { return m_wanted.orders; }
    bool isFiltered() const { return !m_wanted.conditions.isEmpty(); }
    bool isSorted() const { return !m_wanted.orders.isEmpty(); }
    /// Place of the column among those sorted by, from 0; -1: not sorted by it.
    int orderOf(int column) const;

    const Question &question() const { return m_wanted; }
    /// Asks all of it anew, as it was asked once; of a table that has not been read yet, too.
    void setQuestion(const Question &question);

    /// What a click on a header asks for. A column that is not sorted by: ascending, alone or (`further`) after the
    /// others; ascending: descending; descending: not any more.
    void toggleSort(int column, bool further);
    void setSort(int column, bool descending, bool further);
    void clearSort();

    /// The error says what is wrong with the values; then nothing has changed. A filter that is there already stays
    /// one.
    Result<Done> addFilter(const Filter &filter);
    Result<Done> replaceFilter(int place, const Filter &filter);
    void removeFilter(int place);
    void clearFilters();

    /// Whether an answer is being worked out.
    bool isRunning() const { return m_work.isRunning(); }
    /// Whether what is shown is the answer to what is asked, of all rows that came.
    bool isCaughtUp() const { return !isRunning() && m_shownOf == m_model->knownRows(); }
    /// Goes back to what is shown.
    void cancel();
    /// Rows that arrived are worked in soon; now, when the table is whole.
    void catchUp();

    /// "312 of 2,922 rows", "312 of the 12,000 rows loaded so far"; empty without filters.
    QString countWords() const;
    /// "sorted by temp_max (descending), date"; empty when unsorted.
    QString sortWords() const;

signals:
    /// What is asked, whether it is being worked out, or what is shown has changed.
    void changed();
    /// The rows are about to be shown in another order or number; persistent indexes follow their cells.
    void aboutToApply();
    void applied();

private:
    using Answer = std::optional<std::vector<quint32>>;

    Result<Done> check(Filter filter) const;
    void ask();
    void run();
    void take(Answer answer, qsizetype rows);
    void apply(TableModel::RowOrder order, qsizetype rows);
    void rowsArrived();
    std::vector<Filter> usableFilters();
    std::vector<SortKey> usableKeys() const;

    TableModel *m_model;
    Question m_wanted;
    Question m_shown;
    qsizetype m_shownOf = 0; ///< rows of the table that the shown order was made from
    LatestWork<Answer> m_work;
    QElapsedTimer m_since; ///< since the work began
    qint64 m_took = 0;     ///< milliseconds that the last answer took
    QTimer m_again;
};

} // namespace rowdesk
