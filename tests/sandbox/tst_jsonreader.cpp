#include "sandbox/jsonreader.h"
#include "sandbox/jsonstring.h"

#include <QTest>

using namespace rowdesk::sandbox;
using namespace Qt::StringLiterals;

class TestJsonReader : public QObject
{
    Q_OBJECT

private slots:
    void keepsNumbersAsWritten_data()
    {
        QTest::addColumn<QByteArray>("literal");
        for (const char *literal :
             {"0", "-0", "0.10", "9007199254740993", "12345678901234567890.123456789", "1e400", "-1.5E-7"})
            QTest::newRow(literal) << QByteArray(literal);
    }
    void keepsNumbersAsWritten()
    {
        QFETCH(QByteArray, literal);
        const JsonDocument document("{\"a\":[1, " + literal + " ]}");
        QVERIFY2(document.isValid(), qPrintable(document.errorText()));
        const JsonValue value = document.root().member("a").first().next();
        QCOMPARE(value.kind(), JsonValue::Kind::Number);
        QCOMPARE(value.toString(), QString::fromLatin1(literal));
        QVERIFY(value.next().isAbsent());
    }

    void readsStrings_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QString>("text");
        QTest::newRow("plain") << QByteArray("\"a b\"") << u"a b"_s;
        QTest::newRow("empty") << QByteArray("\"\"") << u""_s;
        QTest::newRow("escapes") << QByteArray(R"("\"\\\/\b\f\n\r\tx")") << u"\"\\/\b\f\n\r\tx"_s;
        QTest::newRow("unicode") << QByteArray(R"("\u00e9\u20AC")") << u"é€"_s;
        QTest::newRow("pair") << QByteArray(R"("\ud83d\ude80")") << u"🚀"_s;
        QTest::newRow("raw") << QByteArray("\"🚀é\"") << u"🚀é"_s;
        QTest::newRow("nul") << QByteArray(R"("a\u0000b")") << QString::fromUtf16(u"a\0b", 3);
    }
    void readsStrings()
    {
        QFETCH(QByteArray, json);
        QFETCH(QString, text);
        const JsonDocument document(json);
        QVERIFY2(document.isValid(), qPrintable(document.errorText()));
        QCOMPARE(document.root().toString(), text);
        // Written again and read again, it is still the same text.
        const JsonDocument again(jsonString(text));
        QVERIFY(again.isValid());
        QCOMPARE(again.root().toString(), text);
    }

    void refuses_data()
    {
        QTest::addColumn<QByteArray>("json");
        for (const char *json : {"",
                                 " ",
                                 "{",
                                 "[1,]",
                                 "{\"a\":1,}",
                                 "[1 2]",
                                 "{\"a\" 1}",
                                 "{a:1}",
                                 "'a'",
                                 "01",
                                 "1.",
                                 ".5",
                                 "+1",
                                 "1e",
                                 "NaN",
                                 "-",
                                 "tru",
                                 "nullx",
                                 "\"a",
                                 "\"\\x\"",
                                 "\"\\u12g4\"",
                                 "\"\\ud83d\"",
                                 "\"\\ude80\"",
                                 "\"\\ud83dx\"",
                                 "\"a\nb\"",
                                 "{\"a\":1,\"a\":2}",
                                 "{\"a\":1,\"b\":2,\"c\":3,\"a\":4}",
                                 "{\"a\":1,\"\\u0061\":2}",
                                 "1 1",
                                 "[] x",
                                 "\"\xff\"",
                                 "\"\xed\xa0\x80\"",
                                 "\xef\xbb\xbf{}"})
            QTest::newRow(json) << QByteArray(json);
        QTest::newRow("deep") << QByteArray(100, '[') + QByteArray(100, ']');
    }
    void refuses()
    {
        QFETCH(QByteArray, json);
        const JsonDocument document(json);
        QVERIFY(!document.isValid());
        QVERIFY(document.root().isAbsent());
        QVERIFY(document.errorText().contains(u"at byte"_s));
    }

    void findsMembersAndElements()
    {
        const JsonDocument document(R"({"x":{"y":[[],{"z":null}]},"":true})");
        QVERIFY(document.isValid());
        const JsonValue y = document.root().member("x").member("y");
        QVERIFY(y.first().isArray());
        QVERIFY(y.first().first().isAbsent());
        QCOMPARE(y.first().next().member("z").kind(), JsonValue::Kind::Null);
        QVERIFY(y.first().next().next().isAbsent());
        QCOMPARE(document.root().member("").toString(), u"true"_s);
        QVERIFY(document.root().member("nothing").member("more").isAbsent());
        QCOMPARE(document.root().members().size(), size_t(2));
    }
};

QTEST_APPLESS_MAIN(TestJsonReader)
#include "tst_jsonreader.moc"
