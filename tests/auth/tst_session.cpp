#include "auth/apiversion.h"
#include "auth/headerauthorizer.h"
#include "auth/session.h"
#include "sandbox/sandboxserver.h"
#include "support/await.h"
#include "support/faultserver.h"

#include <QNetworkAccessManager>
#include <QSignalSpy>
#include <QTest>
#include <QUrlQuery>

using namespace rowdesk;
using namespace rowdesk::test;

namespace {

/// The few lines of ClicData that signing in touches.
struct FakeService
{
    QString id = QStringLiteral("id");
    QString secret = QStringLiteral("s3cret&+=%");
    int lifetime = 3600;
    int tokens = 0;
    QByteArray versions; ///< empty: the classic dialect
    bool saysVersions = true;
    bool isVague = false;

    Fault operator()(const LedgerEntry &entry)
    {
        if (entry.target == "/oauth20/token")
            return token(entry);
        if (entry.header("authorization") != "Bearer token" + QByteArray::number(tokens))
            return Fault::answer(401, "{\"message\":\"expired\"}");
        return account(entry);
    }

    Fault token(const LedgerEntry &entry)
    {
        const QUrlQuery form(QString::fromLatin1(entry.body));
        const auto value = [&](const char *name) {
            return form.queryItemValue(QString::fromLatin1(name), QUrl::FullyDecoded);
        };
        if (value("client_id") != id)
            return refuse("unknown client");
        if (value("client_secret") != secret)
            return refuse("wrong secret");
        ++tokens;
        return Fault::answer(200, "{\"access_token\":\"token" + QByteArray::number(tokens) +
                                      "\",\"expires_in\":" + QByteArray::number(lifetime) +
                                      ",\"refresh_token\":\"next" + QByteArray::number(tokens) + "\"}");
    }

    Fault refuse(const QByteArray &why) const
    {
        return Fault::answer(401, "{\"error\":\"invalid_client\",\"error_description\":\"" +
                                      (isVague ? QByteArray() : why) + "\"}");
    }

    Fault account(const LedgerEntry &entry) const
    {
        const QString asked =
            QUrlQuery(QUrl::fromEncoded(entry.target).query()).queryItemValue(QStringLiteral("api_version"));
        const QByteArray header = saysVersions ? "api-supported-versions: " + versions + "\r\n" : QByteArray();
        if (versions.isEmpty())
            return Fault::answer(200, "{\"name\":\"Demo\"}");
        if (asked.isEmpty())
            return Fault::answer(200, "{\"error\":{\"code\":\"APIVersionRequired\",\"description\":\"x\"}}",
                                 "application/json", header);
        if (!versions.split(',').contains(asked.toLatin1()))
            return Fault::answer(200, "{\"error\":{\"code\":\"InvalidVersion\",\"description\":\"x\"}}",
                                 "application/json", header);
        return Fault::answer(200, "{\"success\":true,\"result\":{}}", "application/json", header);
    }
};

} // namespace

/// Signing in, over real connections to local servers.
class TestSession : public QObject
{
    Q_OBJECT
private slots:
    void init();

    void signsInWithClientCredentials();
    void signsInWithRefreshToken();
    void tokenIsRenewedBeforeItExpires();
    void fiftyRefusalsMakeOneRenewal();
    void basicHeaderVectors_data();
    void basicHeaderVectors();
    void basicRefusesColonInClientId();
    void signsInWithApiKey();
    void settlesVersion_data();
    void settlesVersion();
    void refusesFixedVersion();
    void saysWhatIsWrong_data();
    void saysWhatIsWrong();
    void nameNotFound();
    void fiveFailuresFiveMessages();
    void answerWithoutTokenIsNotClicData();
    void missingScopeIsSignedIn();
    void abortEndsIt();
    void destroyedSessionEndsIt();
    void sandboxIsSignedInToInEveryWay_data();
    void sandboxIsSignedInToInEveryWay();

private:
    Profile profile(AuthMethod method = AuthMethod::ClientCredentials) const;
    Result<Done> signIn(const Profile &profile, const Secrets &secrets = {});
    Secrets goodSecrets() const;

    FakeService m_service;
    std::unique_ptr<FaultServer> m_server;
    QNetworkAccessManager m_manager;
    std::unique_ptr<Session> m_session;
};

void TestSession::init()
{
    m_session.reset();
    m_service = {};
    m_server = std::make_unique<FaultServer>();
    m_server->respond = [this](const LedgerEntry &entry) { return m_service(entry); };
    QVERIFY(m_server->start());
}

Profile TestSession::profile(AuthMethod method) const
{
    Profile profile;
    profile.method = method;
    profile.baseUrl = m_server->url();
    profile.clientId = QStringLiteral("id");
    return profile;
}

Secrets TestSession::goodSecrets() const
{
    Secrets secrets;
    secrets.clientSecret = QStringLiteral("s3cret&+=%");
    return secrets;
}

Result<Done> TestSession::signIn(const Profile &profile, const Secrets &secrets)
{
    m_session = std::make_unique<Session>(&m_manager, profile, secrets);
    RetryPolicy quick;
    quick.base = std::chrono::milliseconds(1);
    m_session->client()->setRetryPolicy(quick);
    return await(m_session->signIn());
}

void TestSession::signsInWithClientCredentials()
{
    QVERIFY(signIn(profile(), goodSecrets()));
    QCOMPARE(m_service.tokens, 1);
    const LedgerEntry &token = m_server->ledger()[0];
    QCOMPARE(token.verb, QByteArray("POST"));
    QCOMPARE(token.header("content-type"), QByteArray("application/x-www-form-urlencoded"));
    QVERIFY(token.body.startsWith("grant_type=client_credentials&client_id=id&client_secret="));
    QVERIFY(token.header("authorization").isEmpty());
    QCOMPARE(m_server->ledger()[1].target, QByteArray("/account"));
    QCOMPARE(m_session->client()->apiVersion(), QString());
}

void TestSession::signsInWithRefreshToken()
{
    Secrets secrets = goodSecrets();
    secrets.refreshToken = QStringLiteral("old/+token");
    m_session = std::make_unique<Session>(&m_manager, profile(AuthMethod::AuthorizationCode), secrets);
    QSignalSpy changed(m_session.get(), &Session::refreshTokenChanged);
    QVERIFY(await(m_session->signIn()));
    QVERIFY(
        m_server->ledger()[0].body.startsWith("grant_type=refresh_token&refresh_token=old%2F%2Btoken&client_id=id"));
    QCOMPARE(changed.count(), 1);
    QCOMPARE(changed[0][0].toString(), QStringLiteral("next1"));

    const Result<Done> without = signIn(profile(AuthMethod::AuthorizationCode), goodSecrets());
    QVERIFY(!without);
    QCOMPARE(without.error().kind, ErrorKind::Credentials);
    QVERIFY(without.error().text().contains(QLatin1String("browser")));
}

void TestSession::tokenIsRenewedBeforeItExpires()
{
    m_service.lifetime = 1; // renewed after 1 s: a fifth of it, rounded down, is the margin
    QVERIFY(signIn(profile(), goodSecrets()));
    QCOMPARE(m_service.tokens, 1);
    QVERIFY(await(m_session->client()->send(Request::get(QStringLiteral("account")))));
    QTRY_VERIFY_WITH_TIMEOUT(
        await(m_session->client()->send(Request::get(QStringLiteral("account")))) && m_service.tokens == 2, 20'000);
    for (const LedgerEntry &entry : m_server->ledger())
        QVERIFY(entry.verb == "POST" || entry.header("authorization").startsWith("Bearer token"));
}

void TestSession::fiftyRefusalsMakeOneRenewal()
{
    QVERIFY(signIn(profile(), goodSecrets()));
    const int posts = m_server->completed("POST");
    m_server->respond = [this](const LedgerEntry &entry) {
        if (entry.target != "/oauth20/token" && entry.header("authorization") == "Bearer token1")
            return Fault::answer(401, "{\"message\":\"withdrawn\"}");
        return m_service(entry);
    };
    int good = 0;
    for (int i = 0; i < 50; ++i) {
        m_session->client()->send(Request::get(QStringLiteral("account"))).then(this, [&](const Result<Answer> &r) {
            good += bool(r);
        });
    }
    QTRY_COMPARE_WITH_TIMEOUT(good, 50, 30'000);
    QCOMPARE(m_server->completed("POST"), posts + 1);
}

void TestSession::basicHeaderVectors_data()
{
    QTest::addColumn<QString>("id");
    QTest::addColumn<QString>("user");
    QTest::addColumn<QString>("password");
    QTest::addColumn<QByteArray>("header");
    // Made with coreutils' base64.
    QTest::newRow("plain") << QStringLiteral("demo") << QStringLiteral("demo@example.com") << QStringLiteral("demo")
                           << QByteArray("Basic ZGVtbzpaR1Z0YjBCbGVHRnRjR3hsTG1OdmJUcGtaVzF2");
    QTest::newRow("colon") << QStringLiteral("c") << QStringLiteral("u") << QStringLiteral("a:b")
                           << QByteArray("Basic YzpkVHBoT21JPQ==");
    QTest::newRow("unicode") << QStringLiteral("id-\u00fc") << QStringLiteral("zo\u00e9@x.fr")
                             << QStringLiteral("p\u00e4ssw\u00f6rd\u20ac")
                             << QByteArray("Basic aWQtw7w6ZW0vRHFVQjRMbVp5T25ERHBITnpkOE8yY21UaWdxdz0=");
}

void TestSession::basicHeaderVectors()
{
    QFETCH(QString, id);
    QFETCH(QString, user);
    QFETCH(QString, password);
    QFETCH(QByteArray, header);
    const Result<QByteArray> made = basicHeader(id, user, password);
    QVERIFY(made);
    QCOMPARE(*made, header);
}

void TestSession::basicRefusesColonInClientId()
{
    for (const QString &id : {QStringLiteral("a:b"), QString()}) {
        Profile wrong = profile(AuthMethod::Basic);
        wrong.clientId = id;
        const Result<Done> result = signIn(wrong);
        QVERIFY(!result);
        QCOMPARE(result.error().kind, ErrorKind::Usage);
        QVERIFY(result.error().message.contains(QLatin1String("client id")));
    }
    QVERIFY(m_server->ledger().isEmpty());
}

void TestSession::signsInWithApiKey()
{
    m_server->respond = [](const LedgerEntry &entry) {
        const bool good = entry.header("clicdata-api-key") == "k-1" && entry.header("authorization").isEmpty();
        return good ? Fault::answer(200, "{}") : Fault::answer(401, "{\"message\":\"no\"}");
    };
    Secrets secrets;
    secrets.apiKey = QStringLiteral(" k-1\n");
    QVERIFY(signIn(profile(AuthMethod::ApiKey), secrets));
    secrets.apiKey = QStringLiteral("k-2");
    const Result<Done> result = signIn(profile(AuthMethod::ApiKey), secrets);
    QVERIFY(!result);
    QCOMPARE(result.error().kind, ErrorKind::Credentials);
    QVERIFY(result.error().message.contains(QLatin1String("API key")));
    QCOMPARE(m_server->ledger().size(), 2); // a key can't be renewed: it is not tried twice
    for (const QString &bad : {QString(), QStringLiteral("a\r\nX: y"), QStringLiteral("k\u00e4y")}) {
        secrets.apiKey = bad;
        QCOMPARE(signIn(profile(AuthMethod::ApiKey), secrets).error().kind, ErrorKind::Usage);
    }
    QCOMPARE(m_server->ledger().size(), 2);
}

void TestSession::settlesVersion_data()
{
    QTest::addColumn<QByteArray>("versions");
    QTest::addColumn<bool>("says");
    QTest::addColumn<QString>("settled");
    QTest::newRow("classic") << QByteArray() << false << QString();
    QTest::newRow("newest") << QByteArray("2021.08,2022.01,2025.3") << true << QStringLiteral("2025.3");
    QTest::newRow("older") << QByteArray("2021.08,2022.01") << true << QStringLiteral("2022.01");
    QTest::newRow("unknown ones too") << QByteArray("2021.08,2031.1") << true << QStringLiteral("2021.08");
    QTest::newRow("server is silent") << QByteArray("2021.08") << false << QStringLiteral("2021.08");
    QTest::newRow("none in common") << QByteArray("2031.1") << true << QStringLiteral("-");
    QTest::newRow("none, silent") << QByteArray("2031.1") << false << QStringLiteral("-");
}

void TestSession::settlesVersion()
{
    QFETCH(QByteArray, versions);
    QFETCH(bool, says);
    QFETCH(QString, settled);
    m_service.versions = versions;
    m_service.saysVersions = says;
    const Result<Done> result = signIn(profile(), goodSecrets());
    if (settled == QLatin1String("-")) {
        QVERIFY(!result);
        QCOMPARE(result.error().kind, ErrorKind::Rejected);
        QVERIFY(result.error().message.contains(QLatin1String("version")));
        QCOMPARE(result.error().hint.contains(QLatin1String("2031.1")), says);
        return;
    }
    QVERIFY2(result, result ? "" : qPrintable(result.error().text()));
    QCOMPARE(m_session->client()->apiVersion(), settled);
    QCOMPARE(m_service.tokens, 1);
}

void TestSession::refusesFixedVersion()
{
    m_service.versions = "2021.08,2025.3";
    Profile fixed = profile();
    fixed.apiVersion = QStringLiteral("2022.1");
    const Result<Done> result = signIn(fixed, goodSecrets());
    QVERIFY(!result);
    QVERIFY(result.error().message.contains(QLatin1String("2022.1")));
    QVERIFY(result.error().hint.contains(QLatin1String("2025.3")));
    fixed.apiVersion = QStringLiteral("2021.08");
    QVERIFY(signIn(fixed, goodSecrets()));
    QCOMPARE(normalApiVersion(QStringLiteral("2022.1")), QStringLiteral("2022.01"));
}

void TestSession::saysWhatIsWrong_data()
{
    QTest::addColumn<QByteArray>("raw"); ///< what the server says to everything; empty: the fake service
    QTest::addColumn<QString>("id");
    QTest::addColumn<QString>("secret");
    QTest::addColumn<bool>("vague");
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("message");
    QTest::addColumn<QString>("hint");
    const QString id = QStringLiteral("id"), secret = QStringLiteral("s3cret&+=%"), bad = QStringLiteral("bad");
    const auto answer = [](int status, const QByteArray &body, const QByteArray &type) {
        return Fault::answer(status, body, type).response;
    };
    const auto kind = [](ErrorKind k) { return int(k); };
    QTest::newRow("wrong client id") << QByteArray() << bad << secret << false << kind(ErrorKind::Credentials)
                                     << QStringLiteral("does not know this client id")
                                     << QStringLiteral("Copy the client id");
    QTest::newRow("wrong secret") << QByteArray() << id << bad << false << kind(ErrorKind::Credentials)
                                  << QStringLiteral("the client secret is wrong") << QStringLiteral("make a new one");
    QTest::newRow("one of them") << QByteArray() << id << bad << true << kind(ErrorKind::Credentials)
                                 << QStringLiteral("does not say which") << QStringLiteral("Copy both");
    QTest::newRow("html") << answer(200, "<!DOCTYPE html><p>Hotel", "text/html") << id << secret << false
                          << kind(ErrorKind::WrongAddress) << QStringLiteral("it is not the ClicData API")
                          << QStringLiteral("guest network");
    QTest::newRow("html without its type")
        << answer(200, " \n<html>", "application/octet-stream") << id << secret << false
        << kind(ErrorKind::WrongAddress) << QStringLiteral("it is not the ClicData API")
        << QStringLiteral("guest network");
    QTest::newRow("an ordinary web server") // what python3 -m http.server says to a POST
        << answer(501, "<!DOCTYPE HTML><p>Unsupported method ('POST')", "text/html;charset=utf-8") << id << secret
        << false << kind(ErrorKind::WrongAddress) << QStringLiteral("it is not the ClicData API")
        << QStringLiteral("Check the address");
    QTest::newRow("404") << answer(404, "not here", "text/plain") << id << secret << false
                         << kind(ErrorKind::WrongAddress) << QStringLiteral("no ClicData API at this address")
                         << QStringLiteral("Check the address");
    QTest::newRow("redirect")
        << QByteArray("HTTP/1.1 301 Moved\r\nLocation: https://www.example.com/\r\nContent-Length: 0\r\n\r\n") << id
        << secret << false << kind(ErrorKind::WrongAddress) << QStringLiteral("redirect")
        << QStringLiteral("address of the API");
    QTest::newRow("method not allowed by this application")
        << answer(400, "{\"error\":\"unauthorized_client\"}", "application/json") << id << secret << false
        << kind(ErrorKind::Credentials) << QStringLiteral("in this way") << QStringLiteral("another way");
    QTest::newRow("down") << answer(503, "{}", "application/json") << id << secret << false << kind(ErrorKind::Server)
                          << QStringLiteral("503") << QStringLiteral("later");
}

void TestSession::saysWhatIsWrong()
{
    QFETCH(QByteArray, raw);
    QFETCH(QString, id);
    QFETCH(QString, secret);
    QFETCH(bool, vague);
    QFETCH(int, kind);
    QFETCH(QString, message);
    QFETCH(QString, hint);
    m_service.isVague = vague;
    if (!raw.isEmpty())
        m_server->respond = [raw](const LedgerEntry &) { return Fault::raw(raw, Fault::End::KeepOpen); };
    Profile profile = this->profile();
    profile.clientId = id;
    Secrets secrets;
    secrets.clientSecret = secret;
    const Result<Done> result = signIn(profile, secrets);
    QVERIFY(!result);
    QCOMPARE(int(result.error().kind), kind);
    const QByteArray all = result.error().text().toUtf8();
    QVERIFY2(result.error().message.contains(message), all.constData());
    QVERIFY2(result.error().hint.contains(hint), all.constData());
    QVERIFY2(result.error().message.contains(QLatin1String("127.0.0.1:")), all.constData());
    QVERIFY2(!all.contains("Hotel") && !all.contains(secret.toUtf8()), all.constData());
}

void TestSession::nameNotFound()
{
    Profile lost = profile();
    lost.baseUrl = QUrl(QStringLiteral("https://no-such-host.invalid/"));
    const Result<Done> result = signIn(lost, goodSecrets());
    QVERIFY(!result);
    QCOMPARE(result.error().kind, ErrorKind::Network);
    QVERIFY2(result.error().message.contains(QLatin1String("no-such-host.invalid was not found")),
             qPrintable(result.error().text()));
}

void TestSession::fiveFailuresFiveMessages()
{
    QSet<QString> messages, hints;
    const auto note = [&](const Result<Done> &result) {
        QVERIFY(!result);
        QString message = result.error().message;
        messages.insert(message.remove(m_server->url().authority()));
        hints.insert(result.error().hint);
    };
    Profile wrongId = profile();
    wrongId.clientId = QStringLiteral("bad");
    note(signIn(wrongId, goodSecrets()));
    note(signIn(profile(), {}));
    Profile refused = profile();
    {
        FaultServer gone;
        QVERIFY(gone.start());
        refused.baseUrl = gone.url();
    }
    note(signIn(refused, goodSecrets()));
    QCOMPARE(messages.size(), 3);
    m_server->respond = [](const LedgerEntry &) { return Fault::answer(404, "", "text/plain"); };
    note(signIn(profile(), goodSecrets()));
    m_server->respond = [](const LedgerEntry &) { return Fault::answer(200, "<html>", "text/html"); };
    note(signIn(profile(), goodSecrets()));
    QCOMPARE(messages.size(), 5);
    QCOMPARE(hints.size(), 5);
    QVERIFY(!hints.contains(QString()));
}

void TestSession::answerWithoutTokenIsNotClicData()
{
    for (const QByteArray &body :
         {QByteArray("{}"), QByteArray("hello"), QByteArray(), QByteArray("[1]"),
          QByteArray("{\"access_token\":\"a\\r\\nX: y\"}"), QByteArray("{\"access_token\":5}")}) {
        m_server->respond = [body](const LedgerEntry &) { return Fault::answer(200, body, "text/plain"); };
        const Result<Done> result = signIn(profile(), goodSecrets());
        QVERIFY2(!result, body.constData());
        QCOMPARE(result.error().kind, ErrorKind::WrongAddress);
    }
}

void TestSession::missingScopeIsSignedIn()
{
    m_server->respond = [this](const LedgerEntry &entry) {
        if (entry.target == "/account")
            return Fault::answer(403, "{\"message\":\"scope account_read is missing\"}");
        return m_service(entry);
    };
    QVERIFY(signIn(profile(), goodSecrets()));
}

void TestSession::abortEndsIt()
{
    Fault hang;
    hang.hang = true;
    m_server->respond = [hang](const LedgerEntry &) { return hang; };
    m_session = std::make_unique<Session>(&m_manager, profile(AuthMethod::ApiKey), [] {
        Secrets secrets;
        secrets.apiKey = QStringLiteral("k");
        return secrets;
    }());
    const Call<Done> call = m_session->signIn();
    QTRY_COMPARE(m_server->ledger().size(), 1);
    call.abort();
    const Result<Done> result = await(call);
    QVERIFY(!result);
    QCOMPARE(result.error().kind, ErrorKind::Cancelled);
}

void TestSession::destroyedSessionEndsIt()
{
    Fault hang;
    hang.hang = true;
    m_server->respond = [hang](const LedgerEntry &) { return hang; };
    m_session = std::make_unique<Session>(&m_manager, profile(), goodSecrets());
    const Call<Done> call = m_session->signIn();
    QTRY_COMPARE(m_server->ledger().size(), 1);
    m_session.reset();
    const Result<Done> result = await(call);
    QVERIFY(!result);
    QCOMPARE(result.error().kind, ErrorKind::Cancelled);
}

void TestSession::sandboxIsSignedInToInEveryWay_data()
{
    QTest::addColumn<AuthMethod>("method");
    QTest::addColumn<QString>("id");
    QTest::addColumn<QString>("secret");
    QTest::addColumn<QString>("says"); ///< empty: signed in
    const QString id = QStringLiteral("demo"), bad = QStringLiteral("bad");
    const auto row = [](const char *name, AuthMethod method, const QString &client, const QString &secret,
                        const char *says) {
        QTest::newRow(name) << method << client << secret << QString::fromLatin1(says);
    };
    using A = AuthMethod;
    row("client credentials", A::ClientCredentials, id, QStringLiteral("demo-secret"), "");
    row("wrong client id", A::ClientCredentials, bad, QStringLiteral("demo-secret"), "does not know this client id");
    row("wrong secret", A::ClientCredentials, id, bad, "the client secret is wrong");
    row("basic", A::Basic, id, QStringLiteral("demo"), "");
    row("wrong password", A::Basic, id, bad, "the user or the password");
    row("api key", A::ApiKey, id, QStringLiteral("demo-key"), "");
    row("wrong key", A::ApiKey, id, bad, "the API key");
}

void TestSession::sandboxIsSignedInToInEveryWay()
{
    QFETCH(AuthMethod, method);
    QFETCH(QString, id);
    QFETCH(QString, secret);
    QFETCH(QString, says);
    SandboxOptions options;
    options.demo = true;
    SandboxServer sandbox(options);
    QVERIFY2(sandbox.start(), qPrintable(sandbox.errorText()));
    Profile profile = this->profile(method);
    profile.baseUrl = sandbox.url();
    profile.clientId = id;
    profile.user = QStringLiteral("demo@example.com");
    Secrets secrets;
    secrets.clientSecret = secrets.password = secrets.apiKey = secret;
    const Result<Done> result = signIn(profile, secrets);
    QVERIFY2(bool(result) == says.isEmpty(), result ? "" : qPrintable(result.error().text()));
    if (result)
        return;
    QCOMPARE(result.error().kind, ErrorKind::Credentials);
    QVERIFY2(result.error().message.contains(says), qPrintable(result.error().text()));
}

QTEST_GUILESS_MAIN(TestSession)
#include "tst_session.moc"
