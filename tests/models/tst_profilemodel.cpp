#include "models/profilemodel.h"
#include "models/profilewords.h"
#include "models/valuecountsmodel.h"
#include "tableofrows.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace rowdesk;
using namespace rowdesk::test;

class TestProfileModel : public QObject
{
    Q_OBJECT

    static void fill(GrowingTable &table, int rows = 100)
    {
        std::vector<std::vector<SampleCell>> all;
        for (int i = 0; i < rows; ++i)
            all.push_back({number(std::to_string(i)), i % 2 ? text("odd ") : none(), text("same")});
        table.grow({u"n"_qs, u"t"_qs, u"c"_qs}, all);
    }
    static QString cell(const ProfileModel &model, int row, int column)
    {
        return model.index(row, column).data().toString();
    }

private slots:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }

    void everyColumnIsLookedAt()
    {
        GrowingTable table;
        fill(table);
        ProfileModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QSignalSpy profiled(&model, &ProfileModel::profiled);
        model.profile(table.model, 2);
        QVERIFY(model.isRunning());
        QTRY_COMPARE(profiled.count(), 3);
        QCOMPARE(profiled.first().first().toInt(), 2); // the wanted one first
        QCOMPARE(model.status(), u"profile of the 100 rows loaded so far"_qs);
        QCOMPARE(cell(model, 0, ProfileModel::KindColumn), u"numbers"_qs);
        QCOMPARE(cell(model, 0, ProfileModel::DistinctColumn), u"100"_qs);
        QCOMPARE(cell(model, 0, ProfileModel::NoValueColumn), QString());
        QCOMPARE(cell(model, 1, ProfileModel::NoValueColumn), u"50 (50.0 %)"_qs);
        QVERIFY(cell(model, 1, ProfileModel::FindingsColumn).contains(u"outer spaces"_qs));
        QVERIFY(cell(model, 2, ProfileModel::FindingsColumn).contains(u"one value only"_qs));
        QCOMPARE(model.profileOf(0)->numbers->median, 49.5);
        QVERIFY(!model.profileOf(7));
    }

    void scopeIsAlwaysSaid()
    {
        GrowingTable table;
        fill(table);
        ProfileModel model;
        table.store->setComplete();
        model.profile(table.model);
        QCOMPARE(model.scope(), u"of all 100 rows"_qs);
        QVERIFY(model.isAbout(table.model));
        table.model.setRowOrder(std::make_shared<const std::vector<quint32>>(std::vector<quint32>{1, 2, 3}));
        QVERIFY(!model.isAbout(table.model));
        model.profile(table.model);
        QCOMPARE(model.scope(), u"of the 3 rows that the filters leave"_qs);
        QTRY_VERIFY(!model.isRunning());
        QCOMPARE(model.profileOf(0)->rows, 3);
        table.store->setLoading();
        fill(table);
        model.profile(table.model);
        QCOMPARE(model.scope(), u"of the 3 rows that the filters leave of those loaded so far"_qs);
    }

    void cancelKeepsWhatIsDone()
    {
        GrowingTable table;
        fill(table, 20'000);
        table.store->setComplete();
        ProfileModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QSignalSpy profiled(&model, &ProfileModel::profiled);
        model.profile(table.model);
        QVERIFY(profiled.wait());
        model.cancel();
        QVERIFY(!model.isRunning());
        QVERIFY(model.status().contains(u"cancelled after 1 of 3 columns"_qs));
        QTest::qWait(50);
        QCOMPARE(profiled.count(), 1);
        model.clear();
        QCOMPARE(model.rowCount(), 0);
        QCOMPARE(model.status(), QString());
    }

    void wordsForReading()
    {
        QCOMPARE(ProfileWords::share(1, 1'000'000), u"1 (0.1 %)"_qs);
        QCOMPARE(ProfileWords::share(999'999, 1'000'000), u"999,999 (99.9 %)"_qs);
        QCOMPARE(ProfileWords::share(10, 10), u"10 (100 %)"_qs);
        QCOMPARE(ProfileWords::share(0, 10), u"0 (0 %)"_qs);
        GrowingTable table;
        fill(table);
        ProfileModel model;
        model.profile(table.model);
        QTRY_VERIFY(!model.isRunning());
        const QString text = ProfileWords::asText(u"n"_qs, model.scope(), *model.profileOf(0));
        QVERIFY(text.startsWith(u"Column n, numbers, of the 100 rows loaded so far\nRows\t100\n"_qs));
        QVERIFY(text.contains(u"\nMedian\t49.5\n"_qs));
        QVERIFY(text.contains(u"\nDistribution\n0 to "_qs));
    }

    void valuesCanBeChosen()
    {
        GrowingTable table;
        fill(table);
        ValueCountsModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QSignalSpy counted(&model, &ValueCountsModel::counted);
        model.count(table.store->snapshot(), 1, nullptr);
        QTRY_COMPARE(counted.count(), 1);
        QCOMPARE(model.rowCount(), 2);
        int odd = model.index(0, 0).data(ValueCountsModel::ExactTextRole).toString().isNull() ? 1 : 0;
        QCOMPARE(model.index(1 - odd, 0).data().toString(), u"no value"_qs);
        QCOMPARE(model.index(odd, 0).data(ValueCountsModel::ExactTextRole).toString(), u"odd "_qs);
        QCOMPARE(model.index(odd, 1).data().toString(), u"50"_qs);
        QVERIFY(!model.setData(model.index(odd, 0), Qt::Checked, Qt::CheckStateRole)); // not yet
        model.setCheckable(true);
        QVERIFY(model.setData(model.index(odd, 0), Qt::Checked, Qt::CheckStateRole));
        QVERIFY(!model.setData(model.index(1 - odd, 0), Qt::Checked, Qt::CheckStateRole));
        QCOMPARE(model.checked(), QStringList{u"odd "_qs});
        QVERIFY(model.setData(model.index(odd, 0), Qt::Unchecked, Qt::CheckStateRole));
        QVERIFY(model.checked().isEmpty());
        model.clear();
        QCOMPARE(model.rowCount(), 0);
    }
};

QTEST_GUILESS_MAIN(TestProfileModel)
#include "tst_profilemodel.moc"
