#include "models/datasetlistmodel.h"

#include "models/plaintooltip.h"
#include "models/timewords.h"
#include "models/words.h"

#include <QSet>

#include <algorithm>

namespace rowdesk {

namespace {

std::optional<qint64> columnCountOf(const DatasetInfo &dataset)
{
    return dataset.schema ? std::optional<qint64>(dataset.schema->columns.size()) : std::nullopt;
}

bool tells(const DatasetInfo &dataset, DatasetListModel::Column column)
{
    switch (column) {
    case DatasetListModel::NameColumn:
    case DatasetListModel::IdColumn:
        return true;
    case DatasetListModel::RowsColumn:
        return dataset.rows.has_value();
    case DatasetListModel::ColumnsColumn:
        return dataset.schema.has_value();
    case DatasetListModel::HistoryColumn:
        return dataset.history.has_value() || dataset.versions.has_value();
    case DatasetListModel::ChangedColumn:
        return !dataset.changed.isEmpty();
    case DatasetListModel::RefreshableColumn:
        return dataset.refreshable.has_value();
    case DatasetListModel::ColumnCount:
        break;
    }
    return false;
}

/// What the History column says: a count, "on", "off", or nothing when the service did not tell.
QString historyText(const DatasetInfo &dataset)
{
    if (dataset.history == false)
        return DatasetListModel::tr("off");
    if (dataset.versions)
        return Words::versions(*dataset.versions);
    return dataset.history ? DatasetListModel::tr("on") : QString();
}

QString number(const std::optional<qint64> &value)
{
    return value ? Words::number(*value) : QString();
}

QVariant orNothing(const std::optional<qint64> &value)
{
    return value ? QVariant(*value) : QVariant();
}

QString displayText(const DatasetInfo &dataset, DatasetListModel::Column column)
{
    switch (column) {
    case DatasetListModel::NameColumn:
        return dataset.name;
    case DatasetListModel::IdColumn:
        return dataset.id;
    case DatasetListModel::RowsColumn:
        return number(dataset.rows);
    case DatasetListModel::ColumnsColumn:
        return number(columnCountOf(dataset));
    case DatasetListModel::HistoryColumn:
        return historyText(dataset);
    case DatasetListModel::ChangedColumn:
        return timeWords(dataset.changed, QDateTime::currentDateTime());
    case DatasetListModel::RefreshableColumn:
        if (!dataset.refreshable)
            return {};
        return *dataset.refreshable ? DatasetListModel::tr("yes") : DatasetListModel::tr("no");
    case DatasetListModel::ColumnCount:
        break;
    }
    return {};
}

QVariant sortValue(const DatasetInfo &dataset, DatasetListModel::Column column)
{
    switch (column) {
    case DatasetListModel::RowsColumn:
        return orNothing(dataset.rows);
    case DatasetListModel::ColumnsColumn:
        return orNothing(columnCountOf(dataset));
    case DatasetListModel::HistoryColumn:
        if (dataset.history == false)
            return -1;
        return dataset.versions ? QVariant(*dataset.versions) : QVariant();
    case DatasetListModel::ChangedColumn:
        return serviceTime(dataset.changed);
    case DatasetListModel::IdColumn: {
        bool isNumber = false;
        const qint64 id = dataset.id.toLongLong(&isNumber);
        return isNumber ? QVariant(id) : QVariant(dataset.id);
    }
    default:
        return displayText(dataset, column);
    }
}

QString toolTip(const DatasetInfo &dataset, DatasetListModel::Column column)
{
    if (column == DatasetListModel::ChangedColumn)
        return plainToolTip(timeInUtc(dataset.changed));
    if (column == DatasetListModel::ColumnsColumn && dataset.schema)
        return plainToolTip(dataset.schema->names().join(QLatin1Char('\n')));
    return column == DatasetListModel::NameColumn ? plainToolTip(dataset.description) : QString();
}

QString searchText(const DatasetInfo &dataset)
{
    QStringList words{dataset.name, dataset.id};
    if (dataset.schema)
        words += dataset.schema->names();
    return words.join(QLatin1Char('\n'));
}

bool isNumeric(int column)
{
    return column == DatasetListModel::RowsColumn || column == DatasetListModel::ColumnsColumn ||
           column == DatasetListModel::IdColumn;
}

} // namespace

void DatasetListModel::setDatasets(QVector<DatasetInfo> datasets)
{
    QSet<QString> seen;
    datasets.removeIf([&seen](const DatasetInfo &dataset) {
        const bool again = seen.contains(dataset.id);
        seen.insert(dataset.id);
        return again;
    });
    removeMissing(datasets);
    for (int row = 0; row < datasets.size(); ++row) {
        const int old = rowOf(datasets.at(row).id);
        if (old < 0) {
            beginInsertRows({}, row, row);
            m_datasets.insert(row, datasets.at(row));
            endInsertRows();
            continue;
        }
        if (old != row) {
            // Everything before `row` is in place already, so a known dataset only ever moves up.
            beginMoveRows({}, old, old, {}, row);
            m_datasets.move(old, row);
            endMoveRows();
        }
        m_datasets[row] = datasets.at(row);
    }
    if (!m_datasets.isEmpty())
        emit dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

void DatasetListModel::removeMissing(const QVector<DatasetInfo> &wanted)
{
    QSet<QString> ids;
    for (const DatasetInfo &dataset : wanted)
        ids.insert(dataset.id);
    for (int row = rowCount() - 1; row >= 0; --row) {
        if (ids.contains(m_datasets.at(row).id))
            continue;
        beginRemoveRows({}, row, row);
        m_datasets.removeAt(row);
        endRemoveRows();
    }
}

int DatasetListModel::rowOf(const QString &id) const
{
    const auto found =
        std::find_if(m_datasets.begin(), m_datasets.end(), [&](const DatasetInfo &d) { return d.id == id; });
    return found == m_datasets.end() ? -1 : static_cast<int>(found - m_datasets.begin());
}

QStringList DatasetListModel::names() const
{
    QStringList all;
    for (const DatasetInfo &dataset : m_datasets)
        all.append(dataset.name);
    return all;
}

bool DatasetListModel::isTold(Column column) const
{
    return std::any_of(m_datasets.begin(), m_datasets.end(),
                       [column](const DatasetInfo &d) { return tells(d, column); });
}

int DatasetListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_datasets.size());
}

int DatasetListModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QVariant DatasetListModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const DatasetInfo &dataset = m_datasets.at(index.row());
    const auto column = static_cast<Column>(index.column());
    switch (role) {
    case Qt::DisplayRole:
        return displayText(dataset, column);
    case Qt::ToolTipRole:
        return toolTip(dataset, column);
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(Qt::AlignVCenter | (isNumeric(column) ? Qt::AlignRight : Qt::AlignLeft));
    case IdRole:
        return dataset.id;
    case SortRole:
        return sortValue(dataset, column);
    case SearchRole:
        return searchText(dataset);
    default:
        return {};
    }
}

QVariant DatasetListModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(Qt::AlignVCenter | (isNumeric(section) ? Qt::AlignRight : Qt::AlignLeft));
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case NameColumn:
        return tr("Name");
    case RowsColumn:
        return tr("Rows");
    case ColumnsColumn:
        return tr("Columns");
    case HistoryColumn:
        return tr("History");
    case ChangedColumn:
        return tr("Changed");
    case RefreshableColumn:
        return tr("Refreshable");
    case IdColumn:
        return tr("Id");
    default:
        return {};
    }
}

} // namespace rowdesk
