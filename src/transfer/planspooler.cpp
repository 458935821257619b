#include "transfer/planspooler.h"

#include "transfer/canonicalvalue.h"

#include <QCoreApplication>
#include <QCryptographicHash>

#include <future>
#include <unordered_set>

namespace rowdesk {
namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Transfer", text);
}

/// Sees to it that no two rows have the same key: reading back could not tell them apart.
class KeyCheck
{
public:
    KeyCheck(const UploadPlan &plan, Dialect::RowShape shape) : m_shape(shape)
    {
        for (int i = 0; plan.evidence == Evidence::Key && i < plan.target.columns.size(); ++i) {
            if (plan.keyColumns.contains(plan.target.columns[i].name))
                m_columns.append({i, plan.target.columns[i].type});
        }
    }

    std::optional<ApiError> take(const SendPiece &piece)
    {
        if (m_columns.isEmpty())
            return std::nullopt;
        qint64 row = piece.firstRow;
        for (const PayloadRow &sent : payloadRows(m_shape, piece.body)) {
            QCryptographicHash key(QCryptographicHash::Md5); // to save memory, not to keep a secret
            for (const auto &[column, type] : m_columns) {
                // As reading back compares them: 3.0 is 3.
                const QByteArray value = canonicalJson(type, sent.values[size_t(column)]);
                key.addData(QByteArray::number(value.size()) + ':' + value);
            }
            if (!m_seen.insert(key.result().toStdString()).second)
                return doubled(row);
            ++row;
        }
        return std::nullopt;
    }

private:
    static ApiError doubled(qint64 row)
    {
        return {ErrorKind::File,
                0,
                {},
                tr("Row %1 has the same key as a row before it.").arg(row),
                tr("Nothing was sent. Choose key columns whose values are unique, or none."),
                {}};
    }

    Dialect::RowShape m_shape;
    QVector<std::pair<int, ColumnType>> m_columns;
    std::unordered_set<std::string> m_seen;
};

/// Checks and writes the payloads of one step while the next step is being read and encoded.
class PieceWriter
{
public:
    PieceWriter(PayloadSpool &spool, KeyCheck keys) : m_spool(spool), m_keys(std::move(keys)) {}

    /// Returns once the step before is written; its error.
    std::optional<ApiError> take(std::vector<SendPiece> pieces)
    {
        if (std::optional<ApiError> error = finish())
            return error;
        m_writing = std::async(std::launch::async, [this, pieces = std::move(pieces)]() { return write(pieces); });
        return std::nullopt;
    }
    std::optional<ApiError> finish() { return m_writing.valid() ? m_writing.get() : std::nullopt; }
    const QVector<JournalBatch> &batches() const { return m_batches; }

private:
    std::optional<ApiError> write(const std::vector<SendPiece> &pieces)
    {
        for (const SendPiece &piece : pieces) {
            if (std::optional<ApiError> error = m_keys.take(piece))
                return error;
            Result<JournalBatch> batch = m_spool.add(piece.body);
            if (!batch)
                return batch.error();
            batch.value().seq = m_batches.size() + 1;
            batch.value().firstRow = piece.firstRow;
            batch.value().rows = piece.rows;
            m_batches.append(*batch);
        }
        return std::nullopt;
    }

    PayloadSpool &m_spool;
    KeyCheck m_keys;
    QVector<JournalBatch> m_batches;
    std::future<std::optional<ApiError>> m_writing; // last: it is waited for before the rest goes
};

} // namespace

Result<SpooledRows> spoolPlan(const UploadPlan &plan, Dialect::RowShape shape, const QString &job, const QString &path,
                              PayloadSpool &spool, std::atomic<qint64> &rowsSoFar, const std::atomic_bool &cancelled)
{
    if (std::optional<ApiError> error = spool.open(path))
        return *error;
    BatchMaker maker(plan, shape, job);
    PieceWriter writer(spool, KeyCheck(plan, shape));
    qint64 rows = 0;
    while (!cancelled) {
        BatchMaker::Step step = maker.next();
        rows += step.rowsRead;
        rowsSoFar = rows;
        // Of two errors the one further up in the file is told.
        const std::optional<ApiError> error =
            step.pieces.empty() ? writer.finish() : writer.take(std::move(step.pieces));
        if (error)
            return *error;
        if (step.error)
            return *step.error;
        if (step.rowsRead > 0)
            continue;
        if (std::optional<ApiError> fault = spool.sync())
            return *fault;
        return SpooledRows{writer.batches(), rows};
    }
    return ApiError{ErrorKind::Cancelled, 0, {}, tr("The upload was stopped."), {}, {}};
}

} // namespace rowdesk
