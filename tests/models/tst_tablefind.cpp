#include "models/tablefind.h"
#include "tableofrows.h"

#include <QSignalSpy>
#include <QTest>

using namespace rowdesk;
using namespace rowdesk::test;

using Place = TableFind::Place;

class TestTableFind : public QObject
{
    Q_OBJECT

    static void fill(GrowingTable &table)
    {
        table.grow({u"city"_qs, u"note"_qs}, {{text("Lille"), text("old")},
                                              {text("Berlin"), none()},
                                              {text("Ulm"), text("lille, too")},
                                              {none(), text("x")}});
    }

private slots:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }

    void goesRoundBothWays()
    {
        GrowingTable table;
        fill(table);
        table.store->setComplete();
        TableFind find(&table.model);
        QSignalSpy found(&find, &TableFind::found);
        find.setSearch({u"LIL"_qs, false, -1});
        QCOMPARE(find.countWords(), u"searching…"_qs);
        QTRY_COMPARE(found.count(), 1);
        QCOMPARE(find.countWords(), u"2 cells"_qs);
        QCOMPARE(find.next({}), (Place{0, 0}));
        QCOMPARE(find.next({0, 0}), (Place{2, 1}));
        QCOMPARE(find.next({2, 1}), (Place{0, 0}));
        QCOMPARE(find.previous({0, 0}), (Place{2, 1}));
        QVERIFY(find.isHit(2, 1));
        QVERIFY(!find.isHit(2, 0));
        QVERIFY(!find.isHit(1, 1));
    }

    void oneColumnAndCase()
    {
        GrowingTable table;
        fill(table);
        table.store->setComplete();
        TableFind find(&table.model);
        find.setSearch({u"Lil"_qs, false, 1});
        QTRY_COMPARE(find.countWords(), u"1 cell"_qs);
        QCOMPARE(find.next({}), (Place{2, 1}));
        find.setSearch({u"Lil"_qs, true, 1});
        QTRY_COMPARE(find.countWords(), u"no cell"_qs);
        QVERIFY(!find.next({}).isValid());
        find.setSearch({});
        QCOMPARE(find.countWords(), QString());
        QVERIFY(!find.isHit(0, 0));
    }

    void followsOrderAndArrivingRows()
    {
        GrowingTable table;
        fill(table);
        TableFind find(&table.model);
        find.setSearch({u"lil"_qs, false, -1});
        QTRY_COMPARE(find.countWords(), u"2 cells in the 4 rows loaded so far"_qs);
        table.model.setRowOrder(std::make_shared<const std::vector<quint32>>(std::vector<quint32>{2, 1}));
        QVERIFY(!find.next({}).isValid()); // never a place in rows that are not shown any more
        QTRY_COMPARE(find.count(), 1);
        QCOMPARE(find.next({}), (Place{0, 1}));
        table.model.setRowOrder(nullptr);
        fill(table);
        QTRY_COMPARE(find.countWords(), u"4 cells in the 8 rows loaded so far"_qs);
        QCOMPARE(find.next({2, 1}), (Place{4, 0}));
    }

    void anotherTableIsSearchedAnew()
    {
        GrowingTable table;
        fill(table);
        TableFind find(&table.model);
        find.setSearch({u"lil"_qs, false, -1});
        QTRY_COMPARE(find.count(), 2);
        table.store = std::make_shared<ColumnStore>();
        table.model.setStore(table.store);
        QVERIFY(!find.isHit(0, 0));
        table.grow({u"other"_qs}, {{text("lil")}});
        QTRY_COMPARE(find.count(), 1);
    }
};

QTEST_GUILESS_MAIN(TestTableFind)
#include "tst_tablefind.moc"
