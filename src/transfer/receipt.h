#pragma once

#include "core/result.h"

#include <QJsonObject>
#include <QString>

#include <optional>

namespace rowdesk {

/// What became of an upload, in rows. At every moment: rowsRead = rowsConfirmed + rowsSkipped + rowsUnknown + not sent.
struct Receipt
{
    QString job;       ///< unique id of the upload
    QString datasetId; ///< empty while a new table is not known to exist
    QString datasetName;
    qint64 rowsRead = 0;           ///< rows taken from the file
    qint64 rowsSent = 0;           ///< rows whose call left this machine, confirmed or not
    qint64 rowsConfirmed = 0;      ///< rows that the service said it stored
    qint64 rowsSkipped = 0;        ///< rows left out on purpose
    qint64 rowsUnknown = 0;        ///< rows whose answer was lost: they may or may not be in the table
    qint64 firstUnknownRow = 0;    ///< 1-based row of the file; 0 when none is unknown
    bool complete = false;         ///< every row of the file is confirmed or was skipped on purpose
    std::optional<ApiError> error; ///< why it stopped, when it did

    /// {"job","id","rows_read","rows_sent","rows_confirmed","rows_skipped","rows_unknown","complete"}
    QJsonObject toJson() const;

    /// One sentence for a person: what is in the table, what is unknown.
    QString summary() const;
};

} // namespace rowdesk
