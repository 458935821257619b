#pragma once

#include "core/valuecounts.h"
#include "models/latestwork.h"

#include <QAbstractTableModel>

namespace rowdesk {

/// The most frequent values of a column and how often they occur, for choosing some of them. Counted on a worker.
class ValueCountsModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { ValueColumn, CountColumn, ColumnTotal };
    enum Role {
        ExactTextRole = Qt::UserRole + 1, ///< QString; a null QString for "no value"
        CountRole,                        ///< qint64
        ShareRole                         ///< double: of the most frequent one
    };
    /// How many values are offered.
    static constexpr size_t mostValues = 200;

    explicit ValueCountsModel(QObject *parent = nullptr);

    /// Counts the values of these rows (null: all). What was there before goes at once.
    void count(const TableSnapshot &table, int column, std::shared_ptr<const std::vector<quint32>> rows);
    /// Shows counts that exist already.
    void setCounts(ValueCounts counts);
    void clear();
    bool isCounting() const { return m_work.isRunning(); }
    const ValueCounts &counts() const { return m_counts; }

    /// With check boxes, for "is one of". "No value" has none: it is no value to equal.
    void setCheckable(bool checkable);
    void setChecked(const QStringList &values);
    QStringList checked() const { return m_checked; }

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role = Qt::EditRole) override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

signals:
    void counted();

private:
    QString exactText(int row) const;
    QString shownText(int row) const;
    QVariant checkState(int row) const;

    ValueCounts m_counts;
    QStringList m_checked;
    bool m_checkable = false;
    LatestWork<std::optional<ValueCounts>> m_work;
};

} // namespace rowdesk
