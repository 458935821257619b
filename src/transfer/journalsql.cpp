#include "transfer/journalsql.h"

#include <QCoreApplication>
#include <QSqlDatabase>
#include <QSqlError>

#include <algorithm>
#include <array>

namespace rowdesk {

ApiError journalError(const QString &what)
{
    return {ErrorKind::Local,
            0,
            {},
            what,
            QCoreApplication::translate("Transfer", "Nothing more is sent while the journal of uploads can't be used."),
            {}};
}

namespace {

const QLatin1String busyCode("journal_busy");

/// SQLite's codes for: others hold the file, the table, or were tried for in vain.
constexpr std::array busyCodes{5, 6, 15};

bool isBusy(const QSqlQuery &query)
{
    constexpr int resultOnly = 0xff; // what is above it are details (SQLite: extended result codes)
    const int result = query.lastError().nativeErrorCode().toInt() & resultOnly;
    return std::find(busyCodes.begin(), busyCodes.end(), result) != busyCodes.end();
}

ApiError queryError(const QSqlQuery &query)
{
    if (isBusy(query)) {
        return {ErrorKind::Local,
                0,
                busyCode,
                QCoreApplication::translate("Transfer", "Another program keeps the journal of uploads to itself."),
                QCoreApplication::translate("Transfer", "Nothing more is sent. End that program, then continue."),
                {}};
    }
    return journalError(QCoreApplication::translate("Transfer", "The journal of uploads can't be used: %1.")
                            .arg(query.lastError().databaseText()));
}

} // namespace

bool isJournalBusy(const ApiError &error)
{
    return error.code == busyCode;
}

Result<QSqlQuery> runSql(const QString &connection, const QString &statement, const QVariantList &values)
{
    QSqlQuery query(QSqlDatabase::database(connection, false));
    query.setForwardOnly(true);
    bool fine = query.prepare(statement);
    for (const QVariant &value : values)
        query.addBindValue(value);
    fine = fine && query.exec();
    if (fine)
        return query;
    return queryError(query);
}

Result<int> SqlStatements::run(const QString &statement, const QVariantList &values)
{
    auto known = m_prepared.find(statement);
    if (known == m_prepared.end()) {
        QSqlQuery query(QSqlDatabase::database(m_connection, false));
        query.setForwardOnly(true);
        if (!query.prepare(statement))
            return queryError(query);
        known = m_prepared.emplace(statement, std::move(query)).first;
    }
    QSqlQuery &query = known->second;
    for (int i = 0; i < values.size(); ++i)
        query.bindValue(i, values[i]);
    if (!query.exec()) {
        const ApiError error = queryError(query);
        m_prepared.erase(known);
        return error;
    }
    return query.numRowsAffected();
}

SqlTransaction::SqlTransaction(const QString &connection) : m_connection(connection)
{
    // IMMEDIATE: the right to write is asked for at once, not in the middle.
    const Result<QSqlQuery> begun = runSql(connection, QStringLiteral("BEGIN IMMEDIATE"));
    if (begun)
        m_open = true;
    else
        m_error = begun.error();
}

SqlTransaction::~SqlTransaction()
{
    if (m_open)
        (void)runSql(m_connection, QStringLiteral("ROLLBACK"));
}

Result<Done> SqlTransaction::commit()
{
    const Result<QSqlQuery> done = runSql(m_connection, QStringLiteral("COMMIT"));
    if (!done)
        return done.error();
    m_open = false;
    return Done{};
}

} // namespace rowdesk
