#pragma once

#include "core/columnstore.h"
#include "net/apiclient.h"

#include <QObject>
#include <QStringList>

#include <memory>
#include <optional>

namespace rowdesk {

/// What rows to read.
struct RowsOf
{
    QString datasetId;
    QString version; ///< empty: the current rows
};

/// Reads all pages of a dataset, or of one version, into a ColumnStore.
///
/// Asks page 1, then keeps a small window of pages in flight once the server has shown that more exist; decodes on a
/// worker; appends in order. Ends in the store's state Complete or Stopped(error). Endless, repeated and empty pages
/// end with an error that says so, as does an end before the service's own count of rows is reached. Where the service
/// doesn't say whether more pages exist ("has_more_data" is null or missing), pages are asked for one by one until an
/// empty one comes; after a page that promised more, such an empty page is an error and not the end. Lives in the
/// client's thread; destroying it ends the reading without a signal and leaves the store as it is.
class RowStream : public QObject
{
    Q_OBJECT
public:
    RowStream(ApiClient *client, RowsOf rows, QObject *parent = nullptr);
    ~RowStream() override;

    /// Grows while reading; shared with models and exporters. Never null.
    std::shared_ptr<const ColumnStore> store() const;

    /// Pages after which reading stops with an error (then retry() allows as many again). 10,000 at first.
    void setPageLimit(int pages);

    void start();
    /// Ends with Stopped(Cancelled) at once.
    void stop();
    /// Continues at the page that failed.
    void retry();

    bool isReading() const;
    qint64 bytesReceived() const; ///< bytes of answer bodies so far
    int pagesRead() const;        ///< pages whose rows are in the store
    /// Rows that the table has as a whole, when the service tells (the versioned dialects do).
    std::optional<qint64> totalRows() const;
    /// What a reader of the rows should know although nothing failed, as sentences: "The table changed while …".
    QStringList notes() const;

signals:
    /// Rows [first, first + count) were appended to the store.
    void rowsAppended(qsizetype first, qsizetype count);
    /// Columns were added (a later page may bring new ones); emitted before the rows that brought them.
    void columnsChanged();
    /// The store is Complete or Stopped; emitted once per start() or retry().
    void ended();

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace rowdesk
