#include "transfer/uploadtally.h"

#include <QFile>

#include <algorithm>

namespace rowdesk {

void UploadTally::add(const JournalBatch &batch, int sign)
{
    add(batch.state, sign * batch.rows, sign * batch.rowsConfirmed);
}

void UploadTally::add(BatchState state, qint64 rows, qint64 part)
{
    switch (state) {
    case BatchState::Planned:
    case BatchState::Sending:
        m_notSent += rows;
        break;
    case BatchState::Rejected:
        m_notSent += rows;
        m_refused += rows;
        break;
    case BatchState::Released:
        m_inFlight += rows;
        break;
    case BatchState::ConfirmedByReading:
        m_confirmed += rows;
        m_found += rows;
        break;
    case BatchState::Confirmed:
    case BatchState::AssumedLanded:
        m_confirmed += rows;
        break;
    case BatchState::Superseded: // the others are the child's
        m_confirmed += part;
        m_found += part;
        break;
    case BatchState::Partial:
    case BatchState::Unknown:
    case BatchState::Verifying:
    case BatchState::Quarantined:
        m_confirmed += part;
        m_unknown += rows - part;
        break;
    case BatchState::Anomaly:
        m_unknown += rows;
        break;
    case BatchState::Skipped:
        m_skipped += rows;
        break;
    }
}

void UploadTally::fill(Receipt &receipt) const
{
    receipt.rowsConfirmed = m_confirmed;
    receipt.rowsFound = m_found;
    receipt.rowsUnknown = m_unknown;
    receipt.rowsSkipped = m_skipped;
    receipt.rowsSent = m_confirmed + m_unknown + m_inFlight + m_refused;
}

qint64 firstUnknownRow(const QVector<JournalBatch> &batches)
{
    qint64 first = 0;
    for (const JournalBatch &batch : batches) {
        UploadTally tally;
        Receipt receipt;
        tally.add(batch);
        tally.fill(receipt);
        if (receipt.rowsUnknown > 0 && (first == 0 || batch.firstRow < first))
            first = batch.firstRow;
    }
    return first;
}

void describe(Receipt &receipt, const JournalJob &job)
{
    receipt.job = job.id;
    receipt.datasetId = job.datasetId;
    receipt.datasetName = job.newTableName.isEmpty() ? job.targetName : job.newTableName;
    receipt.sourceName = job.sourceName;
    receipt.file = job.file;
    receipt.evidence = job.evidence;
    receipt.rowsBefore = job.rowsBefore;
    receipt.versionBefore = job.versionBefore;
    receipt.rowsAfter = job.rowsAfter;
    receipt.versionAfter = job.versionAfter;
    receipt.begunAt = job.createdAt;
    receipt.endedAt = job.endedAt;
    receipt.rowsRemoved = job.rowsRemoved;
    receipt.removalOpen = job.removal == JournalJob::Removal::Asked;
}

namespace {

/// The rows of the file among which the batch's are: those of the first batch of its line.
RowRange spanOf(const QVector<JournalBatch> &batches, const JournalBatch &batch)
{
    const JournalBatch *root = &batch;
    while (root->parent) {
        const auto parent =
            std::find_if(batches.begin(), batches.end(), [root](const auto &b) { return b.seq == *root->parent; });
        if (parent == batches.end())
            break;
        root = &*parent;
    }
    return {root->firstRow, root->firstRow + root->rows - 1, batch.rows};
}

void append(QVector<RowRange> &ranges, const RowRange &range)
{
    const auto isWhole = [](const RowRange &r) { return r.rows == r.last - r.first + 1; };
    if (!ranges.isEmpty() && ranges.last().last + 1 == range.first && isWhole(ranges.last()) && isWhole(range)) {
        ranges.last().last = range.last;
        ranges.last().rows += range.rows;
    } else {
        ranges.append(range);
    }
}

} // namespace

void describeRows(Receipt &receipt, const QVector<JournalBatch> &batches)
{
    QVector<JournalBatch> inOrder = batches;
    std::stable_sort(inOrder.begin(), inOrder.end(),
                     [](const JournalBatch &a, const JournalBatch &b) { return a.firstRow < b.firstRow; });
    receipt.inTable.clear();
    receipt.unknown.clear();
    receipt.notSent.clear();
    for (const JournalBatch &batch : inOrder) {
        UploadTally tally;
        Receipt counts;
        tally.add(batch);
        tally.fill(counts);
        const RowRange span = spanOf(batches, batch);
        const std::pair<QVector<RowRange> *, qint64> parts[] = {{&receipt.inTable, counts.rowsConfirmed},
                                                                {&receipt.unknown, counts.rowsUnknown},
                                                                {&receipt.notSent, tally.notSent()}};
        for (const auto &[ranges, rows] : parts) {
            if (rows > 0)
                append(*ranges, {span.first, span.last, rows});
        }
    }
}

namespace {

void takeCounts(Receipt &receipt, const UploadTally &tally, const JournalJob &job)
{
    tally.fill(receipt);
    receipt.tableUnknown = job.creation == JournalJob::Creation::Asked;
    receipt.rowsRead = job.rowsPlanned + job.rowsLeftOut;
    receipt.rowsSkipped += job.rowsLeftOut;
    receipt.complete = receipt.rowsConfirmed + receipt.rowsSkipped == receipt.rowsRead;
}

/// Released by a program that is no more: the answer is lost.
BatchState withoutProgram(BatchState state)
{
    return state == BatchState::Released ? BatchState::Unknown : state;
}

} // namespace

Result<Receipt> briefReceipt(const UploadJournal &journal, const JournalJob &job)
{
    const Result<QVector<UploadJournal::StateCount>> counts = journal.counts(job.id);
    if (!counts)
        return counts.error();
    Receipt receipt;
    describe(receipt, job);
    UploadTally tally;
    qint64 firstUnknown = 0;
    for (const UploadJournal::StateCount &count : *counts) {
        UploadTally own;
        Receipt ofState;
        own.add(withoutProgram(count.state), count.rows, count.rowsConfirmed);
        own.fill(ofState);
        if (ofState.rowsUnknown > 0 && (firstUnknown == 0 || count.firstRow < firstUnknown))
            firstUnknown = count.firstRow;
        tally.add(withoutProgram(count.state), count.rows, count.rowsConfirmed);
    }
    takeCounts(receipt, tally, job);
    receipt.firstUnknownRow = firstUnknown;
    const Result<qint64> again = journal.rowsSentAgain(job.id);
    if (!again)
        return again.error();
    receipt.rowsSentAgain = *again;
    return receipt;
}

Receipt receiptOf(const JournalJob &job, const QVector<JournalBatch> &batches, bool inFlight)
{
    Receipt receipt;
    describe(receipt, job);
    UploadTally tally;
    QVector<JournalBatch> seen = batches;
    for (JournalBatch &batch : seen) {
        if (!inFlight)
            batch.state = withoutProgram(batch.state);
        tally.add(batch);
    }
    takeCounts(receipt, tally, job);
    receipt.firstUnknownRow = receipt.rowsUnknown > 0 ? firstUnknownRow(seen) : 0;
    describeRows(receipt, seen);
    return receipt;
}

Result<Receipt> wholeReceipt(const UploadJournal &journal, const JournalJob &job, bool inFlight)
{
    const Result<QVector<JournalBatch>> batches = journal.batches(job.id);
    if (!batches)
        return batches.error();
    const Result<QVector<UploadDecision>> decisions = journal.decisions(job.id);
    if (!decisions)
        return decisions.error();
    const Result<qint64> again = journal.rowsSentAgain(job.id);
    if (!again)
        return again.error();
    Receipt receipt = receiptOf(job, *batches, inFlight);
    receipt.rowsSentAgain = *again;
    receipt.decisions = *decisions;
    if (const QString leftOut = journal.leftOutPath(job.id); QFile::exists(leftOut))
        receipt.leftOutFile = leftOut;
    return receipt;
}

} // namespace rowdesk
