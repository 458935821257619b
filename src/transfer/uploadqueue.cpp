#include "transfer/uploadqueue.h"

#include "transfer/earlieruploads.h"
#include "transfer/uploadtally.h"

#include <algorithm>

namespace rowdesk {

struct UploadQueue::Item
{
    UploadEntry::State state = UploadEntry::State::Waiting;
    bool toBePaused = false;
    bool toBeOver = false;                  ///< cancelled
    std::optional<ApiError> cancelledLater; ///< when it was paused: what it has ended with instead
    UploadJob job;

    Item(const UploadTools &tools, const UploadPlan &plan) : job(tools, plan) {}
    Item(const UploadTools &tools, const JournalJob &known) : job(tools, known) {}

    bool isRunning() const { return state == UploadEntry::State::Running || state == UploadEntry::State::Stopping; }

    /// What may not be written by two jobs at once.
    QString table() const
    {
        const UploadPlan &plan = job.plan();
        return plan.datasetId.isEmpty() ? QLatin1String("new ") + plan.newTable.name
                                        : QLatin1String("id ") + plan.datasetId;
    }
};

UploadQueue::UploadQueue(DataService service, QObject *parent) : QObject(parent), m_service(service) {}

UploadQueue::~UploadQueue() = default;

UploadTools UploadQueue::tools()
{
    if (!m_journal || !*m_journal || !(**m_journal)->isInPlace())
        m_journal = UploadJournal::open(UploadJournal::defaultFolder());
    return {serviceTarget(m_service), *m_journal};
}

QString UploadQueue::add(const UploadPlan &plan)
{
    auto item = std::make_unique<Item>(tools(), plan);
    const QString id = item->job.receipt().job;
    add(std::move(item));
    return id;
}

void UploadQueue::add(std::unique_ptr<Item> added)
{
    Item *item = m_items.emplace_back(std::move(added)).get();
    const QString id = item->job.receipt().job;
    connect(&item->job, &UploadJob::progressed, this, [this, id] { emit changed(id); });
    connect(&item->job, &UploadJob::finished, this, [this, item, id] {
        takeEnd(*item);
        emit changed(id);
        emit finished(id);
        startWaiting();
    });
    emit changed(id);
    startWaiting();
}

/// Paused stays as it is; cancelled is over, unless someone still has to say what is true of some rows.
void UploadQueue::takeEnd(Item &item)
{
    const Receipt &receipt = item.job.receipt();
    const bool stopped = receipt.error && receipt.error->kind == ErrorKind::Cancelled;
    item.state = item.toBePaused && stopped ? UploadEntry::State::Paused : UploadEntry::State::Ended;
    const bool tableUnknown = receipt.error && receipt.error->kind == ErrorKind::OutcomeUnknown;
    if (item.toBeOver && !receipt.complete && receipt.rowsUnknown == 0 && !tableUnknown)
        (void)giveUp(receipt.job, receipt.error ? receipt.error->message : QString());
    // Else it is offered again as unfinished.
}

bool UploadQueue::isWorkedOn(const QString &id) const
{
    return std::any_of(m_items.begin(), m_items.end(), [&id](const auto &item) {
        return item->job.receipt().job == id && (item->state == UploadEntry::State::Waiting || item->isRunning());
    });
}

Result<QVector<UnfinishedUpload>> UploadQueue::unfinished()
{
    const UploadTools with = tools();
    if (!with.journal)
        return with.journal.error();
    const UploadJournal &journal = **with.journal;
    const Result<QVector<JournalJob>> jobs = journal.jobs();
    if (!jobs)
        return jobs.error();
    QVector<UnfinishedUpload> found;
    for (const JournalJob &job : *jobs) {
        const bool over = job.state == JournalJob::State::Done || job.state == JournalJob::State::Abandoned;
        const Item *known = find(job.id);
        const bool isShown = known && known->state != UploadEntry::State::Ended; // among those of this session
        if (over || !isUploadTo(*with.target, job) || isShown || journal.isHeldElsewhere(job.id))
            continue;
        const Result<QVector<JournalBatch>> batches = journal.batches(job.id);
        const Result<UploadJournal::Looks> looks = journal.looks(job.id);
        if (!batches || !looks)
            return batches ? looks.error() : batches.error();
        Item item(with, job);
        item.state = UploadEntry::State::Ended;
        UploadEntry entry = describe(item);
        entry.receipt = receiptOf(job, *batches, false); // with which rows they are
        found.append({entry, job.reason, questionOf(job, *batches, *looks)});
    }
    return found;
}

void UploadQueue::resume(const QString &id)
{
    const UploadTools with = tools();
    const Result<JournalJob> known = with.journal ? (*with.journal)->job(id) : Result<JournalJob>(with.journal.error());
    if (!known || isWorkedOn(id))
        return;
    std::erase_if(m_items, [&id](const auto &item) { return item->job.receipt().job == id; });
    add(std::make_unique<Item>(with, *known));
}

Result<Done> UploadQueue::giveUp(const QString &id, const QString &why)
{
    const UploadTools with = tools();
    return with.journal ? rowdesk::giveUp(**with.journal, id, why) : Result<Done>(with.journal.error());
}

Result<Done> UploadQueue::decide(const QString &id, UploadChoice choice)
{
    const UploadTools with = tools();
    return with.journal ? rowdesk::decide(**with.journal, id, choice) : Result<Done>(with.journal.error());
}

void UploadQueue::startWaiting()
{
    QStringList busy;
    for (const auto &item : m_items) {
        if (item->isRunning())
            busy << item->table();
    }
    // By index: a slot of changed() may add a further upload.
    for (size_t i = 0; i < m_items.size(); ++i) {
        Item &item = *m_items[i];
        if (item.state != UploadEntry::State::Waiting || busy.contains(item.table()))
            continue;
        busy << item.table();
        item.state = UploadEntry::State::Running;
        item.job.start();
        emit changed(item.job.receipt().job);
    }
}

void UploadQueue::cancel(const QString &id)
{
    Item *item = find(id);
    if (!item || item->state == UploadEntry::State::Ended)
        return;
    if (item->state == UploadEntry::State::Paused)
        return cancelPaused(*item);
    item->toBePaused = false;
    item->toBeOver = true;
    stop(*item);
}

void UploadQueue::cancelPaused(Item &item)
{
    const QString id = item.job.receipt().job;
    item.state = UploadEntry::State::Ended;
    item.cancelledLater = ApiError{ErrorKind::Cancelled, 0, {}, tr("Cancelled by hand while it was paused."), {}, {}};
    if (item.job.receipt().rowsUnknown == 0)
        (void)giveUp(id, item.cancelledLater->message);
    emit changed(id);
    emit finished(id);
}

void UploadQueue::pause(const QString &id)
{
    Item *item = find(id);
    if (!item || item->state != UploadEntry::State::Running)
        return;
    item->toBePaused = true;
    stop(*item);
}

void UploadQueue::stop(Item &item)
{
    const QString id = item.job.receipt().job;
    if (item.isRunning())
        item.state = UploadEntry::State::Stopping;
    if (item.toBePaused)
        item.job.pause();
    else
        item.job.cancel();
    emit changed(id);
}

UploadQueue::Item *UploadQueue::find(const QString &id) const
{
    const auto found =
        std::find_if(m_items.begin(), m_items.end(), [&id](const auto &item) { return item->job.receipt().job == id; });
    return found == m_items.end() ? nullptr : found->get();
}

UploadEntry UploadQueue::describe(const Item &item)
{
    const UploadPlan &plan = item.job.plan();
    UploadEntry entry;
    entry.job = item.job.receipt().job;
    entry.sourceName = plan.sourceName;
    entry.targetName = plan.newTable.name.isEmpty() ? plan.datasetId : plan.newTable.name;
    entry.createsTable = plan.datasetId.isEmpty();
    entry.state = item.state;
    entry.rowsTotal = plan.rowsExpected;
    entry.receipt = item.job.receipt();
    if (item.cancelledLater)
        entry.receipt.error = item.cancelledLater;
    entry.isLooking = item.job.isLooking();
    if (const auto waiting = item.job.waiting())
        entry.waitsFor = waiting->why;
    return entry;
}

Result<Done> UploadQueue::saveRowsInQuestion(const QString &id, const QString &path)
{
    const UploadTools with = tools();
    return with.journal ? rowdesk::saveRowsInQuestion(**with.journal, id, path) : Result<Done>(with.journal.error());
}

QVector<UploadEntry> UploadQueue::earlier(int most)
{
    const UploadTools with = tools();
    const Result<QVector<JournalJob>> jobs =
        with.journal ? (*with.journal)->jobs() : Result<QVector<JournalJob>>(with.journal.error());
    QVector<UploadEntry> found;
    for (const JournalJob &job : jobs ? *jobs : QVector<JournalJob>()) {
        const bool over = job.state == JournalJob::State::Done || job.state == JournalJob::State::Abandoned;
        if (!over || find(job.id) || !isUploadTo(*with.target, job))
            continue;
        Item item(with, job);
        item.state = UploadEntry::State::Ended;
        found.append(describe(item));
        // Which rows they are is said only where some are not in the table.
        const auto batches = found.last().receipt.complete ? Result<QVector<JournalBatch>>(QVector<JournalBatch>())
                                                           : (*with.journal)->batches(job.id);
        if (!found.last().receipt.complete && batches)
            found.last().receipt = receiptOf(job, *batches, false);
        if (job.state == JournalJob::State::Abandoned)
            found.last().receipt.error = ApiError{ErrorKind::Cancelled, 0, {}, job.reason, {}, {}};
        if (found.size() == most)
            break;
    }
    return found;
}

Result<Receipt> UploadQueue::receipt(const QString &id)
{
    const UploadTools with = tools();
    if (!with.journal)
        return with.journal.error();
    const Result<JournalJob> job = (*with.journal)->job(id);
    if (!job)
        return job.error();
    Result<Receipt> receipt = wholeReceipt(**with.journal, *job, isWorkedOn(id));
    if (const Item *item = find(id); item && receipt)
        receipt.value().error = describe(*item).receipt.error;
    if (receipt && !receipt->error && !receipt->complete && !job->reason.isEmpty())
        receipt.value().error = ApiError{ErrorKind::Cancelled, 0, {}, job->reason, {}, {}};
    return receipt;
}

QString UploadQueue::earlierNote(const QByteArray &sha256, const QString &datasetId)
{
    const UploadTools with = tools();
    if (!with.journal)
        return {};
    const Result<QVector<EarlierUpload>> earlier = earlierUploads(**with.journal, with.target->account(), sha256);
    return earlier ? earlierUploadNote(*earlier, datasetId) : QString();
}

QVector<UploadedVersions> UploadQueue::versionsOf(const QString &datasetId)
{
    const UploadTools with = tools();
    if (!with.journal)
        return {};
    const auto versions = uploadedVersions(**with.journal, with.target->account(), datasetId);
    return versions ? *versions : QVector<UploadedVersions>();
}

Result<std::unique_ptr<UploadRemoval>> UploadQueue::removal(const QString &id)
{
    const UploadTools with = tools();
    const Result<JournalJob> job = with.journal ? (*with.journal)->job(id) : Result<JournalJob>(with.journal.error());
    if (!job)
        return job.error();
    if (const QString why = whyNotRemovable(*job); !why.isEmpty())
        return ApiError{ErrorKind::Usage, 0, {}, why, {}, {}};
    return std::make_unique<UploadRemoval>(with, *job);
}

QVector<UploadEntry> UploadQueue::entries() const
{
    QVector<UploadEntry> entries;
    for (const auto &item : m_items)
        entries.append(describe(*item));
    return entries;
}

std::optional<UploadEntry> UploadQueue::entry(const QString &id) const
{
    const Item *item = find(id);
    return item ? std::optional(describe(*item)) : std::nullopt;
}

bool UploadQueue::isBusy() const
{
    return std::any_of(m_items.begin(), m_items.end(), [](const auto &item) {
        return item->state == UploadEntry::State::Waiting || item->isRunning();
    });
}

} // namespace rowdesk
