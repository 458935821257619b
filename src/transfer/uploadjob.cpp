#include "transfer/uploadjob.h"

#include "transfer/batchmaker.h"

#include <QCoreApplication>
#include <QFutureWatcher>
#include <QUuid>
#include <QtConcurrentRun>

#include <deque>

namespace rowdesk {
namespace {

/// Whether an append that ended so has certainly stored nothing. ApiClient judges each answer and says OutcomeUnknown
/// where it can't prove that; whatever else is not a plain refusal proves nothing either (the client went away, …).
bool provesNothingStored(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::Network:
    case ErrorKind::Tls:
    case ErrorKind::Credentials:
    case ErrorKind::Forbidden:
    case ErrorKind::NotFound:
    case ErrorKind::RateLimited:
    case ErrorKind::Rejected:
        return true;
    default:
        return false;
    }
}

} // namespace

class UploadJob::Private
{
public:
    Private(UploadJob *job, DataService dataService, UploadPlan uploadPlan)
        : q(job), service(dataService), plan(std::move(uploadPlan))
    {
        receipt.job = QUuid::createUuid().toString(QUuid::WithoutBraces);
        receipt.datasetId = plan.datasetId;
        receipt.datasetName = plan.newTable.name;
        connect(&watcher, &QFutureWatcherBase::finished, q, [this] { takeStep(watcher.result()); });
    }

    void begin();
    void cancel();

    UploadJob *q;
    DataService service;
    UploadPlan plan;
    Receipt receipt;

private:
    enum class State { Idle, Creating, Reading, Sending, Finished };

    void create();
    void readNext();
    void takeStep(const BatchMaker::Step &step);
    void atEndOfFile();
    void sendNext();
    void recordReleased(const SendPiece &piece);
    void takeAnswer(const SendPiece &piece, const Result<DataService::Appended> &answer);
    void takeConfirmation(const SendPiece &piece, const std::optional<qint64> &inserted);
    void takeSendError(const SendPiece &piece, ApiError error);
    void markUnknown(qint64 firstRow, qint64 rows);
    void stop(std::optional<ApiError> error);
    static ApiError cancelledError();

    State state = State::Idle;
    bool cancelled = false;
    bool released = false;             ///< the last byte of the call under way has been let go
    std::shared_ptr<BatchMaker> maker; ///< used by the worker while state is Reading
    QFutureWatcher<BatchMaker::Step> watcher;
    std::deque<SendPiece> pieces; ///< read, not yet sent
};

void UploadJob::Private::begin()
{
    Q_ASSERT(state == State::Idle || state == State::Finished);
    if (state == State::Finished)
        return;
    maker = std::make_shared<BatchMaker>(plan, service.rowShape());
    if (plan.datasetId.isEmpty())
        create();
    else
        readNext();
}

void UploadJob::Private::cancel()
{
    cancelled = true;
    if (state == State::Idle)
        stop(cancelledError());
}

void UploadJob::Private::create()
{
    state = State::Creating;
    service.create(plan.newTable).then(q, [this](const Result<QString> &id) {
        if (!id)
            return stop(id.error());
        receipt.datasetId = *id;
        emit q->progressed();
        readNext();
    });
}

void UploadJob::Private::readNext()
{
    if (cancelled)
        return stop(cancelledError());
    state = State::Reading;
    watcher.setFuture(QtConcurrent::run([worker = maker] { return worker->next(); }));
}

void UploadJob::Private::takeStep(const BatchMaker::Step &step)
{
    receipt.rowsRead += step.rowsRead;
    if (step.error)
        return stop(step.error);
    if (step.pieces.empty())
        return atEndOfFile();
    pieces.assign(step.pieces.begin(), step.pieces.end());
    sendNext();
}

void UploadJob::Private::atEndOfFile()
{
    if (!plan.rowsExpected || *plan.rowsExpected == receipt.rowsRead) {
        receipt.rowsRead += plan.rowsLeftOut;
        receipt.rowsSkipped += plan.rowsLeftOut;
        return stop(std::nullopt);
    }
    stop(ApiError{ErrorKind::File,
                  0,
                  {},
                  tr("%1 changed while it was uploaded: it had %2 rows when it was checked and %3 when it was sent.")
                      .arg(plan.sourceName)
                      .arg(*plan.rowsExpected)
                      .arg(receipt.rowsRead),
                  tr("Compare the table with the file before you send anything again."),
                  {}});
}

void UploadJob::Private::sendNext()
{
    if (pieces.empty())
        return readNext();
    if (cancelled)
        return stop(cancelledError());
    state = State::Sending;
    released = false;
    const SendPiece piece = std::move(pieces.front());
    pieces.pop_front();
    ApiClient::Gate gate{[this, job = QPointer(q), piece](const std::function<void()> &release) {
        if (!job)
            return; // never let go: the service can't have stored these rows
        recordReleased(piece);
        release();
    }};
    service.append(receipt.datasetId, piece.body, piece.rows, std::move(gate))
        .then(q, [this, piece](const Result<DataService::Appended> &answer) { takeAnswer(piece, answer); });
}

/// The last byte of the piece is about to leave. Up to here nothing can have been stored; from here on only an answer
/// tells. What must be on disk before that moment is written here.
void UploadJob::Private::recordReleased(const SendPiece &piece)
{
    released = true;
    receipt.rowsSent += piece.rows;
}

void UploadJob::Private::takeAnswer(const SendPiece &piece, const Result<DataService::Appended> &answer)
{
    if (answer)
        takeConfirmation(piece, answer->inserted);
    else
        takeSendError(piece, answer.error());
}

void UploadJob::Private::takeConfirmation(const SendPiece &piece, const std::optional<qint64> &inserted)
{
    const qint64 stored = inserted.value_or(piece.rows);
    if (stored == piece.rows) {
        receipt.rowsConfirmed += stored;
        emit q->progressed();
        return sendNext();
    }
    const bool tooMany = stored > piece.rows;
    const QString message = tr("The service says that it stored %1 of the %2 rows from row %3 on.")
                                .arg(stored)
                                .arg(piece.rows)
                                .arg(piece.firstRow);
    receipt.rowsConfirmed += tooMany ? 0 : stored;
    markUnknown(piece.firstRow, tooMany ? piece.rows : piece.rows - stored);
    stop(ApiError{ErrorKind::OutcomeUnknown,
                  0,
                  {},
                  message,
                  tr("Compare the table with the file before you send anything again."),
                  {}});
}

void UploadJob::Private::takeSendError(const SendPiece &piece, ApiError error)
{
    if (released && !provesNothingStored(error.kind))
        markUnknown(piece.firstRow, piece.rows);
    stop(std::move(error));
}

void UploadJob::Private::markUnknown(qint64 firstRow, qint64 rows)
{
    receipt.rowsUnknown += rows;
    receipt.firstUnknownRow = firstRow;
}

void UploadJob::Private::stop(std::optional<ApiError> error)
{
    state = State::Finished;
    pieces.clear();
    receipt.complete = !error;
    receipt.error = std::move(error);
    emit q->progressed();
    emit q->finished();
}

ApiError UploadJob::Private::cancelledError()
{
    return {ErrorKind::Cancelled, 0, {}, tr("The upload was stopped."), {}, {}};
}

UploadJob::UploadJob(DataService service, UploadPlan plan, QObject *parent)
    : QObject(parent), d(std::make_unique<Private>(this, service, std::move(plan)))
{
}

UploadJob::~UploadJob() = default;

void UploadJob::start()
{
    d->begin();
}

void UploadJob::cancel()
{
    d->cancel();
}

const Receipt &UploadJob::receipt() const
{
    return d->receipt;
}

const UploadPlan &UploadJob::plan() const
{
    return d->plan;
}

} // namespace rowdesk
