// UploadJournal: the steps of a batch. The only statements that are run for every call of an upload.
#include "transfer/journalsql.h"
#include "transfer/uploadjournal.h"

#include <QCoreApplication>

#include <algorithm>

namespace rowdesk {
namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Transfer", text);
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

/// Steps that a cut of the power may take back, as long as no later one stays. Without Begin the rows read as not sent,
/// which they were not; without AllStored as let go, and then the table is looked at. A program that dies takes nothing
/// back. Every other step is on the disk before anything follows from it, LetGo above all: it comes before the last
/// byte, and it brings what was written before it to the disk as well, since the journal's log is one file that is read
/// from its beginning.
bool mayBeForgotten(BatchEvent event)
{
    return event == BatchEvent::Begin || event == BatchEvent::AllStored;
}

} // namespace

/// SQLite syncs the log at each commit while this is FULL, and only before it is copied into the database while it is
/// NORMAL.
std::optional<ApiError> UploadJournal::setSyncing(bool everyCommit)
{
    if (m_durability == Durability::Fast)
        return std::nullopt;
    // Takes effect while it is read, so that it can't be kept for the next time.
    const auto set = runSql(m_connection, everyCommit ? QStringLiteral("PRAGMA synchronous=FULL")
                                                      : QStringLiteral("PRAGMA synchronous=NORMAL"));
    return set ? std::nullopt : std::optional(set.error());
}

Result<Done> UploadJournal::update(const QString &job, const BatchMove &move, BatchState to)
{
    const auto changed = m_statements->run(
        QStringLiteral("UPDATE batch SET state=?, rows_confirmed=COALESCE(?, rows_confirmed) WHERE job_id=? AND seq=? "
                       "AND state=?"),
        {batchStateName(to), sqlOrNull(move.facts.rowsConfirmed), job, move.seq, batchStateName(move.from)});
    if (!changed)
        return changed.error();
    if (*changed != 1)
        return journalError(tr("The journal of uploads says something else about rows than was expected; another "
                               "program may be working on the same upload."));
    return Done{};
}

Result<BatchState> UploadJournal::step(const QString &job, qint64 seq, BatchState from, BatchEvent event,
                                       const StepFacts &facts)
{
    const Result<QVector<BatchState>> now = steps(job, {{seq, from, event, facts}});
    return now ? Result<BatchState>(now->first()) : now.error();
}

Result<QVector<BatchState>> UploadJournal::steps(const QString &job, const QVector<BatchMove> &moves)
{
    const bool lasts =
        !std::all_of(moves.begin(), moves.end(), [](const BatchMove &move) { return mayBeForgotten(move.event); });
    return lasts ? writeSteps(job, moves) : forgettably([&] { return writeSteps(job, moves); });
}

Result<QVector<BatchState>> UploadJournal::writeSteps(const QString &job, const QVector<BatchMove> &moves)
{
    if (std::optional<ApiError> error = checkInPlace())
        return *error;
    if (const Result<int> begun = m_statements->run(QStringLiteral("BEGIN IMMEDIATE")); !begun)
        return begun.error();
    Result<QVector<BatchState>> states = changeBatches(job, moves);
    const Result<int> committed = states ? m_statements->run(QStringLiteral("COMMIT")) : Result<int>(states.error());
    if (committed) {
        noteSizes();
        return states;
    }
    (void)m_statements->run(QStringLiteral("ROLLBACK"));
    return committed.error();
}

Result<QVector<BatchState>> UploadJournal::changeBatches(const QString &job, const QVector<BatchMove> &moves)
{
    QVector<BatchState> states;
    for (const BatchMove &move : moves) {
        const std::optional<BatchState> to = stateAfter(move.from, move.event);
        if (!to)
            return journalError(tr("The journal of uploads refuses a step that can't happen."));
        if (const Result<Done> updated = update(job, move, *to); !updated)
            return updated.error();
        if (const Result<Done> noted = noteAttempt(job, move); !noted)
            return noted.error();
        states.append(*to);
    }
    return states;
}

Result<Done> UploadJournal::noteAttempt(const QString &job, const BatchMove &move)
{
    const qint64 seq = move.seq;
    if (move.event == BatchEvent::Begin) {
        return done(
            m_statements->run(QStringLiteral("INSERT INTO attempt(job_id, seq, n, t_intent) SELECT ?, ?, "
                                             "1 + COALESCE(MAX(n), 0), ? FROM attempt WHERE job_id=? AND seq=?"),
                              {job, seq, journalTime(), job, seq}));
    }
    const QString last =
        QStringLiteral(" WHERE job_id=? AND seq=? AND n=(SELECT MAX(n) FROM attempt WHERE job_id=? AND seq=?)");
    if (move.event == BatchEvent::LetGo) {
        return done(m_statements->run(QStringLiteral("UPDATE attempt SET t_released=?") + last,
                                      {journalTime(), job, seq, job, seq}));
    }
    if (outcomeWord(move.event).isEmpty())
        return Done{};
    return done(
        m_statements->run(QStringLiteral("UPDATE attempt SET t_done=?, outcome=?, http=?, api_code=?, rows_inserted=?, "
                                         "detail=?") +
                              last,
                          {journalTime(), outcomeWord(move.event), move.facts.httpStatus, move.facts.code,
                           sqlOrNull(move.facts.rowsConfirmed), move.facts.detail, job, seq, job, seq}));
}

} // namespace rowdesk
