#pragma once

#include "core/tablesnapshot.h"
#include "transfer/uploadjournal.h"

#include <QVector>

namespace rowdesk {

/// One look at the table: what it shows about rows whose answer was lost. Whether it counts (the rows may still be on
/// their way) is for TableLook to say.
struct Finding
{
    enum class Verdict {
        All,       ///< each row once
        Some,      ///< some rows once, the others not at all
        None,      ///< no row
        Wrong,     ///< a row more than once
        CannotTell ///< see `why`
    };
    Verdict verdict = Verdict::CannotTell;
    qint64 seen = 0;
    QVector<int> missing; ///< rows of the payload that are not there, from 0
    qint64 extra = 0;     ///< rows of the table that are neither ours nor were there before; only by counting
    qint64 tableRows = 0;
    bool controlFound = false; ///< rows that are certainly there were found the same way
    QString why;               ///< a part of a sentence: "but it also changed for another reason"

    /// Whether both say the same about our rows.
    bool agreesWith(const Finding &other) const
    {
        return verdict == other.verdict && seen == other.seen && missing == other.missing;
    }
};

/// What is compared. Copyable, for a worker.
struct LookQuestion
{
    JournalJob job;
    QVector<JournalBatch> batches;
    qsizetype batch = -1; ///< index of the one in question
    QString spool;        ///< path
    /// The service said that it did not carry the call out: then rows that are not seen are not on their way either.
    bool saidNotStored = false;
};

/// Compares the table with what was sent. ErrorKind::Local when the spool can't be read. Any thread.
Result<Finding> compareWithTable(const LookQuestion &question, const TableSnapshot &table);

/// The look at the end of an upload with Marker or Key: the batches (by index) that have a row in the table more or
/// less often than once.
Result<QVector<qsizetype>> auditTable(const LookQuestion &question, const TableSnapshot &table);

} // namespace rowdesk
