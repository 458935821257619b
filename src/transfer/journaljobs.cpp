// UploadJournal: uploads as a whole.
#include "transfer/journalrows.h"
#include "transfer/journalsql.h"
#include "transfer/uploadjournal.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <array>

namespace rowdesk {
namespace {

template<typename Value>
struct Word
{
    Value value;
    const char *word;
};

constexpr std::array evidenceWords{Word{Evidence::Marker, "marker"}, Word{Evidence::Key, "key"},
                                   Word{Evidence::Content, "content"}, Word{Evidence::Count, "count"},
                                   Word{Evidence::None, "none"}};
constexpr std::array stateWords{Word{JournalJob::State::Running, "running"}, Word{JournalJob::State::Paused, "paused"},
                                Word{JournalJob::State::NeedsDecision, "needs_decision"},
                                Word{JournalJob::State::Done, "done"}, Word{JournalJob::State::Abandoned, "abandoned"}};
constexpr std::array creationWords{
    Word{JournalJob::Creation::NotNeeded, "none"}, Word{JournalJob::Creation::ToDo, "to_do"},
    Word{JournalJob::Creation::Asked, "asked"}, Word{JournalJob::Creation::Made, "made"}};
constexpr std::array removalWords{Word{JournalJob::Removal::None, ""}, Word{JournalJob::Removal::Asked, "asked"},
                                  Word{JournalJob::Removal::Done, "done"}};

template<typename Words, typename Value>
QLatin1StringView wordOf(const Words &words, Value value)
{
    return QLatin1StringView(
        std::find_if(words.begin(), words.end(), [value](const auto &w) { return w.value == value; })->word);
}

template<typename Value, size_t n>
std::optional<Value> valueOf(const std::array<Word<Value>, n> &words, QStringView word)
{
    const auto found =
        std::find_if(words.begin(), words.end(), [word](const auto &w) { return word == QLatin1StringView(w.word); });
    return found == words.end() ? std::nullopt : std::optional(found->value);
}

QString columnsText(const Schema &schema)
{
    QJsonArray columns;
    for (const ColumnSpec &column : schema.columns) {
        columns.append(
            QJsonObject{{QStringLiteral("name"), column.name}, {QStringLiteral("type"), columnTypeName(column.type)}});
    }
    return QString::fromUtf8(QJsonDocument(columns).toJson(QJsonDocument::Compact));
}

Schema columnsFrom(const QString &text)
{
    Schema schema;
    for (const QJsonValue &column : QJsonDocument::fromJson(text.toUtf8()).array()) {
        schema.columns.append(
            {column[QLatin1StringView("name")].toString(),
             columnTypeFromName(column[QLatin1StringView("type")].toString()).value_or(ColumnType::Text)});
    }
    return schema;
}

QString listText(const QStringList &list)
{
    return QString::fromUtf8(QJsonDocument(QJsonArray::fromStringList(list)).toJson(QJsonDocument::Compact));
}

QStringList listFrom(const QString &text)
{
    QStringList list;
    for (const QJsonValue &entry : QJsonDocument::fromJson(text.toUtf8()).array())
        list << entry.toString();
    return list;
}

QVariant orNull(const QString &text)
{
    return text.isEmpty() ? QVariant(QMetaType::fromType<QString>()) : QVariant(text);
}

constexpr const char *jobColumns =
    "id, service, dataset_id, new_table, about, new_columns, columns, creation, source_name, mapping, row_shape, "
    "evidence, "
    "key_columns, sole_writer, settle_s, rows_before, rows_planned, rows_left_out, created_at, state, reason, "
    "account, target_name, source_path, source_size, source_sha256, version_before, rows_after, version_after, "
    "ended_at, removal, rows_removed";

QVariant orNull(const std::optional<qint64> &number)
{
    return number ? QVariant(*number) : QVariant(QMetaType::fromType<qint64>());
}

/// What came with version 2 of the journal.
template<typename Next>
void readFacts(const Next &next, JournalJob &job)
{
    job.account = next().toString();
    job.targetName = next().toString();
    job.file.path = next().toString();
    const QVariant size = next();
    job.file.size = size.isNull() ? -1 : size.toLongLong();
    job.file.sha256 = next().toString().toLatin1();
    job.versionBefore = next().toString();
    if (const QVariant after = next(); !after.isNull())
        job.rowsAfter = after.toLongLong();
    job.versionAfter = next().toString();
    job.endedAt = next().toLongLong();
    job.removal = valueOf(removalWords, next().toString()).value_or(JournalJob::Removal::None);
    job.rowsRemoved = next().toLongLong();
}

Result<JournalJob> readJob(const QSqlQuery &query)
{
    JournalJob job;
    int i = 0;
    const auto next = [&query, &i] { return query.value(i++); };
    job.id = next().toString();
    job.service = next().toString();
    job.datasetId = next().toString();
    job.newTableName = next().toString();
    job.newTableAbout = next().toString();
    job.newTableColumns = columnsFrom(next().toString());
    job.columns = columnsFrom(next().toString());
    const auto creation = valueOf(creationWords, next().toString());
    job.sourceName = next().toString();
    job.mapping = next().toByteArray();
    job.shape = next().toString() == QLatin1String("cells") ? Dialect::RowShape::Cells : Dialect::RowShape::Members;
    const auto evidence = valueOf(evidenceWords, next().toString());
    job.keyColumns = listFrom(next().toString());
    job.soleWriter = next().toBool();
    job.settleSeconds = next().toInt();
    if (const QVariant before = next(); !before.isNull())
        job.rowsBefore = before.toLongLong();
    job.rowsPlanned = next().toLongLong();
    job.rowsLeftOut = next().toLongLong();
    job.createdAt = next().toLongLong();
    const auto state = valueOf(stateWords, next().toString());
    job.reason = next().toString();
    readFacts(next, job);
    if (!creation || !evidence || !state || job.columns.columns.isEmpty())
        return journalError(QCoreApplication::translate("Transfer", "The journal of uploads holds an upload that can't "
                                                                    "be read."));
    job.creation = *creation;
    job.evidence = *evidence;
    job.state = *state;
    return job;
}

} // namespace

QLatin1StringView evidenceName(Evidence evidence)
{
    return wordOf(evidenceWords, evidence);
}

Result<Done> UploadJournal::addJob(const JournalJob &job, const QVector<JournalBatch> &batches)
{
    SqlTransaction writing(m_connection);
    if (writing.error())
        return *writing.error();
    const auto added = runSql(
        m_connection,
        QStringLiteral("INSERT INTO job(%1, app_version) VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,"
                       "?,?,?,?,?,?,?)")
            .arg(QLatin1StringView(jobColumns)),
        {job.id,
         notNull(job.service),
         orNull(job.datasetId),
         orNull(job.newTableName),
         orNull(job.newTableAbout),
         columnsText(job.newTableColumns),
         columnsText(job.columns),
         wordOf(creationWords, job.creation),
         notNull(job.sourceName),
         notNull(QString::fromUtf8(job.mapping)),
         job.shape == Dialect::RowShape::Cells ? QStringLiteral("cells") : QStringLiteral("members"),
         evidenceName(job.evidence),
         listText(job.keyColumns),
         int(job.soleWriter),
         job.settleSeconds,
         orNull(job.rowsBefore),
         job.rowsPlanned,
         job.rowsLeftOut,
         job.createdAt,
         wordOf(stateWords, job.state),
         orNull(job.reason),
         orNull(job.account),
         orNull(job.targetName),
         orNull(job.file.path),
         job.file.size < 0 ? orNull(std::optional<qint64>()) : QVariant(job.file.size),
         orNull(QString::fromLatin1(job.file.sha256)),
         orNull(job.versionBefore),
         orNull(job.rowsAfter),
         orNull(job.versionAfter),
         orNull(std::optional<qint64>()),
         orNull(QString(wordOf(removalWords, job.removal))),
         job.rowsRemoved,
         notNull(QCoreApplication::applicationVersion())});
    if (!added)
        return added.error();
    for (const JournalBatch &batch : batches) {
        if (const Result<Done> done = insertBatch(job.id, batch); !done)
            return done.error();
    }
    return writing.commit();
}

Result<Done> UploadJournal::setJobState(const QString &job, JournalJob::State state, const QString &reason,
                                        qint64 endedAt)
{
    std::optional<qint64> ended;
    if (state != JournalJob::State::Running)
        ended = endedAt > 0 ? endedAt : QDateTime::currentMSecsSinceEpoch();
    const auto done = runSql(m_connection, QStringLiteral("UPDATE job SET state=?, reason=?, ended_at=? WHERE id=?"),
                             {wordOf(stateWords, state), orNull(reason), orNull(ended), job});
    if (!done)
        return done.error();
    if (done->numRowsAffected() != 1)
        return journalError(QCoreApplication::translate("Transfer", "The journal of uploads has lost an upload."));
    if (state == JournalJob::State::Done || state == JournalJob::State::Abandoned)
        QFile::remove(spoolPath(job));
    return Done{};
}

Result<Done> UploadJournal::setCreation(const QString &job, JournalJob::Creation creation, const QString &datasetId)
{
    return done(runSql(m_connection, QStringLiteral("UPDATE job SET creation=?, dataset_id=? WHERE id=?"),
                       {wordOf(creationWords, creation), orNull(datasetId), job}));
}

Result<Done> UploadJournal::setAfter(const QString &job, std::optional<qint64> rows, const QString &version)
{
    // Of use only to what is told of an upload that has ended, and that it has is written next.
    return forgettably([&] {
        return done(runSql(m_connection, QStringLiteral("UPDATE job SET rows_after=?, version_after=? WHERE id=?"),
                           {orNull(rows), orNull(version), job}));
    });
}

Result<Done> UploadJournal::setRemoval(const QString &job, JournalJob::Removal removal, qint64 rowsRemoved)
{
    return done(runSql(m_connection, QStringLiteral("UPDATE job SET removal=?, rows_removed=? WHERE id=?"),
                       {orNull(QString(wordOf(removalWords, removal))), rowsRemoved, job}));
}

Result<Done> UploadJournal::setSettle(const QString &job, int seconds)
{
    return done(runSql(m_connection, QStringLiteral("UPDATE job SET settle_s=? WHERE id=?"), {seconds, job}));
}

Result<QVector<JournalJob>> UploadJournal::jobs() const
{
    QVector<JournalJob> jobs;
    const auto error = readRows(
        m_connection,
        QStringLiteral("SELECT %1 FROM job ORDER BY created_at DESC, rowid DESC").arg(QLatin1StringView(jobColumns)),
        {}, [&jobs](const QSqlQuery &row) -> std::optional<ApiError> {
            const Result<JournalJob> job = readJob(row);
            if (!job)
                return job.error();
            jobs.append(*job);
            return std::nullopt;
        });
    if (error)
        return *error;
    return jobs;
}

Result<JournalJob> UploadJournal::job(const QString &id) const
{
    Result<QSqlQuery> query =
        runSql(m_connection, QStringLiteral("SELECT %1 FROM job WHERE id=?").arg(QLatin1StringView(jobColumns)), {id});
    if (!query)
        return query.error();
    if (!query.value().next()) {
        return ApiError{ErrorKind::NotFound,
                        0,
                        {},
                        QCoreApplication::translate("Transfer", "The journal knows no upload %1.").arg(id),
                        {},
                        {}};
    }
    return readJob(*query);
}

} // namespace rowdesk
