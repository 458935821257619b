#pragma once

#include "core/columnstore.h"
#include "transfer/uploadtarget.h"

#include <functional>
#include <optional>

namespace rowdesk {

/// The last rows of a table as its page numbers tell.
struct TableTail
{
    TableSnapshot rows; ///< in the table's order; the last one is the table's last
    qint64 total = 0;   ///< rows of the whole table, by its pages
};

/// What is asked for. Counts of rows.
struct TailWish
{
    qint64 rows = 0;       ///< so many rows of the end are enough while the table has `most` rows
    qint64 least = 0;      ///< what the table should have, without the rows that are looked for
    qint64 most = 0;       ///< and with them
    bool isCounted = true; ///< false: it may have any number of rows more
};

/// Reads the end of a table in a few requests, however long the table is: the first page tells how many rows a page
/// has, the expected number of rows where the last page should be. It is the last one when it has rows and says that no
/// more follow. Lives in its parent's thread; destroying it ends the reading.
///
/// Nothing comes of it, and the table is to be read as a whole, when anything does not fit: pages of different sizes, a
/// service that does not say whether more follow, a number of rows that contradicts the pages, a table that changes
/// meanwhile, an error, or more pages than a reading of the end is worth.
class TailReading : public QObject
{
    Q_OBJECT
public:
    TailReading(std::shared_ptr<UploadTarget> target, QString id, const TailWish &wish, QObject *parent);

    /// Called once.
    std::function<void(const std::optional<TableTail> &)> finished;

    void start();

private:
    void ask(qint64 page);
    void take(qint64 number, const RowsPage &page);
    bool fits(qint64 number, const RowsPage &page) const;
    void search(qint64 number, const RowsPage &page);
    void beginCollecting(qint64 last, qint64 rowsOfLast);
    void collect(qint64 number, const RowsPage &page);
    void finish(const std::optional<TableTail> &tail);
    qint64 pageOf(qint64 rows) const; ///< the page of a table's last row when it has so many

    static constexpr int mostRequests = 40;

    std::shared_ptr<UploadTarget> m_target;
    QString m_id;
    TailWish m_wish;
    int m_requests = 0;
    qint64 m_size = 0;             ///< rows of a page that is not the last
    qint64 m_low = 1;              ///< a page that is not the last
    qint64 m_high = 0;             ///< a page behind the last; 0: none seen
    qint64 m_stride = 1;           ///< how far beyond m_low is looked next
    std::optional<qint64> m_total; ///< as the service says
    qint64 m_last = 0;             ///< the last page; 0 while it is searched
    qint64 m_rowsOfLast = 0;
    ColumnStore m_rows;
};

} // namespace rowdesk
