#include "models/workspace.h"

#include "transfer/snapshotsaving.h"

#include <QJsonArray>

namespace rowdesk {

Workspace::Workspace(ApiClient *client, QString who, QObject *parent)
    : QObject(parent), m_client(client), m_who(std::move(who)), m_data(client), m_history(client), m_uploads(m_data)
{
    connect(&m_uploads, &UploadQueue::finished, this, &Workspace::uploadEnded);
}

void Workspace::uploadEnded(const QString &job)
{
    const std::optional<UploadEntry> entry = m_uploads.entry(job);
    if (entry && !entry->receipt.datasetId.isEmpty())
        rowsChanged(entry->receipt.datasetId);
}

void Workspace::rowsChanged(const QString &datasetId)
{
    reload();
    emit datasetChanged(datasetId);
}

void Workspace::reload()
{
    m_listing.abort();
    m_listState = ListState::Loading;
    emit listStateChanged();
    m_listing = m_data.list();
    m_listing.then(this, [this, asked = ++m_generation](Result<QVector<DatasetInfo>> list) {
        if (asked == m_generation)
            takeList(std::move(list));
    });
}

void Workspace::takeList(Result<QVector<DatasetInfo>> list)
{
    if (list)
        m_datasets.setDatasets(std::move(list).value());
    else
        m_listError = list.error();
    m_listState = list ? ListState::Ready : ListState::Failed;
    emit listStateChanged();
}

std::unique_ptr<RowStream> Workspace::rows(const RowsOf &which) const
{
    return std::make_unique<RowStream>(m_client, which);
}

Call<QVector<VersionInfo>> Workspace::versions(const QString &datasetId) const
{
    return m_history.versions(datasetId);
}

Call<WholeTable> Workspace::wholeTable(const TableOrigin &origin,
                                       const std::function<void(qint64 rows)> &progress) const
{
    return readWholeTable(m_client, origin, progress);
}

Call<SnapshotInfo> Workspace::saveSnapshot(const QString &datasetId, const QString &version,
                                           const std::function<void(qint64 rows)> &progress)
{
    SnapshotInfo what;
    what.datasetId = datasetId;
    what.version = version;
    if (const int row = m_datasets.rowOf(datasetId); row >= 0)
        what.datasetName = m_datasets.dataset(row).name;
    return rowdesk::saveSnapshot(m_client, m_snapshots, what, progress)
        .map<SnapshotInfo>([self = QPointer(this)](const SnapshotInfo &saved) -> Result<SnapshotInfo> {
            if (self)
                emit self->snapshotsChanged(saved.datasetId);
            return saved;
        });
}

bool Workspace::removeSnapshot(const SnapshotInfo &snapshot)
{
    const bool removed = m_snapshots.remove(snapshot);
    emit snapshotsChanged(snapshot.datasetId);
    return removed;
}

/// The account tells it as a member beyond the contract: one text with commas, or a list.
QStringList Workspace::uniqueKey(const QString &datasetId) const
{
    const int row = m_datasets.rowOf(datasetId);
    if (row < 0)
        return {};
    const QJsonObject &other = m_datasets.dataset(row).other;
    for (auto i = other.begin(); i != other.end(); ++i) {
        if (i.key().compare(QLatin1String("uniquekey"), Qt::CaseInsensitive) != 0)
            continue;
        QStringList key = i.value().toString().split(QLatin1Char(','), Qt::SkipEmptyParts);
        for (const QJsonValue &column : i.value().toArray())
            key.append(column.toString());
        return key;
    }
    return {};
}

Call<DataService::TableSchema> Workspace::schema(const QString &datasetId) const
{
    return m_data.schema(datasetId);
}

Call<QString> Workspace::create(const DataService::NewTable &table)
{
    return m_data.create(table).map<QString>([self = QPointer<Workspace>(this)](QString id) -> Result<QString> {
        if (self)
            self->reload();
        return id;
    });
}

} // namespace rowdesk
