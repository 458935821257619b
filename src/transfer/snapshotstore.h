#pragma once

#include "transfer/snapshotfile.h"

#include <QVector>

namespace rowdesk {

/// The local snapshots of this computer's user: a folder for each account and dataset, which nobody else may read.
class SnapshotStore
{
public:
    /// ROWDESK_DATA_DIR, else the user's data folder, and in it "snapshots".
    static QString defaultFolder();

    explicit SnapshotStore(QString folder = defaultFolder()) : m_folder(std::move(folder)) {}

    /// What an account's snapshot is called among those of its dataset: the name of its file without the ending.
    static QString nameOf(const SnapshotInfo &snapshot);

    /// Newest first; damaged ones too, which say so. The account as ApiClient::account() tells it.
    QVector<SnapshotInfo> list(const QString &account, const QString &datasetId) const;
    /// Those of all accounts and datasets, newest first. Damaged ones may not tell whose they are.
    QVector<SnapshotInfo> all() const;
    /// Where a new one goes: a name that no file has.
    QString newPath(const QString &account, const QString &datasetId, const QDateTime &saved) const;
    /// Deletes the file of a snapshot that list() gave; false when that failed.
    bool remove(const SnapshotInfo &snapshot) const;

private:
    QString folderOf(const QString &account, const QString &datasetId) const;

    QString m_folder;
};

} // namespace rowdesk
