#include "net/apiclient.h"
#include "net/transportlog.h"
#include "support/await.h"
#include "support/fakenetworkaccessmanager.h"
#include "support/faultserver.h"

#include <QSignalSpy>
#include <QTest>

using namespace rowdesk;
using namespace rowdesk::test;

namespace {

RetryPolicy quickPolicy()
{
    RetryPolicy policy;
    policy.base = policy.rateLimitBase = std::chrono::milliseconds(1);
    return policy;
}

QByteArray statusLine(const FakeRequest &request)
{
    return request.verb + ' ' + request.url.toEncoded();
}

/// Credentials that can be scripted.
class FakeAuthorizer : public Authorizer
{
public:
    int token = 1;
    int renewals = 0;
    bool refuses = false;

    Call<Done> ready() override { return Call<Done>::finished(Done{}); }
    void authorize(QNetworkRequest &request) const override
    {
        request.setRawHeader("Authorization", "Bearer token" + QByteArray::number(token));
    }
    Call<Done> renew() override
    {
        ++renewals;
        if (refuses)
            return Call<Done>::finished(ApiError{ErrorKind::Credentials, 401, {}, QStringLiteral("refused"), {}, {}});
        ++token;
        return Call<Done>::finished(Done{});
    }
};

Request append(const QByteArray &body = "{\"data\":[]}")
{
    return Request::write(Request::Verb::Post,
                          makePath({QStringLiteral("data"), QStringLiteral("1"), QStringLiteral("row")}), body);
}

} // namespace

/// The client over a fake network, and over a real local server.
class TestApiClient : public QObject
{
    Q_OBJECT
private slots:
    void init();

    void sendsWhatTheRulesSay();
    void putsQueryAndVersionIntoTheAddress();
    void refusesPathsThatClimb();
    void sendsDeleteWithBody();
    void givesTheAnswer();
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
    void gateHoldsTheLastByte();
    void abortBeforeReleaseIsCancelled();
    void abortAfterReleaseIsUnknown();
    void abortOfReadIsCancelled();
    void abortWhileWaiting();
    void destroyedClientFinishesCalls();
    void destroyedManagerFinishesCalls();
    void deadlineEndsIt();
    void answerLimitEndsIt();
    void requestSentTwiceIsUnknown();
    void remembersSupportedVersions();
    void logHoldsNoSecret();
    void worksAgainstARealServer();

private:
    std::unique_ptr<FakeNetworkAccessManager> m_network;
    std::unique_ptr<ApiClient> m_client;
};

void TestApiClient::init()
{
    m_client.reset();
    m_network = std::make_unique<FakeNetworkAccessManager>();
    m_client = std::make_unique<ApiClient>(m_network.get(), QUrl(QStringLiteral("https://api.example.com/base/")));
    m_client->setRetryPolicy(quickPolicy());
}

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

void TestApiClient::repeatsReadsOnly()
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

void TestApiClient::givesUpReadsAfterThree()
{
    m_network->respond = [](const FakeRequest &) { return FakeAnswer::json("{\"message\":\"down\"}", 500); };
    const Result<Answer> result = await(m_client->send(Request::get(QStringLiteral("data"))));
    QVERIFY(!result);
    QCOMPARE(result.error().kind, ErrorKind::Server);
    QCOMPARE(result.error().httpStatus, 500);
    QVERIFY(result.error().message.contains(QLatin1String("down")));
    QCOMPARE(m_network->count("GET"), 3);
}

void TestApiClient::waitsOn429AlsoForWrites()
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

void TestApiClient::renewsOnceForFiftyRequests()
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

void TestApiClient::failedRenewalIsOneToo()
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

void TestApiClient::secondRefusalIsFinal()
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

void TestApiClient::writeIsSentAgainAfter401()
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

void TestApiClient::gatedWriteIsSentAgainAfterRefusal()
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

void TestApiClient::ownerDecidesAboutSendingAgain_data()
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

void TestApiClient::ownerDecidesAboutSendingAgain()
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

void TestApiClient::refusalBeforeReleaseKeepsTheGateClosed()
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

void TestApiClient::tokenRequestsAreNotAuthorized()
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

void TestApiClient::gateHoldsTheLastByte()
{
    m_network->script = {FakeAnswer::json("1")};
    std::function<void()> release;
    int drained = 0;
    std::optional<Result<Answer>> got;
    m_client
        ->sendGated(append("{\"abc\":1}"), {[&](std::function<void()> r) {
                        ++drained;
                        release = std::move(r);
                    }})
        .then(this, [&](Result<Answer> r) { got.emplace(std::move(r)); });
    QTRY_VERIFY(release);
    QCoreApplication::processEvents();
    QCOMPARE(m_network->requests()[0].body, QByteArray("{\"abc\":1"));
    QVERIFY(!got);
    release();
    QTRY_VERIFY(got);
    QVERIFY(*got);
    QCOMPARE(m_network->requests()[0].body, QByteArray("{\"abc\":1}"));
    QCOMPARE(drained, 1);
    release(); // long over: nothing happens
}

void TestApiClient::abortBeforeReleaseIsCancelled()
{
    bool drained = false;
    const Call<Answer> call = m_client->sendGated(append(), {[&](const std::function<void()> &) { drained = true; }});
    QTRY_VERIFY(drained);
    call.abort();
    const Result<Answer> result = await(call);
    QVERIFY(!result);
    QCOMPARE(result.error().kind, ErrorKind::Cancelled);
}

void TestApiClient::abortAfterReleaseIsUnknown()
{
    const Call<Answer> call = m_client->sendGated(append(), {[](const std::function<void()> &release) { release(); }});
    QTRY_VERIFY(!m_network->requests().empty() && m_network->requests()[0].complete);
    call.abort();
    const Result<Answer> result = await(call);
    QVERIFY(!result);
    QCOMPARE(result.error().kind, ErrorKind::OutcomeUnknown);
}

void TestApiClient::abortOfReadIsCancelled()
{
    const Call<Answer> call = m_client->send(Request::get(QStringLiteral("data")));
    QTRY_COMPARE(m_network->count("GET"), 1);
    call.abort();
    const Result<Answer> result = await(call);
    QVERIFY(!result);
    QCOMPARE(result.error().kind, ErrorKind::Cancelled);
    QCOMPARE(m_network->count("GET"), 1);
}

void TestApiClient::abortWhileWaiting()
{
    FakeAnswer slow = FakeAnswer::json("{}", 429);
    slow.headers = {{"Retry-After", "600"}};
    m_network->script = {slow};
    QSignalSpy waiting(m_client.get(), &ApiClient::waiting);
    const Call<Answer> call = m_client->send(append());
    QTRY_COMPARE(waiting.count(), 1);
    QCOMPARE(waiting[0][0].toInt(), 600);
    call.abort();
    const Result<Answer> result = await(call);
    QVERIFY(!result);
    QCOMPARE(result.error().kind, ErrorKind::Cancelled);
}

void TestApiClient::destroyedClientFinishesCalls()
{
    const Call<Answer> read = m_client->send(Request::get(QStringLiteral("data")));
    const Call<Answer> write = m_client->send(append());
    QTRY_COMPARE(m_network->count("POST"), 1);
    QTRY_VERIFY(m_network->requests().back().complete);
    const Call<Answer> unsent = m_client->sendGated(append(), {});
    QTRY_COMPARE(m_network->count("POST"), 2);
    m_client.reset();
    const Result<Answer> readEnd = await(read), writeEnd = await(write), unsentEnd = await(unsent);
    QCOMPARE(readEnd.error().kind, ErrorKind::Cancelled);
    QCOMPARE(writeEnd.error().kind, ErrorKind::OutcomeUnknown);
    QCOMPARE(unsentEnd.error().kind, ErrorKind::Cancelled);
}

void TestApiClient::destroyedManagerFinishesCalls()
{
    const Call<Answer> write = m_client->send(append());
    QTRY_VERIFY(!m_network->requests().empty() && m_network->requests().back().complete);
    m_network.reset();
    const Result<Answer> result = await(write);
    QVERIFY(!result);
    QCOMPARE(result.error().kind, ErrorKind::OutcomeUnknown);
    m_client.reset();
}

void TestApiClient::deadlineEndsIt()
{
    Request read = Request::get(QStringLiteral("data"));
    read.deadline = std::chrono::milliseconds(20);
    Result<Answer> result = await(m_client->send(read));
    QVERIFY(!result);
    QCOMPARE(result.error().kind, ErrorKind::Timeout);
    QCOMPARE(m_network->count("GET"), 3);
    Request write = append();
    write.deadline = std::chrono::milliseconds(20);
    result = await(m_client->send(write));
    QVERIFY(!result);
    QCOMPARE(result.error().kind, ErrorKind::OutcomeUnknown);
}

void TestApiClient::answerLimitEndsIt()
{
    Request read = Request::get(QStringLiteral("data"));
    read.answerLimit = 10;
    m_network->respond = [](const FakeRequest &) { return FakeAnswer::json("01234567890"); };
    Result<Answer> result = await(m_client->send(read));
    QVERIFY(!result);
    QCOMPARE(result.error().kind, ErrorKind::BadAnswer);
    QCOMPARE(m_network->count("GET"), 1);
    read.answerLimit = 11;
    QVERIFY(await(m_client->send(read)));
    Request write = append();
    write.answerLimit = 10;
    result = await(m_client->send(write));
    QVERIFY(!result);
    QCOMPARE(result.error().kind, ErrorKind::OutcomeUnknown);
}

void TestApiClient::requestSentTwiceIsUnknown()
{
    FakeAnswer twice = FakeAnswer::json("{\"success\":true}");
    twice.timesSent = 2;
    m_network->script = {twice};
    const Result<Answer> result = await(m_client->send(append()));
    QVERIFY(!result);
    QCOMPARE(result.error().kind, ErrorKind::OutcomeUnknown);
    QVERIFY(result.error().message.contains(QLatin1String("more than once")));
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
