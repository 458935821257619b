#include "sandbox/demoaccount.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace rowdesk::sandbox {
namespace {

using namespace Qt::StringLiterals;

/// Kind by kind, in the order of their ids.
constexpr const char *documentsJson = R"json({
"dashboard":[
 {"name":"Bird strikes by state","description":"Collisions and their costs","created":"2024-03-01T09:00:00.000Z","picture":"birds"},
 {"name":"Weather of two cities","description":"Temperatures of Seattle and New York","created":"2024-03-04T09:00:00.000Z","picture":"weather"},
 {"name":"Orders","description":"Orders by country","created":"2024-04-02T09:00:00.000Z","picture":"orders"}],
"schedule":[
 {"name":"Weather every morning","description":"Reloads Weather","frequency":"daily","enabled":true,"datasets":["Weather"],
  "last_run":"2024-05-01T06:00:00.000Z","last_status":"success","next_run":"2024-05-02T06:00:00.000Z"},
 {"name":"Monthly report","description":"Sends the Orders dashboard","frequency":"monthly","enabled":false,"datasets":[],
  "last_run":null,"last_status":null,"next_run":null}],
"team":[
 {"name":"Analysts","description":"Who build dashboards","members":[1],"parameters":[{"name":"region","value":"north"}]},
 {"name":"Guests","description":"Who look at them","members":[2],"parameters":[]}],
"useractivity":[
 {"user":"demo@example.com","action":"signed in","time":"2024-05-01T08:12:31.000Z"},
 {"user":"demo@example.com","action":"edited the dashboard Orders","time":"2024-05-01T08:20:02.000Z"},
 {"user":"viewer@example.com","action":"signed in","time":"2024-05-01T09:01:44.000Z"}],
"dashboardactivity":[
 {"dashboard":"Bird strikes by state","views":42,"last_viewed":"2024-05-01T09:02:10.000Z"},
 {"dashboard":"Weather of two cities","views":17,"last_viewed":"2024-04-30T16:45:00.000Z"},
 {"dashboard":"Orders","views":3,"last_viewed":"2024-05-01T08:20:02.000Z"}]
})json";

} // namespace

Result<Done> fillWithDemoAccount(DocumentStore &documents)
{
    const Result<QVector<QJsonObject>> present = documents.list(u"dashboard"_s);
    if (!present)
        return present.error();
    if (!present->isEmpty())
        return Done{};
    const QJsonObject kinds = QJsonDocument::fromJson(QByteArray(documentsJson)).object();
    Q_ASSERT(!kinds.isEmpty());
    for (auto kind = kinds.begin(); kind != kinds.end(); ++kind) {
        for (const auto &document : kind.value().toArray()) {
            if (const Result<qint64> added = documents.add(kind.key(), document.toObject()); !added)
                return added.error();
        }
    }
    return Done{};
}

} // namespace rowdesk::sandbox
