#include "models/valuecountsmodel.h"

#include "core/wtf8.h"
#include "models/words.h"

namespace rowdesk {

ValueCountsModel::ValueCountsModel(QObject *parent) : QAbstractTableModel(parent), m_work(this) {}

void ValueCountsModel::count(const TableSnapshot &table, int column, std::shared_ptr<const std::vector<quint32>> rows)
{
    clear();
    m_work.start([table, column, rows = std::move(rows)](
                     FileWork &work) { return countValues(table, column, rows.get(), mostValues, &work.cancel); },
                 [this](std::optional<ValueCounts> counts) {
                     if (counts)
                         setCounts(std::move(*counts));
                 });
}

void ValueCountsModel::setCounts(ValueCounts counts)
{
    m_work.cancel();
    beginResetModel();
    m_counts = std::move(counts);
    endResetModel();
    emit counted();
}

void ValueCountsModel::clear()
{
    m_work.cancel();
    beginResetModel();
    m_counts = {};
    m_checked.clear();
    endResetModel();
}

void ValueCountsModel::setCheckable(bool checkable)
{
    if (checkable == m_checkable)
        return;
    m_checkable = checkable;
    if (rowCount() > 0)
        emit dataChanged(index(0, 0), index(rowCount() - 1, 0), {Qt::CheckStateRole});
}

void ValueCountsModel::setChecked(const QStringList &values)
{
    m_checked = values;
    if (rowCount() > 0)
        emit dataChanged(index(0, 0), index(rowCount() - 1, 0), {Qt::CheckStateRole});
}

int ValueCountsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_counts.most.size());
}

int ValueCountsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnTotal;
}

QString ValueCountsModel::exactText(int row) const
{
    const ValueCount &value = m_counts.most[static_cast<size_t>(row)];
    return value.kind == CellKind::Null ? QString() : stringFromWtf8(value.text);
}

QString ValueCountsModel::shownText(int row) const
{
    const QString text = exactText(row);
    if (text.isNull())
        return tr("no value");
    if (text.isEmpty())
        return tr("empty text");
    if (!text.trimmed().isEmpty())
        return Words::oneLine(text);
    return text.size() == 1 ? tr("1 blank") : tr("%1 blanks").arg(Words::number(text.size()));
}

QVariant ValueCountsModel::checkState(int row) const
{
    const QString text = exactText(row);
    if (!m_checkable || text.isNull())
        return {};
    return m_checked.contains(text) ? Qt::Checked : Qt::Unchecked;
}

QVariant ValueCountsModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const qint64 count = m_counts.most[static_cast<size_t>(index.row())].count;
    switch (role) {
    case Qt::DisplayRole:
        return index.column() == CountColumn ? Words::number(count) : shownText(index.row());
    case Qt::CheckStateRole:
        return index.column() == ValueColumn ? checkState(index.row()) : QVariant();
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(Qt::Alignment(index.column() == CountColumn ? Qt::AlignRight : Qt::AlignLeft) |
                                   Qt::AlignVCenter);
    case ExactTextRole:
        return exactText(index.row());
    case CountRole:
        return count;
    case ShareRole:
        return static_cast<double>(count) / static_cast<double>(m_counts.most.front().count);
    default:
        return {};
    }
}

bool ValueCountsModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (role != Qt::CheckStateRole || !flags(index).testFlag(Qt::ItemIsUserCheckable))
        return false;
    const QString text = exactText(index.row());
    m_checked.removeAll(text);
    if (value.toInt() == Qt::Checked)
        m_checked.append(text);
    emit dataChanged(index, index, {Qt::CheckStateRole});
    return true;
}

QVariant ValueCountsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnTotal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(Qt::Alignment(section == CountColumn ? Qt::AlignRight : Qt::AlignLeft) |
                                   Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    return section == ValueColumn ? tr("Value") : tr("Rows");
}

Qt::ItemFlags ValueCountsModel::flags(const QModelIndex &index) const
{
    Qt::ItemFlags flags = QAbstractTableModel::flags(index);
    if (index.isValid() && index.column() == ValueColumn && checkState(index.row()).isValid())
        flags |= Qt::ItemIsUserCheckable;
    return flags;
}

} // namespace rowdesk
