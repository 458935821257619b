#include "transfer/snapshotsaving.h"

#include "transfer/onworker.h"

namespace rowdesk {

Call<SnapshotInfo> saveSnapshot(ApiClient *client, const SnapshotStore &store, const SnapshotInfo &what,
                                const std::function<void(qint64 rows)> &progress)
{
    const TableOrigin origin{{what.datasetId, what.version}, {}, what.datasetName};
    return readWholeTable(client, origin, progress)
        .chain<SnapshotInfo>([store, info = what, account = client->account()](const WholeTable &whole) mutable {
            info.account = account;
            info.saved = QDateTime::currentDateTimeUtc();
            info.rows = whole.table.rows.rowCount();
            info.path = store.newPath(account, info.datasetId, info.saved);
            return runOnWorker<SnapshotInfo>([info, rows = whole.table.rows](const std::atomic_bool &cancelled) {
                const Result<Done> written = writeSnapshot(info, rows, &cancelled);
                return written ? Result<SnapshotInfo>(readSnapshotInfo(info.path))
                               : Result<SnapshotInfo>(written.error());
            });
        });
}

} // namespace rowdesk
