#include "models/problemmodel.h"

#include "models/words.h"

namespace rowdesk {

void ProblemModel::setProblems(const QStringList &columnNames, const QVector<FileCheck::Problem> &problems)
{
    if (problems.isEmpty() && m_problems.isEmpty())
        return;
    beginResetModel();
    m_names = columnNames;
    m_problems = problems;
    endResetModel();
}

int ProblemModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_problems.size());
}

int ProblemModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : SectionCount;
}

QVariant ProblemModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid) || role != Qt::DisplayRole)
        return {};
    const FileCheck::Problem &problem = m_problems[index.row()];
    switch (index.column()) {
    case LineSection:
        return problem.line;
    case ColumnSection:
        return Words::oneLine(m_names.value(problem.column));
    case ValueSection:
        return Words::oneLine(problem.value, 100);
    case ReasonSection:
        return problem.reason;
    }
    return {};
}

QVariant ProblemModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (role != Qt::DisplayRole || orientation != Qt::Horizontal)
        return {};
    switch (section) {
    case LineSection:
        return tr("Line");
    case ColumnSection:
        return tr("Column");
    case ValueSection:
        return tr("Value");
    case ReasonSection:
        return tr("Why it does not fit");
    }
    return {};
}

} // namespace rowdesk
