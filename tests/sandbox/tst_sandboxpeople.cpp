#include "support/sandboxfixture.h"

#include <QTest>

using namespace rowdesk;
using namespace rowdesk::test;
using namespace Qt::StringLiterals;

/// Account, dashboards, schedules, teams and users (API contract §5 and §6).
class TestSandboxPeople : public QObject
{
    Q_OBJECT

    std::unique_ptr<SandboxFixture> m_sandbox;

    QJsonArray list(const QString &path, QLatin1StringView member)
    {
        return m_sandbox->get(path).json().value(member).toArray();
    }
    QJsonObject teamNamed(const QString &name)
    {
        for (const QJsonValue &team : list(u"team"_s, "teams"_L1)) {
            if (team.toObject().value("name"_L1).toString() == name)
                return team.toObject();
        }
        return {};
    }

private slots:
    void init()
    {
        m_sandbox = std::make_unique<SandboxFixture>();
        QVERIFY(m_sandbox->start());
    }

    void accountTellsUsageAndLimits()
    {
        const QJsonObject classic = m_sandbox->get(u"account"_s).json();
        QCOMPARE(classic.value("usage"_L1).toObject().value("datasets"_L1).toInt(), 5);
        const QJsonObject versioned =
            m_sandbox->get(u"account?api_version=2022.01"_s).json().value("result"_L1).toObject();
        QVERIFY(versioned.contains("id"_L1) && versioned.contains("name"_L1) && versioned.contains("domain"_L1));
    }

    void activities()
    {
        QCOMPARE(list(u"account/activity/users"_s, "users"_L1).size(), 3);
        QCOMPARE(list(u"account/activity/dashboards"_s, "dashboards"_L1).size(), 3);
        QCOMPARE(
            m_sandbox->get(u"account/activity/users?api_version=2025.3"_s).json().value("result"_L1).toArray().size(),
            3);
    }

    void dashboardsHavePictures()
    {
        const QJsonArray plain = list(u"dashboard?includethumbnail=False"_s, "dashboards"_L1);
        QCOMPARE(plain.size(), 3);
        QVERIFY(!plain.first().toObject().contains("thumbnail"_L1));
        const QJsonArray named = list(u"dashboard?includethumbnail=True&name=Orders"_s, "dashboards"_L1);
        QCOMPARE(named.size(), 1);
        const QByteArray png =
            QByteArray::fromBase64(named.first().toObject().value("thumbnail"_L1).toString().toLatin1());
        QVERIFY(png.startsWith("\x89PNG"));
        const HttpAnswer thumbnail = m_sandbox->get(u"dashboard/3/thumbnail"_s);
        QCOMPARE(QByteArray::fromBase64(thumbnail.body), png);
        const QByteArray snapshot = QByteArray::fromBase64(m_sandbox->get(u"dashboard/3/snapshot"_s).body);
        QVERIFY(snapshot.startsWith("\x89PNG") && snapshot.size() > png.size());
        QCOMPARE(m_sandbox->get(u"dashboard/9/snapshot"_s).status, 404);
    }

    void schedulesRun_data()
    {
        QTest::addColumn<QByteArray>("verb");
        QTest::newRow("POST") << QByteArray("POST");
        QTest::newRow("GET") << QByteArray("GET");
    }
    void schedulesRun()
    {
        QFETCH(QByteArray, verb);
        QCOMPARE(list(u"schedule"_s, "schedules"_L1).size(), 2);
        const QJsonObject before = list(u"schedule/1"_s, "schedules"_L1).first().toObject();
        const HttpAnswer answer = m_sandbox->call(verb, u"schedule/1/trigger"_s);
        QCOMPARE(answer.status, 200);
        QCOMPARE(answer.body, "success");
        const QJsonObject after = list(u"schedule/1"_s, "schedules"_L1).first().toObject();
        QVERIFY(after.value("last_run"_L1) != before.value("last_run"_L1));
        QCOMPARE(list(u"data/2/versions"_s, "versions"_L1).size(), 5);
        QCOMPARE(m_sandbox->call(verb, u"schedule/77/trigger"_s).status, 404);
    }

    void teams()
    {
        const HttpAnswer created = m_sandbox->post(u"team"_s, R"({"name":"New","description":"d"})");
        QVERIFY(created.body.toInt() > 0);
        const QString path = u"team/"_s + QString::fromLatin1(created.body);
        QCOMPARE(m_sandbox->post(u"team"_s, R"({"name":"NEW"})").errorCode(), u"NameNotUnique"_s);
        QCOMPARE(m_sandbox->call("PUT", path, R"({"name":"Newer"})").body, "success");
        QCOMPARE(teamNamed(u"Newer"_s).value("description"_L1).toString(), u"d"_s);

        QCOMPARE(m_sandbox->post(path + u"/user"_s, R"({"user_id":2})").status, 200);
        QCOMPARE(m_sandbox->post(path + u"/user"_s, R"({"user_id":2})").status, 200);
        QCOMPARE(teamNamed(u"Newer"_s).value("members"_L1).toArray(), QJsonArray{2});
        QCOMPARE(m_sandbox->post(path + u"/user"_s, R"({"user_id":99})").status, 404);
        QCOMPARE(m_sandbox->call("DELETE", path + u"/user"_s, R"({"user_id":2})").status, 200);
        QCOMPARE(m_sandbox->call("DELETE", path + u"/user"_s, R"({"user_id":2})").errorCode(), u"NotAMember"_s);

        QCOMPARE(m_sandbox->post(path + u"/parameter"_s, R"({"name":"region","value":"north"})").status, 200);
        QCOMPARE(m_sandbox->post(path + u"/parameter"_s, R"({"name":"region","value":"south"})").status, 200);
        const QJsonArray parameters = teamNamed(u"Newer"_s).value("parameters"_L1).toArray();
        QCOMPARE(parameters.size(), 1);
        QCOMPARE(parameters.first().toObject().value("value"_L1).toString(), u"south"_s);
        QCOMPARE(m_sandbox->call("DELETE", path + u"/parameter"_s, R"({"name":"region"})").status, 200);
        QCOMPARE(m_sandbox->call("DELETE", path + u"/parameter"_s, R"({"name":"region"})").errorCode(),
                 u"NoSuchParameter"_s);

        QCOMPARE(m_sandbox->call("DELETE", path).status, 200);
        QVERIFY(teamNamed(u"Newer"_s).isEmpty());
        QCOMPARE(m_sandbox->call("DELETE", path).status, 404);
    }

    void users()
    {
        const HttpAnswer created = m_sandbox->post(
            u"user"_s,
            R"({"email":"new@example.com","first_name":"N","last_name":"W","password":"secret","role":"editor"})");
        QVERIFY(created.body.toInt() > 0);
        const QString path = u"user/"_s + QString::fromLatin1(created.body);
        const QJsonObject user = m_sandbox->get(path).json();
        QCOMPARE(user.value("email"_L1).toString(), u"new@example.com"_s);
        QVERIFY(!m_sandbox->get(path).body.contains("password"));
        QCOMPARE(m_sandbox->post(u"user"_s, R"({"email":"NEW@example.com","password":"x"})").errorCode(),
                 u"EmailNotUnique"_s);
        QCOMPARE(m_sandbox->post(u"user"_s, R"({"email":"a@b","password":""})").errorCode(), u"InvalidPassword"_s);
        QCOMPARE(m_sandbox->post(u"user"_s, R"({"email":"a@b","password":"x","role":"king"})").errorCode(),
                 u"InvalidRole"_s);
        QCOMPARE(m_sandbox->call("PUT", path, R"({"first_name":"Nina"})").status, 200);
        QCOMPARE(m_sandbox->get(path).json().value("first_name"_L1).toString(), u"Nina"_s);

        QCOMPARE(m_sandbox->call("PUT", path + u"/password"_s, R"({"password":"other"})").status, 200);
        const auto basic = [](const QByteArray &inner) {
            return QList<std::pair<QByteArray, QByteArray>>{
                {"Authorization", "Basic " + ("demo:" + inner.toBase64()).toBase64()}};
        };
        m_sandbox->setHeaders(basic("new@example.com:secret"));
        QCOMPARE(m_sandbox->get(u"data"_s).status, 401);
        m_sandbox->setHeaders(basic("new@example.com:other"));
        QCOMPARE(m_sandbox->get(u"data"_s).status, 200);

        m_sandbox->setHeaders({{"CLICDATA-API-KEY", "demo-key"}});
        m_sandbox->post(u"team/1/user"_s, R"({"user_id":)" + created.body + "}");
        QCOMPARE(m_sandbox->call("DELETE", path).status, 200);
        QCOMPARE(m_sandbox->get(path).status, 404);
        QCOMPARE(teamNamed(u"Analysts"_s).value("members"_L1).toArray(), QJsonArray{1});
    }

    void versionedDialectNamesIds()
    {
        const QJsonObject user = m_sandbox->get(u"user/1?api_version=2025.3"_s).json().value("result"_L1).toObject();
        QCOMPARE(user.value("id"_L1).toInt(), 1);
        QVERIFY(!user.contains("rec_id"_L1));
        const QJsonObject created = m_sandbox->post(u"team?api_version=2025.3"_s, R"({"name":"V"})").json();
        QCOMPARE(created.value("result"_L1).toObject().value("id"_L1).toInt(), 3);
        QCOMPARE(m_sandbox->get(u"user/9?api_version=2025.3"_s).status, 404);
    }
};

QTEST_GUILESS_MAIN(TestSandboxPeople)
#include "tst_sandboxpeople.moc"
