// UploadJournal: batches, and what was seen and decided about them.
#include "transfer/journalrows.h"
#include "transfer/journalsql.h"
#include "transfer/uploadjournal.h"

#include <QCoreApplication>

namespace rowdesk {
namespace {

ApiError unknownState()
{
    return journalError(
        QCoreApplication::translate("Transfer", "The journal of uploads holds rows in an unknown state."));
}

/// The number that a statement counts.
Result<qint64> number(const QString &connection, const QString &statement, const QVariantList &values)
{
    qint64 number = 0;
    const auto error =
        readRows(connection, statement, values, [&number](const QSqlQuery &row) -> std::optional<ApiError> {
            number = row.value(0).toLongLong();
            return std::nullopt;
        });
    if (error)
        return *error;
    return number;
}

} // namespace

Result<Done> UploadJournal::insertBatch(const QString &job, const JournalBatch &batch)
{
    // For every batch of an upload before its first row is sent.
    return done(m_statements->run(
        QStringLiteral("INSERT INTO batch(job_id, seq, parent_seq, first_row, n_rows, payload_off, payload_len, "
                       "payload_sha256, state) VALUES(?,?,?,?,?,?,?,?,?)"),
        {job, batch.seq, sqlOrNull(batch.parent), batch.firstRow, batch.rows, batch.offset, batch.length, batch.sha256,
         batchStateName(batch.state)}));
}

Result<Done> UploadJournal::addChild(const QString &job, qint64 parent, qint64 seen, const JournalBatch &child)
{
    return replace(job, {parent, BatchState::Verifying, BatchEvent::SeenSome, {seen, 0, {}, {}}}, {child});
}

Result<Done> UploadJournal::addHalves(const QString &job, qint64 parent, const QVector<JournalBatch> &halves)
{
    return replace(job, {parent, BatchState::Rejected, BatchEvent::Halve, {}}, halves);
}

Result<Done> UploadJournal::replace(const QString &job, const BatchMove &move, const QVector<JournalBatch> &children)
{
    SqlTransaction writing(m_connection);
    if (writing.error())
        return *writing.error();
    if (const auto updated = update(job, move, BatchState::Superseded); !updated)
        return updated.error();
    for (const JournalBatch &child : children) {
        if (const auto inserted = insertBatch(job, child); !inserted)
            return inserted.error();
    }
    return writing.commit();
}

Result<Done> UploadJournal::note(const QString &job, qint64 seq, const EvidenceLine &line)
{
    return done(runSql(m_connection,
                       QStringLiteral("INSERT INTO evidence(job_id, seq, t, method, seen, missing, extra, count_now, "
                                      "control_ok) VALUES(?,?,?,?,?,?,?,?,?)"),
                       {job, seq, journalTime(), evidenceName(line.method), line.seen, line.missing, line.extra,
                        line.tableRows, int(line.controlFound)}));
}

Result<Done> UploadJournal::noteDecision(const QString &job, qint64 seq, const QString &choice, const QString &shown)
{
    return done(runSql(m_connection,
                       QStringLiteral("INSERT INTO decision(job_id, seq, t, choice, shown_text) VALUES(?,?,?,?,?)"),
                       {job, seq, journalTime(), choice, notNull(shown)}));
}

Result<QVector<UploadDecision>> UploadJournal::decisions(const QString &job) const
{
    QVector<UploadDecision> decisions;
    const auto error = readRows(
        m_connection,
        QStringLiteral("SELECT d.t, b.first_row, b.n_rows, d.choice, d.shown_text FROM decision d JOIN batch b ON "
                       "b.job_id=d.job_id AND b.seq=d.seq WHERE d.job_id=? ORDER BY d.id"),
        {job}, [&decisions](const QSqlQuery &row) -> std::optional<ApiError> {
            decisions.append({row.value(0).toLongLong(), row.value(1).toLongLong(), row.value(2).toLongLong(),
                              row.value(3).toString(), row.value(4).toString()});
            return std::nullopt;
        });
    if (error)
        return *error;
    return decisions;
}

Result<QVector<UploadJournal::StateCount>> UploadJournal::counts(const QString &job) const
{
    QVector<StateCount> counts;
    const auto error = readRows(
        m_connection,
        QStringLiteral("SELECT state, sum(n_rows), sum(rows_confirmed), min(first_row) FROM batch WHERE job_id=? GROUP "
                       "BY state"),
        {job}, [&counts](const QSqlQuery &row) -> std::optional<ApiError> {
            const auto state = batchStateFromName(row.value(0).toString());
            if (!state)
                return unknownState();
            counts.append({*state, row.value(1).toLongLong(), row.value(2).toLongLong(), row.value(3).toLongLong()});
            return std::nullopt;
        });
    if (error)
        return *error;
    return counts;
}

namespace {

/// Without its state.
JournalBatch batchFrom(const QSqlQuery &row)
{
    JournalBatch batch;
    batch.seq = row.value(0).toLongLong();
    if (!row.value(1).isNull())
        batch.parent = row.value(1).toLongLong();
    batch.firstRow = row.value(2).toLongLong();
    batch.rows = row.value(3).toLongLong();
    batch.offset = row.value(4).toLongLong();
    batch.length = row.value(5).toLongLong();
    batch.sha256 = row.value(6).toByteArray();
    batch.rowsConfirmed = row.value(8).toLongLong();
    return batch;
}

} // namespace

Result<QVector<JournalBatch>> UploadJournal::batches(const QString &job) const
{
    QVector<JournalBatch> batches;
    const auto error = readRows(
        m_connection,
        QStringLiteral("SELECT seq, parent_seq, first_row, n_rows, payload_off, payload_len, payload_sha256, state, "
                       "rows_confirmed FROM batch WHERE job_id=? ORDER BY seq"),
        {job}, [&batches](const QSqlQuery &row) -> std::optional<ApiError> {
            const auto state = batchStateFromName(row.value(7).toString());
            if (!state)
                return unknownState();
            batches.append(batchFrom(row));
            batches.last().state = *state;
            return std::nullopt;
        });
    if (error)
        return *error;
    return batches;
}

/// The looks at the table since the calls in question were let go; others were about rows that are settled.
QString looksInQuestion()
{
    QStringList states;
    for (const BatchState state : allBatchStates) {
        if (isOpenQuestion(state))
            states.append(QLatin1Char('\'') + batchStateName(state) + QLatin1Char('\''));
    }
    return QStringLiteral("FROM evidence e JOIN batch b ON b.job_id=e.job_id AND b.seq=e.seq WHERE e.job_id=? AND "
                          "b.state IN (%1) AND e.t >= (SELECT COALESCE(MAX(a.t_released), 0) FROM attempt a WHERE "
                          "a.job_id=e.job_id AND a.seq=e.seq)")
        .arg(states.join(QLatin1Char(',')));
}

Result<UploadJournal::Looks> UploadJournal::looks(const QString &job) const
{
    const Result<QVector<qint64>> denied = deniedCalls(job);
    if (!denied)
        return denied.error();
    Looks looks;
    looks.denied = *denied;
    const auto error = readRows(m_connection,
                                QStringLiteral("SELECT count(*), max(e.t) - min(e.t), (SELECT e.count_now %1 ORDER BY "
                                               "e.id DESC LIMIT 1) %1")
                                    .arg(looksInQuestion()),
                                {job, job}, [&looks](const QSqlQuery &row) -> std::optional<ApiError> {
                                    looks.count = row.value(0).toLongLong();
                                    looks.seconds = row.value(1).toLongLong() / 1000;
                                    if (!row.value(2).isNull())
                                        looks.tableRows = row.value(2).toLongLong();
                                    return std::nullopt;
                                });
    if (error)
        return *error;
    return looks;
}

Result<qint64> UploadJournal::sends(const QString &job, qint64 seq) const
{
    return number(m_connection, QStringLiteral("SELECT count(*) FROM attempt WHERE job_id=? AND seq=?"), {job, seq});
}

/// What a person decided about is the person's word, not the table's.
Result<qint64> UploadJournal::rowsSentAgain(const QString &job) const
{
    const QString lost =
        QStringLiteral("(SELECT seq FROM attempt WHERE job_id=? AND t_released IS NOT NULL AND outcome "
                       "IN('unknown','died'))");
    return number(m_connection,
                  QStringLiteral("SELECT COALESCE(sum(n_rows), 0) FROM batch WHERE job_id=? AND state='CONFIRMED' AND "
                                 "seq NOT IN(SELECT seq FROM decision WHERE job_id=?) AND (seq IN %1 OR parent_seq "
                                 "IN(SELECT seq FROM batch WHERE job_id=? AND rows_confirmed>0 AND seq IN %1))")
                      .arg(lost),
                  {job, job, job, job, job});
}

Result<QVector<qint64>> UploadJournal::deniedCalls(const QString &job) const
{
    QVector<qint64> seqs;
    const auto error =
        readRows(m_connection,
                 QStringLiteral("SELECT seq FROM attempt a WHERE job_id=? AND t_released IS NOT NULL AND outcome "
                                "IN('not_applied','rejected') "
                                "AND n=(SELECT MAX(n) FROM attempt b WHERE b.job_id=a.job_id AND b.seq=a.seq)"),
                 {job}, [&seqs](const QSqlQuery &row) -> std::optional<ApiError> {
                     seqs.append(row.value(0).toLongLong());
                     return std::nullopt;
                 });
    if (error)
        return *error;
    return seqs;
}

} // namespace rowdesk
