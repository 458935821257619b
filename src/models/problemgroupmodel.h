#pragma once

#include "transfer/filecheck.h"

#include <QAbstractTableModel>
#include <QStringList>

namespace rowdesk {

/// Which columns of a file have cells that don't fit, why, and how many: one row a column and reason. The first row
/// stands for all of them when there are several.
class ProblemGroupModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Section { ColumnSection, ReasonSection, CellsSection, SectionCount };

    using QAbstractTableModel::QAbstractTableModel;

    void setGroups(const QStringList &columnNames, const QVector<FileCheck::Group> &groups);
    /// The group in this row; null for the row of all.
    const FileCheck::Group *group(int row) const;
    /// The row of the group; 0 when there is none.
    int rowOf(int column, ValueProblem reason) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    int allRows() const { return m_groups.size() > 1 ? 1 : 0; } ///< rows that stand for all

    QStringList m_names;
    QVector<FileCheck::Group> m_groups;
    qint64 m_cells = 0;
};

} // namespace rowdesk
