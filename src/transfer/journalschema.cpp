#include "transfer/journalschema.h"

namespace rowdesk {
namespace {

/// Columns of `job`: whose upload it is, which file it was, what the table was before and after, what was taken back.
QStringList addedInVersion2()
{
    return {QStringLiteral("account TEXT"),        QStringLiteral("target_name TEXT"),
            QStringLiteral("source_path TEXT"),    QStringLiteral("source_size INTEGER"),
            QStringLiteral("source_sha256 TEXT"),  QStringLiteral("version_before TEXT"),
            QStringLiteral("rows_after INTEGER"),  QStringLiteral("version_after TEXT"),
            QStringLiteral("ended_at INTEGER"),    QStringLiteral("removal TEXT CHECK(removal IN('asked','done'))"),
            QStringLiteral("rows_removed INTEGER")};
}

} // namespace

QStringList journalSchema()
{
    return {
        QStringLiteral("PRAGMA application_id=%1").arg(journalApplicationId),
        QStringLiteral("PRAGMA user_version=%1").arg(journalVersion),
        QStringLiteral(
            "CREATE TABLE job(id TEXT PRIMARY KEY, service TEXT NOT NULL, dataset_id TEXT, new_table TEXT, about TEXT, "
            "new_columns TEXT, "
            "columns TEXT NOT NULL, creation TEXT NOT NULL CHECK(creation IN('none','to_do','asked','made')), "
            "source_name TEXT NOT NULL, mapping TEXT NOT NULL, row_shape TEXT NOT NULL CHECK(row_shape "
            "IN('cells','members')), evidence TEXT NOT NULL CHECK(evidence "
            "IN('marker','key','content','count','none')), "
            "key_columns TEXT, sole_writer INTEGER NOT NULL DEFAULT 0, settle_s INTEGER NOT NULL DEFAULT 180, "
            "rows_before INTEGER, rows_planned INTEGER NOT NULL, rows_left_out INTEGER NOT NULL DEFAULT 0, "
            "created_at INTEGER NOT NULL, app_version TEXT NOT NULL, reason TEXT, state TEXT NOT NULL CHECK(state "
            "IN('running','paused','needs_decision','done','abandoned')), ") +
            addedInVersion2().join(QStringLiteral(", ")) + QLatin1Char(')'),
        QStringLiteral(
            "CREATE TABLE batch(job_id TEXT NOT NULL REFERENCES job, seq INTEGER NOT NULL, parent_seq INTEGER, "
            "first_row INTEGER NOT NULL, n_rows INTEGER NOT NULL CHECK(n_rows BETWEEN 1 AND 500), "
            "payload_off INTEGER NOT NULL, payload_len INTEGER NOT NULL, payload_sha256 BLOB NOT NULL, "
            "state TEXT NOT NULL CHECK(state IN('PLANNED','SENDING','RELEASED','CONFIRMED','CONFIRMED_RB','PARTIAL',"
            "'REJECTED','UNKNOWN','VERIFYING','QUARANTINED','ASSUMED_LANDED','SKIPPED','SUPERSEDED','ANOMALY')), "
            "rows_confirmed INTEGER NOT NULL DEFAULT 0, PRIMARY KEY(job_id,seq))"),
        QStringLiteral(
            "CREATE TABLE attempt(job_id TEXT NOT NULL, seq INTEGER NOT NULL, n INTEGER NOT NULL, "
            "t_intent INTEGER NOT NULL, t_released INTEGER, t_done INTEGER, outcome TEXT, http INTEGER, api_code TEXT, "
            "rows_inserted INTEGER, detail TEXT, PRIMARY KEY(job_id,seq,n), "
            "FOREIGN KEY(job_id,seq) REFERENCES batch(job_id,seq))"),
        QStringLiteral("CREATE TABLE evidence(id INTEGER PRIMARY KEY, job_id TEXT NOT NULL, seq INTEGER NOT NULL, "
                       "t INTEGER NOT NULL, method TEXT NOT NULL, seen INTEGER, missing INTEGER, extra INTEGER, "
                       "count_now INTEGER, control_ok INTEGER)"),
        QStringLiteral("CREATE TABLE decision(id INTEGER PRIMARY KEY, job_id TEXT NOT NULL, seq INTEGER NOT NULL, "
                       "t INTEGER NOT NULL, choice TEXT NOT NULL, shown_text TEXT NOT NULL)"),
        QStringLiteral("CREATE TABLE lease(dataset_key TEXT PRIMARY KEY, job_id TEXT NOT NULL, pid INTEGER NOT NULL, "
                       "started TEXT NOT NULL, boot_id TEXT NOT NULL, t INTEGER NOT NULL)"),
        QStringLiteral("CREATE UNIQUE INDEX one_in_flight ON batch(job_id) WHERE state "
                       "IN('SENDING','RELEASED','VERIFYING')"),
    };
}

QStringList journalMigration()
{
    QStringList statements;
    for (const QString &column : addedInVersion2())
        statements << QStringLiteral("ALTER TABLE job ADD COLUMN ") + column;
    statements << QStringLiteral("PRAGMA user_version=%1").arg(journalVersion);
    return statements;
}

} // namespace rowdesk
