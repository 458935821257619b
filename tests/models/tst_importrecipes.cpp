#include "models/importfixture.h"

#include <QLocale>

using namespace rowdesk;
using namespace rowdesk::test;

/// A file like an earlier one is read as that one was.
class TestImportRecipes : public QObject, private ImportFiles
{
    Q_OBJECT

private slots:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }

    void theNextFileOfTheSameKindNeedsNothing()
    {
        ImportSession first({known});
        first.open(
            write(QStringLiteral("october.csv"), "bird;seen on;where\nOwl;03/04/2025;Lille\nJay;05/06/2025;Lille\n"));
        first.appendTo(QStringLiteral("1"));
        settle(first);
        const auto goes = [&first](int column, const QString &target) {
            return first.mapping()->setData(first.mapping()->index(column, MappingModel::TargetSection), target);
        };
        QVERIFY(goes(0, QStringLiteral("Species")) && goes(1, QStringLiteral("day")));
        settle(first);
        QCOMPARE(first.questions().size(), 1);
        first.answer(0, int(first.questions()[0].choices.indexOf(QStringLiteral("03/04/2025 → 3 April 2025"))));
        settle(first);
        QVERIFY2(first.blockedBy().isEmpty(), qPrintable(first.blockedBy()));
        const ImportRecipe recipe = first.recipe();

        ImportSession next({known});
        next.setRecipes({recipe});
        next.open(
            write(QStringLiteral("november.csv"), "Where;bird;seen on\nLille;Owl;04/05/2025\nLille;Jay;06/07/2025\n"));
        settle(next);
        QVERIFY(next.usesRecipe());
        QVERIFY(next.recipeSentence().contains(QStringLiteral("october.csv")));
        QCOMPARE(next.datasetId(), QStringLiteral("1"));
        QVERIFY2(next.blockedBy().isEmpty(), qPrintable(next.blockedBy()));
        QCOMPARE(next.mapping()->target().names(), (QStringList{QStringLiteral("Species"), QStringLiteral("day")}));
        QCOMPARE(next.mapping()->index(2, MappingModel::ReadingSection).data().toString(),
                 QStringLiteral("04/05/2025 → 4 May 2025"));
        next.startAfresh();
        settle(next);
        QVERIFY(next.recipeSentence().isEmpty());
        QVERIFY(!next.blockedBy().isEmpty());

        ImportSession drifted({known});
        drifted.setRecipes({recipe});
        drifted.open(write(QStringLiteral("december.csv"), "bird;seen on;area\nOwl;04/05/2025;x\nJay;06/07/2025;y\n"));
        settle(drifted);
        QVERIFY(!drifted.usesRecipe());
        QVERIFY2(drifted.recipeSentence().contains(QStringLiteral("column “where” is gone, “area” is new")),
                 qPrintable(drifted.recipeSentence()));
        drifted.useOffer();
        settle(drifted);
        QVERIFY2(drifted.blockedBy().isEmpty(), qPrintable(drifted.blockedBy()));
        QCOMPARE(drifted.rowsToSend(), 2);
    }

    void whereRowsGoIsOnlyTakenOverByAFileOfTheSameName_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("target");
        QTest::newRow("day") << QStringLiteral("bird list 2025-11-03.csv") << QStringLiteral("1");
        QTest::newRow("month, case") << QStringLiteral("Bird_List_December 2025 (2).csv") << QStringLiteral("1");
        QTest::newRow("other") << QStringLiteral("bat list 2025-10-03.csv") << QString();
        QTest::newRow("longer") << QStringLiteral("bird list old 2025-10-03.csv") << QString();
    }
    void whereRowsGoIsOnlyTakenOverByAFileOfTheSameName()
    {
        QFETCH(const QString, name);
        QFETCH(const QString, target);
        const QByteArray bytes("bird;seen on\nOwl;2025-10-03\n");
        ImportSession first({known});
        first.open(write(QStringLiteral("bird list 2025-10-03.csv"), bytes));
        first.appendTo(QStringLiteral("1"));
        settle(first);
        const QModelIndex goes = first.mapping()->index(0, MappingModel::TargetSection);
        QVERIFY(first.mapping()->setData(goes, QStringLiteral("Species")));
        settle(first);
        first.setOverlapKey({QStringLiteral("Species")});
        ImportSession next({known});
        next.setRecipes({first.recipe()});
        next.open(write(name, bytes));
        settle(next);
        QVERIFY(next.usesRecipe());
        QCOMPARE(next.datasetId(), target);
        QCOMPARE(next.recipeSentence().contains(QStringLiteral("choose where its rows go")), target.isEmpty());
        if (!target.isEmpty())
            return;
        // Once it is chosen, the columns and the key of the last time are used.
        QCOMPARE(next.target(), ImportSession::Target::None);
        next.appendTo(QStringLiteral("1"));
        settle(next);
        QCOMPARE(next.mapping()->target().names(), QStringList{QStringLiteral("Species")});
        QCOMPARE(next.overlapKey(), QStringList{QStringLiteral("Species")});
        QVERIFY(!next.recipeSentence().contains(QStringLiteral("choose where its rows go")));
    }

    void howAFileIsReadIsRememberedToo()
    {
        ImportSession first({});
        first.open(write(QStringLiteral("r1.csv"), "a,b,c\n1,2,3\n1,2\n4,5,6\n7,8,9\n"));
        first.createTable(QStringLiteral("T"));
        settle(first);
        CsvFormat csv = first.format().csv;
        csv.hasHeader = false;
        first.setCsvFormat(csv);
        settle(first);
        first.answer(0, 1); // the short row stays out
        settle(first);
        first.setOverlapKey({first.columnNames().first()});
        QTRY_VERIFY(first.overlap());
        ImportSession next({});
        next.setRecipes({first.recipe()});
        next.open(write(QStringLiteral("r2.csv"), "a,b,c\n1,2,3\n1,2\n4,5,6\n"));
        settle(next);
        QVERIFY(next.usesRecipe());
        QCOMPARE(next.target(), ImportSession::Target::Create);
        QVERIFY(!next.format().csv.hasHeader);
        QCOMPARE(next.format().csv.shortRows, RaggedRows::Skip);
        QCOMPARE(next.overlapKey(), QStringList{QStringLiteral("Column 1")});
        QTRY_VERIFY2(next.blockedBy().isEmpty(), qPrintable(next.blockedBy()));
        QCOMPARE(next.rowsToSend(), 3);
    }
};

QTEST_GUILESS_MAIN(TestImportRecipes)
#include "tst_importrecipes.moc"
