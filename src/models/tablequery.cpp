#include "models/tablequery.h"

#include "api/rowstream.h"

#include <QLocale>

#include <algorithm>

namespace rowdesk {

namespace {

constexpr int shortestWait = 200; ///< milliseconds between answers while rows arrive
constexpr int shareOfWork = 4;    ///< and this many times as long as an answer takes

/// Works out the rows; null when cancelled.
TableModel::RowOrder answer(const TableSnapshot &table, const QVector<Filter> &filters, const QVector<SortKey> &keys,
                            CancelFlag cancelled)
{
    std::optional<std::vector<quint32>> rows =
        filters.isEmpty() ? std::optional(allRows(table))
                          : filterRows(table, {filters.constData(), static_cast<size_t>(filters.size())}, cancelled);
    if (rows)
        rows = sortRows(table, {keys.constData(), static_cast<size_t>(keys.size())}, std::move(*rows), cancelled);
    return rows ? std::make_shared<const std::vector<quint32>>(std::move(*rows)) : nullptr;
}

} // namespace

TableQuery::TableQuery(TableModel *model, QObject *parent) : QObject(parent), m_model(model)
{
    m_again.setSingleShot(true);
    connect(&m_again, &QTimer::timeout, this, &TableQuery::run);
}

void TableQuery::setStream(RowStream *stream)
{
    follow(stream);
    m_model->setStream(stream);
    restart();
}

void TableQuery::setStore(std::shared_ptr<const ColumnStore> store)
{
    follow(nullptr);
    m_model->setStore(std::move(store));
    restart();
}

void TableQuery::follow(RowStream *stream)
{
    if (m_stream)
        m_stream->disconnect(this);
    m_stream = stream;
    if (!stream)
        return;
    connect(stream, &RowStream::rowsAppended, this, &TableQuery::rowsCame);
    connect(stream, &RowStream::ended, this, &TableQuery::scopeChanged);
    connect(stream, &QObject::destroyed, this, [this, stream] {
        if (m_stream == stream)
            m_stream = nullptr;
    });
}

void TableQuery::restart()
{
    m_answer.cancel();
    setRunning(false);
    m_search.cancel();
    m_again.stop();
    m_filters.clear();
    m_keys.clear();
    m_considered = m_model->store()->rowCount();
    emit filtersChanged();
    emit sortChanged();
    emit scopeChanged();
}

Result<Done> TableQuery::check(const Filter &filter) const
{
    const auto &store = *m_model->store();
    if (filter.column < 0 || filter.column >= store.columnCount())
        return ApiError{ErrorKind::Usage, 0, {}, tr("The table has no such column."), {}, {}};
    return checkFilter(filter, store.content(filter.column));
}

void TableQuery::setFilters(QVector<Filter> filters)
{
    if (filters == m_filters)
        return;
    m_filters = std::move(filters);
    emit filtersChanged();
    run();
}

void TableQuery::setSort(QVector<SortKey> keys)
{
    if (keys == m_keys)
        return;
    m_keys = std::move(keys);
    emit sortChanged();
    run();
}

void TableQuery::rowsCame()
{
    if (isPlain())
        m_considered = m_model->store()->rowCount();
    else if (!m_running && !m_again.isActive())
        m_again.start(static_cast<int>(std::max<qint64>(shortestWait, shareOfWork * m_lastTook)));
    emit scopeChanged();
}

void TableQuery::run()
{
    m_again.stop();
    if (isPlain()) {
        m_answer.cancel();
        setRunning(false);
        show(nullptr, m_model->store()->rowCount());
        return;
    }
    m_clock.start();
    setRunning(true);
    const TableSnapshot table = m_model->store()->snapshot();
    m_answer.start([table, filters = m_filters,
                    keys = m_keys](FileWork &work) { return answer(table, filters, keys, &work.cancel); },
                   [this, considered = table.rowCount()](TableModel::RowOrder order) {
                       m_lastTook = m_clock.elapsed();
                       setRunning(false);
                       show(std::move(order), considered);
                   });
}

void TableQuery::setRunning(bool running)
{
    if (std::exchange(m_running, running) != running)
        emit runningChanged(running);
}

void TableQuery::show(TableModel::RowOrder order, qsizetype considered)
{
    m_considered = considered;
    m_model->setRowOrder(std::move(order));
    emit scopeChanged();
    if (considered < m_model->store()->rowCount())
        rowsCame(); // more came meanwhile
}

QString TableQuery::scopeText() const
{
    const ColumnStore &store = *m_model->store();
    const auto number = [](qsizetype value) { return QLocale().toString(value); };
    const QString loaded = number(store.rowCount());
    const auto count = static_cast<int>(std::min<qsizetype>(store.rowCount(), 1'000'000'000));
    if (!m_filters.isEmpty()) {
        const QString shown = number(m_model->rowCount());
        switch (store.state()) {
        case ColumnStore::State::Complete:
            return tr("%1 of %2 row(s)", nullptr, count).arg(shown, number(m_considered));
        case ColumnStore::State::Loading:
            return tr("%1 of %2 row(s) loaded so far", nullptr, count).arg(shown, number(m_considered));
        case ColumnStore::State::Stopped:
            return tr("%1 of %2 row(s); reading stopped there", nullptr, count).arg(shown, number(m_considered));
        }
    }
    switch (store.state()) {
    case ColumnStore::State::Complete:
        return tr("all %1 row(s)", nullptr, count).arg(loaded);
    case ColumnStore::State::Loading:
        return tr("%1 row(s) loaded, more on the server", nullptr, count).arg(loaded);
    case ColumnStore::State::Stopped:
        break;
    }
    return tr("stopped at %1 row(s)", nullptr, count).arg(loaded);
}

void TableQuery::search(const Search &search)
{
    using Result = std::shared_ptr<const SearchResult>;
    m_search.start(
        [table = m_model->store()->snapshot(), order = m_model->rowOrder(), search](FileWork &work) -> Result {
            std::optional<SearchResult> result = searchCells(table, order, search, &work.cancel);
            return result ? std::make_shared<const SearchResult>(std::move(*result)) : nullptr;
        },
        [this](const Result &result) { emit found(result); });
}

} // namespace rowdesk
