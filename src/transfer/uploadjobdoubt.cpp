// UploadJob: the service said that it did not carry a call out (429, 401, a refusal). That is believed, but where the
// rows can be counted they are, before they are sent again: a service that breaks its word would double them.
#include "transfer/uploadjobprivate.h"

#include <algorithm>

namespace rowdesk {

/// True when something else than sending was begun.
bool UploadJob::Private::countsFirst(qsizetype index)
{
    if (!doubted.contains(index))
        return false;
    if (looksFirst(index))
        return true;
    if (!tools.countsTable || !job.rowsBefore) {
        doubted.remove(index);
        return false;
    }
    state = State::Counting;
    counting = tools.target->facts(job.datasetId);
    counting.then(q, [this, index](const Result<DataService::TableFacts> &facts) {
        counting = {};
        takeDoubt(index, facts);
    });
    return true;
}

/// Rows that were confirmed a moment ago may not be counted yet, and then those that were denied fill the gap. A denial
/// after which nobody waits is checked by looking for the rows themselves.
bool UploadJob::Private::looksFirst(qsizetype index)
{
    if (!justDenied.contains(index) || !looksByItself() || !job.rowsBefore || receipt.rowsConfirmed == 0)
        return false;
    lookInDoubt(index);
    return true;
}

void UploadJob::Private::lookInDoubt(qsizetype index)
{
    if (const std::optional<ApiError> fault = doubt(index))
        return stop(*fault);
    look(index);
}

/// What was denied becomes an open question; where that can't be written down, at least in the receipt.
std::optional<ApiError> UploadJob::Private::doubt(qsizetype index)
{
    doubted.remove(index);
    saidNotStored.insert(index);
    std::optional<ApiError> fault;
    if (batches[index].state == BatchState::Rejected)
        fault = step(index, BatchEvent::TryAgain);
    if (!fault)
        fault = step(index, BatchEvent::Doubted);
    if (fault)
        setState(index, BatchState::Unknown, std::nullopt);
    return fault;
}

void UploadJob::Private::takeDoubt(qsizetype index, const Result<DataService::TableFacts> &facts)
{
    if (cancelled)
        return stopAfterDenial(cancelledError());
    if (!facts && waitsOut(facts.error(), [this] { next(); }))
        return;
    doubted.remove(index);
    if (!facts || !facts->rows)
        return next();
    serviceIsBack();
    if (!saysOtherwise(index, *facts->rows))
        return next();
    lookInDoubt(index);
}

/// Rows of others count too. Where nothing but the count tells, fewer than these rows can't be these rows. With fewer
/// rows than there should be someone removed some, and the count tells nothing.
bool UploadJob::Private::saysOtherwise(qsizetype index, qint64 tableRows) const
{
    const qint64 beyond = tableRows - *job.rowsBefore - receipt.rowsConfirmed;
    return beyond < 0 || (beyond > 0 && (looksByItself() || beyond >= batches[index].rows));
}

/// The job gives up. Of rows that were denied, only what is known not to be in the table may be called not sent.
void UploadJob::Private::stopAfterDenial(const ApiError &error)
{
    if (doubted.isEmpty())
        return stop(error);
    if (!tools.countsTable || !job.rowsBefore)
        return leaveUnknown(error);
    ending = error;
    const QSet<qsizetype> open = doubted;
    if (!cancelled && std::any_of(open.cbegin(), open.cend(), [this](qsizetype index) { return looksFirst(index); }))
        return;
    state = State::Counting;
    counting = tools.target->facts(job.datasetId);
    counting.then(q, [this, error](const Result<DataService::TableFacts> &facts) {
        counting = {};
        takeLastDoubt(error, facts);
    });
}

void UploadJob::Private::takeLastDoubt(const ApiError &error, const Result<DataService::TableFacts> &facts)
{
    const bool isTold = facts && facts->rows;
    if (isTold && std::none_of(doubted.cbegin(), doubted.cend(),
                               [&](qsizetype index) { return saysOtherwise(index, *facts->rows); }))
        return stop(error);
    if (!isTold || cancelled)
        return leaveUnknown(error);
    if (const std::optional<ApiError> fault = doubtAll())
        return stop(*fault);
    next(); // looks at them
}

/// A resume finds it out.
void UploadJob::Private::leaveUnknown(const ApiError &error)
{
    const std::optional<ApiError> fault = doubtAll();
    stop(fault ? *fault : error);
}

std::optional<ApiError> UploadJob::Private::doubtAll()
{
    std::optional<ApiError> fault;
    for (const qsizetype index : QSet<qsizetype>(doubted)) {
        if (const std::optional<ApiError> error = doubt(index))
            fault = error;
    }
    return fault;
}

/// The same as countsFirst() for a refusal: halves of rows that are in the table would double them.
bool UploadJob::Private::countsRefusals() const
{
    return tools.countsTable && job.rowsBefore && !cancelled;
}

void UploadJob::Private::countRefusal(qsizetype index, const ApiError &error)
{
    state = State::Counting;
    counting = tools.target->facts(job.datasetId);
    counting.then(q, [this, index, error](const Result<DataService::TableFacts> &facts) {
        counting = {};
        takeRefusalCount(index, error, facts);
    });
}

void UploadJob::Private::takeRefusalCount(qsizetype index, const ApiError &error,
                                          const Result<DataService::TableFacts> &facts)
{
    if (!facts && waitsOut(facts.error(), [this, index, error] { countRefusal(index, error); }))
        return;
    if (!facts || !facts->rows || !saysOtherwise(index, *facts->rows))
        return takeRefusal(index, error);
    refused.insert(index, error);
    lookInDoubt(index);
}

/// Rows whose last call was let go and answered with "not carried out", as the journal has it.
std::optional<ApiError> UploadJob::Private::loadDoubts()
{
    const Result<QVector<qint64>> seqs = journal().deniedCalls(job.id);
    if (!seqs)
        return seqs.error();
    for (qsizetype i = 0; i < batches.size(); ++i) {
        if (!seqs->contains(batches[i].seq))
            continue;
        if (batches[i].state == BatchState::Planned) {
            doubted.insert(i);
            justDenied.insert(i);
        } else if (batches[i].state == BatchState::Unknown)
            saidNotStored.insert(i);
    }
    return std::nullopt;
}

} // namespace rowdesk
