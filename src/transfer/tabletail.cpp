#include "transfer/tabletail.h"

#include <algorithm>
#include <limits>

namespace rowdesk {

TailReading::TailReading(std::shared_ptr<UploadTarget> target, QString id, const TailWish &wish, QObject *parent)
    : QObject(parent), m_target(std::move(target)), m_id(std::move(id)), m_wish(wish)
{
}

void TailReading::start()
{
    ask(1);
}

void TailReading::ask(qint64 page)
{
    if (++m_requests > mostRequests || page > std::numeric_limits<int>::max())
        return finish(std::nullopt);
    m_target->page(m_id, int(page)).then(this, [this, page](const Result<RowsPage> &answer) {
        // Whatever is wrong, the reading of the whole table meets it too and says it.
        if (!answer || !fits(page, *answer))
            return finish(std::nullopt);
        take(page, *answer);
    });
}

bool TailReading::fits(qint64 number, const RowsPage &page) const
{
    if (page.more == RowsPage::More::Unsaid || (page.page && *page.page != number))
        return false;
    if (page.total && m_total && *page.total != *m_total)
        return false;
    if (page.more == RowsPage::More::Yes)
        return page.chunk->rows > 0 && (m_size == 0 || page.chunk->rows == m_size);
    return m_size == 0 || page.chunk->rows <= m_size;
}

void TailReading::take(qint64 number, const RowsPage &page)
{
    if (page.total)
        m_total = page.total;
    if (m_last > 0)
        return collect(number, page);
    if (number == 1)
        m_size = page.chunk->rows;
    search(number, page);
}

void TailReading::search(qint64 number, const RowsPage &page)
{
    const bool isLast = page.more == RowsPage::More::No && (page.chunk->rows > 0 || number == 1);
    if (isLast && number == 1)
        return finish(std::nullopt); // there is no more than one page: reading that is reading it all
    if (isLast)
        return beginCollecting(number, page.chunk->rows);
    if (number == 1)
        return ask(std::max<qint64>(2, pageOf(m_total.value_or(m_wish.most))));
    // What is asked for lies between the two.
    (page.more == RowsPage::More::Yes ? m_low : m_high) = number;
    if (m_high == 0) {
        m_stride *= 2;
        return ask(m_low + m_stride / 2);
    }
    if (m_high - m_low <= 1)
        return finish(std::nullopt); // the page before an empty one says that more follow
    const qint64 likely = pageOf(m_wish.least);
    ask(likely > m_low && likely < m_high ? likely : m_low + (m_high - m_low) / 2);
}

void TailReading::beginCollecting(qint64 last, qint64 rowsOfLast)
{
    m_last = last;
    m_rowsOfLast = rowsOfLast;
    const qint64 total = (last - 1) * m_size + rowsOfLast;
    if (m_total && *m_total != total)
        return finish(std::nullopt);
    // What others added meanwhile may stand behind the rows that are looked for.
    const qint64 further = m_wish.isCounted ? std::max<qint64>(0, total - m_wish.most) : 0;
    const qint64 wanted = m_wish.rows + further;
    const qint64 first = total > wanted ? (total - wanted) / m_size + 1 : 1;
    if (m_requests + last - first + 1 > mostRequests)
        return finish(std::nullopt);
    ask(first);
}

/// Pages in their order, the last one read again behind those before it: what was found is still so.
void TailReading::collect(qint64 number, const RowsPage &page)
{
    const bool isLast = number == m_last;
    const qint64 rows = isLast ? m_rowsOfLast : m_size;
    if ((page.more == RowsPage::More::No) != isLast || page.chunk->rows != rows)
        return finish(std::nullopt);
    m_rows.append(page.chunk);
    if (!isLast)
        return ask(number + 1);
    m_rows.setComplete();
    finish(TableTail{m_rows.snapshot(), (m_last - 1) * m_size + m_rowsOfLast});
}

void TailReading::finish(const std::optional<TableTail> &tail)
{
    finished(tail);
}

qint64 TailReading::pageOf(qint64 rows) const
{
    return (std::max<qint64>(1, rows) + m_size - 1) / m_size;
}

} // namespace rowdesk
