#pragma once

#include "transfer/filecheck.h"

#include <QAbstractTableModel>
#include <QStringList>

namespace rowdesk {

/// The cells of a file that don't fit their columns: where, what, why. Another value can be typed in the place of each.
class ProblemModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Section { LineSection, ColumnSection, ValueSection, ReasonSection, SectionCount };

    using QAbstractTableModel::QAbstractTableModel;

    void setProblems(const QStringList &columnNames, const QVector<FileCheck::Problem> &problems);
    const FileCheck::Problem &problem(int row) const { return m_problems[row]; }

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    /// Only tells of it with fixWanted(): the problem goes when it is gone.
    bool setData(const QModelIndex &index, const QVariant &value, int role = Qt::EditRole) override;

signals:
    void fixWanted(int row, const QString &text);

private:
    QStringList m_names;
    QVector<FileCheck::Problem> m_problems;
};

} // namespace rowdesk
