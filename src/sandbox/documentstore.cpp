#include "sandbox/documentstore.h"

#include <QCoreApplication>
#include <QJsonDocument>

namespace rowdesk::sandbox {
namespace {

using namespace Qt::StringLiterals;

QString tr(const char *text)
{
    return QCoreApplication::translate("DocumentStore", text);
}

QString textOf(const QJsonObject &document)
{
    return QString::fromUtf8(QJsonDocument(document).toJson(QJsonDocument::Compact));
}

ApiError notFound(const QString &kind, qint64 id)
{
    ApiError error;
    error.kind = ErrorKind::NotFound;
    error.code = kind.at(0).toUpper() + kind.mid(1) + u"NotFound"_s;
    error.message = tr("There is no %1 with the id %2.").arg(kind).arg(id);
    return error;
}

} // namespace

Result<QVector<QJsonObject>> DocumentStore::list(const QString &kind)
{
    QVector<QJsonObject> result;
    QSqlQuery query = m_db.run(u"SELECT body FROM document WHERE kind=? ORDER BY id"_s, {kind});
    while (query.next())
        result.append(QJsonDocument::fromJson(query.value(0).toString().toUtf8()).object());
    if (m_db.failed())
        return m_db.takeError();
    return result;
}

Result<QJsonObject> DocumentStore::find(const QString &kind, qint64 id)
{
    QSqlQuery query = m_db.run(u"SELECT body FROM document WHERE kind=? AND id=?"_s, {kind, id});
    if (m_db.failed())
        return m_db.takeError();
    if (!query.next())
        return notFound(kind, id);
    return QJsonDocument::fromJson(query.value(0).toString().toUtf8()).object();
}

Result<qint64> DocumentStore::add(const QString &kind, QJsonObject document)
{
    Transaction transaction(m_db, Transaction::Mode::Write);
    QSqlQuery last = m_db.run(u"SELECT COALESCE(MAX(id), 0) FROM document WHERE kind=?"_s, {kind});
    const qint64 id = last.next() ? last.value(0).toLongLong() + 1 : 1;
    last.finish();
    document.insert(u"rec_id"_s, id);
    m_db.run(u"INSERT INTO document(kind, id, body) VALUES(?,?,?)"_s, {kind, id, textOf(document)});
    if (!transaction.commit())
        return m_db.takeError();
    return id;
}

Result<Done> DocumentStore::replace(const QString &kind, const QJsonObject &document)
{
    const qint64 id = document.value(u"rec_id"_s).toInteger();
    Transaction transaction(m_db, Transaction::Mode::Write);
    const QSqlQuery query =
        m_db.run(u"UPDATE document SET body=? WHERE kind=? AND id=?"_s, {textOf(document), kind, id});
    if (!m_db.failed() && query.numRowsAffected() == 0)
        return notFound(kind, id);
    if (!transaction.commit())
        return m_db.takeError();
    return Done{};
}

Result<Done> DocumentStore::remove(const QString &kind, qint64 id)
{
    Transaction transaction(m_db, Transaction::Mode::Write);
    const QSqlQuery query = m_db.run(u"DELETE FROM document WHERE kind=? AND id=?"_s, {kind, id});
    if (!m_db.failed() && query.numRowsAffected() == 0)
        return notFound(kind, id);
    if (!transaction.commit())
        return m_db.takeError();
    return Done{};
}

} // namespace rowdesk::sandbox
