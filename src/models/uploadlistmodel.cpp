#include "models/uploadlistmodel.h"

#include <algorithm>

namespace rowdesk {
namespace {

/// Rows go to the table, or would if the service were quicker. What else takes time says nothing about the speed.
bool isSending(const UploadEntry &entry)
{
    return entry.state == UploadEntry::State::Running && !entry.isLooking && entry.waitsFor.isEmpty();
}

} // namespace

void UploadListModel::put(const UploadEntry &entry, qint64 msec)
{
    const qint64 done = entry.receipt.rowsConfirmed + entry.receipt.rowsSkipped;
    if (const int row = rowOf(entry.job); row >= 0) {
        Row &known = m_rows[size_t(row)];
        if (isSending(entry) && !isSending(known.entry))
            known.rate = {};
        known.entry = entry;
        if (isSending(entry))
            known.rate.add(msec, done);
        emit dataChanged(index(row), index(row));
        return;
    }
    beginInsertRows({}, 0, 0);
    Row &added = *m_rows.insert(m_rows.begin(), Row{entry, {}, {}});
    if (isSending(entry))
        added.rate.add(msec, done);
    endInsertRows();
}

void UploadListModel::remove(const QString &job)
{
    const int row = rowOf(job);
    if (row < 0 || entry(row).state != UploadEntry::State::Ended)
        return;
    beginRemoveRows({}, row, row);
    m_rows.erase(m_rows.begin() + row);
    endRemoveRows();
}

void UploadListModel::setNote(const QString &job, const QString &note)
{
    const int row = rowOf(job);
    if (row < 0)
        return;
    m_rows[size_t(row)].note = note;
    emit dataChanged(index(row), index(row), {NoteRole});
}

void UploadListModel::clear()
{
    if (m_rows.empty())
        return;
    beginRemoveRows({}, 0, rowCount() - 1);
    m_rows.clear();
    endRemoveRows();
}

int UploadListModel::rowOf(const QString &job) const
{
    const auto found =
        std::find_if(m_rows.begin(), m_rows.end(), [&job](const Row &row) { return row.entry.job == job; });
    return found == m_rows.end() ? -1 : int(found - m_rows.begin());
}

int UploadListModel::openCount() const
{
    return int(std::count_if(m_rows.begin(), m_rows.end(), [](const Row &row) {
        return row.entry.state != UploadEntry::State::Ended && row.entry.state != UploadEntry::State::Paused;
    }));
}

int UploadListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

QVariant UploadListModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row &row = m_rows[size_t(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return UploadWords::title(row.entry);
    case JobRole:
        return row.entry.job;
    case OutcomeRole:
        return int(outcomeOf(row.entry));
    case OutcomeTextRole:
        return UploadWords::outcome(outcomeOf(row.entry));
    case PercentRole:
        return UploadWords::percent(row.entry);
    case ProgressRole:
        return UploadWords::progress(row.entry, row.rate);
    case DatasetRole:
        return row.entry.receipt.datasetId;
    case StateRole:
        return int(row.entry.state);
    case NoteRole:
        return row.note;
    case ResultRole:
        return UploadWords::result(row.entry);
    default:
        return {};
    }
}

} // namespace rowdesk
