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
        QCOMPARE(change(1), u"\u22121,204  \u26A0 fell by 3.4 %"_qs);
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

    /// Batches that took long stand a minute apart; the journal tells that they are one upload.
    void versionsOfAnUploadOfThisComputerSaySo()
    {
        VersionListModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        const QVector<VersionInfo> versions{
            version(u"7"_qs, u"2026-01-01T10:05:05Z"_qs, 1510), // someone else, just after it
            version(u"6"_qs, u"2026-01-01T10:05:00Z"_qs, 1500), version(u"5"_qs, u"2026-01-01T10:01:00Z"_qs, 1000),
            version(u"4"_qs, u"2026-01-01T10:00:00Z"_qs, 500),  version(u"3"_qs, u"2026-01-01T09:59:59Z"_qs, 100),
            version(u"2"_qs, u"2026-01-01T08:00:00Z"_qs, 60),   version(u"1"_qs, u"2026-01-01T07:00:00Z"_qs, 40)};
        const auto comment = [&model](int row, const QModelIndex &parent = {}) {
            return model.index(row, VersionListModel::CommentColumn, parent).data().toString();
        };
        const UploadedVersions sales{u"sales.csv"_qs, u"3"_qs, u"6"_qs, 100, 1400};
        model.setVersions(versions, {sales, {u"small\n.csv"_qs, u"2"_qs, u"3"_qs, 60, 40}});
        QCOMPARE(model.rowCount(), 5);
        QCOMPARE(comment(0), QString());
        QCOMPARE(comment(1), u"Upload of sales.csv · 3 versions"_qs);
        QCOMPARE(model.index(1, VersionListModel::VersionColumn).data().toString(), u"4–6"_qs);
        QCOMPARE(model.index(1, VersionListModel::DeltaColumn).data().toString(),
                 u"+1,400 in 3 steps  \u26A0 rose by 1,400 %"_qs);
        QCOMPARE(model.rowCount(model.index(1, 0)), 3); // each can still be opened and compared
        QCOMPARE(model.version(model.index(2, 0, model.index(1, 0))).version, u"4"_qs);
        QCOMPARE(comment(0, model.index(1, 0)), QString());
        QCOMPARE(comment(2), u"Upload of small↵.csv"_qs);
        QCOMPARE(comment(3), QString());

        // A new table begins with its upload.
        model.setVersions(versions.mid(3, 3), {{u"new.csv"_qs, {}, u"4"_qs, 0, 500}});
        QCOMPARE(comment(0), u"Upload of new.csv · 3 versions"_qs);
        // Where the version before was not known, its rows were.
        model.setVersions(versions.mid(1), {{u"sales.csv"_qs, {}, u"6"_qs, 100, 1400}});
        QCOMPARE(comment(0), u"Upload of sales.csv · 3 versions"_qs);
    }

    void whatMayBeOfSomeoneElseIsNotCalledAnUpload_data()
    {
        QTest::addColumn<QString>("before");
        QTest::addColumn<QString>("after");
        QTest::addColumn<qint64>("rowsBefore");
        QTest::addColumn<qint64>("rows");
        QTest::newRow("as it was") << u"1"_qs << u"3"_qs << qint64(10) << qint64(20);
        QTest::newRow("more rows than it sent") << u"1"_qs << u"3"_qs << qint64(10) << qint64(19);
        QTest::newRow("another count before") << u"1"_qs << u"3"_qs << qint64(9) << qint64(21);
        QTest::newRow("the version before is gone") << u"0"_qs << u"3"_qs << qint64(10) << qint64(20);
        QTest::newRow("the version after is gone") << u"1"_qs << u"9"_qs << qint64(10) << qint64(20);
        QTest::newRow("the wrong way round") << u"3"_qs << u"1"_qs << qint64(30) << qint64(-20);
        QTest::newRow("a version without more rows") << u"1"_qs << u"4"_qs << qint64(10) << qint64(20);
        QTest::newRow("rows that were there before") << QString() << u"3"_qs << qint64(0) << qint64(20);
    }

    void whatMayBeOfSomeoneElseIsNotCalledAnUpload()
    {
        QFETCH(QString, before);
        QFETCH(QString, after);
        QFETCH(qint64, rowsBefore);
        QFETCH(qint64, rows);
        VersionListModel model;
        model.setVersions(
            {version(u"4"_qs, {}, 30), version(u"3"_qs, {}, 30), version(u"2"_qs, {}, 20), version(u"1"_qs, {}, 10)},
            {{u"sales.csv"_qs, before, after, rowsBefore, rows}});
        bool isCalled = false;
        for (int row = 0; row < model.rowCount(); ++row)
            isCalled |= !model.index(row, VersionListModel::CommentColumn).data().toString().isEmpty();
        QCOMPARE(isCalled, QTest::currentDataTag() == QByteArray("as it was"));
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
        QCOMPARE(model.index(0, VersionListModel::DeltaColumn).data().toString(),
                 u"+9,500 after the first of 20 steps"_qs);
    }

    void aRunIsComparedWithWhatWasBefore()
    {
        VersionListModel model;
        model.setVersions(
            {version(u"4"_qs, u"2026-01-01T10:00:25Z"_qs, 1500), version(u"3"_qs, u"2026-01-01T10:00:15Z"_qs, 1000),
             version(u"2"_qs, u"2026-01-01T10:00:14Z"_qs, 500), version(u"1"_qs, u"2026-01-01T08:00:00Z"_qs, 0)});
        const QModelIndex run = model.index(0, 0);
        QCOMPARE(model.rowCount(run), 3);
        const auto pair = [&model](const QModelIndexList &rows) {
            const auto found = model.pairOf(rows);
            return found ? found->before + u'-' + found->after : QString();
        };
        const auto step = [&](int row) { return model.index(row, 0, run); };
        QCOMPARE(pair({run, step(0)}), u"1-4"_qs); // not the run with itself
        QCOMPARE(pair({step(0), run}), u"1-4"_qs);
        QCOMPARE(pair({run}), u"1-4"_qs);
        QCOMPARE(pair({run, step(2)}), u"2-4"_qs);
        QCOMPARE(pair({step(2), step(1)}), u"2-3"_qs);
        QCOMPARE(pair({model.index(1, 0), run}), u"1-4"_qs);
        QCOMPARE(pair({model.index(1, 0)}), QString());
        QCOMPARE(pair({}), QString());
        // At the beginning of all there is nothing before the run but its first step.
        model.setVersions(
            {version(u"2"_qs, u"2026-01-01T10:00:15Z"_qs, 1000), version(u"1"_qs, u"2026-01-01T10:00:14Z"_qs, 500)});
        QCOMPARE(pair({model.index(0, 0), model.index(0, 0, model.index(0, 0))}), u"1-2"_qs);
    }

    void whatStandsOutIsFlagged()
    {
        VersionListModel model;
        model.setVersions({version(u"6"_qs, {}, 1020), version(u"5"_qs, {}, 1000), version(u"4"_qs, {}, 300),
                           version(u"3"_qs, {}, 310), version(u"2"_qs, {}, 1000), version(u"1"_qs, {}, 990)});
        const auto jump = [&](int row) {
            return model.index(row, VersionListModel::DeltaColumn).data(VersionListModel::JumpRole).toString();
        };
        QCOMPARE(jump(0), QString());
        QCOMPARE(jump(1), u"rose by 233 %"_qs);
        QCOMPARE(jump(2), QString()); // not more than what is usual here
        QCOMPARE(jump(3), u"fell by 69 %"_qs);
        QCOMPARE(jump(5), QString());
        const auto counts = model.counts();
        QCOMPARE(counts.size(), 6);
        QCOMPARE(counts[0].rows, 990);
        QCOMPARE(counts[5].row, 0);
        QCOMPARE(counts[2].jump, u"fell by 69 %"_qs);
        // A dataset that doubles every time does not stand out each time.
        model.setVersions({version(u"4"_qs, {}, 800), version(u"3"_qs, {}, 400), version(u"2"_qs, {}, 200),
                           version(u"1"_qs, {}, 100)});
        for (int row = 0; row < 4; ++row)
            QCOMPARE(jump(row), QString());
    }

    void theVersionOfLastWeek()
    {
        const QDateTime now(QDate(2026, 1, 20), QTime(12, 0), QTimeZone::utc());
        const QVector<VersionInfo> versions{version(u"4"_qs, u"2026-01-10T00:00:00Z"_qs, 1),
                                            version(u"3"_qs, u"2026-01-08T00:00:00Z"_qs, 1),
                                            version(u"2"_qs, u"2026-01-01T00:00:00Z"_qs, 1), version(u"1"_qs, {}, 1)};
        QCOMPARE(VersionListModel::versionBefore(versions, now.addDays(-7)), u"4"_qs); // nothing since
        QCOMPARE(VersionListModel::versionBefore(versions, now.addDays(-11)), u"3"_qs);
        QCOMPARE(VersionListModel::versionBefore(versions, now.addDays(-14)), u"2"_qs);
        QCOMPARE(VersionListModel::versionBefore(versions, now.addDays(-100)), u"1"_qs);
        QCOMPARE(VersionListModel::versionBefore(versions.mid(0, 1), now), u"4"_qs);
        QCOMPARE(VersionListModel::versionBefore(versions.mid(0, 1), now.addDays(-100)), QString());
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
        const auto age = [&now](qint64 seconds) {
            return ageWords(now.toUTC().addSecs(-seconds).toString(Qt::ISODate), now);
        };
        QCOMPARE(age(119), u"just now"_qs);
        QCOMPARE(age(120), u"2 minutes ago"_qs);
        QCOMPARE(age(2 * 3600 - 1), u"119 minutes ago"_qs);
        QCOMPARE(age(3 * 3600), u"3 hours ago"_qs);
        QCOMPARE(age(7 * 86400 + 5), u"7 days ago"_qs);
        QCOMPARE(age(100 * 86400), u"3 months ago"_qs);
        QCOMPARE(age(qint64(3650) * 86400), u"10 years ago"_qs);
        QVERIFY(age(-5).isEmpty() && ageWords(u"some day"_qs, now).isEmpty());
        QCOMPARE(timeInUtc(u"2025-11-24T09:12:00+13:00"_qs), u"2025-11-23 20:12:00 UTC"_qs);
        QCOMPARE(timeInUtc(u"some day"_qs), QString());
    }
};

QTEST_GUILESS_MAIN(TestVersionListModel)
#include "tst_versionlistmodel.moc"
