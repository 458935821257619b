#pragma once

#include "core/tablesnapshot.h"
#include "transfer/tabletail.h"
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

/// What the end of the table has to be read for this question; empty where only the whole table can answer it.
std::optional<TailWish> tailWish(const LookQuestion &question);
/// The same as compareWithTable() from the end of the table alone. Empty: that does not prove anything, read it all.
///
/// That rows are there is believed where they are seen. That rows are not there is believed only when two things say so
/// independently of each other: the table has exactly as many rows as it had before and as are known to have arrived,
/// and it ends with the rows that were confirmed last, in the order in which they were sent - so this table grows at
/// its end, and this is its end.
Result<std::optional<Finding>> compareWithTail(const LookQuestion &question, const TableTail &tail);

/// The look at the end of an upload with Marker or Key: the batches (by index) that have a row in the table more or
/// less often than once. A Superseded one answers for its rows itself where none of those that follow it is there.
Result<QVector<qsizetype>> auditTable(const LookQuestion &question, const TableSnapshot &table);

} // namespace rowdesk
