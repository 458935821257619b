#include "models/recordmodel.h"

#include "models/tablemodel.h"
#include "models/words.h"

namespace rowdesk {

RecordModel::RecordModel(TableModel *table, QObject *parent) : QAbstractTableModel(parent), m_table(table)
{
    connect(table, &QAbstractItemModel::modelReset, this, &RecordModel::refresh);
    connect(table, &QAbstractItemModel::columnsInserted, this, &RecordModel::refresh);
    connect(table, &QAbstractItemModel::rowsRemoved, this, &RecordModel::refresh);
    connect(table, &QAbstractItemModel::layoutChanged, this, &RecordModel::titleChanged);
    connect(table, &QAbstractItemModel::rowsInserted, this, &RecordModel::titleChanged);
}

void RecordModel::setRow(int row)
{
    if (m_cell.row() == row)
        return;
    m_cell = row < 0 || row >= m_table->rowCount() ? QModelIndex() : m_table->index(row, 0);
    refresh();
}

void RecordModel::refresh()
{
    beginResetModel();
    endResetModel();
    emit titleChanged();
}

QString RecordModel::title() const
{
    if (!m_cell.isValid())
        return tr("No row is current");
    const QString number = Words::number(m_table->sourceRow(m_cell.row()) + 1);
    if (!m_table->rowOrder())
        return tr("Row %1 of %2").arg(number, Words::number(m_table->rowCount()));
    return tr("Row %1, place %2 of %3 shown")
        .arg(number, Words::number(m_cell.row() + 1), Words::number(m_table->rowCount()));
}

int RecordModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() || !m_cell.isValid() ? 0 : m_table->columnCount();
}

int RecordModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnTotal;
}

QVariant RecordModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    if (index.column() == NameColumn)
        return role == Qt::DisplayRole ? m_table->headerData(index.row(), Qt::Horizontal) : QVariant();
    if (role == Qt::TextAlignmentRole)
        return {}; // values of all kinds one below the other: all begin at the left
    return m_table->index(m_cell.row(), index.row()).data(role);
}

QVariant RecordModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return section == NameColumn ? tr("Column") : tr("Value");
}

} // namespace rowdesk
