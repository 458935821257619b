#include "support/sandboxfixture.h"

#include <QCryptographicHash>
#include <QTest>
#include <QUrlQuery>

using namespace rowdesk;
using namespace rowdesk::test;
using namespace Qt::StringLiterals;

/// The four ways to sign in, and that everything else is refused (API contract §2).
class TestSandboxSignIn : public QObject
{
    Q_OBJECT

    SandboxFixture m_sandbox;

    HttpAnswer token(const QByteArray &form)
    {
        return m_sandbox.call("POST", u"oauth20/token"_s, form, "application/x-www-form-urlencoded");
    }
    int statusWith(const QByteArray &name, const QByteArray &value)
    {
        m_sandbox.setHeaders({{name, value}});
        return m_sandbox.get(u"data"_s).status;
    }
    int statusWithBearer(const QJsonObject &answer)
    {
        return statusWith("Authorization", "Bearer " + answer.value("access_token"_L1).toString().toLatin1());
    }
    static QByteArray basic(const QByteArray &client, const QByteArray &inner)
    {
        return "Basic " + (client + ':' + inner.toBase64()).toBase64();
    }

    static constexpr const char *verifier = "dBjftJeZ4CVP-mBSEKvOVcM1mUvmGZVnYJ1FvVVhOKQ";
    QByteArray authorizeQuery(const QByteArray &redirect, const QByteArray &scope = {})
    {
        const QByteArray challenge = QCryptographicHash::hash(verifier, QCryptographicHash::Sha256)
                                         .toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
        return "response_type=code&client_id=demo&redirect_uri=" + redirect.toPercentEncoding() + "&scope=" + scope +
               "&state=a%2Fb%26c&code_challenge=" + challenge + "&code_challenge_method=S256";
    }
    /// Signs in at the form; gives the code.
    QByteArray code(const QByteArray &scope = {})
    {
        const HttpAnswer answer = m_sandbox.call("POST", u"oauth20/authorize"_s,
                                                 authorizeQuery("http://127.0.0.1:18765/callback", scope) +
                                                     "&user=demo%40example.com&password=demo",
                                                 "application/x-www-form-urlencoded");
        const QUrlQuery query(QUrl::fromEncoded(answer.location).query(QUrl::FullyEncoded));
        return query.queryItemValue(u"code"_s).toLatin1();
    }
    QByteArray exchange(const QByteArray &code, const QByteArray &verifierSent = verifier,
                        const QByteArray &redirect = "http://127.0.0.1:18765/callback")
    {
        return "grant_type=authorization_code&client_id=demo&client_secret=demo-secret&code=" + code +
               "&redirect_uri=" + redirect.toPercentEncoding() + "&code_verifier=" + verifierSent;
    }

private slots:
    void initTestCase() { QVERIFY(m_sandbox.start()); }
    void cleanup()
    {
        m_sandbox.setHeaders({});
        m_sandbox.clearFaults();
    }

    void clientCredentials()
    {
        const HttpAnswer answer = token("grant_type=client_credentials&client_id=demo&client_secret=demo-secret");
        QCOMPARE(answer.status, 200);
        QCOMPARE(answer.json().value("expires_in"_L1).toInt(), 3600);
        QVERIFY(!answer.json().contains("refresh_token"_L1));
        QCOMPARE(statusWithBearer(answer.json()), 200);
    }

    void wrongClientsAreRefused_data()
    {
        QTest::addColumn<QByteArray>("form");
        QTest::addColumn<int>("status");
        QTest::newRow("secret") << QByteArray("grant_type=client_credentials&client_id=demo&client_secret=wrong")
                                << 401;
        QTest::newRow("id") << QByteArray("grant_type=client_credentials&client_id=x&client_secret=demo-secret") << 401;
        QTest::newRow("nothing") << QByteArray("a=b") << 401;
        QTest::newRow("grant") << QByteArray("grant_type=password&client_id=demo&client_secret=demo-secret") << 400;
        QTest::newRow("code") << exchange("nonsense") << 400;
        QTest::newRow("refresh")
            << QByteArray("grant_type=refresh_token&refresh_token=x&client_id=demo&client_secret=demo-secret") << 400;
    }
    void wrongClientsAreRefused()
    {
        QFETCH(QByteArray, form);
        const HttpAnswer answer = token(form);
        QTEST(answer.status, "status");
        QVERIFY(answer.json().value("error"_L1).isString());
    }

    void headers_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<int>("status");
        const QByteArray authorization("Authorization");
        QTest::newRow("basic") << authorization << basic("demo", "demo@example.com:demo") << 200;
        QTest::newRow("basic without the inner colon")
            << authorization << "Basic " + ("demo" + QByteArray("demo@example.com:demo").toBase64()).toBase64() << 401;
        QTest::newRow("basic of user and password alone")
            << authorization << "Basic " + QByteArray("demo@example.com:demo").toBase64() << 401;
        QTest::newRow("basic, wrong client") << authorization << basic("other", "demo@example.com:demo") << 401;
        QTest::newRow("basic, wrong password") << authorization << basic("demo", "demo@example.com:Demo") << 401;
        QTest::newRow("basic, unknown user") << authorization << basic("demo", "who@example.com:demo") << 401;
        QTest::newRow("basic, no base64") << authorization << QByteArray("Basic ###") << 401;
        QTest::newRow("bearer, unknown") << authorization << QByteArray("Bearer nonsense") << 401;
        QTest::newRow("scheme") << authorization << QByteArray("Digest demo") << 401;
        QTest::newRow("key") << QByteArray("CLICDATA-API-KEY") << QByteArray("demo-key") << 200;
        QTest::newRow("key, wrong") << QByteArray("CLICDATA-API-KEY") << QByteArray("demo-keys") << 401;
        QTest::newRow("none") << QByteArray("X-Nothing") << QByteArray("x") << 401;
    }
    void headers()
    {
        QFETCH(QByteArray, name);
        QFETCH(QByteArray, value);
        QTEST(statusWith(name, value), "status");
    }

    void keyAndAuthorizationTogetherAreRefused()
    {
        m_sandbox.setHeaders({{"CLICDATA-API-KEY", "demo-key"}, {"Authorization", "Bearer x"}});
        QCOMPARE(m_sandbox.get(u"data"_s).status, 401);
    }

    void authorizationCode()
    {
        const HttpAnswer form = m_sandbox.get(u"oauth20/authorize?"_s +
                                              QString::fromLatin1(authorizeQuery("http://127.0.0.1:18765/callback")));
        QCOMPARE(form.status, 200);
        QVERIFY(form.body.contains("name=password") && form.body.contains("name=user"));
        const HttpAnswer answer =
            m_sandbox.call("POST", u"oauth20/authorize"_s,
                           authorizeQuery("http://127.0.0.1:18765/callback") + "&user=demo%40example.com&password=demo",
                           "application/x-www-form-urlencoded");
        QCOMPARE(answer.status, 302);
        QVERIFY2(answer.location.startsWith("http://127.0.0.1:18765/callback?code="), answer.location.constData());
        QVERIFY(answer.location.endsWith("&state=a%2Fb%26c"));
        const QUrlQuery query(QUrl::fromEncoded(answer.location));
        const QJsonObject grant = token(exchange(query.queryItemValue(u"code"_s).toLatin1())).json();
        QCOMPARE(statusWithBearer(grant), 200);
        m_sandbox.setHeaders({});
        // The code is spent, and a refresh token is good once.
        QCOMPARE(token(exchange(query.queryItemValue(u"code"_s).toLatin1())).status, 400);
        const QByteArray renewal = "grant_type=refresh_token&client_id=demo&client_secret=demo-secret&refresh_token=" +
                                   grant.value("refresh_token"_L1).toString().toLatin1();
        const QJsonObject renewed = token(renewal).json();
        QVERIFY(renewed.value("refresh_token"_L1).toString() != grant.value("refresh_token"_L1).toString());
        QCOMPARE(statusWithBearer(renewed), 200);
        QCOMPARE(token(renewal).status, 400);
    }

    void codesNeedTheirVerifierAndAddress()
    {
        QCOMPARE(token(exchange(code(), "wrong")).status, 400);
        QCOMPARE(token(exchange(code(), "")).status, 400);
        QCOMPARE(token(exchange(code(), verifier, "http://127.0.0.1:18765/other")).status, 400);
        QCOMPARE(token(exchange(code())).status, 200);
    }

    void authorizationNeverRedirectsElsewhere_data()
    {
        QTest::addColumn<QByteArray>("redirect");
        for (const char *address :
             {"https://example.com/callback", "http://127.0.0.1.example.com/", "http://user@127.0.0.1/", "javascript:1",
              "http://example.com#127.0.0.1", "", "//127.0.0.1/"})
            QTest::newRow(address) << QByteArray(address);
    }
    void authorizationNeverRedirectsElsewhere()
    {
        QFETCH(QByteArray, redirect);
        const HttpAnswer answer = m_sandbox.call("POST", u"oauth20/authorize"_s,
                                                 authorizeQuery(redirect) + "&user=demo%40example.com&password=demo",
                                                 "application/x-www-form-urlencoded");
        QCOMPARE(answer.status, 400);
        QVERIFY(answer.location.isEmpty());
    }

    void authorizationChecksThePassword()
    {
        const HttpAnswer answer = m_sandbox.call("POST", u"oauth20/authorize"_s,
                                                 authorizeQuery("http://localhost:1/x") + "&user=%3Cb%3E&password=x",
                                                 "application/x-www-form-urlencoded");
        QCOMPARE(answer.status, 401);
        QVERIFY(answer.location.isEmpty());
        QVERIFY(!answer.body.contains("<b>"));
    }

    void scopesAreHeldTo()
    {
        const QJsonObject grant = token(exchange(code("data_read"))).json();
        QCOMPARE(grant.value("scope"_L1).toString(), u"data_read"_s);
        QCOMPARE(statusWithBearer(grant), 200);
        QCOMPARE(m_sandbox.post(u"data/3/row"_s, R"({"data":[]})").status, 403);
        QCOMPARE(m_sandbox.get(u"account"_s).status, 403);
        QCOMPARE(m_sandbox.get(u"account"_s).errorCode(), u"Forbidden"_s);
    }

    void viewersOnlyLook()
    {
        m_sandbox.setHeaders({{"Authorization", basic("demo", "viewer@example.com:viewer")}});
        QCOMPARE(m_sandbox.get(u"data/3"_s).status, 200);
        QCOMPARE(m_sandbox.post(u"data/3/row"_s, R"({"data":[]})").status, 403);
    }

    void tokensExpire()
    {
        const QJsonObject grant = token(exchange(code())).json();
        QCOMPARE(statusWithBearer(grant), 200);
        QVERIFY(m_sandbox.fault(R"({"expire_tokens":true})"));
        const HttpAnswer expired = m_sandbox.get(u"data"_s);
        QCOMPARE(expired.status, 401);
        QCOMPARE(expired.errorCode(), u"Unauthorized"_s);
        QVERIFY(!expired.json().contains("success"_L1));
        const HttpAnswer versioned = m_sandbox.get(u"data?api_version=2022.01"_s);
        QCOMPARE(versioned.status, 401);
        QCOMPARE(versioned.errorCode(), u"Unauthorized"_s);
        QCOMPARE(versioned.json().value("success"_L1), QJsonValue(false));
        m_sandbox.setHeaders({});
        const QJsonObject renewed =
            token("grant_type=refresh_token&client_id=demo&client_secret=demo-secret&refresh_token=" +
                  grant.value("refresh_token"_L1).toString().toLatin1())
                .json();
        QCOMPARE(statusWithBearer(renewed), 200);
        QVERIFY(m_sandbox.fault(R"({"token_lifetime":0})"));
        const QJsonObject stillborn =
            token("grant_type=client_credentials&client_id=demo&client_secret=demo-secret").json();
        QCOMPARE(stillborn.value("expires_in"_L1).toInt(-1), 0);
        QCOMPARE(statusWithBearer(stillborn), 401);
    }
};

QTEST_GUILESS_MAIN(TestSandboxSignIn)
#include "tst_sandboxsignin.moc"
