#include "auth/headerauthorizer.h"
#include "auth/sessionstage.h"
#include "sandbox/sandboxserver.h"

#include <QSignalSpy>

using namespace rowdesk;
using namespace rowdesk::test;

/// Signing in, over real connections to local servers: the ways in, and the renewal of what expires.
class TestSession : public QObject, protected SessionStage
{
    Q_OBJECT
private slots:
    void init() { setUp(); }

    void signsInWithClientCredentials();
    void signsInWithRefreshToken();
    void tokenIsRenewedBeforeItExpires();
    void fiftyRefusalsMakeOneRenewal();
    void basicHeaderVectors_data();
    void basicHeaderVectors();
    void basicRefusesColonInClientId();
    void signsInWithApiKey();
    void abortEndsIt();
    void destroyedSessionEndsIt();
    void sandboxIsSignedInToInEveryWay_data();
    void sandboxIsSignedInToInEveryWay();
};

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
