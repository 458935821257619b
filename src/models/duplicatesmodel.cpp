#include "models/duplicatesmodel.h"

#include "core/wtf8.h"
#include "models/rowswords.h"
#include "models/words.h"

#include <algorithm>

namespace rowdesk {
namespace {

constexpr quintptr branchId = 0; ///< internal id of a branch; a row below it has its branch's place + 1

} // namespace

DuplicatesModel::DuplicatesModel(QObject *parent) : QAbstractItemModel(parent), m_work(this) {}

void DuplicatesModel::find(const TableModel &rows, const QVector<int> &columns)
{
    clear();
    m_table = rows.store()->snapshot();
    m_order = rows.rowOrder();
    m_columns = columns;
    m_scope = RowsWords::scope(*rows.store(), rows.rowOrder() ? qint64(rows.rowOrder()->size()) : m_table.rowCount());
    if (columns.isEmpty())
        return;
    m_work.start([table = m_table, order = m_order, keys = std::vector<int>(columns.begin(), columns.end())](
                     FileWork &work) { return findDuplicates(table, keys, order.get(), mostGroups, &work.cancel); },
                 [this](std::optional<Duplicates> found) { take(std::move(found)); });
    emit changed();
}

bool DuplicatesModel::isAbout(const TableModel &rows, const QVector<int> &columns) const
{
    return m_order == rows.rowOrder() && m_columns == columns && m_table.rowCount() == rows.store()->rowCount() &&
           m_table.columnNames() == rows.store()->columnNames();
}

void DuplicatesModel::take(std::optional<Duplicates> found)
{
    beginResetModel();
    m_found = std::move(found);
    endResetModel();
    emit changed();
}

void DuplicatesModel::cancel()
{
    m_work.cancel();
    emit changed();
}

void DuplicatesModel::clear()
{
    m_work.cancel();
    m_columns.clear();
    take(std::nullopt);
}

QString DuplicatesModel::sentence() const
{
    if (isRunning())
        return tr("looking for duplicates…");
    if (!m_found)
        return m_columns.isEmpty() ? tr("Choose the columns that should tell rows apart.") : tr("cancelled");
    QStringList parts;
    if (m_found->isKey())
        parts.append(tr("No duplicates %1: the columns tell all rows apart").arg(m_scope));
    else if (m_found->groups == 0)
        parts.append(tr("No duplicates %1").arg(m_scope));
    else
        parts.append(tr("%1 %2 share their key with others, in %3 groups")
                         .arg(Words::rows(m_found->repeated), m_scope, Words::number(m_found->groups)));
    if (m_found->blank > 0)
        parts.append(tr("%1 without a key").arg(Words::rows(m_found->blank)));
    if (m_found->groups > qint64(mostGroups))
        parts.append(tr("the largest %1 groups are listed").arg(Words::number(mostGroups)));
    return parts.join(QStringLiteral(" · "));
}

const std::vector<quint32> &DuplicatesModel::rowsOf(const QModelIndex &branch) const
{
    return m_found->largest[static_cast<size_t>(branch.row())].rows;
}

QModelIndex DuplicatesModel::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, parent.isValid() ? static_cast<quintptr>(parent.row()) + 1 : branchId);
}

QModelIndex DuplicatesModel::parent(const QModelIndex &index) const
{
    if (!index.isValid() || index.internalId() == branchId)
        return {};
    return createIndex(static_cast<int>(index.internalId()) - 1, 0, branchId);
}

int DuplicatesModel::rowCount(const QModelIndex &parent) const
{
    if (!m_found)
        return 0;
    if (!parent.isValid())
        return static_cast<int>(m_found->largest.size());
    if (parent.internalId() != branchId || parent.column() != 0)
        return 0;
    return static_cast<int>(std::min(rowsOf(parent).size(), mostRows));
}

int DuplicatesModel::columnCount(const QModelIndex &) const
{
    return ColumnTotal;
}

QString DuplicatesModel::keyText(quint32 row) const
{
    QStringList values;
    std::string scratch;
    for (const int column : m_columns) {
        const CellView cell = m_table.cell(row, column, scratch);
        if (cell.kind == CellKind::Null)
            values.append(tr("no value"));
        else
            values.append(cell.text.empty() ? tr("empty text") : Words::oneLine(stringFromWtf8(cell.text)));
    }
    return values.join(tr(" · "));
}

QVariant DuplicatesModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const bool isBranch = index.internalId() == branchId;
    const std::vector<quint32> &rows = rowsOf(isBranch ? index : index.parent());
    const quint32 row = isBranch ? rows.front() : rows[static_cast<size_t>(index.row())];
    if (role == SourceRowRole)
        return qint64{row};
    if (role == Qt::TextAlignmentRole && index.column() == CountColumn)
        return QVariant::fromValue(Qt::Alignment(Qt::AlignRight | Qt::AlignVCenter));
    if (role != Qt::DisplayRole)
        return {};
    if (index.column() == KeyColumn)
        return isBranch ? keyText(row) : tr("Row %1").arg(Words::number(qint64{row} + 1));
    return isBranch ? Words::number(qint64(rows.size())) : QString();
}

QVariant DuplicatesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole && section == CountColumn)
        return QVariant::fromValue(Qt::Alignment(Qt::AlignRight | Qt::AlignVCenter));
    if (role != Qt::DisplayRole)
        return {};
    return section == KeyColumn ? tr("Key") : tr("Rows");
}

} // namespace rowdesk
