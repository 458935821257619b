#include "transfer/uploadjob.h"

#include "transfer/onworker.h"
#include "transfer/uploadjobprivate.h"

#include <QDateTime>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QUuid>

#include <algorithm>

namespace rowdesk {
namespace {

/// Longer than a connection to a service nearby takes.
constexpr std::chrono::milliseconds owedAtMost{20};

QByteArray mappingOf(const UploadPlan &plan)
{
    QJsonArray mapping;
    for (const int column : plan.sourceColumn)
        mapping.append(column);
    return QJsonDocument(mapping).toJson(QJsonDocument::Compact);
}

UploadPlan planOf(const JournalJob &job)
{
    UploadPlan plan;
    plan.sourceName = job.sourceName;
    plan.target = job.columns;
    plan.datasetId = job.newTableName.isEmpty() ? job.datasetId : QString();
    plan.newTable = {job.newTableName.isEmpty() ? job.targetName : job.newTableName, job.newTableAbout,
                     job.newTableColumns};
    plan.file = job.file;
    plan.rowsExpected = job.rowsPlanned;
    plan.rowsLeftOut = job.rowsLeftOut;
    plan.evidence = job.evidence;
    plan.settleSeconds = job.settleSeconds;
    return plan;
}

} // namespace

UploadJob::Private::Private(UploadJob *owner, UploadTools uploadTools, UploadPlan uploadPlan)
    : q(owner), tools(std::move(uploadTools)), plan(std::move(uploadPlan))
{
    receipt.job = QUuid::createUuid().toString(QUuid::WithoutBraces);
    receipt.datasetId = plan.datasetId;
    job = newJob(0);
    describe(receipt, job);
}

UploadJob::Private::Private(UploadJob *owner, UploadTools uploadTools, const JournalJob &known)
    : q(owner)
    , tools(std::move(uploadTools))
    , plan(planOf(known))
    , resumed(true)
    , inJournal(bool(tools.journal))
    , job(known)
{
    const Result<Receipt> counted =
        tools.journal ? briefReceipt(journal(), job) : Result<Receipt>(tools.journal.error());
    receipt = counted ? *counted : receiptOf(job, {}, false);
}

UploadJob::Private::~Private()
{
    spooling.abort();
    counting.abort();
    if (!owed.isEmpty())
        (void)write({}); // else the next run asks the table
    if (leased)
        journal().returnLease(job.id);
}

JournalJob UploadJob::Private::newJob(qint64 rows) const
{
    JournalJob made;
    made.id = receipt.job;
    made.account = tools.target->account();
    made.service = tools.target->address();
    made.targetName = plan.newTable.name;
    made.file = plan.file;
    made.versionBefore = versionBefore;
    made.datasetId = plan.datasetId;
    made.columns = sentColumns(plan);
    if (plan.datasetId.isEmpty()) {
        made.newTableName = plan.newTable.name;
        made.newTableAbout = plan.newTable.description;
        made.newTableColumns = plan.newTable.schema;
        if (plan.evidence == Evidence::Marker)
            made.newTableColumns.columns.append(made.columns.columns.last());
        made.creation = JournalJob::Creation::ToDo;
    }
    made.sourceName = plan.sourceName;
    made.mapping = mappingOf(plan);
    made.shape = tools.target->rowShape();
    made.evidence = plan.evidence;
    made.keyColumns = plan.keyColumns;
    made.soleWriter = plan.soleWriter;
    made.settleSeconds = plan.settleSeconds;
    made.rowsBefore = plan.datasetId.isEmpty() ? std::optional<qint64>(0) : plan.rowsBefore;
    made.rowsPlanned = rows;
    made.rowsLeftOut = plan.rowsLeftOut;
    made.createdAt = QDateTime::currentMSecsSinceEpoch();
    return made;
}

void UploadJob::Private::begin()
{
    Q_ASSERT(state == State::Idle || state == State::Finished);
    if (state == State::Finished)
        return;
    if (!tools.journal)
        return stop(tools.journal.error());
    owedSince.setSingleShot(true);
    owedSince.setInterval(owedAtMost);
    connect(&owedSince, &QTimer::timeout, q, [this] { payOwed(); });
    if (const std::optional<ApiError> error = takeLease())
        return stop(*error);
    if (resumed)
        load();
    else if (plan.datasetId.isEmpty() || !tools.countsTable)
        spool();
    else
        countBefore();
}

std::optional<ApiError> UploadJob::Private::takeLease()
{
    const QString table =
        job.newTableName.isEmpty() ? QLatin1String("id ") + job.datasetId : QLatin1String("new ") + job.newTableName;
    const Result<Done> taken = journal().takeLease(job.service + QLatin1Char(' ') + table, job.id);
    leased = bool(taken);
    return taken ? std::nullopt : std::optional(taken.error());
}

void UploadJob::Private::spool()
{
    if (plan.evidence == Evidence::Marker && plan.target.indexOf(QString(markerColumn)) >= 0) {
        return stop(ApiError{ErrorKind::Usage,
                             0,
                             {},
                             tr("The file has a column %1 of its own.").arg(markerColumn),
                             tr("Nothing was sent. Leave that column out, or upload without marking the rows."),
                             {}});
    }
    state = State::Spooling;
    spoolFile = std::make_shared<PayloadSpool>();
    spooling = runOnWorker<SpooledRows>([plan = plan, shape = job.shape, id = job.id, file = spoolFile,
                                         path = journal().spoolPath(job.id), leftOut = journal().leftOutPath(job.id),
                                         rows = rowsSpooled](const std::atomic_bool &stopped) -> Result<SpooledRows> {
        if (const Result<Done> kept = plan.writeLeftOut ? plan.writeLeftOut(leftOut) : Done{}; !kept)
            return kept.error();
        return spoolPlan(plan, shape, id, path, *file, *rows, stopped);
    });
    spooling.then(q, [this](const Result<SpooledRows> &spooled) { takeSpooled(spooled); });
}

void UploadJob::Private::takeSpooled(const Result<SpooledRows> &spooled)
{
    const auto file = std::exchange(spoolFile, nullptr); // unlocks it when this function is left
    receipt.rowsRead = *rowsSpooled;
    if (cancelled)
        return stop(cancelledError());
    if (!spooled)
        return stop(spooled.error());
    if (plan.rowsExpected && *plan.rowsExpected != spooled->rows) {
        return stop(ApiError{ErrorKind::File,
                             0,
                             {},
                             tr("%1 changed after it was checked: it had %2 rows then and has %3 now.")
                                 .arg(plan.sourceName)
                                 .arg(*plan.rowsExpected)
                                 .arg(spooled->rows),
                             tr("Nothing was sent. Begin again with the file as it is now."),
                             {}});
    }
    job = newJob(spooled->rows);
    describe(receipt, job);
    batches = spooled->batches;
    if (const Result<Done> added = journal().addJob(job, batches); !added)
        return stop(added.error());
    inJournal = true;
    cancelled = paused;
    for (const JournalBatch &batch : batches)
        tally.add(batch);
    receipt.rowsRead = job.rowsPlanned + job.rowsLeftOut;
    refill();
    emit q->progressed();
    if (job.creation == JournalJob::Creation::ToDo)
        create();
    else
        next();
}

void UploadJob::Private::cancel(const QString &why)
{
    cancelled = true;
    cancelledBy = why;
    if (state == State::Idle || state == State::Waiting)
        return stopAfterDenial(cancelledError());
    spooling.abort();
    counting.abort();
    if (looking)
        takeFinding(-1, cancelledError());
}

void UploadJob::Private::stop(std::optional<ApiError> error)
{
    Q_ASSERT(state != State::Finished);
    state = State::Finished;
    fetched = {}; // whatever is being read is not sent
    // Nobody waits for the answer any more.
    if (const auto awaited = firstIn({BatchState::Released}))
        setState(*awaited, BatchState::Unknown, std::nullopt);
    receipt.complete = receipt.rowsConfirmed + receipt.rowsSkipped == receipt.rowsRead && !error;
    receipt.error = std::move(error);
    receipt.tableUnknown = job.creation == JournalJob::Creation::Asked;
    waiting.reset();
    if (job.state != JournalJob::State::Done)
        job.endedAt = QDateTime::currentMSecsSinceEpoch();
    describe(receipt, job);
    describeRows(receipt, batches);
    if (inJournal) {
        closeInJournal();
        if (const Result<qint64> again = journal().rowsSentAgain(job.id); again)
            receipt.rowsSentAgain = *again;
    } else if (tools.journal) {
        QFile::remove(journal().spoolPath(job.id));
        QFile::remove(journal().leftOutPath(job.id));
    }
    if (leased)
        journal().returnLease(job.id);
    leased = false;
    emit q->progressed();
    emit q->finished();
}

/// Before the journal has the upload there is nothing to come back to: it pauses once that is so.
void UploadJob::Private::pause()
{
    paused = true;
    if (inJournal)
        cancel({});
}

JournalJob::State UploadJob::Private::stateAtEnd() const
{
    if (job.state == JournalJob::State::Abandoned)
        return job.state;
    if (receipt.complete)
        return JournalJob::State::Done;
    if (undecided)
        return JournalJob::State::NeedsDecision;
    const bool untouched =
        receipt.rowsConfirmed == 0 && receipt.rowsUnknown == 0 &&
        (job.creation == JournalJob::Creation::NotNeeded || job.creation == JournalJob::Creation::ToDo);
    return untouched && !resumed && !paused ? JournalJob::State::Abandoned : JournalJob::State::Paused;
}

void UploadJob::Private::closeInJournal()
{
    const Result<Done> closed =
        journal().setJobState(job.id, stateAtEnd(), receipt.error ? receipt.error->message : QString(), job.endedAt);
    if (!closed && !receipt.error)
        receipt.error = closed.error();
}

ApiError UploadJob::Private::cancelledError() const
{
    QString why = paused ? tr("Paused by hand.") : tr("Cancelled by hand.");
    if (!cancelledBy.isEmpty())
        why = cancelledBy;
    return {ErrorKind::Cancelled, 0, {}, why, {}, {}};
}

UploadJob::UploadJob(UploadTools tools, UploadPlan plan, QObject *parent)
    : QObject(parent), d(std::make_unique<Private>(this, std::move(tools), std::move(plan)))
{
}

UploadJob::UploadJob(UploadTools tools, const JournalJob &job, QObject *parent)
    : QObject(parent), d(std::make_unique<Private>(this, std::move(tools), job))
{
}

UploadJob::~UploadJob() = default;

void UploadJob::start()
{
    d->begin();
}

void UploadJob::cancel(const QString &why)
{
    d->cancel(why);
}

void UploadJob::pause()
{
    d->pause();
}

const Receipt &UploadJob::receipt() const
{
    return d->receipt;
}

const UploadPlan &UploadJob::plan() const
{
    return d->plan;
}

bool UploadJob::isLooking() const
{
    return d->state == Private::State::Looking || d->state == Private::State::Auditing;
}

qint64 UploadJob::secondsToNextLook() const
{
    return std::max<qint64>(0, (d->nextLook - d->tools.clock->now() + 999) / 1000);
}

std::optional<UploadJob::Wait> UploadJob::waiting() const
{
    if (!d->waiting)
        return std::nullopt;
    return Wait{d->waiting->why, std::max<qint64>(0, (d->waiting->until - d->tools.clock->now() + 999) / 1000)};
}

bool UploadJob::isUndecided() const
{
    return d->undecided;
}

} // namespace rowdesk
