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
