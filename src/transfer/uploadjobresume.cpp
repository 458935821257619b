// UploadJob: an upload that the journal knows goes on.
#include "transfer/uploadjobprivate.h"

#include <algorithm>

namespace rowdesk {

/// As it is now: before the lease was ours another program may have gone on with it, or given it up.
void UploadJob::Private::load()
{
    const Result<JournalJob> now = journal().job(job.id);
    if (!now)
        return stop(now.error());
    job = *now;
    if (job.state == JournalJob::State::Abandoned) {
        return stop(ApiError{ErrorKind::Usage,
                             0,
                             {},
                             tr("This upload was given up meanwhile."),
                             tr("Nothing was sent. Begin a new one with the file."),
                             {}});
    }
    const Result<QVector<JournalBatch>> known = journal().batches(job.id);
    if (!known)
        return stop(known.error());
    batches = *known;
    for (const JournalBatch &batch : batches)
        tally.add(batch);
    receipt.complete = false;
    receipt.rowsRead = job.rowsPlanned + job.rowsLeftOut;
    if (job.state == JournalJob::State::Done) {
        refill();
        return stop({});
    }
    if (const std::optional<ApiError> error = recover())
        return stop(*error);
    emit q->progressed();
    if (job.creation == JournalJob::Creation::Asked)
        adopt();
    else if (job.creation == JournalJob::Creation::ToDo)
        create();
    else
        next();
}

/// Puts right what the end of the last run left in the middle.
std::optional<ApiError> UploadJob::Private::recover()
{
    if (!isUploadTo(*tools.target, job)) {
        return ApiError{ErrorKind::Usage,
                        0,
                        {},
                        tr("This upload belongs to another account, at %1.").arg(job.service),
                        tr("Nothing was sent. Sign in to the account that it was begun with."),
                        {}};
    }
    if (job.shape != tools.target->rowShape()) {
        const bool wasClassic = job.shape == Dialect::RowShape::Cells;
        return ApiError{ErrorKind::Usage,
                        0,
                        {},
                        wasClassic ? tr("This upload was begun without an API version, and this session uses one.")
                                   : tr("This upload was begun with an API version, and this session uses none."),
                        tr("Nothing was sent: its rows are kept as they were to be sent then. Continue it with the API "
                           "version %1.")
                            .arg(wasClassic ? QStringLiteral("classic") : QStringLiteral("2022.01")),
                        {}};
    }
    for (qsizetype i = 0; i < batches.size(); ++i) {
        const BatchState was = batches[i].state;
        std::optional<ApiError> error;
        if (was == BatchState::Sending || was == BatchState::Released || was == BatchState::Verifying)
            error = step(i, BatchEvent::Died);
        else if (was == BatchState::Rejected)
            error = step(i, BatchEvent::TryAgain);
        if (error)
            return error;
        if (batches[i].state == BatchState::Planned && batches[i].parent)
            early.push_back(i);
    }
    std::sort(early.begin(), early.end(),
              [this](qsizetype a, qsizetype b) { return batches[a].firstRow < batches[b].firstRow; });
    if (std::optional<ApiError> error = loadDoubts())
        return error;
    const Result<Done> running = journal().setJobState(job.id, JournalJob::State::Running, {});
    refill();
    return running ? std::nullopt : std::optional(running.error());
}

} // namespace rowdesk
