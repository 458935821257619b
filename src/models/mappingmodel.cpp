#include "models/mappingmodel.h"

#include "models/plaintooltip.h"
#include "models/words.h"

#include <algorithm>

namespace rowdesk {

void MappingModel::startNewTable(const QStringList &source)
{
    beginResetModel();
    m_append = false;
    m_table = {};
    m_rows.clear();
    for (const QString &name : source) {
        Row row;
        row.source = name;
        row.name = name.trimmed();
        m_rows.append(row);
    }
    endResetModel();
    emit mappingChanged();
}

void MappingModel::startAppend(const QStringList &source, const Schema &table, const QVector<int> &sourceOf)
{
    beginResetModel();
    m_append = true;
    m_typesOpen = false;
    m_table = table;
    m_rows.clear();
    for (int i = 0; i < source.size(); ++i) {
        Row row;
        row.source = source[i];
        row.tableColumn = int(sourceOf.indexOf(i));
        row.used = row.tableColumn >= 0;
        m_rows.append(row);
    }
    endResetModel();
    emit mappingChanged();
}

void MappingModel::setTypes(const QVector<ColumnType> &types)
{
    for (int i = 0; !m_append && i < std::min(types.size(), m_rows.size()); ++i) {
        if (!m_rows[i].typeChosen)
            m_rows[i].type = types[i];
    }
    redraw(TypeSection, TypeSection);
    emit mappingChanged();
}

void MappingModel::setReadings(const QStringList &readings)
{
    for (int i = 0; i < m_rows.size(); ++i)
        m_rows[i].reading = readings.value(i);
    redraw(ReadingSection, ReadingSection);
}

void MappingModel::setProblemCounts(const QVector<qint64> &counts, const QVector<qint64> &emptied)
{
    for (int i = 0; i < m_rows.size(); ++i) {
        m_rows[i].problems = counts.value(i, -1);
        m_rows[i].emptied = emptied.value(i);
    }
    redraw(ProblemsSection, ProblemsSection);
}

ColumnSpec MappingModel::specOf(const Row &row) const
{
    return m_append ? m_table.columns[row.tableColumn] : ColumnSpec{row.name, row.type};
}

/// Rows that are used, in the order of the table.
QVector<int> MappingModel::orderedRows() const
{
    QVector<int> rows;
    for (int i = 0; i < m_rows.size(); ++i) {
        if (m_rows[i].used)
            rows.append(i);
    }
    if (m_append) {
        std::sort(rows.begin(), rows.end(),
                  [this](int a, int b) { return m_rows[a].tableColumn < m_rows[b].tableColumn; });
    }
    return rows;
}

Schema MappingModel::target() const
{
    Schema schema;
    for (const int row : orderedRows())
        schema.columns.append(specOf(m_rows[row]));
    return schema;
}

QVector<int> MappingModel::sourceColumns() const
{
    return orderedRows();
}

QStringList MappingModel::leftOut() const
{
    QStringList names;
    for (const Row &row : m_rows) {
        if (!row.used)
            names.append(row.source);
    }
    return names;
}

QStringList MappingModel::unfilled() const
{
    QStringList names;
    for (int i = 0; i < m_table.columns.size(); ++i) {
        if (std::none_of(m_rows.begin(), m_rows.end(),
                         [i](const Row &row) { return row.used && row.tableColumn == i; }))
            names.append(m_table.columns[i].name);
    }
    return names;
}

std::optional<ColumnType> MappingModel::typeOf(int sourceColumn) const
{
    const Row &row = m_rows[sourceColumn];
    return row.used ? std::optional(specOf(row).type) : std::nullopt;
}

QString MappingModel::problem() const
{
    if (m_rows.isEmpty())
        return {};
    const QVector<int> rows = orderedRows();
    if (rows.isEmpty())
        return m_append ? tr("No column of the file goes into the table. Choose at least one.")
                        : tr("Every column is left out. Keep at least one.");
    if (m_append)
        return {};
    const QVector<SchemaProblem> problems = checkSchema(target());
    if (problems.isEmpty())
        return {};
    const Row &row = m_rows[rows[problems.first().column]];
    return tr("Column “%1” of the file: %2").arg(Words::oneLine(row.source, 40), problems.first().message);
}

int MappingModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int MappingModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : SectionCount;
}

QVariant MappingModel::targetData(const Row &row, int role) const
{
    switch (role) {
    case Qt::DisplayRole:
        return row.used ? Words::oneLine(specOf(row).name, 80) : tr("left out");
    case Qt::EditRole:
        return row.used ? specOf(row).name : QString();
    case ChoicesRole:
        return m_append ? m_table.names() : QStringList();
    case Qt::CheckStateRole:
        return m_append ? QVariant() : QVariant(row.used ? Qt::Checked : Qt::Unchecked);
    default:
        return {};
    }
}

QString MappingModel::problemsText(const Row &row)
{
    QStringList parts;
    if (row.problems > 0)
        parts.append(QStringLiteral("⚠ ") + Words::number(row.problems));
    if (row.emptied > 0)
        parts.append(tr("%1 read as empty").arg(Words::number(row.emptied)));
    return parts.isEmpty() ? tr("none") : parts.join(QStringLiteral(" · "));
}

QVariant MappingModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row &row = m_rows[index.row()];
    switch (index.column()) {
    case SourceSection:
        if (role == Qt::DisplayRole)
            return Words::oneLine(row.source, 80);
        break;
    case TargetSection:
        return targetData(row, role);
    case TypeSection:
        if (!row.used)
            break;
        if (role == Qt::DisplayRole)
            return columnTypeLabel(specOf(row).type);
        if (role == Qt::EditRole)
            return int(specOf(row).type);
        if (role == Qt::ToolTipRole)
            return columnTypeSentence(specOf(row).type);
        break;
    case ReadingSection:
        if (role == Qt::DisplayRole)
            return row.used ? row.reading : QString();
        if (role == Qt::ToolTipRole)
            return plainToolTip(row.reading);
        break;
    case ProblemsSection:
        if (role == Qt::DisplayRole && row.used && row.problems >= 0)
            return problemsText(row);
        break;
    }
    return {};
}

QVariant MappingModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (role != Qt::DisplayRole)
        return {};
    if (orientation == Qt::Vertical)
        return section + 1;
    switch (section) {
    case SourceSection:
        return tr("In the file");
    case TargetSection:
        return tr("In the table");
    case TypeSection:
        return tr("Type");
    case ReadingSection:
        return tr("What we read");
    case ProblemsSection:
        return tr("Problems");
    }
    return {};
}

Qt::ItemFlags MappingModel::flags(const QModelIndex &index) const
{
    Qt::ItemFlags result = QAbstractTableModel::flags(index);
    if (!index.isValid())
        return result;
    const Row &row = m_rows[index.row()];
    if (index.column() == TargetSection) {
        result |= m_append || row.used ? Qt::ItemIsEditable : Qt::NoItemFlags;
        result |= m_append ? Qt::NoItemFlags : Qt::ItemIsUserCheckable;
    }
    if (index.column() == TypeSection && mayChangeType() && row.used)
        result |= Qt::ItemIsEditable;
    return result;
}

bool MappingModel::setTarget(Row &row, const QString &text)
{
    if (!m_append) {
        row.name = text.trimmed();
        return true;
    }
    if (text.isEmpty()) {
        row.used = false;
        row.tableColumn = -1;
        return true;
    }
    const int column = m_table.indexOf(text);
    if (column < 0)
        return false;
    for (Row &other : m_rows) {
        if (&other != &row && other.tableColumn == column) {
            other.used = false;
            other.tableColumn = -1;
        }
    }
    row.used = true;
    row.tableColumn = column;
    return true;
}

bool MappingModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid) ||
        !(flags(index) & (Qt::ItemIsEditable | Qt::ItemIsUserCheckable)))
        return false;
    Row &row = m_rows[index.row()];
    if (index.column() == TargetSection && role == Qt::CheckStateRole && !m_append) {
        row.used = value.toInt() == Qt::Checked;
    } else if (index.column() == TargetSection && role == Qt::EditRole) {
        if (!setTarget(row, value.toString()))
            return false;
    } else if (index.column() == TypeSection && role == Qt::EditRole) {
        const int type = value.toInt();
        if (type < 0 || type >= int(allColumnTypes.size()))
            return false;
        row.typeChosen = true;
        (m_append ? m_table.columns[row.tableColumn].type : row.type) = ColumnType(type);
    } else {
        return false;
    }
    redraw(SourceSection, ProblemsSection);
    emit mappingChanged();
    return true;
}

/// Only what changed: a view forgets what is being typed into a cell that is told to have changed.
void MappingModel::redraw(Section first, Section last)
{
    if (!m_rows.isEmpty())
        emit dataChanged(index(0, first), index(rowCount() - 1, last));
}

} // namespace rowdesk
