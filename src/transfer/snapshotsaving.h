#pragma once

#include "transfer/snapshotstore.h"
#include "transfer/tablereading.h"

namespace rowdesk {

/// Reads all rows of a dataset, or of one of its versions, and keeps them in the store. `what` says of which: dataset,
/// its name and the version; the rest is filled in, the account from the client. `progress` (may be null) is told how
/// many rows there are so far. Rows that were not read as a whole are an error, and nothing is kept.
Call<SnapshotInfo> saveSnapshot(ApiClient *client, const SnapshotStore &store, const SnapshotInfo &what,
                                const std::function<void(qint64 rows)> &progress = {});

} // namespace rowdesk
