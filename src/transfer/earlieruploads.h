#pragma once

#include "transfer/uploadjournal.h"

namespace rowdesk {

/// An upload that put rows of the very same file into a table of the account.
struct EarlierUpload
{
    QString job;
    qint64 at = 0;     ///< msec since 1970, UTC
    QString datasetId; ///< of the table
    QString targetName;
    qint64 rows = 0;       ///< rows that are in the table
    bool complete = false; ///< all rows of the file
};

/// The earlier uploads of the file with this SHA-256 (in hex) to this account, newest first. Those that left no row in
/// a table, and those whose rows were taken out again, don't count.
Result<QVector<EarlierUpload>> earlierUploads(const UploadJournal &journal, const QString &account,
                                              const QByteArray &sha256);

/// What is said before the same file is sent again, one or two sentences; empty when there is nothing to say.
/// `datasetId`: where it would go; empty for a new table.
QString earlierUploadNote(const QVector<EarlierUpload> &earlier, const QString &datasetId);

} // namespace rowdesk
