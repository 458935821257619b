#include "cli/jsonline.h"
#include "cli/rowtext.h"

#include <QTest>

using namespace rowdesk;
using namespace rowdesk::cli;

class TestRowText : public QObject
{
    Q_OBJECT
private slots:
    void idsAreNumbersWhereTheyCanBe();
    void membersKeepTheirOrder();
};

void TestRowText::idsAreNumbersWhereTheyCanBe()
{
    const auto id = [](const char *text) { return JsonLine().addId("id", QString::fromLatin1(text)).text(); };
    QCOMPARE(id("12"), std::string(R"({"id":12})"));
    QCOMPARE(id("0"), std::string(R"({"id":0})"));
    QCOMPARE(id("18446744073709551616"), std::string(R"({"id":18446744073709551616})"));
    QCOMPARE(id("007"), std::string(R"({"id":"007"})"));
    QCOMPARE(id("a1"), std::string(R"({"id":"a1"})"));
    QCOMPARE(id(""), std::string(R"({"id":""})"));
    QCOMPARE(id("-1"), std::string(R"({"id":"-1"})"));
}

void TestRowText::membersKeepTheirOrder()
{
    const QJsonObject other{{QStringLiteral("b"), qint64(9007199254740993)}, {QStringLiteral("a\""), QJsonValue::Null}};
    const std::string text = JsonLine()
                                 .add("z", QStringLiteral("1\n\"ä"))
                                 .add("n", qint64(5))
                                 .add("t", true)
                                 .addIfTold("none", std::optional<qint64>())
                                 .addAll(other)
                                 .text();
    const std::string expected = "{\"z\":\"1\\n\\\"ä\",\"n\":5,\"t\":true,\"a\\\"\":null,\"b\":9007199254740993}";
    QCOMPARE(text, expected);
}

QTEST_GUILESS_MAIN(TestRowText)
#include "tst_rowtext.moc"
