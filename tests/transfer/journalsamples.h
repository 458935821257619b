#pragma once

#include "transfer/uploadjournal.h"

namespace rowdesk::test {

/// A batch of one row.
inline JournalBatch oneRowBatch(qint64 seq)
{
    JournalBatch batch;
    batch.seq = seq;
    batch.firstRow = seq;
    batch.rows = 1;
    batch.length = 1;
    batch.sha256 = QByteArray(32, 'x');
    return batch;
}

} // namespace rowdesk::test
