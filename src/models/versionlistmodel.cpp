#include "models/versionlistmodel.h"

#include "models/plaintooltip.h"
#include "models/timewords.h"

#include <QLocale>

namespace rowdesk {

namespace {

QString signedNumber(qint64 change)
{
    return (change > 0 ? QStringLiteral("+") : QStringLiteral("\u2212")) + QLocale().toString(qAbs(change));
}

} // namespace

void VersionListModel::setVersions(QVector<VersionInfo> versions)
{
    beginResetModel();
    m_versions = std::move(versions);
    findRuns();
    endResetModel();
}

bool VersionListModel::goesOn(int place) const
{
    if (delta(place).value_or(0) <= 0)
        return false;
    const QDateTime now = serviceTime(m_versions.at(place).created);
    const QDateTime before = serviceTime(m_versions.at(place + 1).created);
    const qint64 apart = before.msecsTo(now);
    return now.isValid() && before.isValid() && apart >= 0 && apart <= closeBy * 1000;
}

void VersionListModel::findRuns()
{
    m_rows.clear();
    for (int place = 0; place < m_versions.size();) {
        Row row{place, 1};
        while (goesOn(place + row.count - 1))
            ++row.count;
        // What the run begins with must have added rows too, or be the first that is known.
        const int oldest = place + row.count - 1;
        if (row.count > 1 && oldest + 1 < m_versions.size() && delta(oldest).value_or(0) <= 0)
            --row.count;
        m_rows.append(row);
        place += row.count;
    }
}

/// The internal id of a step is the number of its run, from 1 on; that of a row of the list is 0.
int VersionListModel::place(const QModelIndex &index) const
{
    const quintptr run = index.internalId();
    return run == 0 ? m_rows.at(index.row()).first : m_rows.at(int(run) - 1).first + index.row();
}

QModelIndex VersionListModel::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, parent.isValid() ? quintptr(parent.row()) + 1 : quintptr(0));
}

QModelIndex VersionListModel::parent(const QModelIndex &child) const
{
    if (!child.isValid() || child.internalId() == 0)
        return {};
    return createIndex(int(child.internalId()) - 1, 0, quintptr(0));
}

int VersionListModel::rowCount(const QModelIndex &parent) const
{
    if (!parent.isValid())
        return int(m_rows.size());
    if (parent.internalId() != 0 || parent.column() != 0)
        return 0;
    const int count = m_rows.at(parent.row()).count;
    return count > 1 ? count : 0;
}

int VersionListModel::columnCount(const QModelIndex &) const
{
    return int(ColumnCount);
}

std::optional<qint64> VersionListModel::delta(int place) const
{
    if (place + 1 >= m_versions.size())
        return std::nullopt;
    const std::optional<qint64> now = m_versions.at(place).rows;
    const std::optional<qint64> before = m_versions.at(place + 1).rows;
    return now && before ? std::optional<qint64>(*now - *before) : std::nullopt;
}

QString VersionListModel::changeWords(int place) const
{
    const std::optional<qint64> change = delta(place);
    if (!change)
        return {};
    return *change == 0 ? tr("no change") : signedNumber(*change);
}

QString VersionListModel::displayText(int place, Column column) const
{
    const VersionInfo &version = m_versions.at(place);
    switch (column) {
    case VersionColumn:
        return version.version;
    case CreatedColumn:
        return timeWords(version.created, QDateTime::currentDateTime());
    case RowsColumn:
        return version.rows ? QLocale().toString(*version.rows) : QString();
    case DeltaColumn:
        return changeWords(place);
    case CommentColumn:
        return version.comment;
    case ColumnCount:
        break;
    }
    return {};
}

QString VersionListModel::runText(const Row &run, Column column) const
{
    switch (column) {
    case VersionColumn:
        return tr("%1–%2").arg(m_versions.at(run.first + run.count - 1).version, m_versions.at(run.first).version);
    case DeltaColumn:
        return runChange(run);
    default:
        return displayText(run.first, column);
    }
}

/// Without a version before the run, what its first step added is not known: it is not counted.
QString VersionListModel::runChange(const Row &run) const
{
    const int oldest = run.first + run.count - 1;
    const bool isKnown = delta(oldest).has_value();
    const qint64 before = *m_versions.at(isKnown ? oldest + 1 : oldest).rows;
    const int steps = isKnown ? run.count : run.count - 1;
    const QString change = signedNumber(*m_versions.at(run.first).rows - before);
    return steps == 1 ? tr("%1 in 1 step").arg(change) : tr("%1 in %2 steps").arg(change, QLocale().toString(steps));
}

QVariant VersionListModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const auto column = static_cast<Column>(index.column());
    const bool isNumeric = column == RowsColumn || column == DeltaColumn;
    switch (role) {
    case Qt::DisplayRole:
        if (index.internalId() == 0 && m_rows.at(index.row()).count > 1)
            return runText(m_rows.at(index.row()), column);
        return displayText(place(index), column);
    case Qt::ToolTipRole:
        return column == CreatedColumn ? plainToolTip(timeInUtc(version(index).created)) : QString();
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
        return QVariant::fromValue(Qt::AlignVCenter |
                                   (section == RowsColumn || section == DeltaColumn ? Qt::AlignRight : Qt::AlignLeft));
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
