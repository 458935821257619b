// UploadJob: a batch that the service refused for the sake of some of its rows. It is halved until those are found; the
// others go in.
#include "transfer/uploadjobprivate.h"

#include <QLocale>

namespace rowdesk {
namespace {

/// Calls that looking for the bad rows of one batch may take.
constexpr int mostCalls = 64;
/// So many single rows refused and none stored: it is not the rows.
constexpr int enoughRefused = 4;

} // namespace

/// The batch without parent whose rows these are.
qsizetype UploadJob::Private::rootOf(qsizetype index) const
{
    while (batches[index].parent)
        index = qsizetype(*batches[index].parent) - 1; // seq counts from 1 without gaps
    return index;
}

void UploadJob::Private::takeRefusal(qsizetype index, const ApiError &error)
{
    if (!goesOnWithout(index, error))
        stop(error);
}

/// Goes on without the refused rows. False: the refusal is not about rows, and nothing was done.
bool UploadJob::Private::goesOnWithout(qsizetype index, const ApiError &error)
{
    if (error.kind != ErrorKind::Rejected || cancelled)
        return false;
    const qsizetype root = rootOf(index);
    if (search.root != root)
        search = {root, 0, 0, false};
    ++search.calls;
    refusals.insert(index, error);
    const bool isOneRow = batches[index].rows == 1;
    search.refusedAlone += isOneRow ? 1 : 0;
    if (!search.someStored && search.refusedAlone >= enoughRefused)
        return false;
    if (isOneRow || search.calls >= mostCalls) {
        next();
        return true;
    }
    if (const std::optional<ApiError> fault = halve(index))
        stop(*fault);
    else
        next();
    return true;
}

std::optional<ApiError> UploadJob::Private::halve(qsizetype index)
{
    const JournalBatch parent = batches[index];
    QVector<QVector<int>> parts(2);
    for (int row = 0; row < parent.rows; ++row)
        parts[row < parent.rows / 2 ? 0 : 1].append(row);
    const Result<QVector<JournalBatch>> halves = spoolParts(parent, parts);
    if (!halves)
        return halves.error();
    if (const Result<Done> added = journal().addHalves(job.id, parent.seq, *halves); !added)
        return added.error();
    takeChildren(index, *halves, 0);
    return std::nullopt;
}

/// Puts some of a batch's rows, at least one in each part, on the disk as they will be sent on their own.
Result<QVector<JournalBatch>> UploadJob::Private::spoolParts(const JournalBatch &parent,
                                                             const QVector<QVector<int>> &parts)
{
    const QString path = journal().spoolPath(job.id);
    const Result<QByteArray> payload = readPayload(path, parent);
    if (!payload)
        return payload.error();
    const std::vector<PayloadRow> rows = payloadRows(job.shape, *payload);
    PayloadSpool spool;
    if (std::optional<ApiError> error = spool.open(path))
        return *error;
    QVector<JournalBatch> children;
    for (const QVector<int> &part : parts) {
        Result<JournalBatch> child = spool.add(payloadOf(rows, part));
        if (!child)
            return child.error();
        child.value().seq = batches.last().seq + 1 + children.size();
        child.value().parent = parent.seq;
        child.value().firstRow = parent.firstRow + part.first();
        child.value().rows = part.size();
        children.append(*child);
    }
    if (std::optional<ApiError> error = spool.sync())
        return *error;
    return children;
}

/// Batches that stand for what is left of a superseded one: they go before those that follow it in the file.
void UploadJob::Private::takeChildren(qsizetype parent, const QVector<JournalBatch> &children, qint64 seen)
{
    std::deque<qsizetype> indexes;
    for (const JournalBatch &child : children) {
        indexes.push_back(batches.size());
        batches.append(child);
        tally.add(child);
    }
    early.insert(early.begin(), indexes.begin(), indexes.end());
    setState(parent, BatchState::Superseded, seen);
    emit q->progressed();
}

/// What the job ends with when rows stay refused: which, and why.
std::optional<ApiError> UploadJob::Private::refusal() const
{
    qint64 rows = 0;
    QStringList named;
    std::optional<ApiError> first;
    constexpr qsizetype mostNamed = 5;
    for (auto it = refusals.begin(); it != refusals.end(); ++it) {
        const JournalBatch &batch = batches[it.key()];
        if (batch.state != BatchState::Rejected)
            continue;
        rows += batch.rows;
        if (!first)
            first = *it;
        if (named.size() < mostNamed) {
            const QLocale locale;
            const QString where = batch.rows == 1 ? tr("row %1").arg(locale.toString(batch.firstRow))
                                                  : tr("rows %1 to %2")
                                                        .arg(locale.toString(batch.firstRow),
                                                             locale.toString(batch.firstRow + batch.rows - 1));
            named << where + QStringLiteral(": ") + it->message;
        }
    }
    if (!first)
        return std::nullopt;
    const QString count =
        rows == 1 ? tr("1 row was refused.") : tr("%1 rows were refused.").arg(QLocale().toString(rows));
    return ApiError{ErrorKind::Rejected,
                    first->httpStatus,
                    first->code,
                    count + QLatin1Char(' ') + named.join(QLatin1Char(' ')),
                    tr("The other rows were sent. Mend these in the file and send them alone."),
                    first->requestId};
}

} // namespace rowdesk
