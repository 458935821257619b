#pragma once

#include "transfer/receipt.h"
#include "transfer/uploadplan.h"

#include <QObject>

#include <memory>

namespace rowdesk {

/// Sends a plan's rows, at most 500 a call, one call in flight, each call exactly once.
///
///     Idle → [Creating] → Reading → Sending → … → Reading (end of file) → Finished
///
/// A batch whose answer was lost is unknown: the job stops, says which rows, and sends nothing more. No step is
/// repeated. Lives in the client's thread; reading and encoding run on a worker.
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
    const UploadPlan &plan() const;

signals:
    void progressed();
    /// Exactly once. The receipt says what is in the table, what is unknown, what was not sent.
    void finished();

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace rowdesk
