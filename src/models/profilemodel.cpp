#include "models/profilemodel.h"

#include "models/profilewords.h"
#include "models/rowswords.h"
#include "models/words.h"

namespace rowdesk {

ProfileModel::ProfileModel(QObject *parent) : QAbstractTableModel(parent), m_work(this) {}

void ProfileModel::profile(const TableModel &rows, int firstColumn)
{
    m_work.cancel();
    beginResetModel();
    m_table = rows.store()->snapshot();
    m_rows = rows.rowOrder();
    m_profiles.assign(static_cast<size_t>(m_table.columnCount()), std::nullopt);
    m_wanted = firstColumn;
    m_done = 0;
    m_cancelled = false;
    const qint64 count = m_rows ? static_cast<qint64>(m_rows->size()) : m_table.rowCount();
    m_scope = RowsWords::scope(*rows.store(), count);
    endResetModel();
    next();
}

bool ProfileModel::isAbout(const TableModel &rows) const
{
    return m_rows == rows.rowOrder() && m_table.rowCount() == rows.store()->rowCount() &&
           m_table.columnNames() == rows.store()->columnNames();
}

void ProfileModel::cancel()
{
    m_work.cancel();
    m_cancelled = m_done < rowCount();
    emit statusChanged();
}

void ProfileModel::clear()
{
    m_work.cancel();
    beginResetModel();
    m_table = {};
    m_rows.reset();
    m_profiles.clear();
    m_scope.clear();
    endResetModel();
    emit statusChanged();
}

void ProfileModel::next()
{
    const auto columns = static_cast<int>(m_profiles.size());
    for (int step = 0; step < columns; ++step) {
        const int column = (m_wanted + step) % columns;
        if (m_profiles[static_cast<size_t>(column)])
            continue;
        m_work.start([table = m_table, rows = m_rows,
                      column](FileWork &work) { return profileColumn(table, column, rows.get(), &work.cancel); },
                     [this, column](std::optional<ColumnProfile> profile) { take(column, std::move(profile)); });
        break;
    }
    emit statusChanged();
}

void ProfileModel::take(int column, std::optional<ColumnProfile> profile)
{
    if (!profile)
        return;
    m_profiles[static_cast<size_t>(column)] = std::move(profile);
    ++m_done;
    emit dataChanged(index(column, 0), index(column, ColumnTotal - 1));
    emit profiled(column);
    next();
}

const ColumnProfile *ProfileModel::profileOf(int column) const
{
    if (column < 0 || column >= rowCount() || !m_profiles[static_cast<size_t>(column)])
        return nullptr;
    return &*m_profiles[static_cast<size_t>(column)];
}

QString ProfileModel::status() const
{
    if (m_profiles.empty())
        return {};
    if (isRunning())
        return tr("profile %1: %2 of %3").arg(m_scope, Words::number(m_done), Words::columns(rowCount()));
    if (m_cancelled)
        return tr("profile %1: cancelled after %2 of %3")
            .arg(m_scope, Words::number(m_done), Words::columns(rowCount()));
    return tr("profile %1").arg(m_scope);
}

int ProfileModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_profiles.size());
}

int ProfileModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnTotal;
}

QString ProfileModel::text(int row, int column) const
{
    if (column == NameColumn)
        return Words::oneLine(columnName(row));
    const ColumnProfile *profile = profileOf(row);
    if (!profile)
        return column == KindColumn ? tr("…") : QString();
    switch (column) {
    case KindColumn:
        return ProfileWords::content(profile->content);
    case DistinctColumn:
        return Words::number(profile->values.distinct);
    case NoValueColumn:
        return profile->values.nulls == 0 ? QString() : ProfileWords::share(profile->values.nulls, profile->rows);
    default: {
        QStringList findings;
        for (const ColumnProfile::Finding &finding : profile->findings)
            findings.append(ProfileWords::hint(finding.hint));
        return findings.join(tr(", "));
    }
    }
}

QVariant ProfileModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    if (role == Qt::DisplayRole)
        return text(index.row(), index.column());
    if (role == ExactNameRole)
        return columnName(index.row());
    const bool right = index.column() == DistinctColumn || index.column() == NoValueColumn;
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(Qt::Alignment(right ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    return {};
}

QVariant ProfileModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnTotal)
        return {};
    const bool right = section == DistinctColumn || section == NoValueColumn;
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(Qt::Alignment(right ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case NameColumn:
        return tr("Column");
    case KindColumn:
        return tr("Holds");
    case DistinctColumn:
        return tr("Different");
    case NoValueColumn:
        return tr("No value");
    default:
        return tr("Worth a look");
    }
}

} // namespace rowdesk
