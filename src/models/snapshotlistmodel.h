#pragma once

#include "transfer/snapshotfile.h"

#include <QAbstractTableModel>
#include <QVector>

namespace rowdesk {

/// The local snapshots of one dataset, newest first.
class SnapshotListModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { SavedColumn, OfColumn, RowsColumn, SizeColumn, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    void setSnapshots(QVector<SnapshotInfo> snapshots);
    const SnapshotInfo &snapshot(int row) const { return m_snapshots.at(row); }

    /// "today 09:12", for sentences and lists.
    static QString savedWords(const SnapshotInfo &snapshot);
    /// What a snapshot is called: "Weather, snapshot of today 09:12".
    static QString title(const SnapshotInfo &snapshot);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    QString text(const SnapshotInfo &snapshot, Column column) const;

    QVector<SnapshotInfo> m_snapshots;
};

} // namespace rowdesk
