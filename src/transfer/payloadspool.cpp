#include "transfer/payloadspool.h"

#include "files/sha256.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace rowdesk {
namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Transfer", text);
}

ApiError spoolError(const QString &path, const QString &why)
{
    return {ErrorKind::Local,
            0,
            {},
            tr("The rows to be sent can't be kept in %1: %2.").arg(path, why),
            tr("Nothing more was sent. Make room on that disk, or choose another folder with ROWDESK_DATA_DIR."),
            {}};
}

/// Every payload is hashed twice, once between two calls: by Qt 6.4 that took longer than making the payload.
QByteArray digestOf(const QByteArray &payload)
{
    Sha256 digest;
    digest.add(payload.constData(), std::size_t(payload.size()));
    return QByteArray::fromHex(digest.finish());
}

QString lastFault()
{
    return QString::fromLocal8Bit(std::strerror(errno));
}

/// Position behind the JSON value that begins at `at`. The bytes are our own encoder's: valid, without blanks.
qsizetype endOfValue(QByteArrayView json, qsizetype at)
{
    int depth = 0;
    bool inText = false;
    for (qsizetype i = at; i < json.size(); ++i) {
        const char c = json[i];
        if (inText) {
            if (c == '\\')
                ++i;
            else if (c == '"')
                inText = false;
            if (!inText && depth == 0)
                return i + 1;
            continue;
        }
        if (c == '"')
            inText = true;
        else if (c == '{' || c == '[')
            ++depth;
        else if (depth > 0 && (c == '}' || c == ']')) {
            if (--depth == 0)
                return i + 1;
        } else if (depth == 0 && (c == ',' || c == ']' || c == '}')) // names are texts: none ends at a colon
            return i;
    }
    return json.size();
}

/// The values of an array or the names and values of an object, in order.
std::vector<QByteArrayView> elements(QByteArrayView json)
{
    std::vector<QByteArrayView> parts;
    for (qsizetype at = 1; at < json.size() - 1;) {
        const qsizetype end = endOfValue(json, at);
        if (end <= at)
            break;
        parts.push_back(json.sliced(at, end - at));
        at = end + 1;
    }
    return parts;
}

constexpr QByteArrayView payloadBegin{R"({"data":)"};

} // namespace

PayloadSpool::~PayloadSpool()
{
    if (m_file >= 0)
        ::close(m_file);
}

std::optional<ApiError> PayloadSpool::open(const QString &path)
{
    m_path = path;
    struct stat facts = {};
    do {
        if (m_file >= 0)
            ::close(m_file);
        m_file =
            ::open(QFile::encodeName(path).constData(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0600);
        if (m_file < 0 || ::flock(m_file, LOCK_EX) != 0 || ::fstat(m_file, &facts) != 0)
            return spoolError(path, lastFault());
        // Someone may have taken it for a leftover between open and lock.
    } while (facts.st_nlink == 0);
    m_end = facts.st_size;
    return std::nullopt;
}

std::optional<ApiError> PayloadSpool::writeAll(const QByteArray &bytes)
{
    for (qsizetype written = 0; written < bytes.size();) {
        const ssize_t count = ::write(m_file, bytes.constData() + written, size_t(bytes.size() - written));
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            return spoolError(m_path, lastFault());
        written += count;
    }
    return std::nullopt;
}

Result<JournalBatch> PayloadSpool::add(const QByteArray &payload)
{
    JournalBatch batch;
    batch.offset = m_end;
    batch.length = payload.size();
    batch.sha256 = digestOf(payload);
    if (std::optional<ApiError> error = writeAll(payload))
        return *error;
    // On its way to the disk already: sync() has less to wait for.
    (void)::sync_file_range(m_file, m_end, payload.size(), SYNC_FILE_RANGE_WRITE);
    m_end += payload.size();
    return batch;
}

std::optional<ApiError> PayloadSpool::sync()
{
    if (::fsync(m_file) != 0)
        return spoolError(m_path, lastFault());
    const int folder =
        ::open(QFile::encodeName(QFileInfo(m_path).path()).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const bool fine = folder >= 0 && ::fsync(folder) == 0;
    if (folder >= 0)
        ::close(folder);
    return fine ? std::nullopt : std::optional(spoolError(m_path, lastFault()));
}

Result<QByteArray> readPayload(const QString &path, const JournalBatch &batch)
{
    QFile file(path);
    QByteArray payload;
    if (file.open(QIODevice::ReadOnly) && file.seek(batch.offset))
        payload = file.read(batch.length);
    if (payload.size() == batch.length && digestOf(payload) == batch.sha256)
        return payload;
    return ApiError{ErrorKind::Local,
                    0,
                    {},
                    tr("The rows kept in %1 are gone or were changed.").arg(path),
                    tr("They were not sent. Give this upload up, look at what is in the table, and begin a new one."),
                    {}};
}

std::vector<PayloadRow> payloadRows(Dialect::RowShape shape, QByteArrayView payload)
{
    std::vector<PayloadRow> rows;
    const QByteArrayView list = payload.sliced(payloadBegin.size(), payload.size() - payloadBegin.size() - 1);
    for (const QByteArrayView whole : elements(list)) {
        PayloadRow row{whole, {}};
        const std::vector<QByteArrayView> parts = elements(whole);
        if (shape == Dialect::RowShape::Cells) {
            for (const QByteArrayView cell : parts)
                row.values.push_back(elements(cell).back()); // {"column":…,"value":…}
        } else {
            for (size_t i = 1; i < parts.size(); i += 2)
                row.values.push_back(parts[i]);
        }
        rows.push_back(std::move(row));
    }
    return rows;
}

QByteArray payloadOf(const std::vector<PayloadRow> &rows, const QVector<int> &chosen)
{
    QByteArray payload = payloadBegin.toByteArray() + '[';
    for (const int row : chosen) {
        if (payload.back() != '[')
            payload += ',';
        payload += rows[size_t(row)].whole;
    }
    return payload + "]}";
}

} // namespace rowdesk
