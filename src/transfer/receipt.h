#pragma once

#include "core/result.h"
#include "transfer/evidence.h"
#include "transfer/sourcefile.h"

#include <QJsonObject>
#include <QString>
#include <QVector>

#include <optional>
#include <utility>

namespace rowdesk {

/// A person's answer about rows of which nobody knew whether they arrived.
struct UploadDecision
{
    qint64 at = 0;       ///< msec since 1970, UTC
    qint64 firstRow = 0; ///< 1-based row of the file
    qint64 rows = 0;
    QString choice; ///< choiceName()
    QString shown;  ///< the words that were shown
};

/// Rows that follow each other in the file, counted from 1 without those that were left out before.
struct RowRange
{
    qint64 first = 0;
    qint64 last = 0;
    qint64 rows = 0; ///< fewer than first to last when only some of them are meant

    bool operator==(const RowRange &) const = default;
};

/// What became of an upload, in rows. At every moment: rowsRead = rowsConfirmed + rowsSkipped + rowsUnknown + not sent.
struct Receipt
{
    QString job;       ///< unique id of the upload
    QString datasetId; ///< empty while a new table is not known to exist
    QString datasetName;
    QString sourceName;            ///< the file's name
    SourceFile file;               ///< its size and SHA-256
    qint64 rowsRead = 0;           ///< rows taken from the file
    qint64 rowsSent = 0;           ///< rows whose call left this machine, confirmed or not
    qint64 rowsConfirmed = 0;      ///< rows that the service said it stored
    qint64 rowsSkipped = 0;        ///< rows left out on purpose
    qint64 rowsUnknown = 0;        ///< rows whose answer was lost: they may or may not be in the table
    qint64 firstUnknownRow = 0;    ///< 1-based row of the file; 0 when none is unknown
    bool tableUnknown = false;     ///< a new table was asked for and nobody knows whether it was made
    bool complete = false;         ///< every row of the file is confirmed or was skipped on purpose
    std::optional<ApiError> error; ///< why it stopped, when it did

    Evidence evidence = Evidence::None;
    std::optional<qint64> rowsBefore; ///< rows of the table before the first row was sent, when the service told
    std::optional<qint64> rowsAfter;  ///< and once every row was confirmed
    QString versionBefore;            ///< the table's newest version then; empty: not known or none
    QString versionAfter;
    qint64 begunAt = 0;       ///< msec since 1970, UTC
    qint64 endedAt = 0;       ///< 0 while it runs
    qint64 rowsFound = 0;     ///< of those confirmed: found in the table by reading it, after their answer was lost
    qint64 rowsSentAgain = 0; ///< of those confirmed: not found there after their answer was lost, and sent once more
    qint64 rowsRemoved = 0;   ///< rows that were taken out of the table again later
    bool removalOpen = false; ///< taking them out was begun and is not over: more may be gone than rowsRemoved
    // Which rows: filled for an upload that has ended. What is in none of them was left out.
    QVector<RowRange> inTable;
    QVector<RowRange> unknown;
    QVector<RowRange> notSent; ///< or refused by the service
    QVector<UploadDecision> decisions;
    QString leftOutFile; ///< the rows that were left out and can be repaired, as CSV with line and reason; may be empty

    /// Rows that the table has beyond what it had before and what this upload added; negative: that it lacks. Empty
    /// when one of the counts is not known.
    std::optional<qint64> countDifference() const;
    /// Each row was looked for in the table at the end, by its name or key, and found there exactly once.
    bool isCheckedRowByRow() const;
    /// Complete, and nothing that was counted speaks against it.
    bool isSound() const;
    /// Its rows were taken out of the table again, and the table was read: none is left in it.
    bool isUndone() const;

    /// {"job","id","target","file","file_bytes","file_sha256","rows_read","rows_sent","rows_confirmed","rows_skipped",
    /// "rows_unknown","complete","rows_before","rows_after","reconciles","checked_row_by_row","version_before",
    /// "version_after","begun","ended"}, and "rows_found_by_reading", "rows_sent_again", "rows_removed",
    /// "removal_open", "left_out_file" and "decisions" where there are any. What is not known is null.
    QJsonObject toJson() const;
    /// The same for people: name and value, both one line.
    QVector<std::pair<QString, QString>> facts() const;
    /// facts() and decisions, one a line, for the files that people keep.
    QString toText() const;

    /// One sentence for a person: what is in the table, what is unknown.
    QString summary() const;
    /// One sentence about the table's count before and after; says so when the numbers don't agree.
    QString countSentence() const;
    /// How it is known what became of rows whose answer was lost; empty when none was.
    QString lostSentence() const;
};

/// "1–500, 200 of 501–1,000"; empty for none. At most six are named.
QString rangesText(const QVector<RowRange> &ranges);

/// Writes it as JSON or CSV when the name ends in .json or .csv, else as text. ErrorKind::File when it can't be
/// written.
Result<Done> saveReceipt(const Receipt &receipt, const QString &path);

} // namespace rowdesk
