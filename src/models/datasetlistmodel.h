#pragma once

#include "api/datasetinfo.h"

#include <QAbstractTableModel>

namespace rowdesk {

/// The datasets of the account, one a row, as the service told them. Fed with the complete list; knows no service.
class DatasetListModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column {
        NameColumn,
        RowsColumn,
        ColumnsColumn,
        HistoryColumn,
        ChangedColumn,
        RefreshableColumn,
        IdColumn,
        ColumnCount
    };
    enum Role {
        IdRole = Qt::UserRole, ///< QString
        SortRole,              ///< number, text or time that orders the column; invalid when not told
        SearchRole             ///< name, id and column names in one text
    };

    using QAbstractTableModel::QAbstractTableModel;

    /// Takes over a new list by difference: datasets are known by id, so selection and current row survive a reload.
    /// An id that is told twice counts once.
    void setDatasets(QVector<DatasetInfo> datasets);

    const QVector<DatasetInfo> &datasets() const { return m_datasets; }
    const DatasetInfo &dataset(int row) const { return m_datasets.at(row); }
    int rowOf(const QString &id) const; ///< -1 when it is not in the list
    QStringList names() const;

    /// Whether the service told this column for any dataset; a column that it never tells is not worth its place.
    bool isTold(Column column) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    void removeMissing(const QVector<DatasetInfo> &wanted);

    QVector<DatasetInfo> m_datasets;
};

} // namespace rowdesk
