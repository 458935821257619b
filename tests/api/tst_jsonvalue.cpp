#include "api/jsontext.h"
#include "api/jsonvalue.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QTest>

using namespace rowdesk;

class TestJsonValue : public QObject
{
    Q_OBJECT
private slots:
    void keepsEveryDigit_data();
    void keepsEveryDigit();
    void readsStructure();
    void refusesWhatIsNotJson_data();
    void refusesWhatIsNotJson();
    void isTolerantAboutTypes();
    void seesDuplicateNames();
    void toQtLosesNothing();
    void knowsNumbers_data();
    void knowsNumbers();
    void escapesText();
};

void TestJsonValue::keepsEveryDigit_data()
{
    QTest::addColumn<QByteArray>("number");
    for (const char *number : {"0", "-0", "0.10", "9007199254740993", "18446744073709551616", "1e400", "-1.5E+3",
                               "3.14159265358979323846264338327950288"})
        QTest::newRow(number) << QByteArray(number);
}

void TestJsonValue::keepsEveryDigit()
{
    QFETCH(QByteArray, number);
    for (const QByteArray &json : {number, QByteArray(" " + number + "\n"), QByteArray("[" + number + " ]")}) {
        const Result<JsonValue> value = JsonValue::parse(json);
        QVERIFY2(value, json.constData());
        const JsonValue &leaf = value->isArray() ? value->items().front() : *value;
        QCOMPARE(leaf.kind(), JsonValue::Kind::Number);
        QCOMPARE(QByteArray::fromStdString(leaf.text()), number);
    }
}

void TestJsonValue::readsStructure()
{
    const Result<JsonValue> value =
        JsonValue::parse(R"({"a":[1,"two",null,true],"b":{"c":"\u00e4\ud83d\ude00"},"e":[],"o":{}})");
    QVERIFY(value);
    const JsonValue *a = value->find("a");
    QVERIFY(a && a->items().size() == 4);
    QCOMPARE(a->items()[1].text(), std::string("two"));
    QCOMPARE(a->items()[2].kind(), JsonValue::Kind::Null);
    QCOMPARE(a->items()[3].text(), std::string("true"));
    QCOMPARE(value->find("b")->find("c")->asText(), QStringLiteral("ä😀"));
    QVERIFY(value->find("e")->items().empty());
    QVERIFY(value->find("o")->members().empty());
    QVERIFY(!value->find("missing"));
}

void TestJsonValue::refusesWhatIsNotJson_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("html") << QByteArray("<html></html>");
    QTest::newRow("cut object") << QByteArray(R"({"a":1)");
    QTest::newRow("cut text") << QByteArray(R"(["a)");
    QTest::newRow("garbage behind") << QByteArray(R"({"a":1} x)");
    QTest::newRow("two values") << QByteArray("1,2");
    QTest::newRow("closes the wrapper") << QByteArray("1],[2");
    QTest::newRow("bracket behind") << QByteArray("1]");
    QTest::newRow("plus") << QByteArray("[+1]");
    QTest::newRow("leading zero") << QByteArray("[007]");
    QTest::newRow("NaN") << QByteArray("[NaN]");
    QTest::newRow("nulx") << QByteArray("[nulx]");
    QTest::newRow("bad UTF-8") << QByteArray("[\"\xff\"]");
    QTest::newRow("byte order mark") << QByteArray("\xef\xbb\xbf{}");
    QTest::newRow("deep") << QByteArray(1'000, '[') + QByteArray(1'000, ']');
    QTest::newRow("very deep") << QByteArray(1'000'000, '[');
}

void TestJsonValue::refusesWhatIsNotJson()
{
    QFETCH(QByteArray, json);
    const Result<JsonValue> value = JsonValue::parse(json);
    QVERIFY(!value);
    QCOMPARE(value.error().kind, ErrorKind::BadAnswer);
}

void TestJsonValue::isTolerantAboutTypes()
{
    const Result<JsonValue> value =
        JsonValue::parse(R"({"n":"12","t":12,"b":"true","one":1,"x":12.5,"big":"9223372036854775807","o":{}})");
    QVERIFY(value);
    QCOMPARE(value->find("n")->asWholeNumber(), std::optional<qint64>(12));
    QCOMPARE(value->find("t")->asText(), std::optional(QStringLiteral("12")));
    QCOMPARE(value->find("b")->asBool(), std::optional(true));
    QCOMPARE(value->find("one")->asBool(), std::optional(true));
    QVERIFY(!value->find("x")->asWholeNumber());
    QCOMPARE(value->find("big")->asWholeNumber(), std::optional(std::numeric_limits<qint64>::max()));
    QVERIFY(!value->find("o")->asText());
}

void TestJsonValue::seesDuplicateNames()
{
    QVERIFY(JsonValue::parse(R"({"a":1,"b":2,"a":3})")->hasDuplicateNames());
    QVERIFY(!JsonValue::parse(R"({"a":1,"b":2})")->hasDuplicateNames());
}

void TestJsonValue::toQtLosesNothing()
{
    const QJsonObject object =
        JsonValue::parse(R"({"i":9007199254740993,"d":0.5,"money":0.10,"big":1e400})")->toQt().toObject();
    QCOMPARE(object[QStringLiteral("i")].toInteger(), 9007199254740993);
    QCOMPARE(object[QStringLiteral("d")].toDouble(), 0.5);
    QCOMPARE(object[QStringLiteral("money")].toString(), QStringLiteral("0.10"));
    QCOMPARE(object[QStringLiteral("big")].toString(), QStringLiteral("1e400"));
}

void TestJsonValue::knowsNumbers_data()
{
    QTest::addColumn<bool>("isNumber");
    for (const char *number : {"0", "-0", "10", "1.5", "1e5", "1E+5", "-1.5e-5", "0.0"})
        QTest::newRow(number) << true;
    for (const char *other : {"", "-", "+1", ".5", "5.", "007", "1e", "1e+", "1 ", " 1", "0x1", "NaN", "1,5", "--1"})
        QTest::newRow(other[0] ? other : "nothing") << false;
}

void TestJsonValue::knowsNumbers()
{
    QFETCH(bool, isNumber);
    const QByteArray text = QTest::currentDataTag();
    QCOMPARE(isJsonNumber(text == "nothing" ? std::string_view() : std::string_view(text.constData())), isNumber);
}

void TestJsonValue::escapesText()
{
    QByteArray out;
    appendJsonString(out, std::string_view("a\"\\\n\r\t\x01\x1f/\x7f"
                                           "ä😀\0z",
                                           18));
    QCOMPARE(out, QByteArray("\"a\\\"\\\\\\n\\r\\t\\u0001\\u001f/\x7f"
                             "ä😀\\u0000z\""));
    QVERIFY(isUtf8("ä😀"));
    QVERIFY(!isUtf8("\xed\xa0\x80"));
    QVERIFY(!isUtf8("\xc3"));
}

QTEST_GUILESS_MAIN(TestJsonValue)
#include "tst_jsonvalue.moc"
