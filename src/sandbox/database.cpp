#include "sandbox/database.h"

#include <QCoreApplication>
#include <QSqlError>
#include <QUuid>

namespace rowdesk::sandbox {
namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("SandboxDatabase", text);
}

/// Rows carry the versions between which they are part of the table: [born, died). Nothing is copied for a version.
constexpr const char *tables[] = {
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=NORMAL",
    "PRAGMA busy_timeout=60000",
    "CREATE TABLE IF NOT EXISTS dataset(id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL,"
    " name_key TEXT NOT NULL UNIQUE, description TEXT NOT NULL, columns TEXT NOT NULL, unique_key TEXT NOT NULL,"
    " history INTEGER NOT NULL, refreshable INTEGER NOT NULL, generator TEXT NOT NULL, version INTEGER NOT NULL,"
    " row_count INTEGER NOT NULL, next_position INTEGER NOT NULL, changed TEXT NOT NULL)",
    "CREATE TABLE IF NOT EXISTS version(dataset INTEGER NOT NULL, number INTEGER NOT NULL, created TEXT NOT NULL,"
    " rows INTEGER NOT NULL, comment TEXT NOT NULL, PRIMARY KEY(dataset, number)) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS row(dataset INTEGER NOT NULL, position INTEGER NOT NULL, born INTEGER NOT NULL,"
    " died INTEGER NOT NULL, cells BLOB NOT NULL, PRIMARY KEY(dataset, position, born)) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS document(kind TEXT NOT NULL, id INTEGER NOT NULL, body TEXT NOT NULL,"
    " PRIMARY KEY(kind, id)) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS ledger(number INTEGER PRIMARY KEY AUTOINCREMENT, time TEXT NOT NULL, verb TEXT NOT "
    "NULL,"
    " path TEXT NOT NULL, bytes INTEGER NOT NULL, sha256 TEXT NOT NULL, applied INTEGER NOT NULL)",
};

} // namespace

ApiError localError(const QString &message)
{
    ApiError error;
    error.kind = ErrorKind::Local;
    error.code = QStringLiteral("SandboxFailed");
    error.message = message;
    return error;
}

Result<std::unique_ptr<Database>> Database::open(const QString &path)
{
    std::unique_ptr<Database> db(new Database);
    db->m_connection = QUuid::createUuid().toString();
    db->m_db = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), db->m_connection);
    db->m_db.setDatabaseName(path);
    if (!db->m_db.open())
        return localError(tr("The sandbox's file %1 can't be opened: %2").arg(path, db->m_db.lastError().text()));
    for (const char *sql : tables)
        db->run(QString::fromLatin1(sql));
    if (db->failed())
        return db->takeError();
    return db;
}

Database::~Database()
{
    m_db = QSqlDatabase();
    QSqlDatabase::removeDatabase(m_connection);
}

QSqlQuery Database::prepare(const QString &sql)
{
    QSqlQuery query(m_db);
    query.setForwardOnly(true);
    if (!failed() && !query.prepare(sql))
        note(query);
    return query;
}

QSqlQuery Database::run(const QString &sql, const QVariantList &values)
{
    QSqlQuery query = prepare(sql);
    for (const QVariant &value : values) {
        // Qt binds a null QString as NULL; here every text is a text, if an empty one.
        const bool nullText = value.metaType() == QMetaType::fromType<QString>() && value.toString().isNull();
        query.addBindValue(nullText ? QVariant(QLatin1StringView("").toString()) : value);
    }
    execute(query);
    return query;
}

bool Database::execute(QSqlQuery &query)
{
    if (failed())
        return false;
    if (query.exec())
        return true;
    note(query);
    return false;
}

void Database::note(const QSqlQuery &query)
{
    m_error = localError(tr("The sandbox's store refused a statement: %1").arg(query.lastError().text()));
}

ApiError Database::takeError()
{
    return *std::exchange(m_error, std::nullopt);
}

Transaction::Transaction(Database &db, Mode mode) : m_db(db), m_mode(mode)
{
    m_db.run(mode == Mode::Write ? QStringLiteral("BEGIN IMMEDIATE") : QStringLiteral("BEGIN"));
}

Transaction::~Transaction()
{
    if (!m_open)
        return;
    m_db.clearError(); // whoever wanted it has taken it; a failed rollback leaves nothing behind either
    m_db.run(QStringLiteral("ROLLBACK"));
    m_db.clearError();
}

bool Transaction::commit()
{
    if (m_mode == Mode::Write && m_db.m_witness)
        m_db.m_witness();
    m_db.run(QStringLiteral("COMMIT"));
    m_open = m_db.failed();
    return !m_open;
}

} // namespace rowdesk::sandbox
