#include "models/versionlistmodel.h"

#include "models/plaintooltip.h"
#include "models/timewords.h"
#include "models/words.h"

#include <QHash>
#include <QLocale>

#include <algorithm>
#include <cmath>
#include <vector>

namespace rowdesk {

namespace {

QString signedNumber(qint64 change)
{
    return (change > 0 ? QStringLiteral("+") : QStringLiteral("\u2212")) + QLocale().toString(qAbs(change));
}

} // namespace

void VersionListModel::setVersions(QVector<VersionInfo> versions, const QVector<UploadedVersions> &uploads)
{
    beginResetModel();
    m_versions = std::move(versions);
    findRuns(uploads);
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

std::optional<VersionListModel::Row> VersionListModel::rowOf(const UploadedVersions &upload) const
{
    const auto end = m_versions.end();
    const auto find = [end](auto from, const auto &isIt) { return std::find_if(from, end, isIt); };
    const auto first =
        find(m_versions.begin(), [&upload](const VersionInfo &info) { return info.version == upload.after; });
    const bool isKnown = !upload.before.isEmpty();
    const auto before = find(first, [&upload, isKnown](const VersionInfo &info) {
        return isKnown ? info.version == upload.before : info.rows && *info.rows <= upload.rowsBefore;
    });
    if (first == before || (isKnown && before == end))
        return std::nullopt;
    const bool comesOutEven =
        first->rows == upload.rowsBefore + upload.rows && (before == end || before->rows == upload.rowsBefore);
    const Row row{int(first - m_versions.begin()), int(before - first), upload.sourceName};
    for (int step = 0; comesOutEven && step < row.count; ++step) {
        const bool isOldest = row.first + step + 1 == m_versions.size(); // what it added is not known
        if (!isOldest && delta(row.first + step).value_or(0) <= 0)
            return std::nullopt;
    }
    return comesOutEven ? std::optional(row) : std::nullopt;
}

void VersionListModel::findRuns(const QVector<UploadedVersions> &uploads)
{
    QHash<int, Row> known; // by the place of their newest version
    for (const UploadedVersions &upload : uploads) {
        if (const std::optional<Row> row = rowOf(upload))
            known.insert(row->first, *row);
    }
    m_rows.clear();
    for (int place = 0; place < m_versions.size(); place += m_rows.last().count) {
        if (const auto upload = known.constFind(place); upload != known.constEnd()) {
            m_rows.append(*upload);
            continue;
        }
        Row row{place, 1, {}};
        while (goesOn(place + row.count - 1) && !known.contains(place + row.count))
            ++row.count;
        // What the run begins with must have added rows too, or be the first that is known.
        const int oldest = place + row.count - 1;
        if (row.count > 1 && oldest + 1 < m_versions.size() && delta(oldest).value_or(0) <= 0)
            --row.count;
        m_rows.append(row);
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

/// The day, and how long ago that was, which people think in.
static QString createdWords(const QString &told)
{
    const QDateTime now = QDateTime::currentDateTime();
    const QString age = ageWords(told, now);
    return age.isEmpty() ? timeWords(told, now)
                         : VersionListModel::tr("%1, %2", "time, age").arg(timeWords(told, now), age);
}

QString VersionListModel::displayText(int place, Column column) const
{
    const VersionInfo &version = m_versions.at(place);
    switch (column) {
    case VersionColumn:
        return version.version;
    case CreatedColumn:
        return createdWords(version.created);
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
    case CommentColumn:
        return commentText(run);
    default:
        return displayText(run.first, column);
    }
}

/// What the service says of its newest version, and of which upload it came.
QString VersionListModel::commentText(const Row &row) const
{
    const QString told = displayText(row.first, CommentColumn);
    if (row.file.isEmpty())
        return told;
    const QString file = Words::oneLine(row.file, 40);
    if (row.count > 1)
        return tr("Upload of %1 · %2").arg(file, Words::versions(row.count));
    const QString upload = tr("Upload of %1").arg(file);
    return told.isEmpty() ? upload : upload + QStringLiteral(" · ") + told;
}

/// Without a version before the run, what its first step added is not known: what came after it is told.
QString VersionListModel::runChange(const Row &run) const
{
    const int oldest = run.first + run.count - 1;
    const bool isKnown = delta(oldest).has_value();
    const qint64 before = *m_versions.at(isKnown ? oldest + 1 : oldest).rows;
    const QString change = signedNumber(*m_versions.at(run.first).rows - before);
    const QString steps = QLocale().toString(run.count);
    return isKnown ? tr("%1 in %2 steps").arg(change, steps) : tr("%1 after the first of %2 steps").arg(change, steps);
}

std::optional<VersionListModel::Pair> VersionListModel::pairOf(const QModelIndexList &rows) const
{
    if (rows.isEmpty() || rows.size() > 2)
        return std::nullopt;
    int newer = place(rows.first());
    int older = place(rows.last());
    if (newer > older)
        std::swap(newer, older);
    if (newer == older) {
        // A run, alone or with the step that it ends with: from what was before it.
        const QModelIndex &run = rows.first().internalId() == 0 ? rows.first() : rows.last();
        const Row &row = m_rows.at(run.internalId() == 0 ? run.row() : int(run.internalId()) - 1);
        if (row.count == 1)
            return std::nullopt;
        older = std::min<int>(row.first + row.count, int(m_versions.size()) - 1);
    }
    return Pair{m_versions.at(older).version, m_versions.at(newer).version};
}

QString VersionListModel::versionBefore(const QVector<VersionInfo> &versions, const QDateTime &moment)
{
    const auto found = std::find_if(versions.begin(), versions.end(), [&moment](const VersionInfo &version) {
        const QDateTime created = serviceTime(version.created);
        return created.isValid() && created <= moment;
    });
    if (found != versions.end())
        return found->version;
    return versions.size() < 2 ? QString() : versions.last().version;
}

std::optional<double> VersionListModel::share(const Row &row) const
{
    const int oldest = row.first + row.count;
    if (oldest >= m_versions.size() || !m_versions.at(row.first).rows || !m_versions.at(oldest).rows)
        return std::nullopt;
    const auto before = static_cast<double>(*m_versions.at(oldest).rows);
    const auto now = static_cast<double>(*m_versions.at(row.first).rows);
    return before == 0 ? std::optional<double>() : (now - before) / before;
}

/// A fall of three percent and more, or a rise by half and more, when it is far from what is usual for the dataset.
QString VersionListModel::jumpWords(int row) const
{
    constexpr double leastFall = -0.03;
    constexpr double leastRise = 0.5;
    const std::optional<double> jump = share(m_rows.at(row));
    if (!jump || (*jump > leastFall && *jump < leastRise))
        return {};
    std::vector<double> others;
    for (int i = 0; i < m_rows.size(); ++i) {
        const std::optional<double> other = i == row ? std::nullopt : share(m_rows.at(i));
        if (other)
            others.push_back(std::abs(*other));
    }
    if (!others.empty()) {
        const auto middle = others.begin() + static_cast<std::ptrdiff_t>((others.size() - 1) / 2);
        std::nth_element(others.begin(), middle, others.end());
        if (std::abs(*jump) < 3 * *middle)
            return {};
    }
    const QString percent = QLocale().toString(std::abs(*jump) * 100, 'f', std::abs(*jump) < 0.1 ? 1 : 0);
    return *jump < 0 ? tr("fell by %1 %").arg(percent) : tr("rose by %1 %").arg(percent);
}

QVector<VersionListModel::Count> VersionListModel::counts() const
{
    QVector<Count> counts;
    for (int row = int(m_rows.size()) - 1; row >= 0; --row) {
        if (const std::optional<qint64> rows = m_versions.at(m_rows.at(row).first).rows)
            counts.append({*rows, jumpWords(row), row});
    }
    return counts;
}

QVariant VersionListModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const auto column = static_cast<Column>(index.column());
    const bool isNumeric = column == RowsColumn || column == DeltaColumn;
    switch (role) {
    case Qt::DisplayRole: {
        const bool isRow = index.internalId() == 0;
        const bool isRun = isRow && m_rows.at(index.row()).count > 1;
        QString text = isRun                              ? runText(m_rows.at(index.row()), column)
                       : isRow && column == CommentColumn ? commentText(m_rows.at(index.row()))
                                                          : displayText(place(index), column);
        if (const QString jump = isRow && column == DeltaColumn ? jumpWords(index.row()) : QString(); !jump.isEmpty())
            text += QStringLiteral("  \u26A0 ") + jump;
        return text;
    }
    case JumpRole:
        return index.internalId() == 0 && column == DeltaColumn ? jumpWords(index.row()) : QString();
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
