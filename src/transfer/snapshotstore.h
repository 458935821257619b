#pragma once

#include "transfer/snapshotfile.h"

#include <QVector>

namespace rowdesk {

/// The local snapshots of this computer's user: a folder for each profile and dataset, which nobody else may read.
class SnapshotStore
{
public:
    /// ROWDESK_DATA_DIR, else the user's data folder, and in it "snapshots".
    static QString defaultFolder();

    explicit SnapshotStore(QString folder = defaultFolder()) : m_folder(std::move(folder)) {}

    /// Newest first; damaged ones too, which say so.
    QVector<SnapshotInfo> list(const QString &profile, const QString &datasetId) const;
    /// Where a new one goes: a name that no file has.
    QString newPath(const QString &profile, const QString &datasetId, const QDateTime &saved) const;
    /// Deletes the file of a snapshot that list() gave; false when that failed.
    bool remove(const SnapshotInfo &snapshot) const;

private:
    QString folderOf(const QString &profile, const QString &datasetId) const;

    QString m_folder;
};

} // namespace rowdesk
