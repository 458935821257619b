#pragma once

#include "transfer/tablereading.h"

#include <QAbstractTableModel>

#include <memory>
#include <vector>

namespace rowdesk {

/// The columns of a comparison, the most changed first: how many of their cells changed, and what share of the rows in
/// both tables is the same. Columns that came, went or changed their type say so.
class DiffColumnModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { NameColumn, ChangedColumn, MatchColumn, ColumnCount };

    explicit DiffColumnModel(std::shared_ptr<const Comparison> comparison, QObject *parent = nullptr);

    /// Index in TableDiff::columns; -1 for the first row, which stands for all columns.
    int diffColumn(int row) const { return m_columns[static_cast<size_t>(row)]; }

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    QString text(int row, Column column) const;
    QString changedText(const DiffColumn &column) const;

    std::shared_ptr<const Comparison> m_comparison;
    std::vector<int> m_columns;
};

} // namespace rowdesk
