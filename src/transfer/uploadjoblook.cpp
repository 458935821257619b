// UploadJob: finding out what is in the table.
#include "transfer/onworker.h"
#include "transfer/uploadjobprivate.h"

namespace rowdesk {

/// A continued upload looks: someone asked for it. A fresh one where looking can tell.
bool UploadJob::Private::looksByItself() const
{
    return resumed || job.evidence == Evidence::Marker || job.evidence == Evidence::Key ||
           job.evidence == Evidence::Content || (job.evidence == Evidence::Count && job.soleWriter);
}

LookQuestion UploadJob::Private::question(qsizetype index) const
{
    return {job, batches, index, (*tools.journal)->spoolPath(job.id), saidNotStored.contains(index)};
}

void UploadJob::Private::look(qsizetype index)
{
    if (const std::optional<ApiError> error = step(index, BatchEvent::Look))
        return stop(*error);
    state = State::Looking;
    looking = new TableLook(tools.target, tools.clock, question(index), q);
    looking->looked = [this, index](const Finding &finding) { noteLook(index, finding); };
    looking->resting = [this](qint64 msec) { lookAgainIn(msec); };
    looking->finished = [this, index](const Result<Finding> &finding) { takeFinding(index, finding); };
    looking->start();
    emit q->progressed(); // whoever hears of it may cancel
}

void UploadJob::Private::lookAgainIn(qint64 msec)
{
    nextLook = tools.clock->now() + msec;
    emit q->progressed();
}

void UploadJob::Private::noteLook(qsizetype index, const Finding &finding)
{
    const EvidenceLine line{job.evidence,  finding.seen,      finding.missing.size(),
                            finding.extra, finding.tableRows, finding.controlFound};
    if (const Result<Done> noted = journal().note(job.id, batches[index].seq, line); !noted)
        takeFinding(index, noted.error());
}

void UploadJob::Private::takeFinding(qsizetype index, const Result<Finding> &finding)
{
    looking->stop();
    looking->deleteLater();
    looking = nullptr;
    if (index < 0)
        index = firstIn({BatchState::Verifying}).value_or(0);
    BatchEvent event = BatchEvent::LookedInVain;
    if (finding) {
        switch (finding->verdict) {
        case Finding::Verdict::All:
            event = BatchEvent::SeenAll;
            break;
        case Finding::Verdict::Some:
            return split(index, *finding);
        case Finding::Verdict::None:
            event = refused.contains(index) ? BatchEvent::SeenRefused : BatchEvent::SeenNone;
            break;
        case Finding::Verdict::Wrong:
            event = BatchEvent::SeenWrong;
            break;
        case Finding::Verdict::CannotTell:
            event = BatchEvent::CannotTell;
            undecided = true;
            break;
        }
    }
    if (const std::optional<ApiError> error = step(index, event))
        return stop(*error);
    emit q->progressed();
    if (!finding) {
        if (!waitsOut(finding.error(), [this] { next(); }))
            stop(finding.error());
        return;
    }
    serviceIsBack();
    const ApiError words = refused.take(index);
    if (event != BatchEvent::SeenRefused)
        return next();
    takeRefusal(index, words);
}

/// Some rows are there: the others become a batch of their own.
void UploadJob::Private::split(qsizetype index, const Finding &finding)
{
    const JournalBatch parent = batches[index];
    const Result<QVector<JournalBatch>> child = spoolParts(parent, {finding.missing});
    if (!child)
        return stop(child.error());
    if (const Result<Done> added = journal().addChild(job.id, parent.seq, finding.seen, child->first()); !added)
        return stop(added.error());
    takeChildren(index, *child, finding.seen);
    next();
}

/// The look at the whole: with names for rows it can be said whether each is in the table exactly once.
void UploadJob::Private::audit()
{
    state = State::Auditing;
    if (auditLooks++ == 0)
        auditFrom = tools.clock->now();
    tools.target->read(job.datasetId).then(q, [this](const Result<TableSnapshot> &table) {
        if (!table)
            return takeAudit(table.error());
        runOnWorker<QVector<qsizetype>>([asked = question(-1), rows = *table](const std::atomic_bool &) {
            return auditTable(asked, rows);
        }).then(q, [this](const Result<QVector<qsizetype>> &wrong) { takeAudit(wrong); });
    });
}

void UploadJob::Private::takeAudit(const Result<QVector<qsizetype>> &wrong)
{
    if (!wrong && waitsOut(wrong.error(), [this] { audit(); }))
        return;
    if (!wrong) {
        ApiError error = wrong.error();
        error.message = tr("Every row was confirmed, but the table could not be read to check it:") + QLatin1Char(' ') +
                        error.message;
        return stop(error);
    }
    const qint64 settle = qint64(job.settleSeconds) * 1000;
    constexpr int enough = 3;
    if (wrong->isEmpty() || (auditLooks >= enough && tools.clock->now() - auditFrom >= settle))
        return endAudit(*wrong);
    if (cancelled)
        return stop(cancelledError());
    // What was confirmed a moment ago may not be readable yet.
    const qint64 wait = settle / (enough - 1);
    lookAgainIn(wait);
    tools.clock->after(wait, q, [this] { audit(); });
}

void UploadJob::Private::endAudit(const QVector<qsizetype> &wrong)
{
    if (wrong.isEmpty())
        return countAfter();
    for (const qsizetype index : wrong) {
        if (batches[index].state == BatchState::Superseded)
            continue; // those that follow it are accounted for on their own
        if (const std::optional<ApiError> error = step(index, BatchEvent::SeenWrong))
            return stop(*error);
    }
    stop(anomaly());
}

} // namespace rowdesk
