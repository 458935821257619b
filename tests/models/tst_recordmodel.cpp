#include "models/recordmodel.h"
#include "models/tablequery.h"
#include "tableofrows.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace rowdesk;
using namespace rowdesk::test;

class TestRecordModel : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }

    void aRowIsReadDownwardsAndStaysOnItsRow()
    {
        GrowingTable table;
        RecordModel record(&table.model);
        QAbstractItemModelTester tester(&record, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QCOMPARE(record.title(), u"No row is current"_qs);
        table.grow({u"name"_qs, u"n"_qs}, {{text("b"), number("2")}, {text("c"), none()}, {text("a"), number("1.50")}});
        record.setRow(2);
        QCOMPARE(record.title(), u"Row 3 of 3"_qs);
        QCOMPARE(record.rowCount(), 2);
        QCOMPARE(record.index(1, RecordModel::NameColumn).data().toString(), u"n"_qs);
        QCOMPARE(record.index(1, RecordModel::ValueColumn).data().toString(), u"1.50"_qs);
        QCOMPARE(record.index(1, RecordModel::ValueColumn).data(TableModel::LookRole).toInt(),
                 int(TableModel::Look::Number));

        TableQuery query(&table.model);
        QSignalSpy titles(&record, &RecordModel::titleChanged);
        query.setSort(0, false, false);
        QTRY_COMPARE(record.row(), 0);
        QVERIFY(!titles.isEmpty());
        QCOMPARE(record.title(), u"Row 3, place 1 of 3 shown"_qs);
        table.grow({u"name"_qs, u"late"_qs}, {{text("d"), text("x")}});
        QCOMPARE(record.rowCount(), 3); // the row has got a column
        QVERIFY(query.addFilter({0, Filter::Op::NotEquals, {u"a"_qs}, false}));
        QTRY_COMPARE(record.rowCount(), 0); // filtered out
        record.setRow(1);
        QCOMPARE(record.index(0, RecordModel::ValueColumn).data().toString(), u"c"_qs);
        table.model.setStore(std::make_shared<const ColumnStore>());
        QCOMPARE(record.row(), -1);
    }
};

QTEST_GUILESS_MAIN(TestRecordModel)
#include "tst_recordmodel.moc"
