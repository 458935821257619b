#pragma once

#include "transfer/receipt.h"
#include "transfer/uploadclock.h"
#include "transfer/uploadjournal.h"
#include "transfer/uploadplan.h"
#include "transfer/uploadtarget.h"

#include <QObject>

#include <memory>

namespace rowdesk {

/// What an upload works with. Without a usable journal nothing is sent.
struct UploadTools
{
    std::shared_ptr<UploadTarget> target;
    Result<std::shared_ptr<UploadJournal>> journal;
    std::shared_ptr<UploadClock> clock = std::make_shared<SystemClock>();
    bool countsTable = true; ///< the receipt tells how many rows the table had before and after
};

/// Sends a plan's rows, at most 500 a call, one call in flight, each step written down before it is taken.
///
///     Idle → Spooling → [Creating] → Sending ⇄ Looking → Auditing → Finished
///
/// First all rows are put on disk as they will be sent; from then on the file is needed no more, and an upload that was
/// cut off at any moment can be continued by a job made from the journal. A batch whose answer was lost is never
/// repeated blindly: the job ends and says which rows are unknown, or, with Marker or Key and in a continued upload,
/// looks at the table until it knows. Lives in the client's thread; rows are read, encoded and compared on workers.
class UploadJob : public QObject
{
    Q_OBJECT
public:
    UploadJob(UploadTools tools, UploadPlan plan, QObject *parent = nullptr);
    /// Continues an upload that the journal has.
    UploadJob(UploadTools tools, const JournalJob &job, QObject *parent = nullptr);
    ~UploadJob() override;

    void start();
    /// Stops after the answer of the batch under way; rows not sent are counted as such.
    void cancel();
    /// The same; the journal then keeps even an upload of which nothing was sent, so that it can be continued.
    void pause();

    const Receipt &receipt() const; ///< true at every moment
    const UploadPlan &plan() const; ///< of a continued upload: names and counts, no source
    bool isLooking() const;         ///< the table is being read to find out what arrived
    bool isUndecided() const;       ///< ended with rows about which a person must decide

signals:
    void progressed();
    /// Exactly once. The receipt says what is in the table, what is unknown, what was not sent.
    void finished();

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace rowdesk
