// UploadJob: batches leave, answers come.
#include "transfer/answerevent.h"
#include "transfer/onworker.h"
#include "transfer/uploadjobprivate.h"

#include <algorithm>

namespace rowdesk {
/// What is to be done next: open questions first, then the rows that were not sent, then the look at the whole.
void UploadJob::Private::next()
{
    if (cancelled)
        return stopAfterDenial(cancelledError());
    if (receipt.rowsUnknown > 0)
        return settleOpenQuestions();
    if (ending)
        return stopAfterDenial(*ending);
    if (const std::optional<qsizetype> planned = nextPlanned()) {
        if (!countsFirst(*planned))
            send(*planned);
        return;
    }
    const bool hasNames = job.evidence == Evidence::Marker || job.evidence == Evidence::Key;
    if (hasNames && !batches.isEmpty() && receipt.rowsConfirmed > 0)
        return audit();
    countAfter();
}

/// Until they are settled nothing more is sent.
void UploadJob::Private::settleOpenQuestions()
{
    if (firstIn({BatchState::Anomaly}))
        return stop(anomaly());
    std::optional<qsizetype> open = firstIn({BatchState::Unknown, BatchState::Partial});
    if (!open && resumed && !undecided)
        open = firstIn({BatchState::Quarantined});
    if (open)
        return look(*open);
    stop(ApiError{ErrorKind::OutcomeUnknown,
                  0,
                  {},
                  tr("Whether %1 rows from row %2 on arrived can't be told from the table.")
                      .arg(receipt.rowsUnknown)
                      .arg(receipt.firstUnknownRow),
                  tr("Nothing more is sent until someone decides."),
                  {}});
}

ApiError UploadJob::Private::anomaly() const
{
    return {ErrorKind::OutcomeUnknown,
            0,
            {},
            tr("Rows of this upload are in the table more or less often than once."),
            tr("Nothing more is sent. Compare the table with the file."),
            {}};
}

std::optional<qsizetype> UploadJob::Private::firstIn(std::initializer_list<BatchState> states) const
{
    for (qsizetype i = 0; i < batches.size(); ++i) {
        if (std::find(states.begin(), states.end(), batches[i].state) != states.end())
            return i;
    }
    return std::nullopt;
}

std::optional<qsizetype> UploadJob::Private::nextPlanned()
{
    for (const qsizetype index : early) {
        if (batches[index].state == BatchState::Planned)
            return index;
    }
    if (std::all_of(early.begin(), early.end(), [this](qsizetype index) { return isTerminal(batches[index].state); }))
        early.clear();
    while (firstPlanned < batches.size() && batches[firstPlanned].state != BatchState::Planned)
        ++firstPlanned;
    return firstPlanned < batches.size() ? std::optional(firstPlanned) : std::nullopt;
}

void UploadJob::Private::fetch(qsizetype index)
{
    if (fetched.index == index)
        return;
    fetched = {index, {}, {}, false};
    fetched.reading = runOnWorker<QByteArray>([path = journal().spoolPath(job.id), batch = batches[index]](
                                                  const std::atomic_bool &) { return readPayload(path, batch); });
    fetched.reading.then(q, [this, index](const Result<QByteArray> &payload) {
        if (fetched.index == index)
            takeFetched(payload);
    });
}

void UploadJob::Private::takeFetched(const Result<QByteArray> &payload)
{
    fetched.payload = payload;
    if (std::exchange(fetched.isAwaited, false))
        send(fetched.index);
}

void UploadJob::Private::send(qsizetype index)
{
    if (cancelled)
        return stopAfterDenial(cancelledError());
    state = State::Sending;
    fetch(index);
    if (!fetched.payload) {
        fetched.isAwaited = true;
        return;
    }
    if (!*fetched.payload)
        return stop(fetched.payload->error());
    if (const std::optional<ApiError> error = step(index, BatchEvent::Begin))
        return stop(*error);
    sendFetched(index);
}

/// The batch is Sending, its bytes are at hand.
void UploadJob::Private::sendFetched(qsizetype index)
{
    const Result<QByteArray> payload = *fetched.payload;
    ApiClient::Gate gate{[this, alive = QPointer(q), index](const std::function<void()> &release) {
        if (alive) // else it is never let go: the service can't have stored these rows
            letGo(index, release);
    }};
    gate.mayRepeat = [this, alive = QPointer(q)](std::chrono::milliseconds wait) {
        if (alive)
            trouble.askedToWait = wait;
    };
    sending = tools.target->append(job.datasetId, *payload, batches[index].rows, std::move(gate));
    sending.then(q, [this, index](const Result<DataService::Appended> &answer) { takeAnswer(index, answer); });
    saidNotStored.remove(index);
    refused.remove(index);
    watchForSleep(++sends, tools.clock->now());
    // Meanwhile the next one is made ready.
    fetched.index = -1;
    if (const std::optional<qsizetype> after = nextPlanned())
        fetch(*after);
}

/// The last byte is about to leave. Up to here nothing can have been stored; from here on only an answer tells.
void UploadJob::Private::letGo(qsizetype index, const std::function<void()> &release)
{
    if (batches[index].state != BatchState::Sending)
        return;
    journalFault = step(index, BatchEvent::LetGo);
    if (journalFault)
        return sending.abort(); // takeAnswer() follows
    release();
}

void UploadJob::Private::takeAnswer(qsizetype index, const Result<DataService::Appended> &answer)
{
    sending = {};
    const bool released = batches[index].state == BatchState::Released;
    if (journalFault)
        return stop(*journalFault);
    const JournalBatch batch = batches[index];
    StepFacts facts;
    BatchEvent event = BatchEvent::AllStored;
    std::optional<ApiError> error;
    if (answer) {
        const qint64 stored = answer->inserted.value_or(batch.rows);
        event = eventOf(stored, batch.rows, released);
        facts.httpStatus = 200;
        if (event == BatchEvent::SomeStored)
            facts.rowsConfirmed = stored;
        if (event != BatchEvent::AllStored)
            error = wrongCount(batch, released ? stored : 0);
    } else {
        error = answer.error();
        event = eventOf(*error, released);
        facts.httpStatus = error->httpStatus;
        facts.code = error->code;
        facts.detail = error->message;
    }
    if (event == BatchEvent::AllStored && confirmAndSendNext(index, facts))
        return;
    if (const std::optional<ApiError> fault = step(index, event, facts))
        return stop(*fault);
    if (released && event == BatchEvent::NotApplied) {
        doubted.insert(index);
        if (error->kind == ErrorKind::RateLimited)
            justDenied.remove(index);
        else
            justDenied.insert(index);
    }
    emit q->progressed();
    goOnAfter(index, event, std::move(error));
}

/// The usual case: this batch is stored and the next one sets out. The journal learns both with the step that comes
/// next, letGo() as a rule, in one commit; until then nothing of the next one can be stored. False: nothing was done.
bool UploadJob::Private::confirmAndSendNext(qsizetype index, const StepFacts &facts)
{
    const qsizetype following = fetched.index; // the next one since this one set out
    const bool isReady = following >= 0 && fetched.payload && *fetched.payload;
    if (cancelled || !isReady || doubted.contains(following))
        return false;
    owed = {{batches[index].seq, batches[index].state, BatchEvent::AllStored, facts},
            {batches[following].seq, BatchState::Planned, BatchEvent::Begin, {}}};
    owedSince.start();
    noteGoodAnswer();
    setState(index, BatchState::Confirmed, std::nullopt);
    setState(following, BatchState::Sending, std::nullopt);
    emit q->progressed();
    sendFetched(following);
    return true;
}

/// A connection may take its time, and what is known by then is not to be lost with the program.
void UploadJob::Private::payOwed()
{
    if (const Result<QVector<BatchState>> written = write({}); !written) {
        journalFault = written.error();
        sending.abort(); // takeAnswer() follows
    }
}

Result<QVector<BatchState>> UploadJob::Private::write(const QVector<BatchMove> &moves)
{
    owedSince.stop();
    const QVector<BatchMove> before = std::exchange(owed, {});
    Result<QVector<BatchState>> states = journal().steps(job.id, before + moves);
    if (states)
        return states;
    // The receipt must not know more than the next run will.
    for (const BatchMove &move : before) {
        const auto taken = std::find_if(batches.cbegin(), batches.cend(),
                                        [&move](const JournalBatch &batch) { return batch.seq == move.seq; });
        setState(taken - batches.cbegin(), move.from, std::nullopt);
    }
    return states;
}

void UploadJob::Private::noteGoodAnswer()
{
    trouble = {};
    search.someStored = true;
    trust = std::min(fullTrust, trust + 0.1);
}

/// An error in HTTP 200 (API contract §3) with a code that is not known to mean that nothing was stored: the table is
/// looked at. When it has none of the rows it was a refusal, and nothing is on its way.
void UploadJob::Private::noteOwnWords(qsizetype index, ApiError error)
{
    error.kind = ErrorKind::Rejected;
    refused.insert(index, error);
    saidNotStored.insert(index);
}

void UploadJob::Private::goOnAfter(qsizetype index, BatchEvent event, std::optional<ApiError> error)
{
    switch (event) {
    case BatchEvent::AllStored:
        noteGoodAnswer();
        return next();
    case BatchEvent::NotApplied:
        if (!waitsOut(*error, [this] { next(); }))
            stopAfterDenial(*error);
        return;
    case BatchEvent::Refused:
        serviceIsBack();
        return countsRefusals() ? countRefusal(index, *error) : takeRefusal(index, *error);
    case BatchEvent::AnswerLost:
    case BatchEvent::SomeStored:
        // A service that loses one answer after the other is left alone.
        if (isInOwnWords(error))
            noteOwnWords(index, *error);
        else
            trust -= 1;
        if (looksByItself() && !cancelled && trust > fullTrust / 2)
            return look(index);
        break;
    default:
        break;
    }
    stop(std::move(error));
}

ApiError UploadJob::Private::wrongCount(const JournalBatch &batch, qint64 stored) const
{
    return {ErrorKind::OutcomeUnknown,
            0,
            {},
            tr("The service says that it stored %1 of the %2 rows from row %3 on.")
                .arg(stored)
                .arg(batch.rows)
                .arg(batch.firstRow),
            tr("Compare the table with the file before you send anything again."),
            {}};
}

std::optional<ApiError> UploadJob::Private::step(qsizetype index, BatchEvent event, const StepFacts &facts)
{
    const Result<QVector<BatchState>> now = write({{batches[index].seq, batches[index].state, event, facts}});
    if (!now)
        return now.error();
    setState(index, now->last(), facts.rowsConfirmed);
    return std::nullopt;
}

void UploadJob::Private::setState(qsizetype index, BatchState to, std::optional<qint64> confirmed)
{
    JournalBatch &batch = batches[index];
    tally.add(batch, -1);
    batch.state = to;
    if (confirmed)
        batch.rowsConfirmed = *confirmed;
    tally.add(batch);
    if (to == BatchState::Planned)
        firstPlanned = std::min(firstPlanned, index);
    refill();
}

void UploadJob::Private::refill()
{
    tally.fill(receipt);
    receipt.rowsSkipped += job.rowsLeftOut;
    receipt.firstUnknownRow = receipt.rowsUnknown > 0 ? firstUnknownRow(batches) : 0;
}

} // namespace rowdesk
