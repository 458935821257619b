#include "transfer/earlieruploads.h"

#include "transfer/journalsamples.h"
#include "transfer/uploadedversions.h"
#include "transfer/uploadtally.h"

#include <QDir>
#include <QFile>

using namespace rowdesk;
using namespace rowdesk::test;

namespace {

const QString me = QStringLiteral("https://api.example.com/ me");
const QByteArray digest("abc0");

template<typename T>
bool isLocalFault(const Result<T> &result)
{
    return !result && result.error().kind == ErrorKind::Local;
}

} // namespace

/// What the journal tells of uploads that were.
class TestEarlierUploads : public QObject
{
    Q_OBJECT
private slots:
    void init()
    {
        QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
        m_place = std::make_unique<JournalPlace>();
        m_journal = m_place->open();
    }
    void onlyThoseThatCount();
    void versionsOfAnUpload();
    void noteOfAnUpload_data();
    void noteOfAnUpload();
    void nothingToSay();
    void journalThatFailsIsSaid_data();
    void journalThatFailsIsSaid();
    void wholeReceiptHasItAll();
    void rowsOfAChildWithoutItsParent();

private:
    /// An upload of `rows` rows, of which those of the first batches are confirmed.
    JournalJob add(const QString &id, qint64 rows, qint64 confirmed)
    {
        JournalJob job = sampleJob(id);
        job.account = me;
        job.targetName = QStringLiteral("Orders");
        job.file.sha256 = digest;
        job.rowsPlanned = rows;
        QVector<JournalBatch> batches;
        for (qint64 seq = 1; seq <= rows; ++seq)
            batches.append(oneRowBatch(seq));
        for (qint64 i = 0; i < confirmed; ++i)
            batches[i].state = BatchState::Confirmed;
        if (const auto added = m_journal->addJob(job, batches); !added)
            qFatal("%s", qPrintable(added.error().text()));
        return job;
    }
    void damage(const char *statement) { changeJournal(m_place->folder(), {QString::fromLatin1(statement)}); }

    std::unique_ptr<JournalPlace> m_place;
    std::shared_ptr<UploadJournal> m_journal;
};

void TestEarlierUploads::onlyThoseThatCount()
{
    add(QStringLiteral("counts"), 3, 2);
    add(QStringLiteral("left nothing"), 3, 0);
    add(QStringLiteral("taken back"), 3, 3);
    QVERIFY(m_journal->setRemoval(QStringLiteral("taken back"), JournalJob::Removal::Done, 3));
    add(QStringLiteral("someone else's"), 3, 3);
    damage("UPDATE job SET account='other' WHERE id='someone else''s'");
    add(QStringLiteral("another file"), 3, 3);
    damage("UPDATE job SET source_sha256='abc1' WHERE id='another file'");
    const auto found = earlierUploads(*m_journal, me, digest);
    QVERIFY(found);
    QCOMPARE(found->size(), 1);
    QCOMPARE(found->first().job, QStringLiteral("counts"));
    QCOMPARE(found->first().rows, 2);
    QVERIFY(!found->first().complete);
    QVERIFY(earlierUploads(*m_journal, me, {})->isEmpty());
}

/// Only where the journal knows enough to hold them against the history.
void TestEarlierUploads::versionsOfAnUpload()
{
    const auto after = [this](const QString &id, const QString &version) {
        QVERIFY(m_journal->setAfter(id, 10, version));
    };
    add(QStringLiteral("whole"), 3, 3);
    after(QStringLiteral("whole"), QStringLiteral("8"));
    damage("UPDATE job SET version_before='5' WHERE id='whole'");
    add(QStringLiteral("no version"), 3, 3);
    add(QStringLiteral("no row"), 3, 0);
    after(QStringLiteral("no row"), QStringLiteral("8"));
    add(QStringLiteral("no count"), 3, 3);
    after(QStringLiteral("no count"), QStringLiteral("8"));
    damage("UPDATE job SET rows_before=NULL WHERE id='no count'");
    add(QStringLiteral("unknown rows"), 3, 2);
    after(QStringLiteral("unknown rows"), QStringLiteral("8"));
    damage("UPDATE batch SET state='UNKNOWN' WHERE job_id='unknown rows' AND seq=3");
    const auto found = uploadedVersions(*m_journal, me, QStringLiteral("5"));
    QVERIFY(found);
    QCOMPARE(found->size(), 1);
    QCOMPARE(found->first().sourceName, QStringLiteral("rows.csv"));
    QCOMPARE(found->first().before, QStringLiteral("5"));
    QCOMPARE(found->first().after, QStringLiteral("8"));
    QCOMPARE(found->first().rowsBefore, 7);
    QCOMPARE(found->first().rows, 3);
    QVERIFY(uploadedVersions(*m_journal, me, QStringLiteral("6"))->isEmpty());
    QVERIFY(uploadedVersions(*m_journal, QStringLiteral("another account"), QStringLiteral("5"))->isEmpty());
}

void TestEarlierUploads::noteOfAnUpload_data()
{
    QTest::addColumn<qint64>("rows");
    QTest::addColumn<bool>("complete");
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("to");
    QTest::addColumn<QString>("says");
    const QString orders = QStringLiteral("Orders");
    QTest::newRow("one row") << qint64(1) << true << orders << QStringLiteral("5")
                             << QStringLiteral("into “Orders” (1 row). Rows of it that are sent again");
    QTest::newRow("rows") << qint64(1200) << true << orders << QStringLiteral("5")
                          << QStringLiteral("into “Orders” (1,200 rows). Rows of it that are sent again");
    QTest::newRow("one of its rows") << qint64(1) << false << orders << QStringLiteral("5")
                                     << QStringLiteral("(1 row of it)");
    QTest::newRow("some of its rows") << qint64(7) << false << orders << QStringLiteral("5")
                                      << QStringLiteral("(7 rows of it)");
    QTest::newRow("a table without a name")
        << qint64(7) << true << QString() << QStringLiteral("5") << QStringLiteral("into “5”");
    QTest::newRow("into another table") << qint64(7) << true << orders << QStringLiteral("6")
                                        << QStringLiteral("was uploaded before, on");
    QTest::newRow("into a new table") << qint64(7) << true << orders << QString()
                                      << QStringLiteral("was uploaded before, on");
}

void TestEarlierUploads::noteOfAnUpload()
{
    QFETCH(qint64, rows);
    QFETCH(bool, complete);
    QFETCH(QString, name);
    QFETCH(QString, to);
    QFETCH(QString, says);
    const EarlierUpload upload{QStringLiteral("j"), 1'700'000'000'000, QStringLiteral("5"), name, rows, complete};
    const QString note = earlierUploadNote({upload}, to);
    QVERIFY2(note.contains(says), qPrintable(note));
}

void TestEarlierUploads::nothingToSay()
{
    QVERIFY(earlierUploadNote({}, QStringLiteral("5")).isEmpty());
}

void TestEarlierUploads::journalThatFailsIsSaid_data()
{
    QTest::addColumn<QByteArray>("table");
    QTest::addColumn<bool>("earlier");
    QTest::addColumn<bool>("brief");
    QTest::addColumn<bool>("whole"); // which of them need the table
    QTest::newRow("uploads") << QByteArray("job") << true << false << false;
    QTest::newRow("batches") << QByteArray("batch") << true << true << true;
    QTest::newRow("calls") << QByteArray("attempt") << false << true << true;
    QTest::newRow("decisions") << QByteArray("decision") << false << true << true;
}

/// No receipt is better than one with fewer rows.
void TestEarlierUploads::journalThatFailsIsSaid()
{
    QFETCH(QByteArray, table);
    const JournalJob job = add(QStringLiteral("a"), 3, 3);
    damage(QByteArray("DROP TABLE " + table).constData());
    QTEST(isLocalFault(earlierUploads(*m_journal, me, digest)), "earlier");
    QTEST(isLocalFault(briefReceipt(*m_journal, job)), "brief");
    QTEST(isLocalFault(wholeReceipt(*m_journal, job, false)), "whole");
}

void TestEarlierUploads::wholeReceiptHasItAll()
{
    const JournalJob job = add(QStringLiteral("a"), 3, 1);
    QVERIFY(m_journal->step(job.id, 2, BatchState::Planned, BatchEvent::Begin));
    QVERIFY(m_journal->step(job.id, 2, BatchState::Sending, BatchEvent::LetGo));
    QVERIFY(m_journal->noteDecision(job.id, 1, QStringLiteral("look"), QStringLiteral("What?")));
    QVERIFY(wholeReceipt(*m_journal, job, false)->leftOutFile.isEmpty());
    QFile leftOut(m_journal->leftOutPath(job.id));
    QVERIFY(leftOut.open(QIODevice::WriteOnly));
    const Receipt stopped = *wholeReceipt(*m_journal, job, false);
    QCOMPARE(stopped.leftOutFile, leftOut.fileName());
    QCOMPARE(stopped.decisions.size(), 1);
    QCOMPARE(stopped.rowsUnknown, 1);
    QCOMPARE(stopped.firstUnknownRow, 2);
    // While this program sends them their answer is awaited.
    const Receipt running = *wholeReceipt(*m_journal, job, true);
    QCOMPARE(running.rowsUnknown, 0);
    QCOMPARE(running.firstUnknownRow, 0);
    QCOMPARE(running.rowsSent, 2);
}

/// As only a damaged journal has it.
void TestEarlierUploads::rowsOfAChildWithoutItsParent()
{
    JournalBatch child = oneRowBatch(2);
    child.parent = 1;
    child.state = BatchState::Confirmed;
    Receipt receipt;
    describeRows(receipt, {child});
    QCOMPARE(receipt.inTable, (QVector<RowRange>{{2, 2, 1}}));
}

QTEST_GUILESS_MAIN(TestEarlierUploads)
#include "tst_earlieruploads.moc"
