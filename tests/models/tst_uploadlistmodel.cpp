#include "core/timespan.h"
#include "models/uploadlistmodel.h"

#include <QAbstractItemModelTester>
#include <QLocale>
#include <QTest>

using namespace rowdesk;

namespace {

UploadEntry upload(UploadEntry::State state, qint64 confirmed, qint64 total)
{
    UploadEntry entry;
    entry.job = QStringLiteral("j1");
    entry.sourceName = QStringLiteral("sales.csv");
    entry.targetName = QStringLiteral("Sales");
    entry.state = state;
    entry.rowsTotal = total;
    entry.receipt.rowsRead = total;
    entry.receipt.rowsConfirmed = confirmed;
    return entry;
}

ApiError error(ErrorKind kind)
{
    return {kind, 0, {}, QStringLiteral("The server did not answer."), QStringLiteral("Try later."), {}};
}

} // namespace

class TestUploadListModel : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }

    void anUndoThatWasStoppedIsNotComplete()
    {
        UploadEntry entry = upload(UploadEntry::State::Ended, 300'000, 300'000);
        entry.receipt.complete = true;
        entry.receipt.rowsBefore = 0;
        entry.receipt.rowsAfter = 300'000;
        entry.receipt.removalOpen = true; // the program ended before the table was read again
        QCOMPARE(UploadWords::outcome(outcomeOf(entry)), QStringLiteral("Partly undone"));
        QVERIFY(UploadWords::result(entry).endsWith(
            QStringLiteral("An undo was begun and not ended: rows of it may be gone. “Undo upload…” in the receipt "
                           "counts them and goes "
                           "on.")));
        entry.receipt.rowsRemoved = 8;
        QCOMPARE(outcomeOf(entry), UploadOutcome::PartlyUndone);
        QVERIFY(UploadWords::result(entry).endsWith(
            QStringLiteral("8 rows of it were taken out of the table again. The undo is not over: “Undo upload…” in "
                           "the receipt goes on with it.")));
        entry.receipt.rowsRemoved = 300'000;
        entry.receipt.removalOpen = false;
        QCOMPARE(outcomeOf(entry), UploadOutcome::Undone);
        entry.receipt.rowsRemoved = 299'990; // someone else deleted the others: the table was read, none is left
        QCOMPARE(outcomeOf(entry), UploadOutcome::Undone);
    }

    void rowsThatWereTakenOutAreNotSaidToBeInTheTable()
    {
        UploadEntry entry = upload(UploadEntry::State::Ended, 500, 1200);
        entry.receipt.error = ApiError{ErrorKind::Cancelled, 0, {}, QStringLiteral("Cancelled."), {}, {}};
        QVERIFY(UploadWords::result(entry).contains(QStringLiteral("500 rows are in “")));
        entry.receipt.rowsRemoved = 100;
        entry.receipt.removalOpen = true;
        const QString told = UploadWords::result(entry);
        QVERIFY2(!told.contains(QStringLiteral("are in “")), qPrintable(told));
        QVERIFY2(told.contains(QStringLiteral("500 rows were confirmed")), qPrintable(told));
        QVERIFY2(
            told.contains(QStringLiteral("100 rows of it were taken out of the table again. The undo is not over")),
            qPrintable(told));
    }

    void keepsTheModelContract()
    {
        UploadListModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        UploadEntry first = upload(UploadEntry::State::Running, 0, 10);
        model.put(first, 0);
        UploadEntry second = first;
        second.job = QStringLiteral("j2");
        model.put(second, 10);
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(model.entry(0).job, QStringLiteral("j2")); // newest first
        QCOMPARE(model.openCount(), 2);
        model.remove(QStringLiteral("j1")); // still runs: stays
        QCOMPARE(model.rowCount(), 2);
        first.state = UploadEntry::State::Ended;
        model.put(first, 20);
        QCOMPARE(model.openCount(), 1);
        model.remove(QStringLiteral("j1"));
        QCOMPARE(model.rowCount(), 1);
    }

    void saysSpeedAndTimeLeft()
    {
        UploadListModel model;
        model.put(upload(UploadEntry::State::Running, 0, 9810), 0);
        QCOMPARE(model.index(0).data(UploadListModel::ProgressRole).toString(), QStringLiteral("0 of 9,810 rows"));
        model.put(upload(UploadEntry::State::Running, 6000, 9810), 5000);
        QCOMPARE(model.index(0).data(UploadListModel::ProgressRole).toString(),
                 QStringLiteral("6,000 of 9,810 rows · 1,200 rows/s · 4 s left"));
        QCOMPARE(model.index(0).data(UploadListModel::PercentRole).toInt(), 61);
    }

    void saysThatNothingIsSentYet()
    {
        UploadListModel model;
        UploadEntry counting = upload(UploadEntry::State::Running, 0, 9810);
        counting.receipt.rowsRead = 0; // the file is read once the table was counted
        model.put(counting, 0);
        QCOMPARE(model.index(0).data(UploadListModel::OutcomeTextRole).toString(), QStringLiteral("Preparing"));
        QCOMPARE(model.index(0).data(UploadListModel::ProgressRole).toString(),
                 QStringLiteral("Reading the table's count and the file. Nothing has been sent yet."));
        model.put(upload(UploadEntry::State::Running, 0, 9810), 10);
        QCOMPARE(model.index(0).data(UploadListModel::OutcomeTextRole).toString(), QStringLiteral("Uploading"));
    }

    void speedIsThatOfTheLastSeconds()
    {
        RateMeter rate;
        QVERIFY(!rate.perSecond());
        rate.add(0, 0);
        rate.add(100, 50);
        QVERIFY(!rate.perSecond()); // too early to tell
        rate.add(10'000, 10'000);
        rate.add(20'000, 10'000);
        rate.add(30'000, 10'000);
        QCOMPARE(*rate.perSecond(), 0.0); // stalled: the good start is forgotten
        QVERIFY(!rate.secondsFor(5));
        QCOMPARE(spanText(89), QStringLiteral("89 s"));
        QCOMPARE(spanText(91), QStringLiteral("2 min"));
        QCOMPARE(spanText(3900), QStringLiteral("1 h 5 min"));
    }

    void aCompleteUploadReconciles()
    {
        UploadEntry entry = upload(UploadEntry::State::Ended, 9998, 10'000);
        entry.receipt.rowsSkipped = 2;
        entry.receipt.complete = true;
        entry.receipt.rowsBefore = 2;
        entry.receipt.rowsAfter = 10'000;
        QCOMPARE(outcomeOf(entry), UploadOutcome::Complete);
        QCOMPARE(UploadWords::result(entry), QStringLiteral("9,998 rows confirmed · 2 left out · table 2 → 10,000"));
        QCOMPARE(UploadWords::percent(entry), 100);
    }

    void unknownRowsAreNamedWithWhatToDo()
    {
        UploadEntry entry = upload(UploadEntry::State::Ended, 12'000, 20'000);
        entry.receipt.rowsUnknown = 500;
        entry.receipt.firstUnknownRow = 12'001;
        entry.receipt.error = error(ErrorKind::OutcomeUnknown);
        QCOMPARE(outcomeOf(entry), UploadOutcome::Unknown);
        const QString text = UploadWords::result(entry);
        QVERIFY2(text.contains(QStringLiteral("500 rows (12,001–12,500 of sales.csv)")), qPrintable(text));
        QVERIFY2(text.contains(QStringLiteral("12,000 rows are in “Sales”, 7,500 rows were not sent.")),
                 qPrintable(text));
        QVERIFY(text.contains(QStringLiteral("Nothing is sent again by itself")));
        QVERIFY(!text.contains(QStringLiteral("Try later"))); // never an invitation to send again
    }

    void aTableThatMayExistIsSaid()
    {
        UploadEntry entry = upload(UploadEntry::State::Ended, 0, 10);
        entry.createsTable = true;
        entry.receipt.error = error(ErrorKind::OutcomeUnknown);
        QVERIFY(UploadWords::result(entry).startsWith(
            QStringLiteral("We do not know whether the table “Sales” was created.")));
    }

    void aStoppedUploadSaysWhatIsIn()
    {
        UploadEntry entry = upload(UploadEntry::State::Ended, 4000, 10'000);
        entry.receipt.error = error(ErrorKind::Network);
        QCOMPARE(UploadWords::result(entry),
                 QStringLiteral(
                     "The server did not answer. 4,000 rows are in “Sales”, 6,000 rows were not sent. Try later."));
        entry.receipt.error = ApiError{ErrorKind::Cancelled, 0, {}, {}, {}, {}};
        entry.receipt.rowsConfirmed = 0;
        QCOMPARE(UploadWords::result(entry), QStringLiteral("Cancelled. Nothing was sent."));
        entry.receipt.error->message = QStringLiteral("Cancelled by hand.");
        entry.createsTable = true;
        entry.receipt.datasetId = QStringLiteral("7");
        QCOMPARE(UploadWords::result(entry),
                 QStringLiteral("Cancelled by hand. The new table “Sales” exists and is empty, 10,000 rows were not "
                                "sent."));
    }

    void aPauseIsNoTimeOfSending()
    {
        UploadListModel model;
        const auto progress = [&model] { return model.index(0).data(UploadListModel::ProgressRole).toString(); };
        model.put(upload(UploadEntry::State::Running, 0, 9810), 0);
        model.put(upload(UploadEntry::State::Running, 6000, 9810), 5000);
        model.put(upload(UploadEntry::State::Paused, 6000, 9810), 6000);
        model.put(upload(UploadEntry::State::Running, 6000, 9810), 66'000);
        QCOMPARE(progress(), QStringLiteral("6,000 of 9,810 rows")); // too early to tell
        model.put(upload(UploadEntry::State::Running, 7200, 9810), 67'000);
        QCOMPARE(progress(), QStringLiteral("7,200 of 9,810 rows · 1,200 rows/s · 3 s left"));
        // Nor is a wait, nor a look at the table.
        UploadEntry waits = upload(UploadEntry::State::Running, 7200, 9810);
        waits.waitsFor = QStringLiteral("No connection.");
        model.put(waits, 68'000);
        model.put(upload(UploadEntry::State::Running, 7200, 9810), 98'000);
        model.put(upload(UploadEntry::State::Running, 7800, 9810), 98'500);
        QCOMPARE(progress(), QStringLiteral("7,800 of 9,810 rows · 1,200 rows/s · 2 s left"));
        UploadEntry looks = upload(UploadEntry::State::Running, 7800, 9810);
        looks.isLooking = true;
        model.put(looks, 99'000);
        model.put(upload(UploadEntry::State::Running, 7800, 9810), 140'000);
        model.put(upload(UploadEntry::State::Running, 8400, 9810), 140'500);
        QCOMPARE(progress(), QStringLiteral("8,400 of 9,810 rows · 1,200 rows/s · 2 s left"));
    }

    void saysHowItIsKnownWhatBecameOfALostAnswer()
    {
        UploadEntry entry = upload(UploadEntry::State::Ended, 10'000, 10'000);
        entry.receipt.complete = true;
        entry.receipt.evidence = Evidence::Marker;
        QVERIFY(!UploadWords::result(entry).contains(QStringLiteral("answer")));
        entry.receipt.rowsFound = 500;
        QVERIFY(UploadWords::result(entry).endsWith(QStringLiteral(
            "\nNo answer told whether 500 rows arrived; the table was read, and they were found in it by "
            "their marks.")));
        entry.receipt.rowsSentAgain = 1;
        QVERIFY(
            UploadWords::result(entry).endsWith(QStringLiteral("by their marks. Not in it, and sent again: 1 row.")));
        entry.receipt.rowsFound = 0;
        entry.receipt.rowsSentAgain = 500;
        QVERIFY(UploadWords::result(entry).endsWith(QStringLiteral(
            "\nNo answer told whether 500 rows arrived; the table was read, they were not in it, and they "
            "were sent again.")));
    }

    void saysWhatACancelWouldLeave()
    {
        UploadEntry entry = upload(UploadEntry::State::Running, 4000, 10'000);
        QVERIFY(UploadWords::beforeCancel(entry).startsWith(
            QStringLiteral("4,000 rows are in “Sales”, 6,000 rows not yet.\n\nIt goes on until you choose.")));
        entry.state = UploadEntry::State::Paused;
        QVERIFY(UploadWords::beforeCancel(entry).startsWith(
            QStringLiteral("4,000 rows are in “Sales”, 6,000 rows were not sent.")));
        QVERIFY(UploadWords::beforeCancel(entry).contains(QStringLiteral("can't be continued")));
        entry.receipt.rowsUnknown = 500;
        const QString open = UploadWords::beforeCancel(entry);
        QVERIFY2(open.contains(QStringLiteral("whether 500 rows arrived is not known, 5,500 rows were not sent")),
                 qPrintable(open));
        QVERIFY(open.contains(QStringLiteral("stays in the list")));
        entry = upload(UploadEntry::State::Running, 0, 10);
        entry.createsTable = true;
        entry.receipt.datasetId = QStringLiteral("7");
        QVERIFY(UploadWords::beforeCancel(entry).startsWith(QStringLiteral("No row is confirmed yet.\n")));
    }
};

QTEST_GUILESS_MAIN(TestUploadListModel)
#include "tst_uploadlistmodel.moc"
