#pragma once

#include <QCollator>
#include <QSortFilterProxyModel>

namespace rowdesk {

/// A sorted, searched view of a DatasetListModel. The list is complete, so what it does not find is not there.
class DatasetFilterModel : public QSortFilterProxyModel
{
    Q_OBJECT
public:
    explicit DatasetFilterModel(QObject *parent = nullptr);

    /// Keeps the datasets whose name, id or a column name contains every word of `text`, in any case.
    void setSearch(const QString &text);

protected:
    bool filterAcceptsRow(int row, const QModelIndex &parent) const override;
    bool lessThan(const QModelIndex &left, const QModelIndex &right) const override;

private:
    QStringList m_words;
    QCollator m_collator;
};

} // namespace rowdesk
