#include "models/datasetfiltermodel.h"
#include "models/datasetlistmodel.h"
#include "models/plaintooltip.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace rowdesk;

class TestDatasetListModel : public QObject
{
    Q_OBJECT

    static DatasetInfo dataset(const QString &id, const QString &name, std::optional<qint64> rows = {},
                               const QStringList &columns = {})
    {
        DatasetInfo info;
        info.id = id;
        info.name = name;
        info.rows = rows;
        if (!columns.isEmpty()) {
            info.schema.emplace();
            for (const QString &column : columns)
                info.schema->columns.append({column, ColumnType::Text});
        }
        return info;
    }

    static QStringList shown(const QAbstractItemModel &model)
    {
        QStringList names;
        for (int row = 0; row < model.rowCount(); ++row)
            names.append(model.index(row, 0).data().toString());
        return names;
    }

private slots:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }

    void aReloadKeepsWhatIsSelected()
    {
        DatasetListModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setDatasets({dataset(u"1"_qs, u"Alpha"_qs), dataset(u"2"_qs, u"Beta"_qs), dataset(u"3"_qs, u"Gamma"_qs)});
        const QPersistentModelIndex beta = model.index(1, 0);
        QSignalSpy resets(&model, &QAbstractItemModel::modelReset);

        model.setDatasets(
            {dataset(u"3"_qs, u"Gamma"_qs), dataset(u"4"_qs, u"Delta"_qs), dataset(u"2"_qs, u"Beta 2"_qs)});

        QCOMPARE(shown(model), (QStringList{u"Gamma"_qs, u"Delta"_qs, u"Beta 2"_qs}));
        QVERIFY(beta.isValid());
        QCOMPARE(beta.row(), 2);
        QCOMPARE(beta.data().toString(), u"Beta 2"_qs);
        QCOMPARE(resets.count(), 0);
        QCOMPARE(model.rowOf(u"1"_qs), -1);
    }

    void anIdToldTwiceCountsOnce()
    {
        DatasetListModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        const QVector<DatasetInfo> twice{dataset(u"1"_qs, u"A"_qs), dataset(u"2"_qs, u"B"_qs),
                                         dataset(u"1"_qs, u"A"_qs)};
        model.setDatasets(twice);
        model.setDatasets(twice);
        QCOMPARE(shown(model), (QStringList{u"A"_qs, u"B"_qs}));
    }

    void showsOnlyWhatWasTold()
    {
        DatasetListModel model;
        model.setDatasets({dataset(u"1"_qs, u"A"_qs)});
        QVERIFY(model.isTold(DatasetListModel::NameColumn));
        QVERIFY(!model.isTold(DatasetListModel::RowsColumn));
        QVERIFY(!model.isTold(DatasetListModel::ChangedColumn));
        QCOMPARE(model.index(0, DatasetListModel::RowsColumn).data().toString(), QString());

        DatasetInfo full = dataset(u"1"_qs, u"A"_qs, 0, {u"x"_qs, u"y"_qs});
        full.versions = 1;
        full.refreshable = false;
        model.setDatasets({full});
        QCOMPARE(model.index(0, DatasetListModel::RowsColumn).data().toString(), u"0"_qs);
        QCOMPARE(model.index(0, DatasetListModel::ColumnsColumn).data().toString(), u"2"_qs);
        QCOMPARE(model.index(0, DatasetListModel::RefreshableColumn).data().toString(), u"no"_qs);
        full.history = false;
        model.setDatasets({full});
        QCOMPARE(model.index(0, DatasetListModel::HistoryColumn).data().toString(), u"off"_qs);
    }

    void findsByNameIdAndColumn_data()
    {
        QTest::addColumn<QString>("search");
        QTest::addColumn<QStringList>("found");
        QTest::newRow("nothing typed") << QString() << QStringList{u"Birds"_qs, u"Shops"_qs, u"Weather"_qs};
        QTest::newRow("name, any case") << u"WEA"_qs << QStringList{u"Weather"_qs};
        QTest::newRow("id") << u"1015"_qs << QStringList{u"Shops"_qs};
        QTest::newRow("column") << u"temp_max"_qs << QStringList{u"Weather"_qs};
        QTest::newRow("every word") << u" max weather "_qs << QStringList{u"Weather"_qs};
        QTest::newRow("no hit") << u"customer"_qs << QStringList{};
        QTest::newRow("not a pattern") << u".*"_qs << QStringList{};
    }

    void findsByNameIdAndColumn()
    {
        QFETCH(QString, search);
        QFETCH(QStringList, found);
        DatasetListModel model;
        model.setDatasets({dataset(u"1014"_qs, u"Weather"_qs, 10, {u"day"_qs, u"temp_max"_qs}),
                           dataset(u"1015"_qs, u"Shops"_qs, 9, {u"zip"_qs}), dataset(u"7"_qs, u"Birds"_qs)});
        DatasetFilterModel filter;
        filter.setSourceModel(&model);
        QAbstractItemModelTester tester(&filter, QAbstractItemModelTester::FailureReportingMode::QtTest);
        filter.sort(DatasetListModel::NameColumn);
        filter.setSearch(search);
        QCOMPARE(shown(filter), found);
    }

    void sortsNumbersAsNumbersAndTheUntoldLast()
    {
        DatasetListModel model;
        model.setDatasets(
            {dataset(u"1"_qs, u"ten"_qs, 10), dataset(u"2"_qs, u"untold"_qs), dataset(u"3"_qs, u"nine"_qs, 9)});
        DatasetFilterModel filter;
        filter.setSourceModel(&model);
        filter.sort(DatasetListModel::RowsColumn, Qt::AscendingOrder);
        QCOMPARE(shown(filter), (QStringList{u"nine"_qs, u"ten"_qs, u"untold"_qs}));
        filter.sort(DatasetListModel::RowsColumn, Qt::DescendingOrder);
        QCOMPARE(shown(filter), (QStringList{u"ten"_qs, u"nine"_qs, u"untold"_qs}));
    }

    void sortsNamesAsPeopleDo()
    {
        DatasetListModel model;
        model.setDatasets({dataset(u"1"_qs, u"Weather"_qs), dataset(u"2"_qs, u"orders"_qs),
                           dataset(u"3"_qs, u"Part 10"_qs), dataset(u"4"_qs, u"Part 9"_qs)});
        DatasetFilterModel filter;
        filter.setSourceModel(&model);
        filter.sort(DatasetListModel::NameColumn);
        QCOMPARE(shown(filter), (QStringList{u"orders"_qs, u"Part 9"_qs, u"Part 10"_qs, u"Weather"_qs}));
    }

    void foreignTextInATooltipStaysText()
    {
        DatasetListModel model;
        DatasetInfo info = dataset(u"1"_qs, u"A"_qs);
        info.description = u"<img src=\"file:///etc/passwd\">"_qs;
        model.setDatasets({info});
        const QString tip = model.index(0, 0).data(Qt::ToolTipRole).toString();
        QVERIFY(!tip.contains(u"<img"_qs));
        QVERIFY(tip.contains(u"&lt;img"_qs));
        QCOMPARE(plainToolTip(QString()), QString());
        QCOMPARE(withoutMnemonic(u"R&D"_qs), u"R&&D"_qs);
    }
};

QTEST_GUILESS_MAIN(TestDatasetListModel)
#include "tst_datasetlistmodel.moc"
