#pragma once

#include "transfer/uploadjournal.h"

namespace rowdesk {

/// The versions of a table that an upload made, as far as the journal knows: those after `before` up to `after`, when
/// the rows come out even.
struct UploadedVersions
{
    QString sourceName; ///< the file
    QString before;     ///< the newest version before its first row; empty: there was none, or it is not known
    QString after;      ///< the newest one once its last row was confirmed
    qint64 rowsBefore = 0;
    qint64 rows = 0; ///< that it put into the table
};

/// Of all uploads of this account to this table that are over and of which no row is unknown, newest first.
Result<QVector<UploadedVersions>> uploadedVersions(const UploadJournal &journal, const QString &account,
                                                   const QString &datasetId);

} // namespace rowdesk
