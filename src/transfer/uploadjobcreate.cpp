// UploadJob: the making of a new table, and finding out about it.
#include "transfer/uploadjobprivate.h"

namespace rowdesk {

void UploadJob::Private::create()
{
    if (cancelled)
        return stop(cancelledError());
    state = State::Creating;
    // Written down first: whether the table was made can't be known after a crash, that it was asked for can.
    if (const Result<Done> noted = journal().setCreation(job.id, JournalJob::Creation::Asked, {}); !noted)
        return stop(noted.error());
    job.creation = JournalJob::Creation::Asked;
    ++creations;
    tools.target->create({job.newTableName, job.newTableAbout, job.newTableColumns})
        .then(q, [this](const Result<QString> &id) { takeCreated(id); });
}

/// The making of the table was asked for and its answer is not known. A table's name is unique in the account, so the
/// list tells; asking again for a table that is not there can't make two.
void UploadJob::Private::adopt()
{
    state = State::Creating;
    tools.target->list(job.newTableName).then(q, [this](const Result<QVector<DatasetInfo>> &tables) {
        if (!tables) {
            if (!waitsOut(tables.error(), [this] { adopt(); }))
                stop(tables.error());
            return;
        }
        serviceIsBack();
        if (tables->isEmpty())
            return create();
        const DatasetInfo &table = tables->first();
        const bool empty = table.rows.value_or(0) == 0;
        const bool same = !table.schema || table.schema->names() == job.newTableColumns.names();
        if (tables->size() > 1 || !empty || !same)
            return stop(notOurs());
        if (table.rows)
            return takeCreated(table.id);
        adoptWhenEmpty(table.id);
    });
}

/// The list doesn't tell whether the table has rows: its first page does.
void UploadJob::Private::adoptWhenEmpty(const QString &id)
{
    tools.target->page(id, 1).then(q, [this, id](const Result<RowsPage> &page) {
        if (!page) {
            if (!waitsOut(page.error(), [this] { adopt(); }))
                stop(page.error());
            return;
        }
        if (page->chunk->rows > 0 || page->more == RowsPage::More::Yes)
            return stop(notOurs());
        takeCreated(id);
    });
}

ApiError UploadJob::Private::notOurs() const
{
    return {ErrorKind::OutcomeUnknown,
            0,
            {},
            tr("The account has a table %1 that is not the empty one this upload asked for.").arg(job.newTableName),
            tr("Nothing was sent to it. Give this upload up, or rename that table and continue."),
            {}};
}

void UploadJob::Private::takeCreated(const Result<QString> &id)
{
    if (!id)
        return takeUncreated(id.error());
    serviceIsBack();
    if (const Result<Done> noted = journal().setCreation(job.id, JournalJob::Creation::Made, *id); !noted)
        return stop(noted.error());
    job.creation = JournalJob::Creation::Made;
    job.datasetId = *id;
    receipt.datasetId = *id;
    emit q->progressed();
    next();
}

void UploadJob::Private::takeUncreated(const ApiError &error)
{
    constexpr int most = 5;
    // Asked for before without an answer: the name may be taken by the very table that was asked for.
    const bool again = error.kind == ErrorKind::Rejected && creations > 1;
    if ((error.kind == ErrorKind::OutcomeUnknown || again) && creations < most && !cancelled)
        return waitFor(0, error.message, [this] { adopt(); });
    // A plain refusal made no table; anything else leaves the question open.
    const bool open = error.kind == ErrorKind::OutcomeUnknown || error.kind == ErrorKind::Cancelled || creations > 1;
    if (!open) {
        (void)journal().setCreation(job.id, JournalJob::Creation::ToDo, {});
        job.creation = JournalJob::Creation::ToDo;
    }
    if (!waitsOut(error, [this] { create(); }))
        stop(error);
}

} // namespace rowdesk
