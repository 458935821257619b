#include "transfer/uploadwaitstage.h"

using namespace rowdesk;
using namespace rowdesk::test;

/// What a job does by itself when something is in the way, in virtual time, and what is in the table then.
class TestUploadWaits : public QObject, protected UploadWaitStage
{
    Q_OBJECT
private slots:
    void init() { setUp(); }

    void goesOnAfterALostConnection();
    void stopsWhenNobodyIsThere();
    void cancelEndsTheWait();
    void waitsAsLongAsItIsAskedTo();
    void stopsAfterManyRefusals();
    void newCredentialsOnce_data();
    void newCredentialsOnce();
    void lostAnswerIsFoundOutByItself_data();
    void lostAnswerIsFoundOutByItself();
    void leavesAFailingServiceAlone();
    void answerThatSleepTook();
    void looksAreToldOfTheRowsInQuestionOnly();
    void whatOthersDidMeanwhileCounts_data();
    void whatOthersDidMeanwhileCounts();
};

void TestUploadWaits::goesOnAfterALostConnection()
{
    m_service->script = {Fate::Stored, Fate::NotConnected, Fate::NotConnected, Fate::BrokenBeforeLast, Fate::Stored};
    const Receipt receipt = run(plan());
    QVERIFY(receipt.complete);
    QCOMPARE(m_waits, (QStringList{QStringLiteral("1"), QStringLiteral("2"), QStringLiteral("4")}));
    QVERIFY(wrong().isEmpty());
    QCOMPARE(m_service->appends, 6);
}

void TestUploadWaits::stopsWhenNobodyIsThere()
{
    m_service->script = std::deque<Fate>(1000, Fate::NotConnected);
    UploadTools with = tools();
    with.patience = std::chrono::seconds(100);
    const Receipt receipt = run(std::make_unique<UploadJob>(with, plan()));
    QCOMPARE(receipt.error->kind, ErrorKind::Network);
    QCOMPARE(receipt.rowsUnknown, 0);
    QVERIFY(m_service->rows.empty());
    QVERIFY(m_clock->now() >= 100'000 && m_clock->now() < 160'000);
    QCOMPARE(m_waits.last(), QStringLiteral("30"));
}

void TestUploadWaits::cancelEndsTheWait()
{
    m_service->script = {Fate::Stored, Fate::NotConnected};
    const Receipt receipt = cancelWhileItWaits();
    QCOMPARE(receipt.error->kind, ErrorKind::Cancelled);
    QCOMPARE(receipt.rowsConfirmed, 500);
    QVERIFY(m_clock->now() < 1000);
}

void TestUploadWaits::waitsAsLongAsItIsAskedTo()
{
    m_service->script = {Fate::AskedToWait, Fate::AskedToWait};
    const Receipt receipt = run(plan(Evidence::None));
    QVERIFY(receipt.complete);
    QCOMPARE(m_waits, (QStringList{QStringLiteral("20"), QStringLiteral("20")}));
    QVERIFY(m_clock->now() >= 40'000);
    QVERIFY(wrong().isEmpty());
}

void TestUploadWaits::stopsAfterManyRefusals()
{
    m_service->script = std::deque<Fate>(100, Fate::AskedToWait);
    const Receipt receipt = run(plan());
    QCOMPARE(receipt.error->kind, ErrorKind::RateLimited);
    QCOMPARE(m_service->appends, 11);
    QVERIFY(m_service->rows.empty());
}

void TestUploadWaits::newCredentialsOnce_data()
{
    QTest::addColumn<int>("refusals");
    QTest::addColumn<bool>("complete");
    QTest::newRow("expired") << 1 << true;
    QTest::newRow("not accepted any more") << 2 << false;
}

void TestUploadWaits::newCredentialsOnce()
{
    QFETCH(int, refusals);
    m_service->script = {Fate::Stored};
    m_service->script.insert(m_service->script.end(), size_t(refusals), Fate::RefusedCredentials);
    const Receipt receipt = run(plan());
    QTEST(receipt.complete, "complete");
    QVERIFY(receipt.complete || receipt.error->kind == ErrorKind::Credentials);
    QCOMPARE(receipt.rowsUnknown, 0);
    QCOMPARE(qint64(m_service->rows.size()), receipt.rowsConfirmed);
}

void TestUploadWaits::lostAnswerIsFoundOutByItself_data()
{
    QTest::addColumn<int>("fate");
    QTest::addColumn<int>("appends");
    QTest::newRow("stored") << int(Fate::LostStored) << 3;
    QTest::newRow("not stored") << int(Fate::LostNotStored) << 4;
    QTest::newRow("stored late") << int(Fate::LostStoredLate) << 3;
    QTest::newRow("stored in part") << int(Fate::LostStoredPart) << 4;
}

void TestUploadWaits::lostAnswerIsFoundOutByItself()
{
    QFETCH(int, fate);
    m_service->script = {Fate::Stored, Fate(fate)};
    const Receipt receipt = run(plan());
    QVERIFY(receipt.isSound());
    QVERIFY(wrong().isEmpty());
    QTEST(m_service->appends, "appends");
}

void TestUploadWaits::leavesAFailingServiceAlone()
{
    m_service->script = std::deque<Fate>(100, Fate::LostNotStored);
    const Receipt receipt = run(plan());
    QVERIFY(!receipt.complete);
    QCOMPARE(receipt.error->kind, ErrorKind::OutcomeUnknown);
    QCOMPARE(m_service->appends, 5);
    QCOMPARE(receipt.rowsUnknown, 500);
}

void TestUploadWaits::answerThatSleepTook()
{
    m_service->script = {Fate::Stored, Fate::Silent};
    auto job = std::make_unique<UploadJob>(tools(), plan());
    UploadJob *running = job.get();
    bool slept = false;
    connect(running, &UploadJob::progressed, this, [this, running, &slept] {
        if (running->receipt().rowsConfirmed == 500 && !std::exchange(slept, true))
            m_clock->after(100, this, [this] { m_clock->sleep(3'600'000); });
    });
    const Receipt receipt = run(std::move(job));
    QVERIFY(slept);
    QVERIFY(receipt.isSound());
    QVERIFY(wrong().isEmpty());
    QCOMPARE(m_service->appends, 3);
    QVERIFY(m_clock->now() < 3'700'000);
}

/// A lost answer was cleared up by a look; the program ends in the middle of a later call.
void TestUploadWaits::looksAreToldOfTheRowsInQuestionOnly()
{
    m_service->script = {Fate::LostStored, Fate::Stored, Fate::DiesStored};
    (void)run(plan(Evidence::Marker));
    const JournalJob job = m_journal->jobs()->constFirst();
    const auto question = [this, &job] {
        return questionOf(job, *m_journal->batches(job.id), *m_journal->looks(job.id));
    };
    QVERIFY(question());
    QVERIFY2(question()->text.contains(QStringLiteral("has not been looked at yet")), qPrintable(question()->text));
    m_service->dead = false;
    QVERIFY(run(std::make_unique<UploadJob>(tools(), job)).complete);
    QVERIFY(!question());
}

void TestUploadWaits::whatOthersDidMeanwhileCounts_data()
{
    QTest::addColumn<bool>("givenUp");
    QTest::newRow("finished") << false;
    QTest::newRow("given up") << true;
}

/// An upload is continued from what a window knew before another program worked on it.
void TestUploadWaits::whatOthersDidMeanwhileCounts()
{
    QFETCH(bool, givenUp);
    m_service->script = {Fate::Stored, Fate::DiesStored};
    (void)run(plan(Evidence::Marker));
    m_service->dead = false;
    const JournalJob known = m_journal->jobs()->constFirst();
    if (givenUp)
        QVERIFY(giveUp(*m_journal, known.id));
    else
        QVERIFY(run(std::make_unique<UploadJob>(tools(), known)).complete);
    const int appends = m_service->appends;
    const JournalJob::State left = m_journal->job(known.id)->state;
    const Receipt receipt = run(std::make_unique<UploadJob>(tools(), known));
    QVERIFY2(receipt.complete == !givenUp, qPrintable(receipt.error ? receipt.error->text() : QString()));
    QCOMPARE(m_service->appends, appends);
    QVERIFY(m_journal->job(known.id)->state == left);
}

QTEST_GUILESS_MAIN(TestUploadWaits)
#include "tst_uploadwaits.moc"
