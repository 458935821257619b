// UploadJournal: batches, and what was seen and decided about them.
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
    Result<QSqlQuery> query = runSql(
        m_connection,
        QStringLiteral("SELECT d.t, b.first_row, b.n_rows, d.choice, d.shown_text FROM decision d JOIN batch b ON "
                       "b.job_id=d.job_id AND b.seq=d.seq WHERE d.job_id=? ORDER BY d.id"),
        {job});
    if (!query)
        return query.error();
    QVector<UploadDecision> decisions;
    while (query.value().next()) {
        decisions.append({query->value(0).toLongLong(), query->value(1).toLongLong(), query->value(2).toLongLong(),
                          query->value(3).toString(), query->value(4).toString()});
    }
    return decisions;
}

Result<QVector<UploadJournal::StateCount>> UploadJournal::counts(const QString &job) const
{
    Result<QSqlQuery> query = runSql(m_connection,
                                     QStringLiteral("SELECT state, sum(n_rows), sum(rows_confirmed), min(first_row) "
                                                    "FROM batch WHERE job_id=? GROUP BY state"),
                                     {job});
    if (!query)
        return query.error();
    QVector<StateCount> counts;
    while (query.value().next()) {
        const auto state = batchStateFromName(query->value(0).toString());
        if (!state)
            return unknownState();
        counts.append(
            {*state, query->value(1).toLongLong(), query->value(2).toLongLong(), query->value(3).toLongLong()});
    }
    return counts;
}

Result<QVector<JournalBatch>> UploadJournal::batches(const QString &job) const
{
    Result<QSqlQuery> query = runSql(
        m_connection,
        QStringLiteral("SELECT seq, parent_seq, first_row, n_rows, payload_off, payload_len, payload_sha256, state, "
                       "rows_confirmed FROM batch WHERE job_id=? ORDER BY seq"),
        {job});
    if (!query)
        return query.error();
    QVector<JournalBatch> batches;
    while (query.value().next()) {
        JournalBatch batch;
        batch.seq = query->value(0).toLongLong();
        if (!query->value(1).isNull())
            batch.parent = query->value(1).toLongLong();
        batch.firstRow = query->value(2).toLongLong();
        batch.rows = query->value(3).toLongLong();
        batch.offset = query->value(4).toLongLong();
        batch.length = query->value(5).toLongLong();
        batch.sha256 = query->value(6).toByteArray();
        const auto state = batchStateFromName(query->value(7).toString());
        if (!state)
            return unknownState();
        batch.state = *state;
        batch.rowsConfirmed = query->value(8).toLongLong();
        batches.append(batch);
    }
    return batches;
}

Result<UploadJournal::Looks> UploadJournal::looks(const QString &job) const
{
    Result<QSqlQuery> query = runSql(m_connection,
                                     QStringLiteral("SELECT count(*), max(t) - min(t), (SELECT count_now FROM evidence "
                                                    "WHERE job_id=? ORDER BY id DESC LIMIT 1) FROM evidence WHERE "
                                                    "job_id=?"),
                                     {job, job});
    if (!query)
        return query.error();
    Looks looks;
    const Result<QVector<qint64>> denied = deniedCalls(job);
    if (!denied)
        return denied.error();
    looks.denied = *denied;
    if (!query.value().next())
        return looks;
    looks.count = query->value(0).toLongLong();
    looks.seconds = query->value(1).toLongLong() / 1000;
    if (!query->value(2).isNull())
        looks.tableRows = query->value(2).toLongLong();
    return looks;
}

Result<qint64> UploadJournal::sends(const QString &job, qint64 seq) const
{
    Result<QSqlQuery> query =
        runSql(m_connection, QStringLiteral("SELECT count(*) FROM attempt WHERE job_id=? AND seq=?"), {job, seq});
    if (!query)
        return query.error();
    return query.value().next() ? query->value(0).toLongLong() : 0;
}

Result<QVector<qint64>> UploadJournal::deniedCalls(const QString &job) const
{
    Result<QSqlQuery> query =
        runSql(m_connection,
               QStringLiteral("SELECT seq FROM attempt a WHERE job_id=? AND t_released IS NOT NULL AND outcome "
                              "IN('not_applied','rejected') "
                              "AND n=(SELECT MAX(n) FROM attempt b WHERE b.job_id=a.job_id AND b.seq=a.seq)"),
               {job});
    if (!query)
        return query.error();
    QVector<qint64> seqs;
    while (query.value().next())
        seqs.append(query->value(0).toLongLong());
    return seqs;
}

} // namespace rowdesk
