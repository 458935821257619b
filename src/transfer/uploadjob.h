#pragma once

#include "transfer/receipt.h"
#include "transfer/uploadclock.h"
#include "transfer/uploadjournal.h"
#include "transfer/uploadplan.h"
#include "transfer/uploadtarget.h"

#include <QObject>

#include <chrono>
#include <memory>
#include <optional>

namespace rowdesk {

/// What an upload works with. Without a usable journal nothing is sent.
struct UploadTools
{
    std::shared_ptr<UploadTarget> target;
    Result<std::shared_ptr<UploadJournal>> journal;
    std::shared_ptr<UploadClock> clock = std::make_shared<SystemClock>();
    bool countsTable = true;            ///< before and after for the receipt, and where a denial is in doubt
    std::chrono::seconds patience{600}; ///< how long a service that can't be reached is waited for
};

/// Sends a plan's rows, at most 500 a call, one call in flight, each step written down before it is taken.
///
///     Idle → Spooling → [Creating] → Sending ⇄ Looking → Auditing → Finished
///                           ⇅            ⇅         ⇅         ⇅
///                         Waiting (no network, 429, new credentials): goes on by itself
///
/// First all rows are put on disk as they will be sent; from then on the file is needed no more, and an upload that was
/// cut off at any moment can be continued by a job made from the journal. A batch whose answer was lost is never
/// repeated blindly: the table is looked at until it tells, or the job ends and says which rows are unknown. One that
/// was refused for the sake of some rows is halved until those are found. Lives in the client's thread; rows are read,
/// encoded and compared on workers.
class UploadJob : public QObject
{
    Q_OBJECT
public:
    UploadJob(UploadTools tools, UploadPlan plan, QObject *parent = nullptr);
    /// Continues an upload that the journal has.
    UploadJob(UploadTools tools, const JournalJob &job, QObject *parent = nullptr);
    ~UploadJob() override;

    void start();
    /// Stops after the answer of the batch under way; rows not sent are counted as such. `why`: who stopped it, a
    /// sentence for the receipt; empty: a person at this computer.
    void cancel(const QString &why = {});
    /// The same; the journal then keeps even an upload of which nothing was sent, so that it can be continued.
    void pause();

    const Receipt &receipt() const; ///< true at every moment
    const UploadPlan &plan() const; ///< of a continued upload: names and counts, no source
    bool isLooking() const;         ///< the table is being read to find out what arrived
    /// While isLooking(): seconds until the table is read once more; 0: it is being read.
    qint64 secondsToNextLook() const;
    /// The job waits for something to pass and will then go on by itself.
    struct Wait
    {
        QString why;        ///< one sentence: what is in the way
        qint64 seconds = 0; ///< until it tries again
    };
    std::optional<Wait> waiting() const;
    bool isUndecided() const; ///< ended with rows about which a person must decide

signals:
    void progressed();
    /// Exactly once. The receipt says what is in the table, what is unknown, what was not sent.
    void finished();

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace rowdesk
