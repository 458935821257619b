#include "models/tablequery.h"

#include "models/words.h"

#include <algorithm>
#include <chrono>

namespace rowdesk {
namespace {

/// While rows arrive, the work is done again no sooner than this, and never more than a fifth of the time.
constexpr qint64 shortestPause = 250;
constexpr qint64 pauseFactor = 4;

} // namespace

TableQuery::TableQuery(TableModel *model, QObject *parent) : QObject(parent), m_model(model), m_work(this)
{
    m_again.setSingleShot(true);
    connect(&m_again, &QTimer::timeout, this, &TableQuery::run);
    connect(model, &TableModel::rowsArrived, this, &TableQuery::rowsArrived);
    connect(model, &QAbstractItemModel::modelReset, this, [this] {
        m_work.cancel();
        m_shownOf = 0;
        rowsArrived();
    });
}

void TableQuery::setQuestion(const Question &question)
{
    m_wanted = question;
    ask();
}

int TableQuery::orderOf(int column) const
{
    const QString name = m_model->store()->columnName(column);
    for (int i = 0; i < m_wanted.orders.size(); ++i) {
        if (m_wanted.orders[i].column == name)
            return i;
    }
    return -1;
}

void TableQuery::toggleSort(int column, bool further)
{
    const int place = orderOf(column);
    if (place < 0 || (!further && m_wanted.orders.size() > 1))
        return setSort(column, false, further);
    if (!m_wanted.orders[place].descending)
        return setSort(column, true, further);
    m_wanted.orders.removeAt(place);
    ask();
}

void TableQuery::setSort(int column, bool descending, bool further)
{
    const int place = orderOf(column);
    const Order order{m_model->store()->columnName(column), descending};
    if (!further)
        m_wanted.orders = {order};
    else if (place >= 0)
        m_wanted.orders[place] = order;
    else
        m_wanted.orders.append(order);
    ask();
}

void TableQuery::clearSort()
{
    m_wanted.orders.clear();
    ask();
}

Result<Done> TableQuery::check(Filter filter) const
{
    if (filter.column < 0 || filter.column >= m_model->store()->columnCount())
        return ApiError{ErrorKind::Usage, 0, {}, tr("The table has no such column."), {}, {}};
    return checkFilter(filter, m_model->store()->content(filter.column));
}

Result<Done> TableQuery::addFilter(const Filter &filter)
{
    for (const Condition &condition : m_wanted.conditions) {
        if (condition.filter == filter && condition.problem.isEmpty())
            return Done{}; // it holds already
    }
    return replaceFilter(int(m_wanted.conditions.size()), filter);
}

Result<Done> TableQuery::replaceFilter(int place, const Filter &filter)
{
    Result<Done> good = check(filter);
    if (!good)
        return good;
    const Condition condition{m_model->store()->columnName(filter.column), filter, {}};
    if (place < m_wanted.conditions.size())
        m_wanted.conditions[place] = condition;
    else
        m_wanted.conditions.append(condition);
    ask();
    return Done{};
}

void TableQuery::removeFilter(int place)
{
    m_wanted.conditions.removeAt(place);
    ask();
}

void TableQuery::clearFilters()
{
    m_wanted.conditions.clear();
    ask();
}

void TableQuery::cancel()
{
    if (!m_work.isRunning())
        return;
    m_work.cancel();
    m_wanted = m_shown;
    m_model->setWaitsForOrder(isFiltered() || isSorted());
    emit changed();
}

void TableQuery::rowsArrived()
{
    if (!isFiltered() && !isSorted()) {
        m_shownOf = m_model->knownRows();
        return;
    }
    if (m_work.isRunning() || m_again.isActive())
        return;
    // The last rows are waited for by somebody, and no further work follows theirs.
    const bool soon = m_shownOf == 0 || m_model->store()->state() != ColumnStore::State::Loading;
    m_again.start(std::chrono::milliseconds(soon ? 0 : std::max(shortestPause, m_took * pauseFactor)));
}

void TableQuery::catchUp()
{
    if (m_again.isActive())
        m_again.start(0);
}

void TableQuery::ask()
{
    m_model->setWaitsForOrder(isFiltered() || isSorted());
    run();
    emit changed();
}

std::vector<Filter> TableQuery::usableFilters()
{
    std::vector<Filter> usable;
    for (Condition &condition : m_wanted.conditions) {
        condition.filter.column = m_model->store()->columnIndex(condition.column);
        if (condition.filter.column < 0) {
            condition.problem = tr("Not used: there is no column of this name.");
            continue;
        }
        const Result<Done> good = check(condition.filter);
        condition.problem = good ? QString() : tr("Not used: %1").arg(good.error().message);
        if (good)
            usable.push_back(condition.filter);
    }
    return usable;
}

std::vector<SortKey> TableQuery::usableKeys() const
{
    std::vector<SortKey> usable;
    for (const Order &order : m_wanted.orders) {
        const int column = m_model->store()->columnIndex(order.column);
        if (column >= 0)
            usable.push_back({column, order.descending});
    }
    return usable;
}

void TableQuery::run()
{
    m_again.stop();
    m_work.cancel();
    if (m_model->columnCount() == 0)
        return;
    const std::vector<Filter> filters = usableFilters();
    const std::vector<SortKey> keys = usableKeys();
    const TableSnapshot table = m_model->store()->snapshot();
    if (filters.empty() && keys.empty())
        return apply(nullptr, table.rowCount());
    m_since.start();
    m_work.start(
        [table, filters, keys](FileWork &work) -> Answer {
            Answer rows = filters.empty() ? allRows(table) : filterRows(table, filters, &work.cancel);
            if (rows && !keys.empty())
                rows = sortRows(table, keys, std::move(*rows), &work.cancel);
            return rows;
        },
        [this, rows = table.rowCount()](Answer answer) { take(std::move(answer), rows); });
}

void TableQuery::take(Answer answer, qsizetype rows)
{
    m_took = m_since.elapsed();
    if (answer)
        apply(std::make_shared<const std::vector<quint32>>(std::move(*answer)), rows);
    if (m_model->knownRows() > m_shownOf)
        rowsArrived();
}

void TableQuery::apply(TableModel::RowOrder order, qsizetype rows)
{
    m_shown = m_wanted;
    m_shownOf = rows;
    if (order || m_model->rowOrder()) {
        emit aboutToApply();
        m_model->setRowOrder(std::move(order));
        emit applied();
    }
    emit changed();
}

QString TableQuery::countWords() const
{
    if (!isFiltered())
        return {};
    const QString shown = Words::number(m_model->rowCount());
    if (m_model->store()->isComplete() && m_shownOf == m_model->knownRows())
        return tr("%1 of %2").arg(shown, Words::rows(m_shownOf));
    if (m_model->store()->state() == ColumnStore::State::Stopped)
        return tr("%1 of the %2 loaded before reading stopped").arg(shown, Words::rows(m_shownOf));
    return tr("%1 of the %2 loaded so far").arg(shown, Words::rows(m_shownOf));
}

QString TableQuery::sortWords() const
{
    QStringList columns;
    for (const Order &order : m_wanted.orders) {
        const QString name = Words::oneLine(order.column, 30);
        columns.append(order.descending ? tr("%1 (descending)").arg(name) : name);
    }
    return columns.isEmpty() ? QString() : tr("sorted by %1").arg(columns.join(tr(", ")));
}

} // namespace rowdesk
