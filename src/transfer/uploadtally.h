#pragma once

#include "transfer/receipt.h"
#include "transfer/uploadjournal.h"

namespace rowdesk {

/// The receipt's counts from the states of the batches. Holds at every moment:
/// planned = confirmed + unknown + left out + not sent.
class UploadTally
{
public:
    /// Adds (or, with -1, takes back) what a batch counts for in its state.
    void add(const JournalBatch &batch, int sign = 1);
    /// The same for all batches of one state.
    void add(BatchState state, qint64 rows, qint64 rowsConfirmed);
    void fill(Receipt &receipt) const;

    qint64 planned() const { return m_confirmed + m_unknown + m_skipped + m_notSent + m_inFlight; }
    qint64 notSent() const { return m_notSent; }

private:
    qint64 m_confirmed = 0;
    qint64 m_found = 0; ///< of those: by reading the table
    qint64 m_unknown = 0;
    qint64 m_skipped = 0;
    qint64 m_notSent = 0;  ///< planned, being sent without the last byte, or refused
    qint64 m_refused = 0;  ///< of those
    qint64 m_inFlight = 0; ///< let go, the answer is awaited
};

/// Puts into the receipt what is told of the upload besides its counts.
void describe(Receipt &receipt, const JournalJob &job);

/// Puts into the receipt which rows are in the table, unknown and not sent.
void describeRows(Receipt &receipt, const QVector<JournalBatch> &batches);

/// The receipt of an upload as the journal has it. `inFlight`: this program is sending it right now, so that a batch
/// that was let go is awaited rather than unknown.
Receipt receiptOf(const JournalJob &job, const QVector<JournalBatch> &batches, bool inFlight);

/// The same without which rows they are (describeRows()), from counts: for lists of many uploads.
Result<Receipt> briefReceipt(const UploadJournal &journal, const JournalJob &job);

/// The same as receiptOf() with every decision that was made and the file of rows that were left out.
Result<Receipt> wholeReceipt(const UploadJournal &journal, const JournalJob &job, bool inFlight);

/// The first row (1-based) about which nobody knows; 0 when there is none.
qint64 firstUnknownRow(const QVector<JournalBatch> &batches);

} // namespace rowdesk
