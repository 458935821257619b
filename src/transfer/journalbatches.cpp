// UploadJournal: batches, and what was seen and decided about them.
#include "transfer/journalsql.h"
#include "transfer/uploadjournal.h"

#include <QCoreApplication>
#include <QDateTime>

namespace rowdesk {
namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Transfer", text);
}

qint64 now()
{
    return QDateTime::currentMSecsSinceEpoch();
}

QVariant orNull(const std::optional<qint64> &value)
{
    return value ? QVariant(*value) : QVariant(QMetaType::fromType<qint64>());
}

Result<Done> done(const Result<QSqlQuery> &query)
{
    if (!query)
        return query.error();
    return Done{};
}

QLatin1StringView outcomeWord(BatchEvent event)
{
    switch (event) {
    case BatchEvent::NotApplied:
        return QLatin1StringView("not_applied");
    case BatchEvent::AllStored:
        return QLatin1StringView("confirmed");
    case BatchEvent::SomeStored:
        return QLatin1StringView("partial");
    case BatchEvent::MoreStored:
        return QLatin1StringView("too_many");
    case BatchEvent::Refused:
        return QLatin1StringView("rejected");
    case BatchEvent::AnswerLost:
        return QLatin1StringView("unknown");
    case BatchEvent::Died:
        return QLatin1StringView("died");
    default:
        return {};
    }
}

} // namespace

Result<Done> UploadJournal::insertBatch(const QString &job, const JournalBatch &batch)
{
    return done(runSql(m_connection,
                       QStringLiteral("INSERT INTO batch(job_id, seq, parent_seq, first_row, n_rows, payload_off, "
                                      "payload_len, payload_sha256, state) VALUES(?,?,?,?,?,?,?,?,?)"),
                       {job, batch.seq, orNull(batch.parent), batch.firstRow, batch.rows, batch.offset, batch.length,
                        batch.sha256, batchStateName(batch.state)}));
}

Result<Done> UploadJournal::update(const QString &job, qint64 seq, BatchState from, BatchState to,
                                   std::optional<qint64> confirmed)
{
    const auto changed = runSql(
        m_connection,
        QStringLiteral("UPDATE batch SET state=?, rows_confirmed=COALESCE(?, rows_confirmed) WHERE job_id=? AND seq=? "
                       "AND state=?"),
        {batchStateName(to), orNull(confirmed), job, seq, batchStateName(from)});
    if (!changed)
        return changed.error();
    if (changed->numRowsAffected() != 1)
        return journalError(tr("The journal of uploads says something else about rows than was expected; another "
                               "program may be working on the same upload."));
    return Done{};
}

Result<BatchState> UploadJournal::step(const QString &job, qint64 seq, BatchState from, BatchEvent event,
                                       const StepFacts &facts)
{
    const std::optional<BatchState> to = stateAfter(from, event);
    if (!to)
        return journalError(tr("The journal of uploads refuses a step that can't happen."));
    SqlTransaction writing(m_connection);
    if (writing.error())
        return *writing.error();
    if (const Result<Done> updated = update(job, seq, from, *to, facts.rowsConfirmed); !updated)
        return updated.error();
    if (const Result<Done> noted = noteAttempt(job, seq, event, facts); !noted)
        return noted.error();
    if (const Result<Done> committed = writing.commit(); !committed)
        return committed.error();
    return *to;
}

Result<Done> UploadJournal::noteAttempt(const QString &job, qint64 seq, BatchEvent event, const StepFacts &facts)
{
    if (event == BatchEvent::Begin) {
        return done(runSql(m_connection,
                           QStringLiteral("INSERT INTO attempt(job_id, seq, n, t_intent) SELECT ?, ?, "
                                          "1 + COALESCE(MAX(n), 0), ? FROM attempt WHERE job_id=? AND seq=?"),
                           {job, seq, now(), job, seq}));
    }
    const QString last =
        QStringLiteral(" WHERE job_id=? AND seq=? AND n=(SELECT MAX(n) FROM attempt WHERE job_id=? AND seq=?)");
    if (event == BatchEvent::LetGo) {
        return done(runSql(m_connection, QStringLiteral("UPDATE attempt SET t_released=?") + last,
                           {now(), job, seq, job, seq}));
    }
    if (outcomeWord(event).isEmpty())
        return Done{};
    return done(runSql(m_connection,
                       QStringLiteral("UPDATE attempt SET t_done=?, outcome=?, http=?, api_code=?, rows_inserted=?, "
                                      "detail=?") +
                           last,
                       {now(), outcomeWord(event), facts.httpStatus, facts.code, orNull(facts.rowsConfirmed),
                        facts.detail, job, seq, job, seq}));
}

Result<Done> UploadJournal::addChild(const QString &job, qint64 parent, qint64 seen, const JournalBatch &child)
{
    SqlTransaction writing(m_connection);
    if (writing.error())
        return *writing.error();
    if (const auto updated = update(job, parent, BatchState::Verifying, BatchState::Superseded, seen); !updated)
        return updated.error();
    if (const auto inserted = insertBatch(job, child); !inserted)
        return inserted.error();
    return writing.commit();
}

Result<Done> UploadJournal::note(const QString &job, qint64 seq, const EvidenceLine &line)
{
    return done(runSql(m_connection,
                       QStringLiteral("INSERT INTO evidence(job_id, seq, t, method, seen, missing, extra, count_now, "
                                      "control_ok) VALUES(?,?,?,?,?,?,?,?,?)"),
                       {job, seq, now(), evidenceName(line.method), line.seen, line.missing, line.extra, line.tableRows,
                        int(line.controlFound)}));
}

Result<Done> UploadJournal::noteDecision(const QString &job, qint64 seq, const QString &choice, const QString &shown)
{
    return done(runSql(m_connection,
                       QStringLiteral("INSERT INTO decision(job_id, seq, t, choice, shown_text) VALUES(?,?,?,?,?)"),
                       {job, seq, now(), choice, notNull(shown)}));
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
            return journalError(tr("The journal of uploads holds rows in an unknown state."));
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

} // namespace rowdesk
