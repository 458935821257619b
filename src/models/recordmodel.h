#pragma once

#include <QAbstractTableModel>
#include <QPersistentModelIndex>

namespace rowdesk {

class TableModel;

/// One row of a table, read downwards: a line for each column with its name and value.
class RecordModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { NameColumn, ValueColumn, ColumnTotal };

    /// The table outlives this.
    explicit RecordModel(TableModel *table, QObject *parent = nullptr);

    /// Shows a row of the table as it is sorted and filtered; -1: none. It stays on this row when rows change places.
    void setRow(int row);
    int row() const { return m_cell.row(); }
    /// "Row 12 of 2,922"; the row's number is the one beside the table.
    QString title() const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

signals:
    void titleChanged();

private:
    void refresh();

    TableModel *m_table;
    QPersistentModelIndex m_cell; ///< the row's first cell
};

} // namespace rowdesk
