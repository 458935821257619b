#include "transfer/hookedservice.h"
#include "transfer/journalsamples.h"
#include "transfer/uploadwaitstage.h"

using namespace rowdesk;
using namespace rowdesk::test;

/// Before the first row leaves, and when the last thing written fails.
class TestUploadBeginning : public QObject, protected UploadWaitStage
{
    Q_OBJECT
private slots:
    void init() { setUp(); }

    void withoutAJournal();
    void rowsLeftOutCantBeKept();
    void cancelledWhileRowsAreRead_data();
    void cancelledWhileRowsAreRead();
    void markedRowsOfANewTable();
    void endThatIsNotWritten();
    void serverInTroubleIsWaitedFor();
    void countOfASoleWriterTells();
};

/// Neither a new upload nor a continued one sends anything that it can't write down.
void TestUploadBeginning::withoutAJournal()
{
    const Receipt first = run(plan());
    QVERIFY(first.complete);
    const JournalJob known = *m_journal->job(first.job);
    const ApiError struck{ErrorKind::Local, 0, {}, QStringLiteral("struck"), {}, {}};
    const UploadTools without{m_service, struck, m_clock};
    for (const Receipt &receipt :
         {run(std::make_unique<UploadJob>(without, plan())), run(std::make_unique<UploadJob>(without, known))}) {
        QVERIFY(!receipt.complete);
        QCOMPARE(receipt.error->message, QStringLiteral("struck"));
    }
    QCOMPARE(int(m_service->rows.size()), rows);
}

void TestUploadBeginning::rowsLeftOutCantBeKept()
{
    UploadPlan leaving = plan();
    leaving.writeLeftOut = [](const QString &) {
        return Result<Done>(ApiError{ErrorKind::File, 0, {}, QStringLiteral("struck"), {}, {}});
    };
    const Receipt receipt = run(leaving);
    QCOMPARE(receipt.error->message, QStringLiteral("struck"));
    QCOMPARE(m_service->appends, 0);
    QVERIFY(!m_journal->job(receipt.job)); // nothing to come back to
}

void TestUploadBeginning::cancelledWhileRowsAreRead_data()
{
    QTest::addColumn<bool>("counted");
    QTest::newRow("while the table is counted") << true;
    QTest::newRow("while they are read") << false;
}

void TestUploadBeginning::cancelledWhileRowsAreRead()
{
    QFETCH(bool, counted);
    UploadTools with = tools();
    with.countsTable = counted;
    auto job = std::make_unique<UploadJob>(with, plan());
    QMetaObject::invokeMethod(
        job.get(), [running = job.get()] { running->cancel(); }, Qt::QueuedConnection);
    const Receipt receipt = run(std::move(job));
    QCOMPARE(receipt.error->kind, ErrorKind::Cancelled);
    QCOMPARE(m_service->appends, 0);
    QVERIFY(!m_journal->job(receipt.job));
}

/// The column of the marks is asked for with the table.
void TestUploadBeginning::markedRowsOfANewTable()
{
    auto hooked = std::make_shared<HookedService>(m_clock, 1);
    hooked->faultPercent = hooked->readFaultPercent = 0;
    hooked->onCreate = [] { return std::optional<Result<QString>>(QStringLiteral("9")); };
    m_service = hooked;
    UploadPlan creating = plan(Evidence::Marker);
    creating.datasetId.clear();
    creating.newTable = {QStringLiteral("T"), {}, creating.target};
    const Receipt receipt = run(creating);
    QVERIFY(receipt.complete);
    const QStringList made = m_journal->job(receipt.job)->newTableColumns.names();
    QCOMPARE(made.size(), creating.target.columns.size() + 1);
    QCOMPARE(made.last(), QString(markerColumn));
}

/// Every row is in, and that is what the receipt says; that the upload has ended could not be written.
void TestUploadBeginning::endThatIsNotWritten()
{
    changeJournal(m_dir->path(),
                  {QStringLiteral("CREATE TRIGGER struck BEFORE UPDATE ON job WHEN NEW.state='done' BEGIN SELECT "
                                  "RAISE(ABORT, 'struck'); END")});
    const Receipt receipt = run(plan());
    QCOMPARE(int(receipt.rowsConfirmed), rows);
    QVERIFY(receipt.error->message.contains(QStringLiteral("struck")));
    changeJournal(m_dir->path(), {QStringLiteral("DROP TRIGGER struck")});
    const Receipt again = run(std::make_unique<UploadJob>(tools(), *m_journal->job(receipt.job)));
    QVERIFY(again.complete);
    QVERIFY(wrong().isEmpty());
}

void TestUploadBeginning::serverInTroubleIsWaitedFor()
{
    auto hooked = std::make_shared<HookedService>(m_clock, 1);
    hooked->faultPercent = hooked->readFaultPercent = 0;
    int creations = 0;
    hooked->onCreate = [&creations] {
        const ApiError trouble{ErrorKind::Server, 503, {}, QStringLiteral("struck"), {}, {}};
        return std::optional(++creations == 1 ? Result<QString>(trouble) : Result<QString>(QStringLiteral("9")));
    };
    m_service = hooked;
    UploadPlan creating = plan();
    creating.datasetId.clear();
    creating.newTable = {QStringLiteral("T"), {}, creating.target};
    const Receipt receipt = run(creating);
    QVERIFY(receipt.complete);
    QCOMPARE(creations, 2);
    QVERIFY(!m_waits.isEmpty());
    QVERIFY(wrong().isEmpty());
}

/// One answer is lost. The person said that nobody else writes: the count tells, and nobody is asked.
void TestUploadBeginning::countOfASoleWriterTells()
{
    m_service->script = {Fate::Stored, Fate::LostStored};
    UploadPlan counted = plan(Evidence::Count);
    counted.soleWriter = true;
    counted.rowsBefore = 0;
    const Receipt receipt = run(counted);
    QVERIFY2(receipt.complete, qPrintable(receipt.error ? receipt.error->message : QString()));
    QVERIFY(!m_undecided);
    QVERIFY(wrong().isEmpty());
}

QTEST_GUILESS_MAIN(TestUploadBeginning)
#include "tst_uploadbeginning.moc"
