#pragma once

#include "api/dataservice.h"
#include "core/schema.h"
#include "files/rowsource.h"
#include "transfer/receipt.h"

#include <QObject>

#include <memory>

namespace rowdesk {

/// Source + mapping + target: what is to be uploaded, decided before a row leaves the machine.
struct UploadPlan {
    std::shared_ptr<RowSource> source;
    QString sourceName;        ///< file name for people
    Schema target;             ///< the table's columns that receive values, in the order they are sent
    QVector<int> sourceColumn; ///< for each target column, the source column that fills it
    QString datasetId;         ///< append to this table; empty: create `newTable` first
    DataService::NewTable newTable;
};

/// Sends a plan's rows, at most 500 a call, one call in flight, each call exactly once.
///
/// A batch whose answer was lost is unknown: the job stops, says which rows, and sends nothing more. No step is repeated.
/// Lives in the client's thread; reading and encoding run on a worker.
class UploadJob : public QObject
{
    Q_OBJECT
public:
    UploadJob(DataService service, UploadPlan plan, QObject *parent = nullptr);
    ~UploadJob() override;

    void start();
    /// Stops after the answer of the batch under way; rows not sent are counted as such.
    void cancel();

    const Receipt &receipt() const; ///< true at every moment

signals:
    void progressed();
    /// Exactly once. The receipt says what is in the table, what is unknown, what was not sent.
    void finished();

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace rowdesk
