#include "models/datasetfiltermodel.h"

#include "models/datasetlistmodel.h"

namespace rowdesk {

DatasetFilterModel::DatasetFilterModel(QObject *parent) : QSortFilterProxyModel(parent)
{
    setSortRole(DatasetListModel::SortRole);
    setDynamicSortFilter(true);
    m_collator.setCaseSensitivity(Qt::CaseInsensitive);
    m_collator.setNumericMode(true);
}

void DatasetFilterModel::setSearch(const QString &text)
{
    m_words = text.simplified().split(QLatin1Char(' '), Qt::SkipEmptyParts);
    invalidateFilter();
}

bool DatasetFilterModel::filterAcceptsRow(int row, const QModelIndex &parent) const
{
    if (m_words.isEmpty())
        return true;
    const QString text = sourceModel()->index(row, 0, parent).data(DatasetListModel::SearchRole).toString();
    for (const QString &word : m_words) {
        if (!text.contains(word, Qt::CaseInsensitive))
            return false;
    }
    return true;
}

bool DatasetFilterModel::lessThan(const QModelIndex &left, const QModelIndex &right) const
{
    const QVariant a = left.data(sortRole());
    const QVariant b = right.data(sortRole());
    // What was not told stays at the end, whichever way the column is sorted.
    if (!a.isValid() || !b.isValid())
        return a.isValid() ? sortOrder() == Qt::AscendingOrder : b.isValid() && sortOrder() == Qt::DescendingOrder;
    if (a.typeId() == QMetaType::QString && b.typeId() == QMetaType::QString)
        return m_collator.compare(a.toString(), b.toString()) < 0;
    return QSortFilterProxyModel::lessThan(left, right);
}

} // namespace rowdesk
