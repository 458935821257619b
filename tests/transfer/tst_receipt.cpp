#include "support/failingcalls.h"
#include "transfer/receipt.h"
#include "transfer/uploadtally.h"

#include <QFile>
#include <QJsonDocument>
#include <QLocale>
#include <QTemporaryDir>
#include <QTest>

using namespace rowdesk;
using rowdesk::test::FailingCall;

namespace {

Receipt whole()
{
    Receipt receipt;
    receipt.job = QStringLiteral("j");
    receipt.datasetId = QStringLiteral("5");
    receipt.datasetName = QStringLiteral("Orders");
    receipt.sourceName = QStringLiteral("=rows.csv");
    receipt.file = {QStringLiteral("/rows.csv"), 1234, "abc0"};
    receipt.rowsRead = 12;
    receipt.rowsSent = receipt.rowsConfirmed = 10;
    receipt.rowsSkipped = 2;
    receipt.complete = true;
    receipt.rowsBefore = 90;
    receipt.rowsAfter = 100;
    receipt.begunAt = 1'700'000'000'000;
    receipt.decisions = {{1'700'000'001'000, 501, 500, QStringLiteral("send"), QStringLiteral("Did \"they\" arrive?")}};
    return receipt;
}

JournalBatch batch(qint64 seq, qint64 first, qint64 rows, BatchState state)
{
    JournalBatch batch;
    batch.seq = seq;
    batch.firstRow = first;
    batch.rows = rows;
    batch.state = state;
    return batch;
}

} // namespace

/// What a receipt says, and when it says that numbers don't agree.
class TestReceipt : public QObject
{
    Q_OBJECT
private slots:
    void countsAreTheSameAsFromBatches();
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }
    void countsThatDoNotAgreeAreSaid_data();
    void countsThatDoNotAgreeAreSaid();
    void isSavedAsTextJsonAndCsv();
    void cantBeSavedIsAnError();
    void namesTheRows();
    void rowsAreNamedWhereSomeAreMissing();
    void lostAnswersAreSaid_data();
    void lostAnswersAreSaid();
    void rowsSentAgainAlone();
    void summaryOfAnUploadThatStopped();
    void whatWasDoneLaterIsSaid();
    void anUndoneUploadIsNotCalledComplete();
    void anUndoThatIsNotOverIsSaid();
    void manyRangesAreShortened();
    void onlyPlainNumbersAreNumbers();
    void noRowsWereLookedFor();
    void fullDiskKeepsTheFileBefore();
};

/// An upload's card counts in the journal; its receipt reads every batch.
void TestReceipt::countsAreTheSameAsFromBatches()
{
    const QTemporaryDir dir;
    const auto journal = UploadJournal::open(dir.path());
    QVERIFY(journal);
    JournalJob job;
    job.id = QStringLiteral("j");
    job.columns.columns = {{QStringLiteral("n"), ColumnType::Number}};
    job.rowsLeftOut = 3;
    QVector<JournalBatch> batches;
    for (const BatchState state : allBatchStates) {
        const qint64 seq = batches.size() + 1;
        batches.append(batch(seq, seq * 10, 10 + seq, state));
        batches.last().sha256 = "x";
        job.rowsPlanned += batches.last().rows;
    }
    job.creation = JournalJob::Creation::Asked;
    // Some states only one at a time: each alone, then those that can stand together.
    QVector<QVector<JournalBatch>> uploads;
    for (const JournalBatch &one : batches)
        uploads.append({one});
    uploads.append(batches);
    uploads.last().removeIf(
        [](const JournalBatch &b) { return b.state == BatchState::Sending || b.state == BatchState::Released; });
    for (qsizetype i = 0; i < uploads.size(); ++i) {
        job.id = QString::number(i);
        QVERIFY((*journal)->addJob(job, uploads[i]));
        Receipt all = receiptOf(job, uploads[i], false);
        const Result<Receipt> brief = briefReceipt(**journal, job);
        QVERIFY(brief);
        QCOMPARE(brief->firstUnknownRow, all.firstUnknownRow);
        QCOMPARE(brief->tableUnknown, all.tableUnknown);
        QCOMPARE(brief->toJson(), all.toJson());
        QVERIFY(brief->inTable.isEmpty() && brief->unknown.isEmpty() && brief->notSent.isEmpty());
    }
}

void TestReceipt::countsThatDoNotAgreeAreSaid_data()
{
    QTest::addColumn<qint64>("after"); // -1: not told
    QTest::addColumn<bool>("marked");
    QTest::addColumn<bool>("sound");
    QTest::addColumn<QString>("says");
    QTest::newRow("agree") << qint64(100) << false << true << QStringLiteral("which is what it had and what was sent");
    QTest::newRow("fewer") << qint64(99) << false << false << QStringLiteral("1 fewer");
    QTest::newRow("more") << qint64(1100) << false << false << QStringLiteral("1,000 more");
    QTest::newRow("fewer, but each row was seen") << qint64(99) << true << true << QStringLiteral("exactly once");
    QTest::newRow("not told") << qint64(-1) << false << true << QStringLiteral("does not tell");
}

void TestReceipt::countsThatDoNotAgreeAreSaid()
{
    QFETCH(qint64, after);
    QFETCH(bool, marked);
    QFETCH(bool, sound);
    QFETCH(QString, says);
    Receipt receipt = whole();
    receipt.rowsAfter = after < 0 ? std::nullopt : std::optional(after);
    receipt.evidence = marked ? Evidence::Marker : Evidence::Content;
    QCOMPARE(receipt.isSound(), sound);
    QVERIFY2(receipt.countSentence().contains(says), qPrintable(receipt.countSentence()));
    QCOMPARE(receipt.summary() == QStringLiteral("All 10 rows are in the table."), sound);
    const QJsonValue reconciles = receipt.toJson()[QStringLiteral("reconciles")];
    QCOMPARE(reconciles, after < 0 ? QJsonValue(QJsonValue::Null) : QJsonValue(after == 100));
    QVERIFY(receipt.toText().contains(QStringLiteral("Outcome: complete\n")) == sound);
}

void TestReceipt::isSavedAsTextJsonAndCsv()
{
    const QTemporaryDir dir;
    const auto saved = [&dir](const char *name) {
        const QString path = dir.filePath(QString::fromLatin1(name));
        if (const auto done = saveReceipt(whole(), path); !done)
            qFatal("%s", qPrintable(done.error().text()));
        QFile file(path);
        if (!file.open(QIODevice::ReadOnly))
            qFatal("the receipt can't be read");
        return file.readAll();
    };
    const QByteArray text = saved("receipt.txt");
    for (const char *line :
         {"File: =rows.csv\n", "File size in bytes: 1,234\n", "File SHA-256: abc0\n", "Rows in the file: 12\n",
          "Rows confirmed by the service: 10\n", "Rows left out on purpose: 2\n", "Rows of the table before: 90\n",
          "Rows of the table after: 100\n", "Begun: 2023-11-14 22:13:20 UTC\n", "about rows 501 to 1,000: send\n",
          "Did \"they\" arrive?"})
        QVERIFY2(text.contains(line), line);
    QCOMPARE(QJsonDocument::fromJson(saved("receipt.json")).object(), whole().toJson());
    const QByteArray csv = saved("receipt.CSV");
    QVERIFY(csv.startsWith("Item,Value\r\n"));
    QVERIFY(csv.contains("'=rows.csv")); // no formula
    QVERIFY(csv.contains("Did \"\"they\"\" arrive?"));
}

void TestReceipt::cantBeSavedIsAnError()
{
    for (const char *name : {"/no/such/folder/r.txt", "/no/such/folder/r.csv"})
        QCOMPARE(saveReceipt(whole(), QString::fromLatin1(name)).error().kind, ErrorKind::File);
}

void TestReceipt::namesTheRows()
{
    JournalBatch partly = batch(3, 1001, 500, BatchState::Superseded);
    partly.rowsConfirmed = 200;
    JournalBatch rest = batch(6, 1007, 300, BatchState::Unknown);
    rest.parent = 3;
    Receipt receipt;
    describeRows(receipt, {batch(1, 1, 500, BatchState::Confirmed), batch(2, 501, 500, BatchState::ConfirmedByReading),
                           partly, batch(4, 1501, 500, BatchState::Planned), batch(5, 2001, 10, BatchState::Rejected),
                           rest, batch(7, 2011, 5, BatchState::Skipped)});
    QCOMPARE(receipt.inTable, (QVector<RowRange>{{1, 1000, 1000}, {1001, 1500, 200}}));
    QCOMPARE(receipt.unknown, (QVector<RowRange>{{1001, 1500, 300}}));
    QCOMPARE(receipt.notSent, (QVector<RowRange>{{1501, 2010, 510}}));
    QCOMPARE(firstUnknownRow({batch(1, 21, 10, BatchState::Unknown), batch(2, 11, 10, BatchState::Unknown),
                              batch(3, 31, 10, BatchState::Unknown)}),
             11);
}

void TestReceipt::rowsAreNamedWhereSomeAreMissing()
{
    Receipt receipt = whole();
    receipt.inTable = {{1, 10, 10}};
    QVERIFY(!receipt.toText().contains(QStringLiteral("(1–10)")));
    receipt.complete = false;
    receipt.rowsAfter.reset();
    receipt.rowsRead = 1112;
    receipt.rowsUnknown = 500;
    receipt.unknown = {{11, 510, 500}};
    receipt.notSent = {{511, 1110, 600}};
    receipt.error = ApiError{ErrorKind::Cancelled, 0, {}, QStringLiteral("Cancelled by hand."), {}, {}};
    const QString text = receipt.toText();
    for (const char *line :
         {"Rows confirmed by the service: 10 (1–10)\n", "Rows unknown: 500 (11–510)\n",
          "Rows not sent or refused: 600 (511–1,110)\n", "Why it stopped: Cancelled by hand.\n",
          "Rows of the table after: not counted: the table is counted once every row is confirmed\n"})
        QVERIFY2(text.contains(QString::fromUtf8(line)), line);
    receipt.complete = true;
    QVERIFY(receipt.toText().contains(QStringLiteral("Rows of the table after: not told by the service\n")));
}

void TestReceipt::lostAnswersAreSaid_data()
{
    QTest::addColumn<int>("evidence");
    QTest::addColumn<QString>("means");
    QTest::newRow("marker") << int(Evidence::Marker) << QStringLiteral("by their marks.");
    QTest::newRow("key") << int(Evidence::Key) << QStringLiteral("by their keys.");
    QTest::newRow("content") << int(Evidence::Content) << QStringLiteral("by their values.");
    QTest::newRow("count") << int(Evidence::Count) << QStringLiteral("by the number of its rows.");
}

void TestReceipt::lostAnswersAreSaid()
{
    QFETCH(int, evidence);
    QFETCH(QString, means);
    Receipt receipt = whole();
    QVERIFY(receipt.lostSentence().isEmpty() && !receipt.toText().contains(QStringLiteral("Lost answers")));
    receipt.evidence = Evidence(evidence);
    receipt.rowsFound = 3;
    QVERIFY(receipt.lostSentence().endsWith(means));
    QVERIFY(receipt.toText().contains(QStringLiteral("Lost answers: No answer told whether 3 rows arrived;")));
    QCOMPARE(receipt.toJson()[QStringLiteral("rows_found_by_reading")].toInt(), 3);
    QVERIFY(!receipt.toJson().contains(QStringLiteral("rows_sent_again")));
    receipt.rowsSentAgain = 2;
    QVERIFY(receipt.lostSentence().endsWith(QStringLiteral("sent again: 2 rows.")));
    QCOMPARE(receipt.toJson()[QStringLiteral("rows_sent_again")].toInt(), 2);
}

void TestReceipt::rowsSentAgainAlone()
{
    Receipt receipt = whole();
    receipt.rowsSentAgain = 1;
    QVERIFY(receipt.lostSentence().contains(QStringLiteral("whether 1 row arrived")));
    QVERIFY(receipt.lostSentence().endsWith(QStringLiteral("they were not in it, and they were sent again.")));
}

void TestReceipt::summaryOfAnUploadThatStopped()
{
    Receipt receipt = whole();
    receipt.complete = false;
    receipt.rowsSkipped = 0;
    QCOMPARE(receipt.summary(), QStringLiteral("10 rows are in the table, nothing else was stored."));
    receipt.rowsSkipped = 2;
    receipt.rowsUnknown = 500;
    receipt.firstUnknownRow = 11;
    QCOMPARE(receipt.summary(), QStringLiteral("10 rows are in the table, 500 rows from row 11 on may or may not be, 2 "
                                               "were left out, nothing else was stored."));
    receipt.tableUnknown = true;
    QVERIFY(receipt.summary().startsWith(QStringLiteral("Whether the table Orders was made is not known")));
}

void TestReceipt::whatWasDoneLaterIsSaid()
{
    Receipt receipt = whole();
    QVERIFY(!receipt.toJson().contains(QStringLiteral("rows_removed")));
    QVERIFY(!receipt.toJson().contains(QStringLiteral("left_out_file")));
    receipt.rowsRemoved = 10;
    receipt.leftOutFile = QStringLiteral("/left.csv");
    receipt.begunAt = 0;
    QCOMPARE(receipt.toJson()[QStringLiteral("rows_removed")].toInt(), 10);
    QCOMPARE(receipt.toJson()[QStringLiteral("left_out_file")].toString(), receipt.leftOutFile);
    QVERIFY(receipt.toText().contains(QStringLiteral("Rows taken out of the table again: 10\n")));
    QVERIFY(!receipt.toText().contains(QStringLiteral("Begun:")));
}

void TestReceipt::anUndoneUploadIsNotCalledComplete()
{
    Receipt receipt = whole();
    receipt.evidence = Evidence::Marker;
    receipt.rowsRemoved = 8; // someone else deleted the other two: none is left
    QVERIFY(receipt.isUndone());
    const QString text = receipt.toText();
    for (const char *line :
         {"Outcome: undone, its rows were taken out of the table again; before that: complete\n",
          "Rows of the table after the upload: 100\n", "Check before the undo: The table went from 90 rows to 100",
          "Rows taken out of the table again: 8\n",
          "Rows of the upload still in the table: none, the table was read\n"})
        QVERIFY2(text.contains(QString::fromUtf8(line)), qPrintable(text));
    QVERIFY(!text.contains(QStringLiteral("\nCheck: ")));
    receipt.complete = false;
    receipt.rowsUnknown = 5;
    QVERIFY(receipt.toText().contains(QStringLiteral("; before that: not complete, some rows unknown\n")));
}

void TestReceipt::anUndoThatIsNotOverIsSaid()
{
    Receipt receipt = whole();
    receipt.removalOpen = true;
    QVERIFY(!receipt.isUndone());
    QVERIFY(receipt.toText().contains(QStringLiteral(
        "Outcome: an undo was begun and not ended, rows may be gone from the table; before that: complete\n")));
    QCOMPARE(receipt.toJson()[QStringLiteral("removal_open")], QJsonValue(true));
    receipt.rowsRemoved = 4;
    const QString text = receipt.toText();
    QVERIFY(text.contains(QStringLiteral(
        "Outcome: partly undone, 4 of 10 rows were taken out of the table again; before that: complete\n")));
    QVERIFY(!text.contains(QStringLiteral("still in the table"))); // more may be gone than was counted
    receipt.removalOpen = false;
    QVERIFY(!receipt.toJson().contains(QStringLiteral("removal_open")));
}

void TestReceipt::manyRangesAreShortened()
{
    QVector<RowRange> ranges{{1, 1, 1}, {3, 10, 2}};
    QCOMPARE(rangesText(ranges), QString::fromUtf8("1, 2 of 3–10"));
    for (qint64 first = 20; ranges.size() < 7; first += 2)
        ranges.append({first, first, 1});
    QCOMPARE(rangesText(ranges), QString::fromUtf8("1, 2 of 3–10, 20, 22, 24, 26, and others"));
}

void TestReceipt::onlyPlainNumbersAreNumbers()
{
    Receipt receipt = whole();
    QCOMPARE(receipt.toJson()[QStringLiteral("id")], QJsonValue(5));
    for (const char *id : {"007", "+7", "x7", ""}) {
        receipt.datasetId = QString::fromLatin1(id);
        QCOMPARE(receipt.toJson()[QStringLiteral("id")], QJsonValue(QString::fromLatin1(id)));
    }
}

void TestReceipt::noRowsWereLookedFor()
{
    Receipt receipt = whole();
    receipt.evidence = Evidence::Key;
    QVERIFY(receipt.isCheckedRowByRow());
    receipt.rowsAfter.reset();
    QCOMPARE(receipt.countSentence(),
             QStringLiteral("Each row was looked for in the table and is there exactly once."));
    receipt.rowsConfirmed = 0;
    QVERIFY(!receipt.isCheckedRowByRow());
}

/// Each call of the disk in turn goes wrong: the receipt is there as a whole, or the file is what it was.
void TestReceipt::fullDiskKeepsTheFileBefore()
{
    const QTemporaryDir dir;
    for (const char *name : {"long.txt", "long.json", "long.csv", "short.txt", "short.csv"}) {
        const QString path = dir.filePath(QString::fromLatin1(name));
        Receipt receipt = whole();
        receipt.decisions[0].shown = QString(name[0] == 'l' ? 300'000 : 100, QLatin1Char('x'));
        const auto content = [&path] {
            QFile file(path);
            return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
        };
        QVERIFY(saveReceipt(whole(), path));
        const QByteArray before = content();
        int at = 0;
        for (bool struck = true; struck;) {
            FailingCall fault("disk", dir.path(), ++at);
            const Result<Done> saved = saveReceipt(receipt, path);
            struck = fault.end();
            QVERIFY(saved || struck);
            QVERIFY(saved || saved.error().kind == ErrorKind::File);
            if (saved)
                QVERIFY(content().contains("xxx") && saveReceipt(whole(), path));
            QCOMPARE(content(), before);
        }
        QVERIFY2(at > 2, name);
    }
}

QTEST_GUILESS_MAIN(TestReceipt)
#include "tst_receipt.moc"
