#pragma once

#include "models/ratemeter.h"
#include "transfer/uploadentry.h"

#include <QCoreApplication>

namespace rowdesk {

/// What an upload has come to, in one word.
enum class UploadOutcome {
    Waiting,
    Preparing, ///< it runs, and nothing is sent yet: the table is counted, the file read
    Running,
    Stopping,
    Paused,
    Complete,
    Differs,      ///< every row was confirmed, but the table's count does not agree
    PartlyUndone, ///< taking its rows out of the table again was begun and is not over
    Undone,       ///< its rows were taken out of the table again
    Unknown,
    Stopped
};

UploadOutcome outcomeOf(const UploadEntry &entry);

/// Says in words what became of an upload: what is in the table, what is not, what nobody knows, what to do.
/// All results are plain text.
class UploadWords
{
    Q_DECLARE_TR_FUNCTIONS(rowdesk::UploadWords)
public:
    /// "sales.csv → Sales by shop"
    static QString title(const UploadEntry &entry);
    static QString title(const QString &file, const QString &table);
    /// "Uploading", "Complete", "Some rows unknown", …
    static QString outcome(UploadOutcome outcome);
    /// While it runs: "6,200 of 9,810 rows · 1,150 rows/s · 3 s left". Empty when it has ended.
    static QString progress(const UploadEntry &entry, const RateMeter &rate);
    /// What is to be known before one that runs or is paused is cancelled for good.
    static QString beforeCancel(const UploadEntry &entry);
    /// Once it has ended: one or more sentences. Empty before.
    static QString result(const UploadEntry &entry);
    /// "1–500, 200 of 501–1,000"; empty for none.
    static QString ranges(const QVector<RowRange> &ranges);
    /// 0 to 100; -1 while the number of rows is not known.
    static int percent(const UploadEntry &entry);

private:
    static QString which(qint64 rows, const QVector<RowRange> &known);
    static QString looking(const UploadEntry &entry);
    static QString completed(const UploadEntry &entry);
    static QString unknown(const UploadEntry &entry);
    static QString stopped(const UploadEntry &entry);
    static QString undone(const UploadEntry &entry);
    static QString whatIsIn(const UploadEntry &entry);
};

} // namespace rowdesk
