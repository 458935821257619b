#pragma once

#include "api/dataservice.h"
#include "api/historyservice.h"
#include "api/rowstream.h"
#include "models/datasetlistmodel.h"
#include "net/apiclient.h"
#include "transfer/snapshotstore.h"
#include "transfer/tablereading.h"
#include "transfer/uploadqueue.h"

#include <QObject>

#include <memory>

namespace rowdesk {

/// One signed-in account as the window works with it: its list of datasets, and what can be asked about them.
/// Lives in the client's thread and no longer than the client.
class Workspace : public QObject
{
    Q_OBJECT
public:
    enum class ListState { Loading, Ready, Failed };

    /// `who` is what the window says of the account: "demo · sandbox". The client is not owned.
    Workspace(ApiClient *client, QString who, QObject *parent = nullptr);

    const QString &who() const { return m_who; }
    DatasetListModel *datasets() { return &m_datasets; }
    ListState listState() const { return m_listState; }
    const ApiError &listError() const { return m_listError; } ///< set when listState() is Failed

    /// Reads the list again. Asked twice, the older answer is dropped.
    void reload();

    /// A reader for these rows; not started.
    std::unique_ptr<RowStream> rows(const RowsOf &which) const;
    Call<QVector<VersionInfo>> versions(const QString &datasetId) const;
    /// All rows of a dataset, a version or a file.
    Call<WholeTable> wholeTable(const TableOrigin &origin, const std::function<void(qint64 rows)> &progress) const;
    /// Local snapshots of a dataset, newest first.
    QVector<SnapshotInfo> snapshots(const QString &datasetId) const
    {
        return m_snapshots.list(m_client->account(), datasetId);
    }
    /// Reads all rows of the dataset (or of a version) and keeps them on this computer; snapshotsChanged() once done.
    Call<SnapshotInfo> saveSnapshot(const QString &datasetId, const QString &version,
                                    const std::function<void(qint64 rows)> &progress);
    /// Deletes a local snapshot; false when the file can't be deleted.
    bool removeSnapshot(const SnapshotInfo &snapshot);
    /// The columns that the account names as the dataset's unique key; empty when it names none.
    QStringList uniqueKey(const QString &datasetId) const;
    /// The columns of a dataset that the list did not tell.
    Call<DataService::TableSchema> schema(const QString &datasetId) const;
    /// Creates an empty table; the list is read again once it is made.
    Call<QString> create(const DataService::NewTable &table);

    /// Rows of this dataset were changed by other means than an upload: reads the list again and says datasetChanged().
    void rowsChanged(const QString &datasetId);

    /// Uploads to this account. Once one has ended, its dataset and the list are read again.
    UploadQueue *uploads() { return &m_uploads; }

signals:
    void listStateChanged();
    /// Rows of this dataset were changed by this program.
    void datasetChanged(const QString &id);
    /// A local snapshot of this dataset was saved or deleted.
    void snapshotsChanged(const QString &id);

private:
    void uploadEnded(const QString &job);
    void takeList(Result<QVector<DatasetInfo>> list);

    ApiClient *m_client;
    QString m_who;
    DataService m_data;
    HistoryService m_history;
    SnapshotStore m_snapshots;
    DatasetListModel m_datasets;
    UploadQueue m_uploads;
    ListState m_listState = ListState::Loading;
    ApiError m_listError;
    Call<QVector<DatasetInfo>> m_listing;
    int m_generation = 0;
};

} // namespace rowdesk
