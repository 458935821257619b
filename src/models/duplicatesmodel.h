#pragma once

#include "core/duplicates.h"
#include "models/latestwork.h"
#include "models/tablemodel.h"

#include <QAbstractItemModel>

namespace rowdesk {

/// Rows of a table that have the same key: a branch for each key that several rows have, and its rows below it. Works
/// on the rows that are shown, on a worker.
class DuplicatesModel : public QAbstractItemModel
{
    Q_OBJECT
public:
    enum Column { KeyColumn, CountColumn, ColumnTotal };
    enum Role {
        SourceRowRole = Qt::UserRole + 1 ///< qint64: the row in the store; of a branch its first one
    };
    static constexpr size_t mostGroups = 10'000; ///< branches; the largest ones
    static constexpr size_t mostRows = 1'000;    ///< rows below one branch

    explicit DuplicatesModel(QObject *parent = nullptr);

    /// Looks for rows that are the same in these columns of the table as it is now.
    void find(const TableModel &rows, const QVector<int> &columns);
    /// Whether what was found, or is being looked for, is about these rows and columns as they are now.
    bool isAbout(const TableModel &rows, const QVector<int> &columns) const;
    void cancel();
    void clear();
    bool isRunning() const { return m_work.isRunning(); }
    /// What was found, in a sentence that tells its scope.
    QString sentence() const;
    const std::optional<Duplicates> &found() const { return m_found; }

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &index) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

signals:
    void changed();

private:
    void take(std::optional<Duplicates> found);
    const std::vector<quint32> &rowsOf(const QModelIndex &branch) const;
    QString keyText(quint32 row) const;

    TableSnapshot m_table;
    TableModel::RowOrder m_order;
    QVector<int> m_columns;
    QString m_scope;
    std::optional<Duplicates> m_found;
    LatestWork<std::optional<Duplicates>> m_work;
};

} // namespace rowdesk
