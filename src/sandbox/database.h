#pragma once

#include "core/result.h"

#include <QSqlDatabase>
#include <QSqlQuery>
#include <QVariantList>

#include <functional>
#include <memory>
#include <optional>

namespace rowdesk::sandbox {

/// One connection to the sandbox's SQLite file. Belongs to the thread that opened it.
///
/// Errors stick: after a statement failed, run() does nothing and failed() is true until takeError(). So a sequence of
/// statements is checked once, at its end (Transaction does it).
class Database
{
public:
    /// Opens or makes the file, in WAL mode, and brings its tables up to date.
    static Result<std::unique_ptr<Database>> open(const QString &path);
    ~Database();
    Q_DISABLE_COPY_MOVE(Database)

    /// Prepares and runs one statement; the query is inactive after an error.
    QSqlQuery run(const QString &sql, const QVariantList &values = {});
    /// A prepared statement to be run many times by execute().
    QSqlQuery prepare(const QString &sql);
    bool execute(QSqlQuery &query);

    bool failed() const { return m_error.has_value(); }
    ApiError takeError();
    void clearError() { m_error.reset(); }

    /// Runs inside every write transaction just before it is committed, until it is replaced by nothing.
    void setWitness(std::function<void()> witness) { m_witness = std::move(witness); }

private:
    Database() = default;
    friend class Transaction;
    void note(const QSqlQuery &query);

    QString m_connection;
    QSqlDatabase m_db;
    std::optional<ApiError> m_error;
    std::function<void()> m_witness;
};

/// Everything or nothing: rolls back unless commit() was called and succeeded.
class Transaction
{
public:
    enum class Mode { Read, Write };

    /// A read transaction sees one state of the file; a write transaction is alone in writing.
    Transaction(Database &db, Mode mode);
    ~Transaction();
    Q_DISABLE_COPY_MOVE(Transaction)

    /// False when any statement since the beginning failed; then nothing was stored.
    bool commit();

private:
    Database &m_db;
    Mode m_mode;
    bool m_open = true;
};

/// An error of the sandbox itself, answered as HTTP 500.
ApiError localError(const QString &message);

} // namespace rowdesk::sandbox
