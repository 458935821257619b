#include "models/columnqualities.h"
#include "models/duplicatesmodel.h"
#include "models/tablequery.h"
#include "tableofrows.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace rowdesk;
using namespace rowdesk::test;

class TestDuplicatesModel : public QObject
{
    Q_OBJECT

    /// City, year, note: Rome 1 is there twice (once as 1.0), Oslo 2 three times, one row has no key.
    static void fill(GrowingTable &table)
    {
        table.grow({u"city"_qs, u"year"_qs, u"note"_qs}, {{text("Rome"), number("1"), text("a")},
                                                          {text("Oslo"), number("2"), text("b")},
                                                          {text("Rome"), number("1.0"), text("c")},
                                                          {text("Oslo"), number("2"), none()},
                                                          {none(), none(), text("d")},
                                                          {text("Rome"), text("1"), text(" ")},
                                                          {text("Oslo"), number("2"), text("e")}});
        table.store->setComplete();
    }

private slots:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }

    void groupsHaveTheirRowsBelowThem()
    {
        GrowingTable table;
        fill(table);
        DuplicatesModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QVERIFY(model.sentence().startsWith(u"Choose"_qs));
        model.find(table.model, {0, 1});
        QVERIFY(model.isAbout(table.model, {0, 1}));
        QTRY_VERIFY(!model.isRunning());
        QCOMPARE(model.sentence(),
                 u"5 rows of all 7 rows share their key with others, in 2 groups · 1 row without a key"_qs);
        QCOMPARE(model.rowCount(), 2);
        const QModelIndex oslo = model.index(0, 0);
        QCOMPARE(oslo.data().toString(), u"Oslo · 2"_qs);
        QCOMPARE(oslo.siblingAtColumn(1).data().toString(), u"3"_qs);
        QCOMPARE(model.rowCount(oslo), 3);
        QCOMPARE(model.index(2, 0, oslo).data().toString(), u"Row 7"_qs);
        QCOMPARE(model.index(2, 0, oslo).data(DuplicatesModel::SourceRowRole).toLongLong(), 6);
        QCOMPARE(model.index(1, 0).data().toString(), u"Rome · 1"_qs);
        model.clear();
        QCOMPARE(model.rowCount(), 0);
    }

    void onlyRowsThatAreShownCount()
    {
        GrowingTable table;
        fill(table);
        TableQuery query(&table.model);
        QVERIFY(query.addFilter({0, Filter::Op::Equals, {u"Rome"_qs}, false}));
        QTRY_COMPARE(table.model.rowCount(), 3);
        DuplicatesModel model;
        model.find(table.model, {0, 2});
        QTRY_VERIFY(!model.isRunning());
        QCOMPARE(model.sentence(),
                 u"No duplicates of the 3 rows that the filters leave: the columns tell all rows apart"_qs);
        model.find(table.model, {0});
        model.cancel();
        QVERIFY(!model.isRunning());
        QCOMPARE(model.sentence(), u"cancelled"_qs);
        table.store->setStopped({ErrorKind::Network, 0, {}, u"gone"_qs, {}, {}});
        model.find(table.model, {0});
        QTRY_VERIFY(!model.isRunning());
        QVERIFY(model.sentence().contains(u"loaded before reading stopped"_qs));
    }

    void qualitiesAreToldAndFollowTheRows()
    {
        GrowingTable table;
        ColumnQualities qualities(&table.model);
        QVERIFY(!qualities.of(0));
        QCOMPARE(qualities.words(0), QString());
        fill(table);
        QTRY_VERIFY(qualities.of(1));
        QCOMPARE(qualities.words(1),
                 u"numbers: 5 (71.4 %) · of another kind: 1 (14.3 %) · empty: 1 (14.3 %) · of all 7 rows"_qs);
        QCOMPARE(qualities.words(2), u"texts: 5 (71.4 %) · empty: 2 (28.6 %) · of all 7 rows"_qs);
        table.grow({u"city"_qs, u"more"_qs}, {{text("Bonn"), number("1")}});
        QTRY_VERIFY(qualities.of(3));
        QCOMPARE(*qualities.of(3), (ColumnQuality{8, 1, 0, 7, CellKind::Number}));
    }
};

QTEST_GUILESS_MAIN(TestDuplicatesModel)
#include "tst_duplicatesmodel.moc"
