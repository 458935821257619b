#include "net/apiclientstage.h"

#include <QSignalSpy>

using namespace rowdesk;
using namespace rowdesk::test;

/// What the client sends once more: reads, what a service asked to wait with, and what renewed credentials allow.
class TestApiRepeats : public QObject, protected ApiClientStage
{
    Q_OBJECT
private slots:
    void init() { setUp(); }

    void repeatsReadsOnly();
    void givesUpReadsAfterThree();
    void waitsOn429AlsoForWrites();
    void renewsOnceForFiftyRequests();
    void failedRenewalIsOneToo();
    void secondRefusalIsFinal();
    void writeIsSentAgainAfter401();
    void gatedWriteIsSentAgainAfterRefusal();
    void ownerDecidesAboutSendingAgain_data();
    void ownerDecidesAboutSendingAgain();
    void refusalBeforeReleaseKeepsTheGateClosed();
    void tokenRequestsAreNotAuthorized();
};

void TestApiRepeats::repeatsReadsOnly()
{
    m_network->script = {FakeAnswer::json("{}", 503), FakeAnswer::failure(QNetworkReply::RemoteHostClosedError),
                         FakeAnswer::json("{\"data\":[]}")};
    QSignalSpy waiting(m_client.get(), &ApiClient::waiting);
    QVERIFY(await(m_client->send(Request::get(QStringLiteral("data")))));
    QCOMPARE(m_network->count("GET"), 3);
    QCOMPARE(waiting.count(), 2);

    for (const FakeAnswer &bad :
         {FakeAnswer::json("{}", 503), FakeAnswer::failure(QNetworkReply::RemoteHostClosedError)}) {
        m_network->script = {bad, FakeAnswer::json("{}")};
        const int before = m_network->count("POST");
        const Result<Answer> result = await(m_client->send(append()));
        QVERIFY(!result);
        QCOMPARE(result.error().kind, ErrorKind::OutcomeUnknown);
        QCOMPARE(m_network->count("POST"), before + 1);
    }
}

void TestApiRepeats::givesUpReadsAfterThree()
{
    m_network->respond = [](const FakeRequest &) { return FakeAnswer::json("{\"message\":\"down\"}", 500); };
    const Result<Answer> result = await(m_client->send(Request::get(QStringLiteral("data"))));
    QVERIFY(!result);
    QCOMPARE(result.error().kind, ErrorKind::Server);
    QCOMPARE(result.error().httpStatus, 500);
    QVERIFY(result.error().message.contains(QLatin1String("down")));
    QCOMPARE(m_network->count("GET"), 3);
}

void TestApiRepeats::waitsOn429AlsoForWrites()
{
    FakeAnswer slow = FakeAnswer::json("{}", 429);
    slow.headers = {{"Retry-After", "1"}};
    m_network->script = {slow, FakeAnswer::json("{}", 429), FakeAnswer::json("1")};
    QSignalSpy waiting(m_client.get(), &ApiClient::waiting);
    QVERIFY(await(m_client->send(append())));
    QCOMPARE(m_network->count("POST"), 3);
    QCOMPARE(waiting.count(), 2);
    QCOMPARE(waiting[0][0].toInt(), 1);
    QVERIFY(waiting[0][1].toString().contains(QLatin1String("api.example.com")));

    m_network->respond = [](const FakeRequest &) { return FakeAnswer::json("{}", 429); };
    const Result<Answer> result = await(m_client->send(append()));
    QVERIFY(!result);
    QCOMPARE(result.error().kind, ErrorKind::RateLimited);
    QCOMPARE(m_network->count("POST"), 3 + quickPolicy().rateLimitAttempts + 1);
}

void TestApiRepeats::renewsOnceForFiftyRequests()
{
    FakeAuthorizer authorizer;
    m_client->setAuthorizer(&authorizer);
    int number = 0;
    m_network->respond = [&](const FakeRequest &request) {
        const bool old = request.header("Authorization") == "Bearer token1";
        FakeAnswer answer =
            old ? FakeAnswer::json("{\"error\":{\"code\":\"Unauthorized\"}}", 401) : FakeAnswer::json("{}");
        answer.delayMs = old ? number++ % 7 : 0; // some 401s come long after the renewal
        return answer;
    };
    int good = 0;
    for (int i = 0; i < 50; ++i)
        m_client->send(Request::get(QStringLiteral("data"))).then(this, [&](const Result<Answer> &r) {
            good += bool(r);
        });
    QTRY_COMPARE(good, 50);
    QCOMPARE(authorizer.renewals, 1);
    QCOMPARE(m_network->count("GET"), 100);
}

void TestApiRepeats::failedRenewalIsOneToo()
{
    FakeAuthorizer authorizer;
    authorizer.refuses = true;
    m_client->setAuthorizer(&authorizer);
    int number = 0;
    m_network->respond = [&](const FakeRequest &) {
        FakeAnswer answer = FakeAnswer::json("{\"message\":\"expired\"}", 401);
        answer.delayMs = number++ % 5;
        return answer;
    };
    int refused = 0;
    for (int i = 0; i < 50; ++i) {
        m_client->send(Request::get(QStringLiteral("data"))).then(this, [&](const Result<Answer> &r) {
            refused += !r && r.error().kind == ErrorKind::Credentials;
        });
    }
    QTRY_COMPARE(refused, 50);
    QCOMPARE(authorizer.renewals, 1);
    QVERIFY(!await(m_client->send(Request::get(QStringLiteral("data")))));
    QCOMPARE(authorizer.renewals, 2); // a later request may try again
}

void TestApiRepeats::secondRefusalIsFinal()
{
    FakeAuthorizer authorizer;
    m_client->setAuthorizer(&authorizer);
    m_network->respond = [](const FakeRequest &) { return FakeAnswer::json("{\"message\":\"no\"}", 401); };
    const Result<Answer> result = await(m_client->send(Request::get(QStringLiteral("data"))));
    QVERIFY(!result);
    QCOMPARE(result.error().kind, ErrorKind::Credentials);
    QCOMPARE(authorizer.renewals, 1);
    QCOMPARE(m_network->count("GET"), 2);
}

void TestApiRepeats::writeIsSentAgainAfter401()
{
    FakeAuthorizer authorizer;
    m_client->setAuthorizer(&authorizer);
    m_network->script = {FakeAnswer::json("{\"message\":\"expired\"}", 401), FakeAnswer::json("1")};
    QVERIFY(await(m_client->send(append())));
    QCOMPARE(m_network->requests()[1].header("Authorization"), QByteArray("Bearer token2"));
    // Without the service's own words nobody knows who said 401.
    FakeAnswer bare = FakeAnswer::json("<p>", 401);
    bare.contentType = "text/html";
    m_network->script = {bare};
    const Result<Answer> result = await(m_client->send(append()));
    QVERIFY(!result);
    QCOMPARE(result.error().kind, ErrorKind::OutcomeUnknown);
}

void TestApiRepeats::gatedWriteIsSentAgainAfterRefusal()
{
    FakeAuthorizer authorizer;
    m_client->setAuthorizer(&authorizer);
    m_network->script = {FakeAnswer::json("{\"message\":\"expired\"}", 401), FakeAnswer::json("{}", 429),
                         FakeAnswer::json("1")};
    int drained = 0;
    QVERIFY(await(m_client->sendGated(append(), {[&](const std::function<void()> &release) {
                                          ++drained;
                                          release();
                                      }})));
    QCOMPARE(drained, 1);
    QCOMPARE(authorizer.token, 2);
    QCOMPARE(m_network->count("POST"), 3);
    for (const FakeRequest &request : m_network->requests())
        QVERIFY(request.complete);
}

void TestApiRepeats::ownerDecidesAboutSendingAgain_data()
{
    QTest::addColumn<FakeAnswer>("answer");
    QTest::addColumn<ErrorKind>("kind");
    QTest::addColumn<qint64>("wait");
    FakeAnswer timed = FakeAnswer::json("{}", 429);
    timed.headers = {{"Retry-After", "7"}};
    QTest::newRow("401") << FakeAnswer::json("{\"message\":\"expired\"}", 401) << ErrorKind::Credentials << qint64(0);
    QTest::newRow("429") << FakeAnswer::json("{}", 429) << ErrorKind::RateLimited << qint64(0);
    QTest::newRow("429 with a time") << timed << ErrorKind::RateLimited << qint64(7000);
}

void TestApiRepeats::ownerDecidesAboutSendingAgain()
{
    QFETCH(FakeAnswer, answer);
    QFETCH(ErrorKind, kind);
    QFETCH(qint64, wait);
    FakeAuthorizer authorizer;
    m_client->setAuthorizer(&authorizer);
    m_network->script = {answer};
    QList<qint64> told;
    const auto result =
        await(m_client->sendGated(append(), {[](const std::function<void()> &release) { release(); },
                                             [&told](std::chrono::milliseconds after) { told << after.count(); }}));
    QVERIFY(!result);
    QCOMPARE(result.error().kind, kind);
    QCOMPARE(told, QList<qint64>{wait});
    QCOMPARE(m_network->count("POST"), 1);
    QCOMPARE(authorizer.token, kind == ErrorKind::Credentials ? 2 : 1);
}

void TestApiRepeats::refusalBeforeReleaseKeepsTheGateClosed()
{
    // The service says 429 while the owner is still writing its journal: the next attempt must wait for it too.
    FakeAnswer early = FakeAnswer::json("{}", 429);
    early.bodyBytesRead = 9;
    m_network->script = {early};
    std::function<void()> release;
    std::optional<Result<Answer>> got;
    m_client->sendGated(append("{\"abc\":1}"), {[&](std::function<void()> r) { release = std::move(r); }})
        .then(this, [&](Result<Answer> r) { got.emplace(std::move(r)); });
    QTRY_COMPARE(m_network->count("POST"), 2);
    m_network->script = {FakeAnswer::json("1")};
    QTRY_VERIFY(release);
    QTRY_COMPARE(m_network->requests()[1].body, QByteArray("{\"abc\":1"));
    QVERIFY(!m_network->requests()[1].complete);
    release();
    QTRY_VERIFY(got);
    QVERIFY(*got);
    QCOMPARE(m_network->count("POST"), 2);
}

void TestApiRepeats::tokenRequestsAreNotAuthorized()
{
    FakeAuthorizer authorizer;
    m_client->setAuthorizer(&authorizer);
    m_client->setApiVersion(QStringLiteral("2025.3"));
    m_network->script = {
        FakeAnswer::json("{\"error\":\"invalid_client\",\"error_description\":\"unknown client\"}", 401)};
    Request request = Request::get(QStringLiteral("oauth20/token"));
    request.authorized = request.versioned = false;
    const Result<Answer> result = await(m_client->send(request));
    QVERIFY(!result);
    QCOMPARE(result.error().kind, ErrorKind::Credentials);
    QCOMPARE(result.error().code, QStringLiteral("invalid_client"));
    QVERIFY(!m_network->requests()[0].request.hasRawHeader("Authorization"));
    QVERIFY(!m_network->requests()[0].url.hasQuery());
    QCOMPARE(authorizer.renewals, 0);
}

QTEST_GUILESS_MAIN(TestApiRepeats)
#include "tst_apirepeats.moc"
