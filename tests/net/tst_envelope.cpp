#include "net/envelope.h"

#include <QTest>

using namespace rowdesk;

/// What the body of an answer says of itself, as a table.
class TestEnvelope : public QObject
{
    Q_OBJECT
private slots:
    void envelopes_data();
    void envelopes();
    void markup_data();
    void markup();
    void bigPagesAreNotSearched();
};

void TestEnvelope::envelopes_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("status");
    QTest::addColumn<bool>("isError");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("description");
    const auto row = [](const char *name, const char *body, int status, bool isError, const char *code,
                        const char *words) {
        QTest::newRow(name) << QByteArray(body) << status << isError << QString::fromUtf8(code)
                            << QString::fromUtf8(words);
    };
    row("versioned", "{\"success\":false,\"error\":{\"code\":\"C\",\"description\":\"D\"}}", 200, true, "C", "D");
    row("error alone", "{\"error\":{\"code\":\"C\",\"description\":\"D\"}}", 200, true, "C", "D");
    row("message inside", "{\"error\":{\"code\":7,\"message\":\"D\"}}", 200, true, "7", "D");
    row("oauth", "{\"error\":\"invalid_client\",\"error_description\":\"D\"}", 400, true, "invalid_client", "D");
    row("ErrorCode", "{\"ErrorCode\":\"C\",\"ErrorDescription\":\"D\"}", 200, true, "C", "D");
    row("Message", "{\"Message\":\"D\"}", 500, true, "", "D");
    row("message with 200", "{\"message\":\"D\"}", 200, true, "", "D");
    row("message beside data", "{\"data\":[],\"message\":\"ok\"}", 200, false, "", "");
    row("success", "{\"success\":true,\"result\":[]}", 200, false, "", "");
    row("success and null error", "{\"success\":true,\"error\":null}", 200, false, "", "");
    row("empty error", "{\"error\":\"\",\"data\":[]}", 200, false, "", "");
    row("column named error", "{\"data\":[{\"error\":\"x\",\"success\":false}],\"has_more_data\":false}", 200, false,
        "", "");
    row("after a long value", "{\"data\":\"}{\\\"success\\\":false\",\"success\":false}", 200, true, "", "");
    row("byte order mark", "\xEF\xBB\xBF {\"success\" : false}", 200, true, "", "");
    row("array", "[{\"error\":1}]", 200, false, "", "");
    row("number", "12345", 200, false, "", "");
    row("empty", "", 200, false, "", "");
    row("half", "{\"success\":false,\"err", 200, true, "", "");
    row("unclosed key", "{\"succ", 200, false, "", "");
    row("object with another meaning", "{\"name\":\"x\"}", 404, false, "", "");
}

void TestEnvelope::envelopes()
{
    QFETCH(QByteArray, body);
    QFETCH(int, status);
    QFETCH(bool, isError);
    QFETCH(QString, code);
    QFETCH(QString, description);
    const Envelope read = readEnvelope(body, status);
    QCOMPARE(read.isError, isError);
    QCOMPARE(read.code, code);
    QCOMPARE(read.description, description);
}

void TestEnvelope::markup_data()
{
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<bool>("expected");
    QTest::newRow("html type") << QByteArray("Text/HTML; charset=utf-8") << QByteArray("hello") << true;
    QTest::newRow("xhtml") << QByteArray("application/xhtml+xml") << QByteArray() << true;
    QTest::newRow("xml") << QByteArray("text/xml") << QByteArray() << true;
    QTest::newRow("sniffed") << QByteArray() << QByteArray("\r\n\t <!doctype") << true;
    QTest::newRow("after a mark") << QByteArray("text/plain") << QByteArray("\xEF\xBB\xBF<") << true;
    QTest::newRow("json") << QByteArray("application/json") << QByteArray("{\"a\":\"<b>\"}") << false;
    QTest::newRow("number") << QByteArray("text/plain") << QByteArray("5") << false;
    QTest::newRow("spaces") << QByteArray("text/plain") << QByteArray("   ") << false;
}

void TestEnvelope::markup()
{
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, body);
    QTEST(isMarkup(type, body), "expected");
}

void TestEnvelope::bigPagesAreNotSearched()
{
    QByteArray rows = "{\"data\":[";
    while (rows.size() < 100'000)
        rows += "{\"a\":1},";
    const Envelope read = readEnvelope(rows + "{}],\"success\":false}", 200);
    QVERIFY(read.isObject);
    QVERIFY(!read.isError);
}

QTEST_GUILESS_MAIN(TestEnvelope)
#include "tst_envelope.moc"
