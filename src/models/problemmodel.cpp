#include "models/problemmodel.h"

#include "models/plaintooltip.h"
#include "models/words.h"

namespace rowdesk {
namespace {

constexpr qsizetype longestShown = 1000; ///< bytes; a cell may hold megabytes

} // namespace

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
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const FileCheck::Problem &problem = m_problems[index.row()];
    if (role == Qt::EditRole && index.column() == ValueSection)
        return QString::fromUtf8(problem.text);
    if (role == Qt::ToolTipRole)
        return plainToolTip(valueProblemText(problem.reason));
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case LineSection:
        return problem.line;
    case ColumnSection:
        return Words::oneLine(m_names.value(problem.column));
    case ValueSection:
        return Words::oneLine(QString::fromUtf8(problem.text.left(longestShown)), 100);
    case ReasonSection:
        return valueProblemText(problem.reason);
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
        return tr("Value (type another)");
    case ReasonSection:
        return tr("Why it does not fit");
    }
    return {};
}

Qt::ItemFlags ProblemModel::flags(const QModelIndex &index) const
{
    const Qt::ItemFlags result = QAbstractTableModel::flags(index);
    return index.isValid() && index.column() == ValueSection ? result | Qt::ItemIsEditable : result;
}

bool ProblemModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid) || index.column() != ValueSection || role != Qt::EditRole)
        return false;
    if (value.toString() == index.data(Qt::EditRole).toString())
        return false;
    emit fixWanted(index.row(), value.toString());
    return true;
}

} // namespace rowdesk
