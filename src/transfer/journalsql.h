#pragma once

#include "core/result.h"

#include <QDateTime>
#include <QSqlQuery>
#include <QVariantList>

#include <map>
#include <optional>

namespace rowdesk {

/// Runs one statement on the named connection. An error is ErrorKind::Local and says what the journal said.
Result<QSqlQuery> runSql(const QString &connection, const QString &statement, const QVariantList &values = {});

/// Statements that are run again and again: each is read by SQLite once. None of them gives rows.
/// To be destroyed before the connection is closed.
class SqlStatements
{
public:
    explicit SqlStatements(QString connection) : m_connection(std::move(connection)) {}

    /// Runs it; gives how many rows it changed.
    Result<int> run(const QString &statement, const QVariantList &values = {});

private:
    QString m_connection;
    std::map<QString, QSqlQuery> m_prepared;
};

/// A text for a column that can't be null: a null QString is bound as NULL otherwise.
inline QString notNull(const QString &text)
{
    return text.isNull() ? QStringLiteral("") : text;
}

/// A number that may be missing, for a column that may be NULL.
inline QVariant sqlOrNull(const std::optional<qint64> &value)
{
    return value ? QVariant(*value) : QVariant(QMetaType::fromType<qint64>());
}

/// The time as the journal keeps it: milliseconds since 1970.
inline qint64 journalTime()
{
    return QDateTime::currentMSecsSinceEpoch();
}

/// Whether it went well, for callers that need nothing else.
template<typename Value>
Result<Done> done(const Result<Value> &result)
{
    if (!result)
        return result.error();
    return Done{};
}

/// The error of a journal that can't be used. `what`: one sentence.
ApiError journalError(const QString &what);

/// Whether it says that another program kept the journal to itself for longer than is waited for. Nothing is wrong with
/// the journal then.
bool isJournalBusy(const ApiError &error);

/// Statements that hold together: taken back unless commit() was called.
class SqlTransaction
{
public:
    explicit SqlTransaction(const QString &connection);
    ~SqlTransaction();
    Q_DISABLE_COPY_MOVE(SqlTransaction)

    const std::optional<ApiError> &error() const { return m_error; } ///< why it could not begin
    Result<Done> commit();

private:
    QString m_connection;
    std::optional<ApiError> m_error;
    bool m_open = false;
};

} // namespace rowdesk
