#include "models/headerline.h"
#include "models/schemamodel.h"
#include "models/tablename.h"
#include "models/words.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace rowdesk;

namespace {

Schema threeColumns()
{
    return {{{QStringLiteral("zip"), ColumnType::Text},
             {QStringLiteral("n"), ColumnType::Number},
             {QStringLiteral("day"), ColumnType::Date}}};
}

QString names(const SchemaModel &model)
{
    return model.schema().names().join(u',');
}

} // namespace

class TestSchemaModel : public QObject
{
    Q_OBJECT
private slots:
    void keepsTheModelContract()
    {
        SchemaModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setSchema(threeColumns());
        QVERIFY(model.insertRows(1, 2));
        QVERIFY(model.moveRows({}, 0, 1, {}, 3));
        QVERIFY(model.removeRows(0, 2));
        model.setNames(2, {QStringLiteral("a"), QStringLiteral("b")});
        QVERIFY(model.removeRows(0, model.rowCount()));
        QCOMPARE(model.rowCount(), 0);
    }

    void anEmptyTableHasAProblem()
    {
        SchemaModel model;
        QCOMPARE(model.problems().size(), 1);
    }

    void editsNameAndType()
    {
        SchemaModel model;
        model.setSchema(threeColumns());
        QSignalSpy changed(&model, &SchemaModel::schemaChanged);
        QVERIFY(model.setData(model.index(0, SchemaModel::NameSection), QStringLiteral("  postcode ")));
        QVERIFY(model.setData(model.index(1, SchemaModel::TypeSection), int(ColumnType::Percentage)));
        QVERIFY(!model.setData(model.index(1, SchemaModel::TypeSection), 99));
        QVERIFY(!model.setData(model.index(1, SchemaModel::ProblemSection), QStringLiteral("x")));
        QCOMPARE(names(model), QStringLiteral("postcode,n,day"));
        QCOMPARE(model.schema().columns[1].type, ColumnType::Percentage);
        QCOMPARE(changed.count(), 2);
    }

    void aChangeSettlesTheProblemOfAnotherColumn()
    {
        SchemaModel model;
        model.setSchema(threeColumns());
        model.setData(model.index(2, SchemaModel::NameSection), QStringLiteral("ZIP"));
        QVERIFY(model.problemOf(0).isEmpty());
        QVERIFY(!model.index(2, SchemaModel::ProblemSection).data().toString().isEmpty());
        QSignalSpy dataChanged(&model, &SchemaModel::dataChanged);
        model.setData(model.index(0, SchemaModel::NameSection), QStringLiteral("code"));
        QVERIFY(model.problemOf(2).isEmpty());
        // The view hears about row 2 although row 0 was edited.
        QVERIFY(std::any_of(dataChanged.begin(), dataChanged.end(),
                            [](const QList<QVariant> &change) { return change[1].toModelIndex().row() == 2; }));
    }

    void movesBothWays()
    {
        SchemaModel model;
        model.setSchema(threeColumns());
        QVERIFY(model.moveRows({}, 0, 1, {}, 3));
        QCOMPARE(names(model), QStringLiteral("n,day,zip"));
        QVERIFY(model.moveRows({}, 2, 1, {}, 0));
        QCOMPARE(names(model), QStringLiteral("zip,n,day"));
        QVERIFY(!model.moveRows({}, 0, 1, {}, 1)); // onto itself
        QVERIFY(!model.moveRows({}, 2, 1, {}, 4));
    }

    void pastedTabsFillSeveralColumns()
    {
        SchemaModel model;
        model.setSchema(threeColumns());
        model.setData(model.index(2, SchemaModel::NameSection), QStringLiteral("a\tb\tc"));
        QCOMPARE(names(model), QStringLiteral("zip,n,a,b,c"));
        QCOMPARE(model.schema().columns[2].type, ColumnType::Date); // types stay
    }

    void readsHeaderLines_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QStringList>("expected");
        const auto list = [](const char *joined) { return QString::fromUtf8(joined).split(u'|'); };
        QTest::newRow("commas") << QStringLiteral("a, b ,c\n1,2,3\n") << list("a|b|c");
        QTest::newRow("tabs before commas") << QStringLiteral("last, first\tage") << list("last, first|age");
        QTest::newRow("semicolons") << QStringLiteral("Datum;Preis, netto") << list("Datum|Preis, netto");
        QTest::newRow("quotes") << QStringLiteral("\"a, b\",\"say \"\"hi\"\"\"") << list("a, b|say \"hi\"");
        QTest::newRow("one a line") << QStringLiteral("a\r\nb\r\n\r\nc") << list("a|b|c");
        QTest::newRow("one") << QStringLiteral("  id ") << list("id");
        QTest::newRow("blank") << QStringLiteral(" \n ") << QStringList();
    }

    void readsHeaderLines()
    {
        QFETCH(QString, text);
        QFETCH(QStringList, expected);
        QCOMPARE(namesFromHeaderText(text), expected);
    }

    void tableNames()
    {
        const TableNameCheck check({QStringLiteral("Weather"), QStringLiteral("weather 2")});
        QVERIFY(!check.problem(QStringLiteral("  ")).isEmpty());
        QVERIFY(check.problem(QStringLiteral(" WEATHER ")).contains(QStringLiteral("WEATHER")));
        QVERIFY(!check.problem(QStringLiteral("a\nb")).isEmpty());
        QVERIFY(!check.problem(QString(129, u'x')).isEmpty());
        QVERIFY(check.problem(QString(128, u'x')).isEmpty());
        QCOMPARE(check.freeName(QStringLiteral("Weather")), QStringLiteral("Weather 3"));
        QCOMPARE(check.freeName(QStringLiteral("Sales")), QStringLiteral("Sales"));
    }

    void foreignTextStaysOnOneLine()
    {
        QCOMPARE(Words::oneLine(QStringLiteral("a\nb\u202Ec")), QStringLiteral("a↵bc"));
        const QString cut = Words::oneLine(QString(100'000, u'x'), 30);
        QVERIFY(cut.size() <= 30);
        QVERIFY(cut.contains(u'…'));
        QCOMPARE(Words::rows(1), QStringLiteral("1 row"));
    }
};

QTEST_GUILESS_MAIN(TestSchemaModel)
#include "tst_schemamodel.moc"
