#include "core/schema.h"

#include <QTest>

using namespace rowdesk;

class TestSchema : public QObject
{
    Q_OBJECT
private slots:
    void everyTypeNameReadsBack()
    {
        for (ColumnType type : allColumnTypes) {
            QCOMPARE(columnTypeFromName(columnTypeName(type)), type);
            QVERIFY(!columnTypeSentence(type).isEmpty());
        }
        QCOMPARE(columnTypeFromName(u" Rec_ID "), ColumnType::Id);
        QCOMPARE(columnTypeFromName(u"integer"), std::nullopt);
    }

    void aGoodSchemaHasNoProblems()
    {
        QVERIFY(checkSchema({{{QStringLiteral("zip"), ColumnType::Text}, {QStringLiteral("n"), ColumnType::Number}}}).isEmpty());
    }

    void problemsNameTheirColumn()
    {
        const auto none = checkSchema({});
        QCOMPARE(none.size(), 1);
        QCOMPARE(none[0].column, -1);

        const Schema bad{{{QStringLiteral("Zip"), ColumnType::Text},
                          {QStringLiteral(" "), ColumnType::Text},
                          {QStringLiteral("zip "), ColumnType::Text},
                          {QStringLiteral("a\nb"), ColumnType::Text},
                          {QString(129, u'x'), ColumnType::Text}}};
        const auto problems = checkSchema(bad);
        QCOMPARE(problems.size(), 4);
        for (int i = 0; i < 4; ++i)
            QCOMPARE(problems[i].column, i + 1);
        QVERIFY(problems[1].message.contains(u'1')); // names the column it repeats
    }
};

QTEST_GUILESS_MAIN(TestSchema)
#include "tst_schema.moc"
