#pragma once

#include "core/columnstore.h"
#include "net/apiclient.h"

#include <QObject>

#include <memory>

namespace rowdesk {

/// What rows to read.
struct RowsOf {
    QString datasetId;
    QString version; ///< empty: the current rows
};

/// Reads all pages of a dataset, or of one version, into a ColumnStore.
///
/// Asks page 1, then keeps a small window of pages in flight once the server has shown that more exist; decodes on a
/// worker; appends in order. Ends in the store's state Complete or Stopped(error). Endless, repeated and empty pages end
/// with an error that says so. Lives in the client's thread.
class RowStream : public QObject
{
    Q_OBJECT
public:
    RowStream(ApiClient *client, RowsOf rows, QObject *parent = nullptr);
    ~RowStream() override;

    /// Grows while reading; shared with models and exporters. Never null.
    std::shared_ptr<const ColumnStore> store() const;

    void start();
    /// Ends with Stopped(Cancelled) at once.
    void stop();
    /// Continues at the page that failed.
    void retry();

    qint64 bytesReceived() const; ///< bytes of answer bodies so far

signals:
    /// Rows [first, first + count) were appended to the store.
    void rowsAppended(qsizetype first, qsizetype count);
    /// Columns were added (a later page may bring new ones).
    void columnsChanged();
    /// The store is Complete or Stopped; emitted once per start() or retry().
    void ended();

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace rowdesk
