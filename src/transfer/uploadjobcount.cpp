// UploadJob: what the service says of the table before the first row is sent and after the last one is confirmed, for
// the receipt.
#include "transfer/uploadjobprivate.h"

namespace rowdesk {

/// A count that can't be had is left out: the upload itself will say what is wrong.
void UploadJob::Private::countBefore()
{
    state = State::Counting;
    counting = tools.target->facts(plan.datasetId);
    counting.then(q, [this](const Result<DataService::TableFacts> &facts) {
        counting = {};
        if (cancelled)
            return stop(cancelledError());
        if (facts) {
            plan.rowsBefore = facts->rows ? facts->rows : plan.rowsBefore;
            versionBefore = facts->version;
            if (plan.newTable.name.isEmpty())
                plan.newTable.name = facts->name;
        }
        spool();
    });
}

void UploadJob::Private::countAfter()
{
    if (!tools.countsTable || receipt.rowsConfirmed == 0)
        return stop(refusal());
    state = State::Counting;
    ++counts;
    counting = tools.target->facts(job.datasetId);
    counting.then(q, [this](const Result<DataService::TableFacts> &facts) {
        counting = {};
        takeAfter(facts);
    });
}

void UploadJob::Private::takeAfter(const Result<DataService::TableFacts> &facts)
{
    if (!facts) // every row is confirmed all the same
        return stop(refusal());
    job.rowsAfter = facts->rows;
    job.versionAfter = facts->version;
    describe(receipt, job);
    constexpr int enough = 3;
    constexpr qint64 pause = 2000; // msec: a list may lag a little behind
    if (receipt.countDifference().value_or(0) != 0 && counts < enough && !cancelled)
        return tools.clock->after(pause, q, [this] { countAfter(); });
    if (const Result<Done> noted = journal().setAfter(job.id, job.rowsAfter, job.versionAfter); !noted)
        return stop(noted.error());
    stop(refusal());
}

} // namespace rowdesk
