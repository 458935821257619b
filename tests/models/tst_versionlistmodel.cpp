#include "models/timewords.h"
#include "models/versionlistmodel.h"

#include <QAbstractItemModelTester>
#include <QTest>
#include <QTimeZone>

using namespace rowdesk;

class TestVersionListModel : public QObject
{
    Q_OBJECT

    static VersionInfo version(const QString &number, const QString &created, std::optional<qint64> rows)
    {
        VersionInfo info;
        info.version = number;
        info.created = created;
        info.rows = rows;
        return info;
    }

private slots:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }

    void tellsTheChangeToTheVersionBefore()
    {
        VersionListModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setVersions({version(u"4"_qs, {}, 34380), version(u"3"_qs, {}, 34112), version(u"2"_qs, {}, 35316),
                           version(u"1"_qs, {}, {})});
        const auto change = [&](int row) { return model.index(row, VersionListModel::DeltaColumn).data().toString(); };
        QCOMPARE(change(0), u"+268"_qs);
        QCOMPARE(change(1), u"\u22121,204"_qs);
        QCOMPARE(change(2), QString()); // the count before was not told
        QCOMPARE(change(3), QString()); // nothing before it
        model.setVersions({version(u"2"_qs, {}, 5), version(u"1"_qs, {}, 5)});
        QCOMPARE(change(0), u"no change"_qs);
    }

    void versionsOfOneUploadAreOneRow()
    {
        VersionListModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setVersions({version(u"8"_qs, u"2026-01-01T10:00:30Z"_qs, 400),   // fewer rows: by itself
                           version(u"7"_qs, u"2026-01-01T10:00:25Z"_qs, 1500),  // the upload's third batch
                           version(u"6"_qs, u"2026-01-01T10:00:15Z"_qs, 1000),  // ten seconds are close by
                           version(u"5"_qs, u"2026-01-01T10:00:14Z"_qs, 500),   // the first batch
                           version(u"4"_qs, u"2026-01-01T10:00:13Z"_qs, 0),     // emptied before
                           version(u"3"_qs, u"2026-01-01T08:00:00Z"_qs, 900)}); // long before
        const auto text = [&](int row, int column, const QModelIndex &parent = {}) {
            return model.index(row, column, parent).data().toString();
        };
        QVERIFY(model.hasRuns());
        QCOMPARE(model.rowCount(), 4);
        QCOMPARE(text(0, VersionListModel::VersionColumn), u"8"_qs);
        QCOMPARE(text(1, VersionListModel::VersionColumn), u"5–7"_qs);
        QCOMPARE(text(1, VersionListModel::RowsColumn), u"1,500"_qs);
        QCOMPARE(text(1, VersionListModel::DeltaColumn), u"+1,500 in 3 steps"_qs);
        QCOMPARE(text(2, VersionListModel::DeltaColumn), u"\u2212900"_qs);
        const QModelIndex run = model.index(1, 0);
        QCOMPARE(model.version(run).version, u"7"_qs);
        QCOMPARE(model.rowCount(run), 3);
        QCOMPARE(text(0, VersionListModel::DeltaColumn, run), u"+500"_qs);
        QCOMPARE(text(2, VersionListModel::VersionColumn, run), u"5"_qs);
        QCOMPARE(model.version(model.index(2, 0, run)).version, u"5"_qs);
        QCOMPARE(model.place(model.index(2, 0, run)), 3);
        QCOMPARE(model.place(model.index(3, 0)), 5);
        QCOMPARE(model.rowCount(model.index(0, 0)), 0);
    }

    void aRunAtTheBeginningCountsWhatIsKnown()
    {
        VersionListModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QVector<VersionInfo> versions;
        for (int n = 20; n > 0; --n)
            versions.append(
                version(QString::number(n), u"2026-01-01T10:00:%1Z"_qs.arg(n, 2, 10, QLatin1Char('0')), n * 500));
        model.setVersions(versions);
        QCOMPARE(model.rowCount(), 1);
        QCOMPARE(model.index(0, VersionListModel::VersionColumn).data().toString(), u"1–20"_qs);
        QCOMPARE(model.index(0, VersionListModel::DeltaColumn).data().toString(), u"+9,500 in 19 steps"_qs);
    }

    void whatIsNotToldMakesNoRun()
    {
        VersionListModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        const QString now = u"2026-01-01T10:00:00Z"_qs;
        model.setVersions({version(u"5"_qs, now, {}), version(u"4"_qs, now, 7), version(u"3"_qs, u"soon"_qs, 6),
                           version(u"2"_qs, {}, 5), version(u"1"_qs, {}, 4)});
        QVERIFY(!model.hasRuns());
        QCOMPARE(model.rowCount(), 5);
    }

    void tellsTimesInTheZoneOfTheReader()
    {
        const QTimeZone auckland("Pacific/Auckland");
        const QDateTime now(QDate(2025, 11, 24), QTime(10, 0), auckland);
        const QLocale english(QLocale::English, QLocale::UnitedKingdom);
        QCOMPARE(timeWords(u"2025-11-23T20:12:00Z"_qs, now, english), u"today 09:12"_qs);
        QCOMPARE(timeWords(u"2025-11-23T20:12:00"_qs, now, english), u"today 09:12"_qs); // no zone means UTC
        QCOMPARE(timeWords(u"2025-11-22T20:12:00+00:00"_qs, now, english), u"yesterday 09:12"_qs);
        QVERIFY(timeWords(u"2025-01-02T03:04:05Z"_qs, now, english).contains(u"/2025 "_qs));
        QCOMPARE(timeWords(u"some day"_qs, now, english), u"some day"_qs);
        QCOMPARE(timeInUtc(u"2025-11-24T09:12:00+13:00"_qs), u"2025-11-23 20:12:00 UTC"_qs);
        QCOMPARE(timeInUtc(u"some day"_qs), QString());
    }
};

QTEST_GUILESS_MAIN(TestVersionListModel)
#include "tst_versionlistmodel.moc"
