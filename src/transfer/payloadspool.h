#pragma once

#include "api/dialect.h"
#include "core/result.h"
#include "transfer/uploadjournal.h"

#include <QByteArrayView>
#include <QVector>

#include <vector>

namespace rowdesk {

/// Writes the exact bytes of an upload's calls to one file, one behind the other, and never changes a byte of it. While
/// it lives, the file is locked against being taken for a leftover. Any thread, one at a time.
class PayloadSpool
{
public:
    PayloadSpool() = default;
    ~PayloadSpool();
    Q_DISABLE_COPY_MOVE(PayloadSpool)

    /// Makes the file (0600), or opens it to add to its end.
    std::optional<ApiError> open(const QString &path);
    /// Adds a payload; gives its place, length and SHA-256. The rest of the batch is left to the caller.
    Result<JournalBatch> add(const QByteArray &payload);
    /// Returns once everything added is on the disk, the file's name included.
    std::optional<ApiError> sync();

private:
    std::optional<ApiError> writeAll(const QByteArray &bytes);

    QString m_path;
    int m_file = -1;
    qint64 m_end = 0;
};

/// The payload of a batch, checked against its SHA-256. ErrorKind::Local when it is not what was written.
Result<QByteArray> readPayload(const QString &path, const JournalBatch &batch);

/// The rows of a payload that encodeRows() made: views into it.
struct PayloadRow
{
    QByteArrayView whole;
    std::vector<QByteArrayView> values; ///< JSON values in the order of the columns
};
std::vector<PayloadRow> payloadRows(Dialect::RowShape shape, QByteArrayView payload);

/// A payload with some of these rows.
QByteArray payloadOf(const std::vector<PayloadRow> &rows, const QVector<int> &chosen);

} // namespace rowdesk
