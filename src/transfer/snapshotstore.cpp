#include "transfer/snapshotstore.h"

#include "transfer/datafolder.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <algorithm>
#include <functional>

namespace rowdesk {
namespace {

/// Newest first.
QVector<SnapshotInfo> listFolder(const QString &path)
{
    QVector<SnapshotInfo> snapshots;
    const QDir folder(path);
    const QStringList names = folder.entryList({QLatin1Char('*') + QString::fromUtf16(snapshotEnding)}, QDir::Files,
                                               QDir::Name | QDir::Reversed);
    for (const QString &name : names)
        snapshots.append(readSnapshotInfo(folder.filePath(name)));
    return snapshots;
}

} // namespace

QString SnapshotStore::defaultFolder()
{
    return dataFolder(QStringLiteral("snapshots"));
}

/// What accounts are called may hold anything, so the folder has a digest for a name; the files say whose they are.
QString SnapshotStore::folderOf(const QString &account, const QString &datasetId) const
{
    const QByteArray whose = account.toUtf8() + '\n' + datasetId.toUtf8();
    const QByteArray digest = QCryptographicHash::hash(whose, QCryptographicHash::Sha256).toHex().left(24);
    return m_folder + QLatin1Char('/') + QString::fromLatin1(digest);
}

QString SnapshotStore::nameOf(const SnapshotInfo &snapshot)
{
    return QFileInfo(snapshot.path).completeBaseName();
}

QVector<SnapshotInfo> SnapshotStore::list(const QString &account, const QString &datasetId) const
{
    QVector<SnapshotInfo> snapshots = listFolder(folderOf(account, datasetId));
    for (SnapshotInfo &snapshot : snapshots)
        snapshot.datasetId = datasetId; // a damaged one does not tell
    return snapshots;
}

QVector<SnapshotInfo> SnapshotStore::all() const
{
    QVector<SnapshotInfo> snapshots;
    for (const QString &name : QDir(m_folder).entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name))
        snapshots += listFolder(m_folder + QLatin1Char('/') + name);
    // Names begin with the time.
    std::ranges::stable_sort(snapshots, std::ranges::greater(), &SnapshotStore::nameOf);
    return snapshots;
}

QString SnapshotStore::newPath(const QString &account, const QString &datasetId, const QDateTime &saved) const
{
    const QString folder = folderOf(account, datasetId);
    QDir().mkpath(folder);
    for (const QString &each : {m_folder, folder})
        QFile::setPermissions(each, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    const QString name = saved.toUTC().toString(QStringLiteral("yyyyMMdd'T'HHmmss"));
    QString path;
    for (int number = 1; path.isEmpty() || QFile::exists(path); ++number) {
        path = QStringLiteral("%1/%2-%3").arg(folder, name).arg(number, 2, 10, QLatin1Char('0')) +
               QString::fromUtf16(snapshotEnding);
    }
    return path;
}

bool SnapshotStore::remove(const SnapshotInfo &snapshot) const
{
    return snapshot.path.startsWith(m_folder + QLatin1Char('/')) && QFile::remove(snapshot.path);
}

} // namespace rowdesk
