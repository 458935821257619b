#include "transfer/snapshotfile.h"

#include "core/tablesnapshot.h"
#include "core/wholefile.h"
#include "core/wtf8.h"
#include "transfer/snapshotblock.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDir>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>
#include <QtEndian>

namespace rowdesk {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(SnapshotFile)
};

constexpr quint32 formatVersion = 1;
constexpr qint64 mostHeader = 16 << 20;
constexpr qint64 checksumBytes = 32;
const QByteArray magic = QByteArrayLiteral("ROWSNAP\n");
constexpr qint64 shortest = 8 + 4 + 4 + 8 + checksumBytes; ///< magic, version, length, last block, checksum

ApiError refused(const QString &path, const QString &reason)
{
    return {ErrorKind::Rejected,
            0,
            {},
            Words::tr("The local snapshot “%1” can't be used: %2").arg(QFileInfo(path).fileName(), reason),
            Words::tr("Nothing was read from it. Delete it, or put back a copy of the file."),
            {}};
}

ApiError notWritten(const QString &path, const QString &reason)
{
    return {ErrorKind::Rejected,
            0,
            {},
            Words::tr("The local snapshot was not saved to “%1”: %2").arg(path, reason),
            Words::tr("Nothing is left of it. Make room on that disk, or choose another folder with ROWDESK_DATA_DIR."),
            {}};
}

ApiError cancelledError()
{
    return {ErrorKind::Cancelled, 0, {}, Words::tr("The local snapshot was stopped; nothing is left of it."), {}, {}};
}

QByteArray number(quint32 value)
{
    QByteArray bytes(4, Qt::Uninitialized);
    qToLittleEndian(value, bytes.data());
    return bytes;
}

QByteArray header(const SnapshotInfo &info, const QStringList &columns)
{
    const QJsonObject object{{QStringLiteral("account"), info.account},
                             {QStringLiteral("dataset"), info.datasetId},
                             {QStringLiteral("name"), info.datasetName},
                             {QStringLiteral("version"), info.version},
                             {QStringLiteral("saved"), info.saved.toUTC().toString(Qt::ISODate)},
                             {QStringLiteral("rows"), info.rows},
                             {QStringLiteral("columns"), QJsonArray::fromStringList(columns)}};
    const QByteArray json = QJsonDocument(object).toJson(QJsonDocument::Compact);
    return magic + number(formatVersion) + number(static_cast<quint32>(json.size())) + json;
}

/// Writes to the file and to the checksum.
class CheckedWriter
{
public:
    explicit CheckedWriter(QSaveFile &file) : m_file(file) {}

    void write(const QByteArray &bytes)
    {
        m_hash.addData(bytes);
        m_good = m_good && m_file.write(bytes) == bytes.size();
    }
    bool finish()
    {
        const QByteArray sum = m_hash.result();
        return m_good && m_file.write(sum) == sum.size() && commitWhole(m_file);
    }
    bool isGood() const { return m_good; }

private:
    QSaveFile &m_file;
    QCryptographicHash m_hash{QCryptographicHash::Sha256};
    bool m_good = true;
};

/// What stands before the blocks, with where they begin; an error in words.
struct Head
{
    QJsonObject object;
    qint64 end = 0;
    QString problem;
};

Head readHead(QFile &file)
{
    if (!file.isOpen() && !file.open(QIODevice::ReadOnly))
        return {{}, 0, file.errorString()};
    const QByteArray begin = file.read(magic.size() + 8);
    if (!begin.startsWith(magic))
        return {{}, 0, Words::tr("it does not begin as a snapshot does.")};
    if (begin.size() < magic.size() + 8 || file.size() < shortest)
        return {{}, 0, Words::tr("it is shorter than any snapshot.")};
    const auto version = qFromLittleEndian<quint32>(begin.constData() + magic.size());
    if (version != formatVersion) {
        return {
            {}, 0, Words::tr("it has format %1, and this program knows format %2.").arg(version).arg(formatVersion)};
    }
    const auto length = qFromLittleEndian<quint32>(begin.constData() + magic.size() + 4);
    const QByteArray json = length > mostHeader ? QByteArray() : file.read(length);
    const QJsonObject object = QJsonDocument::fromJson(json).object();
    if (json.size() != qsizetype(length) || object.isEmpty())
        return {{}, 0, Words::tr("its first part is damaged.")};
    return {object, file.pos(), {}};
}

SnapshotInfo infoOf(const QString &path, const QJsonObject &object)
{
    SnapshotInfo info;
    info.path = path;
    info.account = object[QStringLiteral("account")].toString();
    info.datasetId = object[QStringLiteral("dataset")].toString();
    info.datasetName = object[QStringLiteral("name")].toString();
    info.version = object[QStringLiteral("version")].toString();
    info.saved = QDateTime::fromString(object[QStringLiteral("saved")].toString(), Qt::ISODate);
    info.rows = object[QStringLiteral("rows")].toInteger();
    info.bytes = QFileInfo(path).size();
    return info;
}

/// Whether the file's last bytes are the checksum of all before them. Empty when stopped.
std::optional<bool> isWhole(QFile &file, CancelFlag cancelled)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    qint64 left = file.size() - checksumBytes;
    file.seek(0);
    while (left > 0) {
        if (isCancelled(cancelled))
            return std::nullopt;
        const QByteArray bytes = file.read(std::min<qint64>(left, 1 << 20));
        if (bytes.isEmpty())
            return false;
        hash.addData(bytes);
        left -= bytes.size();
    }
    return file.read(checksumBytes) == hash.result();
}

Result<std::shared_ptr<const ColumnStore>> readRows(QFile &file, const Head &head, CancelFlag cancelled)
{
    const QString damaged = Words::tr("its rows are damaged.");
    QStringList columns;
    for (const QJsonValue &name : head.object[QStringLiteral("columns")].toArray())
        columns.append(name.toString());
    auto store = std::make_shared<ColumnStore>();
    store->append(chunkFromBatch(columns, RowBatch(static_cast<int>(columns.size()))));
    file.seek(head.end);
    for (;;) {
        if (isCancelled(cancelled))
            return cancelledError();
        const QByteArray begin = file.read(8);
        if (begin.size() != 8)
            return refused(file.fileName(), damaged);
        const auto rows = qFromLittleEndian<quint32>(begin.constData());
        const auto length = qFromLittleEndian<quint32>(begin.constData() + 4);
        if (rows == 0)
            break;
        if (length > file.size() - file.pos() - checksumBytes)
            return refused(file.fileName(), damaged);
        const std::shared_ptr<const Chunk> chunk = unpackBlock(file.read(length), columns, rows);
        if (!chunk)
            return refused(file.fileName(), damaged);
        store->append(chunk);
    }
    if (store->rowCount() != head.object[QStringLiteral("rows")].toInteger())
        return refused(file.fileName(), damaged);
    store->setComplete();
    return std::shared_ptr<const ColumnStore>(store);
}

} // namespace

bool isSnapshotFile(const QString &path)
{
    QFile file(path);
    return QFileInfo(path).isFile() && file.open(QIODevice::ReadOnly) && file.read(magic.size()) == magic;
}

Result<Done> writeSnapshot(const SnapshotInfo &info, const TableSnapshot &rows, CancelFlag cancelled)
{
    const QString folder = QFileInfo(info.path).absolutePath();
    if (!QDir().mkpath(folder))
        return notWritten(info.path, Words::tr("the folder can't be made."));
    QSaveFile file(info.path);
    if (!file.open(QIODevice::WriteOnly) || !file.setPermissions(QFile::ReadOwner | QFile::WriteOwner))
        return notWritten(info.path, file.errorString());
    CheckedWriter writer(file);
    writer.write(header(info, rows.columnNames()));
    for (const TableSnapshot::Piece &piece : rows.pieces()) {
        if (isCancelled(cancelled))
            return cancelledError();
        qsizetype count = 0;
        for (qsizetype first = 0; first < piece.chunk->rows && writer.isGood(); first += count) {
            count = rowsOfBlock(piece, rows.columnCount(), first);
            const QByteArray block = packBlock(piece, rows.columnCount(), first, count);
            writer.write(number(static_cast<quint32>(count)) + number(static_cast<quint32>(block.size())));
            writer.write(block);
        }
    }
    writer.write(number(0) + number(0));
    return writer.finish() ? Result<Done>(Done{}) : Result<Done>(notWritten(info.path, file.errorString()));
}

SnapshotInfo readSnapshotInfo(const QString &path)
{
    QFile file(path);
    const Head head = readHead(file);
    SnapshotInfo info = infoOf(path, head.object);
    info.problem = head.problem;
    return info;
}

Result<SavedTable> readSnapshot(const QString &path, CancelFlag cancelled)
{
    QFile file(path);
    const Head head = readHead(file);
    if (!head.problem.isEmpty())
        return refused(path, head.problem);
    const std::optional<bool> whole = isWhole(file, cancelled);
    if (!whole)
        return cancelledError();
    if (!*whole)
        return refused(path, Words::tr("it is damaged: its checksum is not that of its contents."));
    const Result<std::shared_ptr<const ColumnStore>> store = readRows(file, head, cancelled);
    if (!store)
        return store.error();
    return SavedTable{infoOf(path, head.object), *store};
}

} // namespace rowdesk
