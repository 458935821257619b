#include "net/apiclient.h"
#include "net/gatedevice.h"
#include "net/request.h"
#include "net/requestfactory.h"
#include "net/retrypolicy.h"
#include "net/transportlog.h"

#include <QSignalSpy>
#include <QTest>
#include <QTimeZone>

using namespace rowdesk;
using namespace std::chrono_literals;

/// The small rules of net: addresses, paths, waits, the gate, the log.
class TestNetValues : public QObject
{
    Q_OBJECT
private slots:
    void baseUrls_data();
    void baseUrls();
    void paths_data();
    void paths();
    void origins();
    void retryAfter_data();
    void retryAfter();
    void backoffGrowsAndIsCapped();
    void openGateGivesEverythingOnce();
    void closedGateKeepsTheLastByte();
    void gateCannotBeRewound();
    void logForgetsTheOldest();
};

void TestNetValues::baseUrls_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("expected"); ///< empty: refused
    const auto row = [](const char *typed, const char *expected) {
        QTest::newRow(*typed ? typed : "empty") << QString::fromUtf8(typed) << QString::fromUtf8(expected);
    };
    row("https://api.clicdata.com/", "https://api.clicdata.com/");
    row("https://api.clicdata.com", "https://api.clicdata.com/");
    row("  api.clicdata.com \n", "https://api.clicdata.com/");
    row("API.ClicData.com:8443/v1", "https://api.clicdata.com:8443/v1/");
    row("https://gw.example/clic%20data/api", "https://gw.example/clic%20data/api/");
    row("http://127.0.0.1:8080", "http://127.0.0.1:8080/");
    row("http://localhost:1/", "http://localhost:1/");
    row("http://[::1]:99/", "http://[::1]:99/");
    row("https://b\xc3\xbc"
        "cher.example/",
        "https://xn--bcher-kva.example/");
    row("", "");
    row("   ", "");
    row("https://", "");
    row("https:///path", "");
    row("http://api.clicdata.com/", "");
    row("http://127.0.0.1.evil.example/", "");
    row("http://localhost.evil.example/", "");
    row("ftp://api.clicdata.com/", "");
    row("file:///etc/passwd", "");
    row("javascript://x", "");
    row("htp:/nonsense", "");
    row("https:/api.clicdata.com/", "");
    row("mailto:someone", "");
    row("api.clicdata.com:", "");
    row("api.clicdata.com:https/", "");
    row("https://user@api.clicdata.com/", "");
    row("https://user:pw@api.clicdata.com/", "");
    row("https://@api.clicdata.com/", "");
    row("https://api.clicdata.com/?x=1", "");
    row("https://api.clicdata.com/#x", "");
    row("https://api.clicdata.com:99999/", "");
    row("https://a b/", "");
    row("https://exa mple.com", "");
}

void TestNetValues::baseUrls()
{
    QFETCH(QString, typed);
    QFETCH(QString, expected);
    const Result<QUrl> checked = checkBaseUrl(typed);
    if (expected.isEmpty()) {
        QVERIFY2(!checked, checked ? checked->toEncoded().constData() : "");
        QCOMPARE(checked.error().kind, ErrorKind::WrongAddress);
        QVERIFY(!checked.error().message.isEmpty() && !checked.error().hint.isEmpty());
        QVERIFY(!checked.error().text().contains(QLatin1String("pw")));
        return;
    }
    QVERIFY2(checked, checked ? "" : qPrintable(checked.error().text()));
    QCOMPARE(QString::fromLatin1(checked->toEncoded()), expected);
    QCOMPARE(*checkBaseUrl(checked->toString()), *checked);
}

void TestNetValues::paths_data()
{
    QTest::addColumn<QString>("piece");
    QTest::addColumn<QString>("encoded");
    const auto row = [](const char *name, const QString &piece, const char *encoded) {
        QTest::newRow(name) << piece << QString::fromLatin1(encoded);
    };
    row("plain", QStringLiteral("row"), "row");
    row("slash", QStringLiteral("a/b"), "a%2Fb");
    row("climb", QStringLiteral(".."), "%252E%252E");
    row("dot", QStringLiteral("."), "%252E");
    row("dots", QStringLiteral("..."), "...");
    row("climb within", QStringLiteral("../x"), "..%2Fx");
    row("encoded climb", QStringLiteral("%2e%2e"), "%252e%252e");
    row("empty", QString(), "%20");
    row("query", QStringLiteral("a?b#c"), "a%3Fb%23c");
    row("backslash", QStringLiteral("..\\x"), "..%5Cx");
    row("letters", QStringLiteral("\u00e9\u20ac"), "%C3%A9%E2%82%AC");
    row("line", QStringLiteral("a\r\nX: y"), "a%0D%0AX%3A%20y");
    row("nul", QString(QChar(0)), "%00");
}

void TestNetValues::paths()
{
    QFETCH(QString, piece);
    QFETCH(QString, encoded);
    const QString path = makePath({QStringLiteral("data"), piece, QStringLiteral("row")});
    QCOMPARE(path, QLatin1String("data/") + encoded + QLatin1String("/row"));
    const QUrl base(QStringLiteral("https://host/api/"));
    const Result<QNetworkRequest> request = makeNetworkRequest(base, Request::get(path), {});
    if (piece.contains(QLatin1String("../"))) {
        // Encoded, and still: some servers decode "%2F" before they look for "..".
        QVERIFY(!request);
        QCOMPARE(request.error().kind, ErrorKind::Usage);
        return;
    }
    QVERIFY(request);
    QCOMPARE(QString::fromLatin1(request->url().toEncoded()), QLatin1String("https://host/api/") + path);
}

void TestNetValues::origins()
{
    const QUrl base(QStringLiteral("https://host/"));
    QVERIFY(isSameOrigin(base, QUrl(QStringLiteral("https://host:443/x"))));
    QVERIFY(!isSameOrigin(base, QUrl(QStringLiteral("https://host:444/x"))));
    QVERIFY(!isSameOrigin(base, QUrl(QStringLiteral("http://host/x"))));
    QVERIFY(!isSameOrigin(base, QUrl(QStringLiteral("https://host.evil/x"))));
    QCOMPARE(hostForPeople(QUrl(QStringLiteral("https://b\u00fccher.example:8/"))),
             QStringLiteral("xn--bcher-kva.example:8"));
}

void TestNetValues::retryAfter_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<int>("seconds"); ///< -1: nothing
    const auto row = [](const char *header, int seconds) { QTest::newRow(header) << QByteArray(header) << seconds; };
    row("5", 5);
    row(" 30 ", 30);
    row("0", 1);
    row("-1", 1);
    row("900", 900);
    row("901", 900);
    row("1000000000", 900);
    row("99999999999999999999999999", 900);
    row("Fri, 01 Mar 2024 12:01:00 GMT", 60);
    row("Fri, 01 Mar 2024 11:00:00 GMT", 1);
    row("Tue, 01 Mar 2099 11:00:00 GMT", -1); // not a Tuesday
    row("Sun, 01 Mar 2099 11:00:00 GMT", 900);
    row("", -1);
    row("soon", -1);
    row("1.5", -1);
    row("5 seconds", -1);
    row("-", -1);
}

void TestNetValues::retryAfter()
{
    QFETCH(QByteArray, header);
    QFETCH(int, seconds);
    const QDateTime now(QDate(2024, 3, 1), QTime(12, 0), QTimeZone::utc());
    const auto wait = rowdesk::retryAfter(header, now);
    QCOMPARE(wait ? int(wait->count()) : -1, seconds);
}

void TestNetValues::backoffGrowsAndIsCapped()
{
    RetryPolicy policy;
    policy.base = 100ms;
    policy.cap = 1000ms;
    QCOMPARE(policy.backoff(1, policy.base, 0.0).count(), 0);
    QCOMPARE(policy.backoff(1, policy.base, 0.5).count(), 50);
    QCOMPARE(policy.backoff(2, policy.base, 0.5).count(), 100);
    QCOMPARE(policy.backoff(3, policy.base, 0.999).count(), 399);
    QCOMPARE(policy.backoff(5, policy.base, 0.5).count(), 500);
    QCOMPARE(policy.backoff(1000, policy.base, 0.5).count(), 500);
}

void TestNetValues::openGateGivesEverythingOnce()
{
    GateDevice device("abc", GateDevice::Gate::Open);
    QCOMPARE(device.bytesAvailable(), 3);
    QCOMPARE(device.read(2), QByteArray("ab"));
    QVERIFY(!device.isHandedOut());
    QCOMPARE(device.read(10), QByteArray("c"));
    QVERIFY(device.isHandedOut() && device.atEnd());
    char more = 0;
    QCOMPARE(device.read(&more, 1), -1);
    GateDevice empty({}, GateDevice::Gate::Closed);
    QVERIFY(empty.isReleased() && empty.atEnd());
}

void TestNetValues::closedGateKeepsTheLastByte()
{
    GateDevice device("abc", GateDevice::Gate::Closed);
    QSignalSpy drained(&device, &GateDevice::drained);
    QSignalSpy ready(&device, &QIODevice::readyRead);
    QCOMPARE(device.read(10), QByteArray("ab"));
    QCOMPARE(drained.count(), 0); // told from the event loop
    QTRY_COMPARE(drained.count(), 1);
    char more = 0;
    QCOMPARE(device.read(&more, 1), 0); // not the end: it is worth waiting for
    QVERIFY(!device.isHandedOut() && !device.atEnd());
    device.release();
    device.release();
    QCOMPARE(ready.count(), 1);
    QCOMPARE(device.read(10), QByteArray("c"));
    QVERIFY(device.isHandedOut());
    QCOMPARE(drained.count(), 1);
}

void TestNetValues::gateCannotBeRewound()
{
    GateDevice device("abc", GateDevice::Gate::Open);
    device.read(10);
    QVERIFY(device.isSequential());
    QVERIFY(!device.reset());
    QVERIFY(!device.seek(0));
    QCOMPARE(device.size(), 3);
    QVERIFY(device.read(10).isEmpty());
}

void TestNetValues::logForgetsTheOldest()
{
    TransportLog log(nullptr, 3);
    QSignalSpy added(&log, &TransportLog::added);
    for (int i = 0; i < 5; ++i) {
        TransportLine line;
        line.verb = QStringLiteral("GET");
        line.path = QStringLiteral("data/%1").arg(i);
        log.add(line);
    }
    QCOMPARE(added.count(), 5);
    QCOMPARE(log.lines().size(), std::size_t(3));
    QVERIFY(log.texts()[0].contains(QLatin1String("GET /data/2 0 ")));
    log.clear();
    QVERIFY(log.texts().isEmpty());
}

QTEST_GUILESS_MAIN(TestNetValues)
#include "tst_netvalues.moc"
