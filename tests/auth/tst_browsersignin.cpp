#include "auth/browsersignin.h"
#include "support/await.h"
#include "support/faultserver.h"

#include <QFile>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QSet>
#include <QSignalSpy>
#include <QTcpSocket>
#include <QTest>

using namespace rowdesk;
using namespace rowdesk::test;

namespace {

QString item(const QUrl &url, const char *name)
{
    return QUrlQuery(url).queryItemValue(QString::fromLatin1(name), QUrl::FullyDecoded);
}

} // namespace

/// Signing in with a browser, played by raw sockets.
class TestBrowserSignIn : public QObject
{
    Q_OBJECT
private slots:
    void init();

    void pkceVectorOfTheRfc();
    void verifiersAreFresh();
    void comparesWholeTexts();
    void signsIn();
    void garbageDoesNotStopIt();
    void wrongStateIsIgnored();
    void answerIsTakenOnce();
    void refusalIsShownAndReflectsNothing_data();
    void refusalIsShownAndReflectsNothing();
    void takenPortIsSaid();
    void foreignRedirectAddressIsRefused();
    void noBrowserIsSaid();
    void lostExchangeIsNotRepeated();
    void abortEndsIt();
    void startAgainGivesUpTheFirst();
    void listensOnLoopbackOnly();

private:
    void begin();
    /// Sends bytes to the listener and gives what comes back until it hangs up.
    QByteArray say(const QByteArray &bytes);
    QByteArray get(const QByteArray &target);
    QByteArray callback(const QByteArray &more = "&code=c%2F1");

    FaultServer m_service;
    QNetworkAccessManager m_manager;
    Profile m_profile;
    std::unique_ptr<BrowserSignIn> m_signIn;
    QUrl m_opened;
    quint16 m_port = 0;
    std::optional<Result<Secrets>> m_result;
    Call<Secrets> m_call;
};

void TestBrowserSignIn::init()
{
    if (!m_service.isListening())
        QVERIFY(m_service.start());
    m_service.clear();
    m_service.fallback = Fault::answer(200, "{\"access_token\":\"a\",\"refresh_token\":\"r-1\",\"expires_in\":5}");
    m_profile = {};
    m_profile.method = AuthMethod::AuthorizationCode;
    m_profile.baseUrl = m_service.url();
    m_profile.clientId = QStringLiteral("id&1");
    m_profile.redirectUrl = QUrl(QStringLiteral("http://127.0.0.1:0/callback"));
    m_result.reset();
    m_opened.clear();
    Secrets secrets;
    secrets.clientSecret = QStringLiteral("s=1");
    m_signIn = std::make_unique<BrowserSignIn>(&m_manager, m_profile, secrets, [this](const QUrl &url) {
        m_opened = url;
        return true;
    });
}

void TestBrowserSignIn::begin()
{
    m_call = m_signIn->start();
    m_call.then(this, [this](Result<Secrets> result) { m_result.emplace(std::move(result)); });
    QVERIFY(m_opened.isValid());
    m_port = quint16(QUrl(item(m_opened, "redirect_uri")).port());
    QVERIFY(m_port > 0);
}

QByteArray TestBrowserSignIn::say(const QByteArray &bytes)
{
    QTcpSocket socket;
    QSignalSpy gone(&socket, &QTcpSocket::disconnected);
    socket.connectToHost(QHostAddress(QHostAddress::LocalHost), m_port);
    socket.write(bytes);
    QByteArray answer;
    connect(&socket, &QTcpSocket::readyRead, &socket, [&] { answer += socket.readAll(); });
    if (!QTest::qWaitFor([&] { return gone.count() > 0 || socket.state() == QAbstractSocket::UnconnectedState; },
                         20'000))
        return "still connected";
    return answer + socket.readAll();
}

QByteArray TestBrowserSignIn::get(const QByteArray &target)
{
    return say("GET " + target + " HTTP/1.1\r\nHost: 127.0.0.1:" + QByteArray::number(m_port) + "\r\n\r\n");
}

QByteArray TestBrowserSignIn::callback(const QByteArray &more)
{
    return get("/callback?state=" + item(m_opened, "state").toLatin1() + more);
}

void TestBrowserSignIn::pkceVectorOfTheRfc()
{
    // RFC 7636, appendix B.
    QCOMPARE(pkceChallenge("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"),
             QByteArray("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"));
}

void TestBrowserSignIn::verifiersAreFresh()
{
    QSet<QByteArray> seen;
    for (int i = 0; i < 1000; ++i) {
        const Pkce pkce = makePkce();
        QCOMPARE(pkce.verifier.size(), 43);
        QCOMPARE(pkce.challenge, pkceChallenge(pkce.verifier));
        seen.insert(pkce.verifier);
    }
    QCOMPARE(seen.size(), 1000);
}

void TestBrowserSignIn::comparesWholeTexts()
{
    QVERIFY(isEqualInConstantTime("abc", "abc"));
    QVERIFY(isEqualInConstantTime("", ""));
    QVERIFY(!isEqualInConstantTime("abc", "abd"));
    QVERIFY(!isEqualInConstantTime("abc", "xbc"));
    QVERIFY(!isEqualInConstantTime("abc", "abcd"));
    QVERIFY(!isEqualInConstantTime("abc", ""));
}

void TestBrowserSignIn::signsIn()
{
    begin();
    QCOMPARE(m_opened.path(), QStringLiteral("/oauth20/authorize"));
    QCOMPARE(item(m_opened, "response_type"), QStringLiteral("code"));
    QCOMPARE(item(m_opened, "client_id"), QStringLiteral("id&1"));
    QCOMPARE(item(m_opened, "code_challenge_method"), QStringLiteral("S256"));
    QVERIFY(item(m_opened, "scope").contains(QLatin1String("data_write")));
    QVERIFY(item(m_opened, "state").size() >= 22); // 128 bits
    QVERIFY(!m_opened.toString().contains(QLatin1String("s=1")));

    const QByteArray page = callback();
    QVERIFY2(page.startsWith("HTTP/1.1 200 "), page.constData());
    QVERIFY(page.contains("Cache-Control: no-store"));
    QVERIFY(!page.contains("c/1") && !page.contains("c%2F1"));
    QTRY_VERIFY(m_result);
    QVERIFY2(*m_result, *m_result ? "" : qPrintable(m_result->error().text()));
    QCOMPARE((*m_result)->refreshToken, QStringLiteral("r-1"));
    QCOMPARE((*m_result)->clientSecret, QStringLiteral("s=1"));

    const QUrlQuery form(QString::fromLatin1(m_service.ledger().last().body));
    const auto sent = [&](const char *name) {
        return form.queryItemValue(QString::fromLatin1(name), QUrl::FullyDecoded);
    };
    QCOMPARE(sent("grant_type"), QStringLiteral("authorization_code"));
    QCOMPARE(sent("code"), QStringLiteral("c/1"));
    QCOMPARE(sent("client_secret"), QStringLiteral("s=1"));
    QCOMPARE(sent("redirect_uri"), QStringLiteral("http://127.0.0.1:%1/callback").arg(m_port));
    QCOMPARE(pkceChallenge(sent("code_verifier").toLatin1()), item(m_opened, "code_challenge").toLatin1());
    QCOMPARE(say("x"), QByteArray()); // nobody listens any more
}

void TestBrowserSignIn::garbageDoesNotStopIt()
{
    begin();
    const QByteArray state = item(m_opened, "state").toLatin1();
    const QByteArray host = "\r\nHost: 127.0.0.1:" + QByteArray::number(m_port) + "\r\n\r\n";
    const QByteArray good = "/callback?code=c&state=" + state;
    const QList<QByteArray> garbage{
        "\r\n\r\n",
        QByteArray("\0\xff\xfe\x01\r\n\r\n", 8),
        "GET\r\n\r\n",
        "GET  HTTP/1.1\r\n\r\n",
        "POST " + good + " HTTP/1.1" + host,
        "HEAD " + good + " HTTP/1.1" + host,
        "GET " + good + " HTTP/0.9" + host,
        "GET " + good + " HTTP/1.1\r\nHost: evil.example\r\n\r\n",
        "GET " + good + " HTTP/1.1\r\nHost: 127.0.0.1:1\r\n\r\n",
        "GET " + good + " HTTP/1.1\r\n\r\n",
        "GET http://127.0.0.1" + good + " HTTP/1.1" + host,
        "GET /other?code=c&state=" + state + " HTTP/1.1" + host,
        "GET /callback HTTP/1.1" + host,
        "GET /callback?state=" + state + " HTTP/1.1" + host,
        "GET /callback?code=c HTTP/1.1" + host,
        "GET /callback?%%%=&&&;;code HTTP/1.1" + host,
        "GET //callback?code=c&state=" + state + " HTTP/1.1" + host,
        "GET /" + QByteArray(7000, 'a') + " HTTP/1.1" + host,
        QByteArray(1'000'000, 'x'),
    };
    for (const QByteArray &bytes : garbage) {
        const QByteArray answer = say(bytes);
        QVERIFY2(!answer.startsWith("HTTP/1.1 200"), bytes.left(100).constData());
        QVERIFY2(!answer.contains("still connected"), bytes.left(100).constData());
    }
    // Peers that say nothing, or never finish, stay connected while the right one comes.
    std::vector<std::unique_ptr<QTcpSocket>> silent;
    for (int i = 0; i < 100; ++i) {
        silent.push_back(std::make_unique<QTcpSocket>());
        silent.back()->connectToHost(QHostAddress(QHostAddress::LocalHost), m_port);
        silent.back()->write("GET /callback?st");
    }
    QVERIFY(!m_result);
    QVERIFY(m_service.ledger().isEmpty());
    QVERIFY(callback().startsWith("HTTP/1.1 200"));
    QTRY_VERIFY(m_result);
    QVERIFY(*m_result);
    QCOMPARE(m_service.completed("POST"), 1);
}

void TestBrowserSignIn::wrongStateIsIgnored()
{
    begin();
    const QByteArray state = item(m_opened, "state").toLatin1();
    for (const QByteArray &wrong : {QByteArray(), state.left(state.size() - 1), state + 'x', state.toUpper() + '-'})
        QVERIFY(get("/callback?code=c&state=" + wrong).startsWith("HTTP/1.1 404"));
    QVERIFY(!m_result);
    QVERIFY(m_service.ledger().isEmpty());
    QVERIFY(callback().startsWith("HTTP/1.1 200"));
    QTRY_VERIFY(m_result);
}

void TestBrowserSignIn::answerIsTakenOnce()
{
    m_service.fallback.hang = true;
    begin();
    QVERIFY(callback().startsWith("HTTP/1.1 200"));
    QVERIFY(!callback().startsWith("HTTP/1.1 200"));
    QTRY_COMPARE(m_service.completed("POST"), 1);
}

void TestBrowserSignIn::refusalIsShownAndReflectsNothing_data()
{
    QTest::addColumn<QByteArray>("error");
    QTest::addColumn<QString>("says");
    QTest::newRow("denied") << QByteArray("access_denied") << QStringLiteral("not granted");
    QTest::newRow("script") << QByteArray("%3Cscript%3Ealert(1)%3C/script%3E") << QStringLiteral("<script>");
    QTest::newRow("scope") << QByteArray("invalid_scope&error_description=x") << QStringLiteral("invalid_scope");
}

void TestBrowserSignIn::refusalIsShownAndReflectsNothing()
{
    QFETCH(QByteArray, error);
    QFETCH(QString, says);
    begin();
    const QByteArray page = callback("&error=" + error);
    QVERIFY(page.startsWith("HTTP/1.1 200"));
    QVERIFY(!page.contains("script") && !page.contains("invalid_scope"));
    QTRY_VERIFY(m_result);
    QVERIFY(!*m_result);
    QCOMPARE(m_result->error().kind, ErrorKind::Credentials);
    QVERIFY2(m_result->error().message.contains(says), qPrintable(m_result->error().text()));
    QVERIFY(m_service.ledger().isEmpty());
}

void TestBrowserSignIn::takenPortIsSaid()
{
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress::LocalHost, 0));
    m_profile.redirectUrl.setPort(other.serverPort());
    m_signIn = std::make_unique<BrowserSignIn>(&m_manager, m_profile, Secrets{}, [](const QUrl &) { return true; });
    const Result<Secrets> result = await(m_signIn->start());
    QVERIFY(!result);
    QCOMPARE(result.error().kind, ErrorKind::Local);
    QVERIFY(result.error().message.contains(QString::number(other.serverPort())));
}

void TestBrowserSignIn::foreignRedirectAddressIsRefused()
{
    for (const char *address : {"http://0.0.0.0:18765/callback", "https://127.0.0.1:1/c", "http://example.com:80/c",
                                "http://127.0.0.1/callback", "http://127.0.0.1:18765", ""}) {
        m_profile.redirectUrl = QUrl(QString::fromLatin1(address));
        bool opened = false;
        BrowserSignIn signIn(&m_manager, m_profile, {}, [&](const QUrl &) { return opened = true; });
        const Result<Secrets> result = await(signIn.start());
        QVERIFY2(!result, address);
        QCOMPARE(result.error().kind, ErrorKind::Usage);
        QVERIFY(!opened);
    }
}

void TestBrowserSignIn::noBrowserIsSaid()
{
    BrowserSignIn signIn(&m_manager, m_profile, {}, [](const QUrl &) { return false; });
    const Result<Secrets> result = await(signIn.start());
    QVERIFY(!result);
    QCOMPARE(result.error().kind, ErrorKind::Local);
    QVERIFY(result.error().message.contains(QLatin1String("browser")));
}

void TestBrowserSignIn::lostExchangeIsNotRepeated()
{
    m_service.fallback = Fault::raw({}, Fault::End::Close);
    begin();
    QVERIFY(callback().startsWith("HTTP/1.1 200"));
    QTRY_VERIFY(m_result);
    QVERIFY(!*m_result);
    QCOMPARE(m_result->error().kind, ErrorKind::Network);
    QVERIFY(m_result->error().hint.contains(QLatin1String("browser")));
    QCOMPARE(m_service.completed("POST"), 1);
}

void TestBrowserSignIn::abortEndsIt()
{
    begin();
    m_call.abort();
    QTRY_VERIFY(m_result);
    QCOMPARE(m_result->error().kind, ErrorKind::Cancelled);
    QVERIFY(callback().isEmpty());
}

void TestBrowserSignIn::startAgainGivesUpTheFirst()
{
    begin();
    const QByteArray oldState = item(m_opened, "state").toLatin1();
    std::optional<Result<Secrets>> first;
    m_call.then(this, [&](Result<Secrets> result) { first.emplace(std::move(result)); });
    begin();
    QTRY_VERIFY(first);
    QCOMPARE(first->error().kind, ErrorKind::Cancelled);
    QVERIFY(get("/callback?code=c&state=" + oldState).startsWith("HTTP/1.1 404"));
    QVERIFY(callback().startsWith("HTTP/1.1 200"));
    QTRY_VERIFY(m_result);
    QVERIFY(*m_result);
}

void TestBrowserSignIn::listensOnLoopbackOnly()
{
    begin();
    QFile table(QStringLiteral("/proc/net/tcp"));
    QVERIFY(table.open(QIODevice::ReadOnly));
    const QByteArray port = QByteArray::number(m_port, 16).toUpper().rightJustified(4, '0');
    QByteArrayList listening;
    for (const QByteArray &line : table.readAll().split('\n')) {
        const QByteArrayList fields = line.simplified().split(' ');
        if (fields.value(3) == "0A" && fields.value(1).endsWith(':' + port))
            listening << fields.value(1);
    }
    QCOMPARE(listening, QByteArrayList{"0100007F:" + port});
}

QTEST_GUILESS_MAIN(TestBrowserSignIn)
#include "tst_browsersignin.moc"
