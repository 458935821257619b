#include "sandbox/ledger.h"

#include "sandbox/datasetstore.h"
#include "sandbox/jsonstring.h"

#include <QCryptographicHash>

namespace rowdesk::sandbox {

using namespace Qt::StringLiterals;

void Ledger::open(const HttpRequest &request)
{
    const QSqlQuery query = m_db.run(
        u"INSERT INTO ledger(time, verb, path, bytes, sha256, applied) VALUES(?,?,?,?,?,0)"_s,
        {timestamp(), QString::fromLatin1(request.verb), QString::fromUtf8(request.target), request.body.size(),
         QString::fromLatin1(QCryptographicHash::hash(request.body, QCryptographicHash::Sha256).toHex())});
    m_db.setWitness(
        [this, number = query.lastInsertId()] { m_db.run(u"UPDATE ledger SET applied=1 WHERE number=?"_s, {number}); });
}

void Ledger::close()
{
    m_db.setWitness({});
}

Result<QByteArray> Ledger::json()
{
    QByteArray calls;
    QSqlQuery query =
        m_db.run(u"SELECT number, time, verb, path, bytes, sha256, applied FROM ledger ORDER BY number"_s);
    while (query.next()) {
        calls += (calls.isEmpty() ? "{\"number\":" : ",{\"number\":") + query.value(0).toByteArray() +
                 ",\"time\":" + jsonString(query.value(1).toString()) +
                 ",\"verb\":" + jsonString(query.value(2).toString()) +
                 ",\"path\":" + jsonString(query.value(3).toString()) + ",\"bytes\":" + query.value(4).toByteArray() +
                 ",\"sha256\":" + jsonString(query.value(5).toString()) +
                 ",\"applied\":" + (query.value(6).toBool() ? "true}" : "false}");
    }
    if (m_db.failed())
        return m_db.takeError();
    return "{\"calls\":[" + calls + "]}";
}

} // namespace rowdesk::sandbox
