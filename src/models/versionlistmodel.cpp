#include "models/versionlistmodel.h"

#include "models/plaintooltip.h"
#include "models/timewords.h"

#include <QLocale>

namespace rowdesk {

void VersionListModel::setVersions(QVector<VersionInfo> versions)
{
    beginResetModel();
    m_versions = std::move(versions);
    endResetModel();
}

int VersionListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_versions.size());
}

int VersionListModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

std::optional<qint64> VersionListModel::delta(int row) const
{
    if (row + 1 >= m_versions.size())
        return std::nullopt;
    const std::optional<qint64> now = m_versions.at(row).rows;
    const std::optional<qint64> before = m_versions.at(row + 1).rows;
    return now && before ? std::optional<qint64>(*now - *before) : std::nullopt;
}

QString VersionListModel::displayText(int row, Column column) const
{
    const VersionInfo &version = m_versions.at(row);
    switch (column) {
    case VersionColumn:
        return version.version;
    case CreatedColumn:
        return timeWords(version.created, QDateTime::currentDateTime());
    case RowsColumn:
        return version.rows ? QLocale().toString(*version.rows) : QString();
    case DeltaColumn: {
        const std::optional<qint64> change = delta(row);
        if (!change)
            return {};
        const QString digits = QLocale().toString(qAbs(*change));
        if (*change == 0)
            return tr("no change");
        return (*change > 0 ? QStringLiteral("+") : QStringLiteral("\u2212")) + digits;
    }
    case CommentColumn:
        return version.comment;
    case ColumnCount:
        break;
    }
    return {};
}

QVariant VersionListModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const auto column = static_cast<Column>(index.column());
    const bool isNumeric = column == RowsColumn || column == DeltaColumn || column == VersionColumn;
    switch (role) {
    case Qt::DisplayRole:
        return displayText(index.row(), column);
    case Qt::ToolTipRole:
        return column == CreatedColumn ? plainToolTip(timeInUtc(m_versions.at(index.row()).created)) : QString();
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(Qt::AlignVCenter | (isNumeric ? Qt::AlignRight : Qt::AlignLeft));
    default:
        return {};
    }
}

QVariant VersionListModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(
            Qt::AlignVCenter | (section == CreatedColumn || section == CommentColumn ? Qt::AlignLeft : Qt::AlignRight));
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case VersionColumn:
        return tr("Version");
    case CreatedColumn:
        return tr("Created");
    case RowsColumn:
        return tr("Rows");
    case DeltaColumn:
        return tr("Change");
    case CommentColumn:
        return tr("Comment");
    default:
        return {};
    }
}

} // namespace rowdesk
