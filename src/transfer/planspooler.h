#pragma once

#include "transfer/batchmaker.h"
#include "transfer/payloadspool.h"

#include <atomic>

namespace rowdesk {

/// What a plan's rows came to on disk.
struct SpooledRows
{
    QVector<JournalBatch> batches;
    qint64 rows = 0;
};

/// Puts all rows of a plan, encoded as they will be sent, into a spool and syncs it: from then on the upload needs the
/// file no more, and a value that doesn't fit was found before anything left. The error of the file, of the first such
/// value or of the spool. `rowsSoFar` grows meanwhile. Runs on a worker; `spool` must outlive it.
Result<SpooledRows> spoolPlan(const UploadPlan &plan, Dialect::RowShape shape, const QString &job, const QString &path,
                              PayloadSpool &spool, std::atomic<qint64> &rowsSoFar, const std::atomic_bool &cancelled);

} // namespace rowdesk
