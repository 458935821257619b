#include "net/apiclient.h"
#include "support/await.h"
#include "support/faultserver.h"
#include "support/testcertificates.h"

#include <QFile>
#include <QNetworkAccessManager>
#include <QTest>

using namespace rowdesk;
using namespace rowdesk::test;

namespace {

Request shortRead()
{
    Request request = Request::get(QStringLiteral("data"));
    request.deadline = std::chrono::milliseconds(300);
    return request;
}

Request pageOfRows()
{
    Request request = Request::get(QStringLiteral("data/1"));
    request.answerLimit = 64'000'000;
    return request;
}

Request append()
{
    Request request = Request::write(Request::Verb::Post, QStringLiteral("data/1/row"), "{\"data\":[]}");
    request.deadline = std::chrono::milliseconds(300);
    return request;
}

QByteArray head(const QByteArray &lines)
{
    return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n" + lines + "\r\n";
}

/// Resident memory in bytes.
qint64 residentMemory()
{
    QFile file(QStringLiteral("/proc/self/statm"));
    return file.open(QIODevice::ReadOnly) ? file.readAll().split(' ').value(1).toLongLong() * 4096 : -1;
}

struct Credentials : Authorizer
{
    Call<Done> ready() override { return Call<Done>::finished(Done{}); }
    void authorize(QNetworkRequest &request) const override
    {
        request.setRawHeader("Authorization", "Bearer canary");
        request.setRawHeader("CLICDATA-API-KEY", "canary");
    }
    Call<Done> renew() override { return ready(); }
};

} // namespace

/// Answers that no service should give, over real connections.
class TestFaults : public QObject
{
    Q_OBJECT
private slots:
    void init();

    void brokenAnswers_data();
    void brokenAnswers();
    void cutChunkLosesItsTailAtMost();
    void gzipIsUnderstood();
    void dripEndsAtTheDeadline();
    void silenceEndsAtTheDeadline();
    void endlessAnswerIsCutAtTheLimit();
    void endlessAnswerToAWriteTellsNothing();
    void redirectsAreNotFollowed_data();
    void redirectsAreNotFollowed();
    void refusedCredentialsAreNotSentByQt();
    void cookiesAreForgotten();
    void certificates_data();
    void certificates();
    void cutHandshake();

private:
    FaultServer m_server;
    QNetworkAccessManager m_manager;
    std::unique_ptr<ApiClient> m_client;
};

void TestFaults::init()
{
    if (!m_server.isListening())
        QVERIFY(m_server.start());
    m_server.clear();
    m_server.respond = {};
    m_server.fallback = Fault::answer(200, "{}");
    m_client = std::make_unique<ApiClient>(&m_manager, m_server.url());
    RetryPolicy once;
    once.readAttempts = 1;
    m_client->setRetryPolicy(once);
}

void TestFaults::brokenAnswers_data()
{
    QTest::addColumn<QByteArray>("raw");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("half a status line") << QByteArray("HTTP/1.");
    QTest::newRow("half a head") << QByteArray("HTTP/1.1 200 OK\r\nContent-Le");
    QTest::newRow("garbage") << QByteArrayLiteral("\x00\x01\xfe\xff garbage\r\n\r\n");
    QTest::newRow("another protocol") << QByteArray("SSH-2.0-OpenSSH_9.2\r\n");
    QTest::newRow("short body") << head("Content-Length: 100\r\n") + "{\"success\":true}";
    QTest::newRow("negative length") << head("Content-Length: -5\r\n") + "{\"success\":true}";
    QTest::newRow("two lengths") << head("Content-Length: 5\r\nContent-Length: 16\r\n") + "{\"success\":true}";
    QTest::newRow("length in words") << head("Content-Length: many\r\n") + "{\"success\":true}";
    QTest::newRow("huge chunk") << head("Transfer-Encoding: chunked\r\n") + "FFFFFFFFFFFFFFFFF\r\n{}\r\n0\r\n\r\n";
    QTest::newRow("bad chunk") << head("Transfer-Encoding: chunked\r\n") + "zz\r\n{}\r\n0\r\n\r\n";
    QTest::newRow("not gzip") << head("Content-Encoding: gzip\r\nContent-Length: 16\r\n") + "{\"success\":true}";
    QTest::newRow("1xx and nothing") << QByteArray("HTTP/1.1 100 Continue\r\n\r\n");
    QTest::newRow("html") << QByteArray(
        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 6\r\n\r\n<html>");
}

void TestFaults::brokenAnswers()
{
    QFETCH(QByteArray, raw);
    m_server.fallback = Fault::raw(raw);
    const Result<Answer> read = await(m_client->send(Request::get(QStringLiteral("data"))));
    QVERIFY2(!read, read ? read->body.constData() : "");
    QVERIFY2(read.error().kind == ErrorKind::Network || read.error().kind == ErrorKind::BadAnswer ||
                 read.error().kind == ErrorKind::WrongAddress,
             qPrintable(read.error().text()));
    const Result<Answer> write = await(m_client->send(append()));
    QVERIFY2(!write, write ? write->body.constData() : "");
    QCOMPARE(write.error().kind, ErrorKind::OutcomeUnknown);
    QCOMPARE(m_server.completed("POST"), 1);
}

void TestFaults::cutChunkLosesItsTailAtMost()
{
    // Qt 6.4 notices a connection that ends within a chunk only sometimes: whoever reads the answer must read it to its
    // end. What it gets is never more than what was sent.
    m_server.fallback = Fault::raw(head("Transfer-Encoding: chunked\r\n") + "20\r\n{\"success\":tr");
    const Result<Answer> write = await(m_client->send(append()));
    if (write)
        QVERIFY(QByteArray("{\"success\":tr").startsWith(write->body));
    else
        QCOMPARE(write.error().kind, ErrorKind::OutcomeUnknown);
    QCOMPARE(m_server.completed("POST"), 1);
}

void TestFaults::gzipIsUnderstood()
{
    // {"success":true}
    const QByteArray packed =
        QByteArray::fromHex("1f8b0800000000000003ab562a2e4d4e4e2d2e56b22a292a4dad0500dff7f66610000000");
    const auto send = [&](const QByteArray &bytes, const Request &request) {
        m_server.fallback = Fault::raw(
            head("Content-Encoding: gzip\r\nContent-Length: " + QByteArray::number(bytes.size()) + "\r\n") + bytes);
        return await(m_client->send(request));
    };
    const Result<Answer> read = send(packed, pageOfRows());
    QVERIFY2(read, read ? "" : qPrintable(read.error().text()));
    QCOMPARE(read->body, QByteArray("{\"success\":true}"));
    QVERIFY(m_server.ledger().last().header("accept-encoding").contains("gzip"));
    // A cut stream can't be told from a whole one, so nothing else asks for any or believes one.
    for (const QByteArray &bytes : {packed, packed.left(12)}) {
        const Result<Answer> write = send(bytes, append());
        QCOMPARE(m_server.ledger().last().header("accept-encoding"), QByteArray("identity"));
        QVERIFY(!write);
        QCOMPARE(write.error().kind, ErrorKind::OutcomeUnknown);
    }
}

void TestFaults::dripEndsAtTheDeadline()
{
    Fault drip = Fault::raw(head("Content-Length: 100000\r\n") + QByteArray(100'000, ' '));
    drip.dripMs = 5; // always something new: an idle timer alone would wait for ten minutes
    m_server.fallback = drip;
    Result<Answer> result = await(m_client->send(shortRead()));
    QVERIFY(!result);
    QCOMPARE(result.error().kind, ErrorKind::Timeout);
    result = await(m_client->send(append()));
    QVERIFY(!result);
    QCOMPARE(result.error().kind, ErrorKind::OutcomeUnknown);
}

void TestFaults::silenceEndsAtTheDeadline()
{
    m_server.fallback.hang = true;
    Result<Answer> result = await(m_client->send(shortRead()));
    QVERIFY(!result);
    QCOMPARE(result.error().kind, ErrorKind::Timeout);
    result = await(m_client->send(append()));
    QVERIFY(!result);
    QCOMPARE(result.error().kind, ErrorKind::OutcomeUnknown);
    QCOMPARE(m_server.completed("POST"), 1);
}

void TestFaults::endlessAnswerIsCutAtTheLimit()
{
    m_server.fallback = Fault::raw(head({}), Fault::End::KeepOpen);
    m_server.fallback.endless = QByteArray(64 * 1024, ' ');
    const qint64 before = residentMemory();
    const Result<Answer> result = await(m_client->send(Request::get(QStringLiteral("data"))));
    QVERIFY(!result);
    QCOMPARE(result.error().kind, ErrorKind::BadAnswer);
    QVERIFY2(residentMemory() - before < 64'000'000, qPrintable(QString::number(residentMemory() - before)));
}

void TestFaults::endlessAnswerToAWriteTellsNothing()
{
    m_server.fallback = Fault::raw(head({}), Fault::End::KeepOpen);
    m_server.fallback.endless = QByteArray(64 * 1024, ' ');
    const Result<Answer> result = await(m_client->send(append()));
    QVERIFY(!result);
    QCOMPARE(result.error().kind, ErrorKind::OutcomeUnknown);
}

void TestFaults::redirectsAreNotFollowed_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("location"); ///< empty: the other server
    for (const int status : {301, 302, 303, 307, 308}) {
        const QByteArray name = QByteArray::number(status);
        QTest::newRow((name + " other origin").constData()) << status << QString();
        QTest::newRow((name + " same origin").constData()) << status << QStringLiteral("/elsewhere");
        QTest::newRow((name + " file").constData()) << status << QStringLiteral("file:///etc/passwd");
    }
}

void TestFaults::redirectsAreNotFollowed()
{
    QFETCH(int, status);
    QFETCH(QString, location);
    FaultServer other;
    QVERIFY(other.start());
    if (location.isEmpty())
        location = other.url().toString() + QLatin1String("stolen");
    m_server.fallback = Fault::answer(status, "", "text/plain", "Location: " + location.toUtf8() + "\r\n");
    Credentials credentials;
    m_client->setAuthorizer(&credentials);
    const Result<Answer> read = await(m_client->send(Request::get(QStringLiteral("data"))));
    QVERIFY(!read);
    QCOMPARE(read.error().kind, ErrorKind::WrongAddress);
    const Result<Answer> write = await(m_client->send(append()));
    QVERIFY(!write);
    QCOMPARE(write.error().kind, ErrorKind::OutcomeUnknown);
    QCOMPARE(other.connections(), 0);
    QCOMPARE(m_server.ledger().size(), 2);
}

void TestFaults::refusedCredentialsAreNotSentByQt()
{
    for (const QByteArray &scheme :
         {QByteArray("Basic realm=\"x\""), QByteArray("NTLM"), QByteArray("Digest realm=\"x\", nonce=\"y\"")}) {
        m_server.clear();
        m_server.fallback =
            Fault::answer(401, "{\"message\":\"who\"}", "application/json", "WWW-Authenticate: " + scheme + "\r\n");
        for (const Request &request : {Request::get(QStringLiteral("data")), append()}) {
            const Result<Answer> result = await(m_client->send(request));
            QVERIFY(!result);
            QVERIFY2(result.error().kind == ErrorKind::Credentials,
                     qPrintable(QString::fromLatin1(scheme) + result.error().text()));
        }
        QCOMPARE(m_server.ledger().size(), 2);
    }
}

void TestFaults::cookiesAreForgotten()
{
    m_server.fallback = Fault::answer(200, "{}", "application/json",
                                      "Set-Cookie: a=canary; Path=/\r\nCache-Control: max-age=999\r\nETag: \"e\"\r\n");
    for (int i = 0; i < 2; ++i)
        QVERIFY(await(m_client->send(Request::get(QStringLiteral("data")))));
    QCOMPARE(m_server.ledger().size(), 2);
    QVERIFY(m_server.ledger().last().header("cookie").isEmpty());
    QVERIFY(m_server.ledger().last().header("if-none-match").isEmpty());
}

void TestFaults::certificates_data()
{
    QTest::addColumn<TestCertificates::Wish>("wish");
    QTest::addColumn<QString>("says"); ///< empty: accepted
    TestCertificates::Wish good, expired, future, other, own;
    expired.until = QStringLiteral("20200201000000Z");
    future.from = QStringLiteral("20980101000000Z");
    other.host = QStringLiteral("other.example");
    own.selfSigned = true;
    QTest::newRow("good") << good << QString();
    QTest::newRow("expired") << expired << QStringLiteral("expired");
    QTest::newRow("not yet valid") << future << QStringLiteral("not yet valid");
    QTest::newRow("wrong host") << other << QStringLiteral("host name");
    QTest::newRow("self-signed") << own << QStringLiteral("self-signed");
}

void TestFaults::certificates()
{
    QFETCH(TestCertificates::Wish, wish);
    QFETCH(QString, says);
    static TestCertificates authority;
    static const bool made = authority.make();
    QVERIFY2(made, qPrintable(authority.problem()));
    authority.trust();
    FaultServer server;
    const QSslConfiguration tls = authority.server(wish);
    QVERIFY2(!tls.isNull(), qPrintable(authority.problem()));
    server.setTls(tls);
    QVERIFY(server.start());
    QNetworkAccessManager manager;
    ApiClient client(&manager, server.url());
    for (const Request &request : {Request::get(QStringLiteral("data")), append()}) {
        const Result<Answer> result = await(client.send(request));
        if (says.isEmpty()) {
            QVERIFY2(result, result ? "" : qPrintable(result.error().text()));
            continue;
        }
        QVERIFY(!result);
        QCOMPARE(result.error().kind, ErrorKind::Tls);
        QVERIFY2(result.error().message.contains(says), qPrintable(result.error().text()));
        QVERIFY(result.error().hint.contains(QLatin1String("Nothing was sent")));
    }
    QCOMPARE(server.ledger().size(), says.isEmpty() ? 2 : 0);
}

void TestFaults::cutHandshake()
{
    // A server that speaks no TLS where TLS is expected.
    QUrl url = m_server.url();
    url.setScheme(QStringLiteral("https"));
    m_server.fallback = Fault::cut(1, Fault::End::Close);
    ApiClient client(&m_manager, url);
    RetryPolicy once;
    once.readAttempts = 1;
    client.setRetryPolicy(once);
    const Result<Answer> write = await(client.send(append()));
    QVERIFY(!write);
    QVERIFY2(write.error().kind == ErrorKind::Network || write.error().kind == ErrorKind::Tls,
             qPrintable(write.error().text()));
}

QTEST_GUILESS_MAIN(TestFaults)
#include "tst_faults.moc"
