#include "transfer/planspooler.h"

#include <QCoreApplication>
#include <QCryptographicHash>

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
                m_columns.append(i);
        }
    }

    std::optional<ApiError> take(const SendPiece &piece)
    {
        if (m_columns.isEmpty())
            return std::nullopt;
        qint64 row = piece.firstRow;
        for (const PayloadRow &sent : payloadRows(m_shape, piece.body)) {
            QCryptographicHash key(QCryptographicHash::Md5); // to save memory, not to keep a secret
            for (const int column : m_columns)
                key.addData(sent.values[size_t(column)].toByteArray() + '\n');
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
    QVector<int> m_columns;
    std::unordered_set<std::string> m_seen;
};

} // namespace

Result<SpooledRows> spoolPlan(const UploadPlan &plan, Dialect::RowShape shape, const QString &job, const QString &path,
                              PayloadSpool &spool, std::atomic<qint64> &rowsSoFar, const std::atomic_bool &cancelled)
{
    if (std::optional<ApiError> error = spool.open(path))
        return *error;
    BatchMaker maker(plan, shape, job);
    KeyCheck keys(plan, shape);
    SpooledRows spooled;
    while (!cancelled) {
        const BatchMaker::Step step = maker.next();
        spooled.rows += step.rowsRead;
        rowsSoFar = spooled.rows;
        if (step.error)
            return *step.error;
        if (step.pieces.empty()) {
            if (std::optional<ApiError> error = spool.sync())
                return *error;
            return spooled;
        }
        for (const SendPiece &piece : step.pieces) {
            if (std::optional<ApiError> error = keys.take(piece))
                return *error;
            Result<JournalBatch> batch = spool.add(piece.body);
            if (!batch)
                return batch.error();
            batch.value().seq = spooled.batches.size() + 1;
            batch.value().firstRow = piece.firstRow;
            batch.value().rows = piece.rows;
            spooled.batches.append(*batch);
        }
    }
    return ApiError{ErrorKind::Cancelled, 0, {}, tr("The upload was stopped."), {}, {}};
}

} // namespace rowdesk
