#pragma once

#include "sandbox/database.h"

#include <QJsonObject>
#include <QVector>

namespace rowdesk::sandbox {

/// Everything of the account that is not a table of rows: users, teams, schedules, dashboards, activities. Each is a
/// small JSON object with its "rec_id", kept under a kind.
class DocumentStore
{
public:
    explicit DocumentStore(Database &db) : m_db(db) {}

    Result<QVector<QJsonObject>> list(const QString &kind);
    /// NotFound with the code `<Kind>NotFound` when there is none.
    Result<QJsonObject> find(const QString &kind, qint64 id);
    /// Gives the object its "rec_id", the next one of its kind, and stores it.
    Result<qint64> add(const QString &kind, QJsonObject document);
    /// Stores it in place of the one with its "rec_id".
    Result<Done> replace(const QString &kind, const QJsonObject &document);
    Result<Done> remove(const QString &kind, qint64 id);

private:
    Database &m_db;
};

} // namespace rowdesk::sandbox
