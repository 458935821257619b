#include "api/jsonpage.h"
#include "core/columnstore.h"
#include "core/wtf8.h"

#include <QTest>

using namespace rowdesk;

namespace {

struct Read
{
    ColumnStore store;
    Result<RowsPage> page = ApiError{};
};

Read readPage(const QByteArray &body)
{
    PageDecoder decoder;
    Read read;
    read.page = decoder.decode(body, 1);
    if (read.page)
        read.store.append(read.page->chunk);
    return read;
}

QByteArray textOf(const ColumnStore &store, qsizetype row, int column)
{
    std::string text;
    store.text(row, column, text);
    return QByteArray::fromStdString(text);
}

} // namespace

class TestRowStreamPage : public QObject
{
    Q_OBJECT
private slots:
    void valuesComeExactly_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("kind");
        const auto row = [](QByteArray json, QByteArray text, CellKind kind) {
            QTest::newRow(json.left(40).constData()) << json << text << static_cast<int>(kind);
        };
        for (const char *number : {"9007199254740993", "18446744073709551616", "0.1", "0.10", "1e400", "-0", "-1.5E+3",
                                   "12345678901234567890.123456789"})
            row(number, number, CellKind::Number);
        row("\"00123\"", "00123", CellKind::Text);
        row("\"\"", "", CellKind::Text);
        row("null", "", CellKind::Null);
        row("true", "true", CellKind::Bool);
        row("\"true\"", "true", CellKind::Text);
        row("[ [1,2] , {\"a\":1.0} ]", "[ [1,2] , {\"a\":1.0} ]", CellKind::Json);
        row("{}", "{}", CellKind::Json);
        row("\"\\ud83d\\ude00\\u00e9\\n\\\\\\/\\\"\"", "\xF0\x9F\x98\x80\xC3\xA9\n\\/\"", CellKind::Text);
        row("\"\\ud800\"", "\xED\xA0\x80", CellKind::Text);
        row("\"\\udc00\\ud800x\"", "\xED\xB0\x80\xED\xA0\x80x", CellKind::Text);
        row("\"\\u0000\"", QByteArray(1, '\0'), CellKind::Text);
        row("\"" + QByteArray(1000000, 'x') + "\"", QByteArray(1000000, 'x'), CellKind::Text);
        row("\"\xF0\x9F\x98\x80\"", "\xF0\x9F\x98\x80", CellKind::Text);
    }
    void valuesComeExactly()
    {
        QFETCH(QByteArray, json);
        const Read read = readPage("{\"data\":[{\"a\":1,\"v\" : " + json + " }],\"has_more_data\":false}");
        QVERIFY2(read.page, qPrintable(read.page ? QString() : read.page.error().text()));
        QCOMPARE(read.store.columnNames(), QStringList({QStringLiteral("a"), QStringLiteral("v")}));
        QTEST(textOf(read.store, 0, 1), "text");
        QTEST(static_cast<int>(read.store.kind(0, 1)), "kind");
    }

    void envelopes_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<int>("more");
        QTest::addColumn<int>("total");
        using enum RowsPage::More;
        const auto row = [](const char *name, QByteArray body, RowsPage::More more, int total = -1) {
            QTest::newRow(name) << body << static_cast<int>(more) << total;
        };
        row("classic", "{\"data\":[{\"a\":1}],\"has_more_data\":true}", Yes);
        row("classic, end", "{\"has_more_data\":false,\"data\":[{\"a\":1}]}", No);
        row("classic, as text", "{\"has_more_data\":\"false\",\"data\":[{\"a\":1}]}", No);
        row("classic, nothing said", "{\"data\":[{\"a\":1}]}", Unsaid);
        row("bare list", "[{\"a\":1}]", Unsaid);
        row("versioned",
            "{\"success\":true,\"result\":[{\"a\":1}],\"pagination\":{\"result_total_count\":7,\"current_page\":1,"
            "\"has_more_results\":true}}",
            Yes, 7);
        row("versioned, last page as number",
            "{\"success\":true,\"result\":[{\"a\":1}],\"pagination\":{\"current_page\":1,\"last_page\":2}}", Yes);
        row("versioned, last page reached",
            "{\"success\":true,\"result\":[{\"a\":1}],\"pagination\":{\"last_page\":1}}", No);
        row("versioned, last page as bool",
            "{\"success\":true,\"result\":[{\"a\":1}],\"pagination\":{\"last_page\":true}}", No);
        row("versioned, by count",
            "{\"success\":true,\"result\":[{\"a\":1}],\"pagination\":{\"result_total_count\":\"3\",\"page_size\":1,"
            "\"current_page\":1}}",
            Yes, 3);
        row("wrapped twice",
            "{\"success\":true,\"result\":{\"data\":[{\"a\":1}],\"has_more_data\":true},\"error\":null,\"x\":[[1]]}",
            Yes);
        row("cells", "{\"data\":[[{\"column\":\"a\",\"value\":1}]],\"has_more_data\":false}", No);
    }
    void envelopes()
    {
        QFETCH(QByteArray, body);
        QFETCH(int, total);
        const Read read = readPage(body);
        QVERIFY2(read.page, qPrintable(read.page ? QString() : read.page.error().text()));
        QCOMPARE(read.store.rowCount(), 1);
        QCOMPARE(textOf(read.store, 0, 0), QByteArray("1"));
        QTEST(static_cast<int>(read.page->more), "more");
        QCOMPARE(static_cast<int>(read.page->total.value_or(-1)), total);
    }

    void brokenPagesAreRefusedWhole_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("says");
        const auto row = [](const char *name, QByteArray body, const char *says = "") {
            QTest::newRow(name) << body << QString::fromLatin1(says);
        };
        const QByteArray good = "{\"data\":[{\"a\":1},{\"a\":2}],\"has_more_data\":false}";
        for (qsizetype cut = 0; cut < good.size(); ++cut)
            QTest::addRow("cut at %d", static_cast<int>(cut)) << good.left(cut) << QString();
        row("garbage behind", good + "x", "follows its end");
        row("second document", good + " {}", "follows its end");
        row("byte order mark", "\xEF\xBB\xBF" + good, "byte order mark");
        row("bad UTF-8", "{\"data\":[{\"a\":\"\xC3\x28\"}]}", "UTF-8");
        row("raw surrogate", "{\"data\":[{\"a\":\"\xED\xA0\x80\"}]}", "UTF-8");
        row("control character", "{\"data\":[{\"a\":\"\n\"}]}");
        row("control character behind a number", "{\"data\":[{\"a\":1\x01}]}");
        row("bad escape", "{\"data\":[{\"a\":\"\\x41\"}]}", "escape");
        row("short escape", "{\"data\":[{\"a\":\"\\u12\"}]}", "escape");
        row("bad escape in a name", "{\"data\":[{\"\\q\":1}]}", "escape");
        row("twice data", "{\"data\":[{\"a\":1}],\"data\":[{\"a\":2}]}", "\"data\" twice");
        row("twice success", "{\"success\":false,\"data\":[],\"success\":true}", "\"success\" twice");
        row("twice, escaped", "{\"data\":[],\"d\\u0061ta\":[]}", "twice");
        row("data and result", "{\"data\":[],\"result\":[]}", "two places");
        row("no rows member", "{\"rows_inserted\":1}", "no rows member");
        row("data is an object", "{\"data\":{\"a\":1}}", "no rows member");
        row("row is text", "{\"data\":[\"x\"]}", "row 1");
        row("row is text behind a good one", "{\"data\":[{\"a\":1},\"x\"]}", "row 2");
        row("row of scalars", "{\"data\":[[1,2]]}", "column and a value");
        row("number with a plus", "{\"data\":[{\"a\":+1}]}");
        row("number with zeros", "{\"data\":[{\"a\":007}]}", "none that JSON knows");
        row("NaN", "{\"data\":[{\"a\":NaN}]}", "none that JSON knows");
        row("bare point", "{\"data\":[{\"a\":1.}]}", "none that JSON knows");
        row("long word", "{\"data\":[{\"a\":truex}]}", "none that JSON knows");
        row("comma at the end", "{\"data\":[{\"a\":1,}]}");
        row("comma at the end of rows", "{\"data\":[{\"a\":1},]}");
        row("missing colon", "{\"data\":[{\"a\" 1}]}");
        row("two values", "{\"data\":[{\"a\":1 2}]}");
        row("nested mismatch", "{\"data\":[{\"a\":[1}]}]}");
        row("nested bad word", "{\"data\":[{\"a\":[nul]}]}", "nested value");
        row("nested bad comma", "{\"data\":[{\"a\":[1,]}]}", "nested value");
        row("nested too deep", "{\"data\":[{\"a\":" + QByteArray(70, '[') + QByteArray(70, ']') + "}]}",
            "nested value");
        row("a million deep", QByteArray(1000000, '['));
        row("a million deep and closed", "{\"data\":" + QByteArray(1000000, '[') + QByteArray(1000000, ']') + "}");
        row("unknown member broken", "{\"data\":[],\"x\":[1,,2]}", "\"x\"");
        row("has_more_data is a list", "{\"data\":[],\"has_more_data\":[]}", "neither true nor false");
        row("HTML", "<html><body>Sign in</body></html>");
        row("empty", "");
        row("text", "\"12345\"");
    }
    void brokenPagesAreRefusedWhole()
    {
        QFETCH(QByteArray, body);
        QFETCH(QString, says);
        PageDecoder decoder;
        const Result<RowsPage> page = decoder.decode(body, 3);
        QVERIFY(!page);
        QCOMPARE(page.error().kind, ErrorKind::BadAnswer);
        QVERIFY(page.error().message.contains(u"Page 3"));
        QVERIFY2(page.error().message.contains(says), qPrintable(page.error().message));
        // The decoder is as good as new.
        const Result<RowsPage> next = decoder.decode("{\"data\":[{\"z\":1}],\"has_more_data\":false}", 3);
        QVERIFY(next);
        QCOMPARE(*next->chunk->names, QStringList(QStringLiteral("z")));
    }

    void refusalsOfTheServiceKeepTheirWords()
    {
        const auto classic =
            readPage("{\"error\":{\"code\":\"APIVersionRequired\",\"description\":\"<b>no</b>\"}}").page;
        QCOMPARE(classic.error().kind, ErrorKind::Rejected);
        QCOMPARE(classic.error().code, QStringLiteral("APIVersionRequired"));
        QVERIFY(classic.error().message.contains(u"<b>no</b>"));
        const auto lateNo = readPage("{\"result\":[{\"a\":1}],\"success\":false,\"error\":{\"code\":\"X\"}}").page;
        QCOMPARE(lateNo.error().code, QStringLiteral("X"));
        QCOMPARE(readPage("{\"ErrorCode\":5,\"ErrorDescription\":\"no\"}").page.error().code, QStringLiteral("5"));
    }

    void rowsMayDiffer()
    {
        const Read read =
            readPage("{\"data\":[{\"a\":1,\"b\":2},{\"b\":3,\"a\":4},{\"c\":5},{},{\"a\":6,\"a\":7,\"\\u0061\":8}]}");
        QVERIFY(read.page);
        QCOMPARE(read.store.columnNames().join(u','), QStringLiteral("a,b,c,a (2),a (3)"));
        QCOMPARE(textOf(read.store, 1, 0), QByteArray("4"));
        QCOMPARE(textOf(read.store, 1, 1), QByteArray("3"));
        QCOMPARE(textOf(read.store, 2, 2), QByteArray("5"));
        QCOMPARE(read.store.kind(3, 0), CellKind::Null);
        QCOMPARE(textOf(read.store, 4, 0) + textOf(read.store, 4, 3) + textOf(read.store, 4, 4), QByteArray("678"));
    }

    void namesMayBeAnything()
    {
        const Read read = readPage("{\"data\":[{\"\":1,\"\\ud800\":2,\"a\\\"b\":3,\"é\":4,\"data\":5}]}");
        QVERIFY(read.page);
        QCOMPARE(read.store.columnCount(), 5);
        QCOMPARE(read.store.columnName(1).size(), 1);
        QCOMPARE(read.store.columnName(2), QStringLiteral("a\"b"));
        QCOMPARE(read.store.columnName(3), QStringLiteral("é"));
    }

    void tooManyColumnsAreRefused()
    {
        QByteArray row = "{\"data\":[{";
        for (int i = 0; i <= PageDecoder::mostColumns; ++i)
            row += (i ? ",\"c" : "\"c") + QByteArray::number(i) + "\":1";
        QVERIFY(readPage(row + "}]}").page.error().message.contains(u"columns"));
        QByteArray doubled = "{\"data\":[{\"a\":1";
        for (int i = 0; i < 200; ++i)
            doubled += ",\"a\":1";
        QVERIFY(readPage(doubled + "}]}").page.error().message.contains(u"too often"));
    }

    void everNewColumnsAreRefusedBeforeTheyFillTheMemory()
    {
        QByteArray body = "{\"data\":[{\"c0\":1}";
        for (int i = 1; i < 20'000; ++i)
            body += ",{\"c" + QByteArray::number(i) + "\":1}";
        const ApiError error = readPage(body + "]}").page.error();
        QVERIFY2(error.message.contains(u"cells") && error.message.contains(u"row 34"), qPrintable(error.message));
    }

    void aBodyThatOthersHoldStaysAsItIs()
    {
        const QByteArray body = "{\"data\":[{\"a\":\"\\u00e9\\n\"}]}";
        const QByteArray held(body.constData(), body.size());
        QByteArray roomy = held;
        roomy.reserve(1000);
        const QByteArray alsoHeld = roomy;
        PageDecoder decoder;
        for (const QByteArray &given : {held, alsoHeld}) {
            QCOMPARE(decoder.decode(given, 1)->chunk->rows, 1);
            QCOMPARE(given, body);
        }
    }

    void cancelStopsIt()
    {
        QByteArray body = "{\"data\":[{\"a\":1}";
        for (int i = 0; i < 5000; ++i)
            body += ",{\"a\":1}";
        std::atomic_bool cancelled = true;
        PageDecoder decoder;
        QCOMPARE(decoder.decode(body + "]}", 1, &cancelled).error().kind, ErrorKind::Cancelled);
        cancelled = false;
        QCOMPARE(decoder.decode(body + "]}", 1, &cancelled)->chunk->rows, 5001);
    }
};

QTEST_GUILESS_MAIN(TestRowStreamPage)
#include "tst_rowstreampage.moc"
