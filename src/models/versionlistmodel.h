#pragma once

#include "api/datasetinfo.h"

#include <QAbstractTableModel>

namespace rowdesk {

/// The stored versions of one dataset, newest first, as the service told them.
class VersionListModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { VersionColumn, CreatedColumn, RowsColumn, DeltaColumn, CommentColumn, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    /// Newest first, as HistoryService gives them.
    void setVersions(QVector<VersionInfo> versions);
    const VersionInfo &version(int row) const { return m_versions.at(row); }

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    /// Rows more (or fewer) than the version before; empty for the oldest, or when a count was not told.
    std::optional<qint64> delta(int row) const;
    QString displayText(int row, Column column) const;

    QVector<VersionInfo> m_versions;
};

} // namespace rowdesk
