#include "transfer/uploadtally.h"

namespace rowdesk {

void UploadTally::add(const JournalBatch &batch, int sign)
{
    const qint64 rows = sign * batch.rows;
    const qint64 part = sign * batch.rowsConfirmed;
    switch (batch.state) {
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
    case BatchState::Confirmed:
    case BatchState::ConfirmedByReading:
    case BatchState::AssumedLanded:
        m_confirmed += rows;
        break;
    case BatchState::Superseded: // the others are the child's
        m_confirmed += part;
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

Receipt receiptOf(const JournalJob &job, const QVector<JournalBatch> &batches, bool inFlight)
{
    Receipt receipt;
    receipt.job = job.id;
    receipt.datasetId = job.datasetId;
    receipt.datasetName = job.newTableName;
    UploadTally tally;
    QVector<JournalBatch> seen = batches;
    for (JournalBatch &batch : seen) {
        if (batch.state == BatchState::Released && !inFlight)
            batch.state = BatchState::Unknown;
        tally.add(batch);
    }
    tally.fill(receipt);
    receipt.firstUnknownRow = receipt.rowsUnknown > 0 ? firstUnknownRow(seen) : 0;
    receipt.rowsRead = job.rowsPlanned + job.rowsLeftOut;
    receipt.rowsSkipped += job.rowsLeftOut;
    receipt.complete = receipt.rowsConfirmed + receipt.rowsSkipped == receipt.rowsRead;
    return receipt;
}

} // namespace rowdesk
