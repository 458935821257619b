#pragma once

#include "core/columnprofile.h"
#include "models/latestwork.h"
#include "models/tablemodel.h"

#include <QAbstractTableModel>

namespace rowdesk {

/// The profiles of the columns of a table, one row a column. Worked out on a worker, column after column, the one that
/// is wanted first; cancellable. It says of which rows it speaks and never of others.
class ProfileModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { NameColumn, KindColumn, DistinctColumn, NoValueColumn, FindingsColumn, ColumnTotal };
    enum Role { ExactNameRole = Qt::UserRole + 1 };

    explicit ProfileModel(QObject *parent = nullptr);

    /// Looks at the rows that `rows` shows, as they are now. Once `rows` shows other rows, call it again.
    void profile(const TableModel &rows, int firstColumn = 0);
    /// Whether the rows shown have become others since, or more.
    bool isAbout(const TableModel &rows) const;
    void cancel();
    void clear();

    bool isRunning() const { return m_work.isRunning(); }
    /// Works out this column next.
    void want(int column) { m_wanted = column; }
    const ColumnProfile *profileOf(int column) const; ///< null: not yet
    QString columnName(int column) const { return m_table.columnNames().at(column); }

    /// "of all 2,922 rows", "of the 312 rows that the filters leave", "of the 12,000 rows loaded so far".
    const QString &scope() const { return m_scope; }
    /// Scope and progress in one sentence.
    QString status() const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

signals:
    void statusChanged();
    void profiled(int column);

private:
    void next();
    void take(int column, std::optional<ColumnProfile> profile);
    QString text(int row, int column) const;

    TableSnapshot m_table;
    TableModel::RowOrder m_rows; ///< null: all
    QString m_scope;
    std::vector<std::optional<ColumnProfile>> m_profiles;
    int m_wanted = 0;
    int m_done = 0;
    bool m_cancelled = false;
    LatestWork<std::optional<ColumnProfile>> m_work;
};

} // namespace rowdesk
