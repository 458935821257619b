#include "models/problemgroupmodel.h"

#include "models/plaintooltip.h"
#include "models/words.h"

namespace rowdesk {

void ProblemGroupModel::setGroups(const QStringList &columnNames, const QVector<FileCheck::Group> &groups)
{
    if (groups.isEmpty() && m_groups.isEmpty())
        return;
    beginResetModel();
    m_names = columnNames;
    m_groups = groups;
    m_cells = 0;
    for (const FileCheck::Group &group : groups)
        m_cells += group.cells;
    endResetModel();
}

const FileCheck::Group *ProblemGroupModel::group(int row) const
{
    const int place = row - allRows();
    return place >= 0 && place < m_groups.size() ? &m_groups[place] : nullptr;
}

int ProblemGroupModel::rowOf(int column, ValueProblem reason) const
{
    for (int i = 0; i < m_groups.size(); ++i) {
        if (m_groups[i].column == column && m_groups[i].reason == reason)
            return i + allRows();
    }
    return 0;
}

int ProblemGroupModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_groups.size()) + allRows();
}

int ProblemGroupModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : SectionCount;
}

QVariant ProblemGroupModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    if (role == Qt::TextAlignmentRole && index.column() == CellsSection)
        return int(Qt::AlignTrailing | Qt::AlignVCenter);
    const FileCheck::Group *shown = group(index.row());
    if (role == Qt::ToolTipRole && shown)
        return plainToolTip(valueProblemText(shown->reason));
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case ColumnSection:
        return shown ? Words::oneLine(m_names.value(shown->column), 40) : tr("all columns");
    case ReasonSection:
        return shown ? valueProblemText(shown->reason) : QString();
    case CellsSection:
        return Words::number(shown ? shown->cells : m_cells);
    }
    return {};
}

QVariant ProblemGroupModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (role != Qt::DisplayRole || orientation != Qt::Horizontal)
        return {};
    switch (section) {
    case ColumnSection:
        return tr("Column");
    case ReasonSection:
        return tr("Why cells do not fit");
    case CellsSection:
        return tr("Cells");
    }
    return {};
}

} // namespace rowdesk
