#include "models/snapshotlistmodel.h"

#include "models/plaintooltip.h"
#include "models/timewords.h"
#include "models/words.h"

#include <QFileInfo>
#include <QLocale>

namespace rowdesk {

void SnapshotListModel::setSnapshots(QVector<SnapshotInfo> snapshots)
{
    beginResetModel();
    m_snapshots = std::move(snapshots);
    endResetModel();
}

QString SnapshotListModel::savedWords(const SnapshotInfo &snapshot)
{
    return timeWords(snapshot.saved.toUTC().toString(Qt::ISODate), QDateTime::currentDateTime());
}

QString SnapshotListModel::title(const SnapshotInfo &snapshot)
{
    return tr("%1, snapshot of %2").arg(Words::oneLine(snapshot.datasetName), savedWords(snapshot));
}

int SnapshotListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_snapshots.size());
}

int SnapshotListModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QString SnapshotListModel::text(const SnapshotInfo &snapshot, Column column) const
{
    switch (column) {
    case SavedColumn:
        return snapshot.isDamaged() ? QFileInfo(snapshot.path).fileName() : savedWords(snapshot);
    case OfColumn:
        if (snapshot.isDamaged())
            return tr("can't be used: %1").arg(snapshot.problem);
        return snapshot.version.isEmpty() ? tr("current rows") : tr("version %1").arg(snapshot.version);
    case RowsColumn:
        return snapshot.isDamaged() ? QString() : Words::number(snapshot.rows);
    case SizeColumn:
        return QLocale().formattedDataSize(snapshot.bytes);
    case ColumnCount:
        break;
    }
    return {};
}

QVariant SnapshotListModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const SnapshotInfo &snapshot = m_snapshots.at(index.row());
    const auto column = static_cast<Column>(index.column());
    const bool isNumeric = column == RowsColumn || column == SizeColumn;
    switch (role) {
    case Qt::DisplayRole:
        return text(snapshot, column);
    case Qt::ToolTipRole:
        return plainToolTip(column == SavedColumn && !snapshot.isDamaged()
                                ? timeInUtc(snapshot.saved.toUTC().toString(Qt::ISODate))
                                : snapshot.path);
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(Qt::AlignVCenter | (isNumeric ? Qt::AlignRight : Qt::AlignLeft));
    default:
        return {};
    }
}

QVariant SnapshotListModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount)
        return {};
    const bool isNumeric = section == RowsColumn || section == SizeColumn;
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(Qt::AlignVCenter | (isNumeric ? Qt::AlignRight : Qt::AlignLeft));
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case SavedColumn:
        return tr("Saved");
    case OfColumn:
        return tr("Rows of");
    case RowsColumn:
        return tr("Rows");
    default:
        return tr("Size");
    }
}

} // namespace rowdesk
