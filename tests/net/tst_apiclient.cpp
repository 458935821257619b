#include "net/apiclientstage.h"
#include "net/transportlog.h"
#include "support/faultserver.h"

using namespace rowdesk;
using namespace rowdesk::test;

/// What the client sends and what it gives, over a fake network and over a real local server.
class TestApiClient : public QObject, protected ApiClientStage
{
    Q_OBJECT
private slots:
    void init() { setUp(); }

    void sendsWhatTheRulesSay();
    void putsQueryAndVersionIntoTheAddress();
    void refusesPathsThatClimb();
    void sendsDeleteWithBody();
    void givesTheAnswer();
    void remembersSupportedVersions();
    void logHoldsNoSecret();
    void worksAgainstARealServer();
};

void TestApiClient::sendsWhatTheRulesSay()
{
    m_network->script = {FakeAnswer::json("{}"), FakeAnswer::json("{}")};
    QVERIFY(await(m_client->send(Request::get(QStringLiteral("data")))));
    QVERIFY(await(m_client->send(append())));
    using N = QNetworkRequest;
    QSet<QByteArray> ids;
    for (const FakeRequest &sent : m_network->requests()) {
        const QNetworkRequest &r = sent.request;
        QCOMPARE(r.attribute(N::Http2AllowedAttribute).toBool(), false);
        QCOMPARE(r.attribute(N::RedirectPolicyAttribute).toInt(), int(N::ManualRedirectPolicy));
        QCOMPARE(r.attribute(N::CookieLoadControlAttribute).toInt(), int(N::Manual));
        QCOMPARE(r.attribute(N::CookieSaveControlAttribute).toInt(), int(N::Manual));
        QCOMPARE(r.attribute(N::AuthenticationReuseAttribute).toInt(), int(N::Manual));
        QCOMPARE(r.attribute(N::CacheLoadControlAttribute).toInt(), int(N::AlwaysNetwork));
        QCOMPARE(r.attribute(N::CacheSaveControlAttribute).toBool(), false);
        QCOMPARE(r.attribute(N::DoNotBufferUploadDataAttribute).toBool(), true);
        QCOMPARE(sent.header("Accept"), QByteArray("application/json"));
        QVERIFY(sent.header("User-Agent").startsWith("Rowdesk/"));
        QVERIFY(!r.hasRawHeader("Expect"));
        ids.insert(sent.header("X-Request-Id"));
    }
    QCOMPARE(ids.size(), 2);
    const FakeRequest &write = m_network->requests().back();
    QCOMPARE(write.body, QByteArray("{\"data\":[]}"));
    QCOMPARE(write.request.header(N::ContentLengthHeader).toInt(), 11);
    QCOMPARE(write.header("Content-Type"), QByteArray("application/json"));
}

void TestApiClient::putsQueryAndVersionIntoTheAddress()
{
    m_network->script = {FakeAnswer::json("{}"), FakeAnswer::json("{}")};
    Request request = Request::get(makePath({QStringLiteral("data"), QStringLiteral("a/b ?#%")}),
                                   makeQuery({{QStringLiteral("name"), QStringLiteral("50% + x&y=z%41")}}));
    QVERIFY(await(m_client->send(request)));
    QCOMPARE(statusLine(m_network->requests()[0]),
             QByteArray("GET https://api.example.com/base/data/a%2Fb%20%3F%23%25?name=50%25%20%2B%20x%26y%3Dz%2541"));
    m_client->setApiVersion(QStringLiteral("2025.3"));
    request = Request::get(QStringLiteral("table"));
    request.query.addQueryItem(QStringLiteral("page"), QStringLiteral("1+2"));
    QVERIFY(await(m_client->send(request)));
    QCOMPARE(statusLine(m_network->requests()[1]),
             QByteArray("GET https://api.example.com/base/table?page=1%2B2&api_version=2025.3"));
}

void TestApiClient::refusesPathsThatClimb()
{
    for (const QString &path : {QStringLiteral("/data"), QStringLiteral("data/../x"), QStringLiteral("data/%2E%2e/x"),
                                QStringLiteral("//evil.example/"), QStringLiteral("data?x=1"), QStringLiteral("a\\b"),
                                QStringLiteral("."), QStringLiteral("data#x"), QStringLiteral("d\u00e4")}) {
        const Result<Answer> result = await(m_client->send(Request::get(path)));
        QVERIFY2(!result, qPrintable(path));
        QCOMPARE(result.error().kind, ErrorKind::Usage);
    }
    QVERIFY(m_network->requests().empty());
}

void TestApiClient::sendsDeleteWithBody()
{
    m_network->script = {FakeAnswer::json("3")};
    QVERIFY(
        await(m_client->send(Request::write(Request::Verb::Delete, QStringLiteral("data/1/row"), "{\"find\":[]}"))));
    QCOMPARE(m_network->requests()[0].verb, QByteArray("DELETE"));
    QCOMPARE(m_network->requests()[0].body, QByteArray("{\"find\":[]}"));
}

void TestApiClient::givesTheAnswer()
{
    FakeAnswer scripted = FakeAnswer::json("12345", 201);
    scripted.contentType = "text/plain";
    scripted.headers = {{"X-Thing", "yes"}};
    m_network->script = {scripted};
    const Result<Answer> result = await(m_client->send(append()));
    QVERIFY(result);
    QCOMPARE(result->status, 201);
    QCOMPARE(result->body, QByteArray("12345"));
    QCOMPARE(result->contentType, QByteArray("text/plain"));
    QCOMPARE(result->header("x-thing"), QByteArray("yes"));
    QCOMPARE(result->requestId.toLatin1(), m_network->requests()[0].header("X-Request-Id"));
}

void TestApiClient::remembersSupportedVersions()
{
    FakeAnswer answer = FakeAnswer::json("{\"error\":{\"code\":\"APIVersionRequired\",\"description\":\"say which\"}}");
    answer.headers = {{"api-supported-versions", "2021.08, 2022.1,2025.3"}};
    m_network->script = {answer};
    const Result<Answer> result = await(m_client->send(Request::get(QStringLiteral("data"))));
    QVERIFY(!result);
    QCOMPARE(result.error().kind, ErrorKind::Rejected);
    QCOMPARE(result.error().code, QStringLiteral("APIVersionRequired"));
    QCOMPARE(m_client->supportedVersions(),
             (QStringList{QStringLiteral("2021.08"), QStringLiteral("2022.1"), QStringLiteral("2025.3")}));
}

void TestApiClient::logHoldsNoSecret()
{
    FakeAuthorizer authorizer;
    m_client->setAuthorizer(&authorizer);
    m_network->script = {FakeAnswer::json("{\"message\":\"canary-answer\"}", 400), FakeAnswer::json("{}")};
    QVERIFY(!await(m_client->send(append("{\"secret\":\"canary-body\"}"))));
    QVERIFY(await(m_client->send(Request::get(QStringLiteral("a%20%31"),
                                              makeQuery({{QStringLiteral("name"), QStringLiteral("canary-query")}})))));
    const QStringList lines = m_client->log()->texts();
    QCOMPARE(lines.size(), 2);
    QVERIFY(lines[0].contains(QLatin1String("POST /data/1/row 400 rejected ")));
    QVERIFY(lines[1].contains(QLatin1String("GET /a%20%31 200 ok ")));
    for (const QString &line : lines)
        QVERIFY2(!line.contains(QLatin1String("canary")) && !line.contains(QLatin1String("token1")), qPrintable(line));
}

void TestApiClient::worksAgainstARealServer()
{
    FaultServer server;
    QVERIFY(server.start());
    QNetworkAccessManager manager;
    ApiClient client(&manager, server.url());
    server.respond = [](const LedgerEntry &entry) {
        return Fault::answer(200, entry.verb + ":" + entry.body, "text/plain");
    };
    Result<Answer> result = await(client.send(Request::get(makePath({QStringLiteral("data"), QStringLiteral("..")}))));
    QVERIFY(result);
    QCOMPARE(result->body, QByteArray("GET:"));
    QCOMPARE(server.ledger().last().target, QByteArray("/data/%252E%252E"));
    QVERIFY(server.ledger().last().head.contains("HTTP/1.1"));
    for (const Request::Verb verb : {Request::Verb::Post, Request::Verb::Put, Request::Verb::Delete}) {
        for (const QByteArray &body : {QByteArray(), QByteArray("{}"), QByteArray(3'000'000, 'x')}) {
            Request write = Request::write(verb, QStringLiteral("data/1"), body);
            write.answerLimit = 4'000'000;
            result = await(client.send(write));
            QVERIFY2(result, result ? "" : qPrintable(result.error().text()));
            QCOMPARE(server.ledger().last().body.size(), body.size());
            QCOMPARE(server.ledger().last().header("content-length"), QByteArray::number(body.size()));
            QVERIFY(server.ledger().last().header("expect").isEmpty());
            QCOMPARE(result->body, server.ledger().last().verb + ":" + body);
        }
    }
}

QTEST_GUILESS_MAIN(TestApiClient)
#include "tst_apiclient.moc"
