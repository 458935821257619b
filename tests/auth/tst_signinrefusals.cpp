#include "auth/apiversion.h"
#include "auth/sessionstage.h"

using namespace rowdesk;
using namespace rowdesk::test;

/// Signing in, over real connections to local servers: versions, and what is said of what is wrong.
class TestSignInRefusals : public QObject, protected SessionStage
{
    Q_OBJECT
private slots:
    void init() { setUp(); }

    void settlesVersion_data();
    void settlesVersion();
    void refusesFixedVersion();
    void saysWhatIsWrong_data();
    void saysWhatIsWrong();
    void nameNotFound();
    void fiveFailuresFiveMessages();
    void answerWithoutTokenIsNotClicData();
    void missingScopeIsSignedIn();
};

void TestSignInRefusals::settlesVersion_data()
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

void TestSignInRefusals::settlesVersion()
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

void TestSignInRefusals::refusesFixedVersion()
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

void TestSignInRefusals::saysWhatIsWrong_data()
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

void TestSignInRefusals::saysWhatIsWrong()
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

void TestSignInRefusals::nameNotFound()
{
    Profile lost = profile();
    lost.baseUrl = QUrl(QStringLiteral("https://no-such-host.invalid/"));
    const Result<Done> result = signIn(lost, goodSecrets());
    QVERIFY(!result);
    QCOMPARE(result.error().kind, ErrorKind::Network);
    QVERIFY2(result.error().message.contains(QLatin1String("no-such-host.invalid was not found")),
             qPrintable(result.error().text()));
}

void TestSignInRefusals::fiveFailuresFiveMessages()
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

void TestSignInRefusals::answerWithoutTokenIsNotClicData()
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

void TestSignInRefusals::missingScopeIsSignedIn()
{
    m_server->respond = [this](const LedgerEntry &entry) {
        if (entry.target == "/account")
            return Fault::answer(403, "{\"message\":\"scope account_read is missing\"}");
        return m_service(entry);
    };
    QVERIFY(signIn(profile(), goodSecrets()));
}

QTEST_GUILESS_MAIN(TestSignInRefusals)
#include "tst_signinrefusals.moc"
