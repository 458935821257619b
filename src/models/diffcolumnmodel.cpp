#include "models/diffcolumnmodel.h"

#include "models/words.h"

#include <QLocale>

#include <algorithm>
#include <cmath>

namespace rowdesk {

DiffColumnModel::DiffColumnModel(std::shared_ptr<const Comparison> comparison, QObject *parent)
    : QAbstractTableModel(parent), m_comparison(std::move(comparison)), m_columns{-1}
{
    const std::vector<DiffColumn> &columns = m_comparison->diff.columns;
    for (size_t i = 0; i < columns.size(); ++i)
        m_columns.push_back(static_cast<int>(i));
    const auto weight = [&columns](int column) {
        const DiffColumn &it = columns[static_cast<size_t>(column)];
        const bool differs = it.retyped || it.role == DiffColumn::Role::Added || it.role == DiffColumn::Role::Removed;
        return std::pair(it.changed, differs);
    };
    std::stable_sort(m_columns.begin() + 1, m_columns.end(), [&weight](int x, int y) { return weight(x) > weight(y); });
}

int DiffColumnModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_columns.size());
}

int DiffColumnModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString DiffColumnModel::changedText(const DiffColumn &column) const
{
    switch (column.role) {
    case DiffColumn::Role::Key:
        return tr("key");
    case DiffColumn::Role::Ignored:
        return tr("not compared");
    case DiffColumn::Role::Added:
        return tr("new column");
    case DiffColumn::Role::Removed:
        return tr("column gone");
    case DiffColumn::Role::Compared:
        break;
    }
    if (!m_comparison->diff.byKey)
        return column.retyped ? tr("other type") : QString();
    const QString count = Words::number(column.changed);
    return column.retyped ? tr("%1, other type").arg(count) : count;
}

QString DiffColumnModel::text(int row, Column column) const
{
    const TableDiff &diff = m_comparison->diff;
    if (m_columns[static_cast<size_t>(row)] < 0)
        return column == NameColumn      ? tr("All columns")
               : column == ChangedColumn ? Words::number(diff.cellsChanged)
                                         : QString();
    const DiffColumn &it = diff.columns[static_cast<size_t>(m_columns[static_cast<size_t>(row)])];
    if (column == NameColumn)
        return Words::oneLine(it.name);
    if (column == ChangedColumn)
        return changedText(it);
    if (!it.isCompared() || !diff.byKey || diff.paired() == 0)
        return {};
    const double share = 1 - static_cast<double>(it.changed) / static_cast<double>(diff.paired());
    // A share that is not whole must not be rounded to one that is.
    double percent = std::round(share * 10'000) / 100;
    if (it.changed > 0)
        percent = std::min(percent, 99.99);
    return tr("%1 %").arg(QLocale().toString(percent, 'f', it.changed > 0 ? 2 : 0));
}

QVariant DiffColumnModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const auto column = static_cast<Column>(index.column());
    if (role == Qt::DisplayRole)
        return text(index.row(), column);
    if (role == Qt::TextAlignmentRole && column != NameColumn)
        return QVariant::fromValue(Qt::Alignment(Qt::AlignRight | Qt::AlignVCenter));
    return {};
}

QVariant DiffColumnModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount)
        return {};
    if (role == Qt::TextAlignmentRole && section != NameColumn)
        return QVariant::fromValue(Qt::Alignment(Qt::AlignRight | Qt::AlignVCenter));
    if (role != Qt::DisplayRole)
        return {};
    return section == NameColumn ? tr("Column") : section == ChangedColumn ? tr("Changed") : tr("Match");
}

} // namespace rowdesk
