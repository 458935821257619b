#include "models/schemamodel.h"

#include "models/headerline.h"
#include "models/words.h"

#include <algorithm>

namespace rowdesk {

SchemaModel::SchemaModel(QObject *parent) : QAbstractTableModel(parent), m_problems(checkSchema({})) {}

void SchemaModel::setSchema(Schema schema)
{
    beginResetModel();
    m_schema = std::move(schema);
    m_problems = checkSchema(m_schema);
    endResetModel();
    emit schemaChanged();
}

QString SchemaModel::problemOf(int column) const
{
    const auto found = std::find_if(m_problems.begin(), m_problems.end(),
                                    [column](const SchemaProblem &problem) { return problem.column == column; });
    return found == m_problems.end() ? QString() : found->message;
}

void SchemaModel::setNames(int first, const QStringList &names)
{
    if (names.isEmpty() || first < 0 || first > m_schema.columns.size())
        return;
    const qsizetype have = m_schema.columns.size();
    if (const qsizetype missing = first + names.size() - have; missing > 0)
        insertRows(int(have), int(missing));
    for (int i = 0; i < names.size(); ++i)
        m_schema.columns[first + i].name = names[i].trimmed();
    emit dataChanged(index(first, NameSection), index(int(first + names.size()) - 1, NameSection));
    recheck();
}

int SchemaModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_schema.columns.size());
}

int SchemaModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : SectionCount;
}

QVariant SchemaModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const ColumnSpec &column = m_schema.columns[index.row()];
    switch (index.column()) {
    case NameSection:
        if (role == Qt::DisplayRole)
            return Words::oneLine(column.name, 200);
        if (role == Qt::EditRole)
            return column.name;
        break;
    case TypeSection:
        if (role == Qt::DisplayRole)
            return columnTypeLabel(column.type);
        if (role == Qt::EditRole)
            return int(column.type);
        if (role == Qt::ToolTipRole)
            return columnTypeSentence(column.type);
        break;
    case ProblemSection:
        if (role == Qt::DisplayRole || role == Qt::ToolTipRole)
            return problemOf(index.row());
        break;
    }
    return {};
}

QVariant SchemaModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (role != Qt::DisplayRole)
        return {};
    if (orientation == Qt::Vertical)
        return section + 1;
    switch (section) {
    case NameSection:
        return tr("Name");
    case TypeSection:
        return tr("Type");
    case ProblemSection:
        return tr("To fix");
    }
    return {};
}

Qt::ItemFlags SchemaModel::flags(const QModelIndex &index) const
{
    Qt::ItemFlags result = QAbstractTableModel::flags(index);
    if (index.isValid() && index.column() != ProblemSection)
        result |= Qt::ItemIsEditable;
    return result;
}

bool SchemaModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (role != Qt::EditRole || !checkIndex(index, CheckIndexOption::IndexIsValid))
        return false;
    ColumnSpec &column = m_schema.columns[index.row()];
    if (index.column() == NameSection) {
        const QString name = value.toString();
        if (name.contains(u'\t')) {
            setNames(index.row(), namesFromHeaderText(name));
            return true;
        }
        column.name = name.trimmed();
    } else if (index.column() == TypeSection) {
        const int type = value.toInt();
        if (type < 0 || type >= int(allColumnTypes.size()))
            return false;
        column.type = ColumnType(type);
    } else {
        return false;
    }
    emit dataChanged(index, index);
    recheck();
    return true;
}

bool SchemaModel::insertRows(int row, int count, const QModelIndex &parent)
{
    if (parent.isValid() || row < 0 || row > rowCount() || count < 1)
        return false;
    beginInsertRows({}, row, row + count - 1);
    m_schema.columns.insert(row, count, ColumnSpec{});
    endInsertRows();
    recheck();
    return true;
}

bool SchemaModel::removeRows(int row, int count, const QModelIndex &parent)
{
    if (parent.isValid() || row < 0 || count < 1 || row + count > rowCount())
        return false;
    beginRemoveRows({}, row, row + count - 1);
    m_schema.columns.remove(row, count);
    endRemoveRows();
    recheck();
    return true;
}

bool SchemaModel::moveRows(const QModelIndex &from, int row, int count, const QModelIndex &to, int destination)
{
    if (from.isValid() || to.isValid() || row < 0 || count < 1 || row + count > rowCount() || destination < 0 ||
        destination > rowCount() || !beginMoveRows({}, row, row + count - 1, {}, destination))
        return false;
    const auto begin = m_schema.columns.begin();
    if (destination < row)
        std::rotate(begin + destination, begin + row, begin + row + count);
    else
        std::rotate(begin + row, begin + row + count, begin + destination);
    endMoveRows();
    recheck();
    return true;
}

void SchemaModel::recheck()
{
    // A change in one column may settle or cause a problem in another (two with the same name).
    m_problems = checkSchema(m_schema);
    if (!m_schema.columns.isEmpty())
        emit dataChanged(index(0, NameSection), index(rowCount() - 1, ProblemSection));
    emit schemaChanged();
}

} // namespace rowdesk
