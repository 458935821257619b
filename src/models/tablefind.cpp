#include "models/tablefind.h"

#include "models/words.h"

#include <chrono>

namespace rowdesk {
namespace {

/// Typing and arriving rows come in bursts.
constexpr std::chrono::milliseconds typingPause{120};
constexpr std::chrono::milliseconds arrivalPause{1000};

} // namespace

TableFind::TableFind(TableModel *model, QObject *parent) : QObject(parent), m_model(model), m_work(this)
{
    m_soon.setSingleShot(true);
    connect(&m_soon, &QTimer::timeout, this, &TableFind::run);
    connect(model, &TableModel::rowsArrived, this, [this] {
        if (isActive() && !m_soon.isActive() && !isSearching())
            m_soon.start(arrivalPause);
    });
    connect(model, &QAbstractItemModel::layoutChanged, this, &TableFind::searchSoon);
    connect(model, &QAbstractItemModel::rowsRemoved, this, &TableFind::searchSoon);
    connect(model, &QAbstractItemModel::modelReset, this, [this] {
        m_result.reset();
        searchSoon();
    });
}

void TableFind::setSearch(const Search &search)
{
    if (search == m_search)
        return;
    m_search = search;
    m_work.cancel();
    m_result.reset();
    if (isActive())
        m_soon.start(typingPause);
    else
        m_soon.stop();
    emit changed();
}

void TableFind::searchSoon()
{
    if (!isActive() || (m_result && isFresh()))
        return;
    m_work.cancel();
    m_soon.start(typingPause);
}

bool TableFind::isFresh() const
{
    return m_order == m_model->rowOrder() && m_rows == m_model->knownRows();
}

void TableFind::run()
{
    m_soon.stop();
    if (!isActive() || m_model->columnCount() == 0)
        return;
    m_model->catchUp(); // what is found can be shown
    const TableSnapshot table = m_model->store()->snapshot();
    const TableModel::RowOrder order = m_model->rowOrder();
    m_work.start(
        [table, order, search = m_search](FileWork &work) { return searchCells(table, order, search, &work.cancel); },
        [this, order, rows = table.rowCount()](std::optional<SearchResult> result) {
            if (!result)
                return;
            const bool first = !m_result;
            m_result = std::move(result);
            m_order = order;
            m_rows = rows;
            emit changed();
            if (first)
                emit found();
            if (!isFresh() && !m_soon.isActive())
                m_soon.start(arrivalPause);
        });
    emit changed();
}

TableFind::Place TableFind::next(Place from) const
{
    return m_result && m_order == m_model->rowOrder() ? m_result->next(from) : Place{};
}

TableFind::Place TableFind::previous(Place from) const
{
    return m_result && m_order == m_model->rowOrder() ? m_result->previous(from) : Place{};
}

bool TableFind::isHit(int row, int column) const
{
    if (!m_result || m_order != m_model->rowOrder() || (m_search.column >= 0 && m_search.column != column))
        return false;
    if (!m_order && row >= m_rows)
        return false; // arrived since
    return m_result->isHit({row, column});
}

QString TableFind::countWords() const
{
    if (!isActive())
        return {};
    if (!m_result)
        return tr("searching…");
    const QString cells = count() == 0   ? tr("no cell")
                          : count() == 1 ? tr("1 cell")
                                         : tr("%1 cells").arg(Words::number(count()));
    if (m_model->store()->isComplete() && m_rows == m_model->knownRows())
        return cells;
    return tr("%1 in the %2 loaded so far").arg(cells, Words::rows(m_rows));
}

} // namespace rowdesk
