#include "transfer/hookedservice.h"
#include "transfer/journalsamples.h"
#include "transfer/uploadwaitstage.h"

using namespace rowdesk;
using namespace rowdesk::test;

/// What is said of rows that were denied when the job ends in the middle of finding out about them.
class TestUploadDoubts : public QObject, protected UploadWaitStage
{
    Q_OBJECT
private slots:
    void init();

    void cancelWhileADenialIsCounted_data();
    void cancelWhileADenialIsCounted();
    void lastDenialWithoutANumber_data();
    void lastDenialWithoutANumber();

private:
    std::shared_ptr<HookedService> m_hooked;
};

void TestUploadDoubts::init()
{
    setUp();
    m_hooked = std::make_shared<HookedService>(m_clock, 1);
    m_hooked->faultPercent = m_hooked->readFaultPercent = 0;
    m_service = m_hooked;
}

void TestUploadDoubts::cancelWhileADenialIsCounted_data()
{
    QTest::addColumn<bool>("stored");
    QTest::addColumn<int>("after"); // msec
    QTest::addColumn<bool>("twice");
    for (const bool stored : {true, false}) {
        const char *what = stored ? "stored" : "not stored";
        QTest::addRow("%s, before it is answered", what) << stored << 1 << false;
        QTest::addRow("%s, together with the answer", what) << stored << 5 << false;
        QTest::addRow("%s, and once more", what) << stored << 1 << true;
    }
}

/// Rows that may be in the table are not reported as not sent: nobody would look for them any more.
void TestUploadDoubts::cancelWhileADenialIsCounted()
{
    QFETCH(bool, stored);
    QFETCH(int, after);
    QFETCH(bool, twice);
    m_service->script = {Fate::Stored, stored ? Fate::AskedToWaitStored : Fate::AskedToWait};
    auto job = std::make_unique<UploadJob>(tools(), plan());
    UploadJob *running = job.get();
    int cancels = 0;
    m_hooked->onFacts = [&]() -> std::optional<Result<DataService::TableFacts>> {
        if (running->receipt().rowsConfirmed > 0 && cancels++ < (twice ? 2 : 1))
            m_clock->after(after, running, [running] { running->cancel(); });
        return std::nullopt;
    };
    const QString id = running->receipt().job;
    const Receipt receipt = run(std::move(job));
    m_hooked->onFacts = {};
    QCOMPARE(receipt.error->kind, ErrorKind::Cancelled);
    QCOMPARE(receipt.rowsConfirmed, 500);
    QCOMPARE(receipt.rowsUnknown, stored || twice ? 500 : 0);
    QCOMPARE(m_service->appends, 2);
    QVERIFY(run(std::make_unique<UploadJob>(tools(), *m_journal->job(id))).isSound());
    QVERIFY(wrong().isEmpty());
    QCOMPARE(m_service->appends, stored ? 3 : 4);
}

void TestUploadDoubts::lastDenialWithoutANumber_data()
{
    QTest::addColumn<int>("from"); // which count begins to tell no number
    QTest::newRow("never told") << 1;
    QTest::newRow("not told any more") << 2;
}

/// The service counts tables, but not this one.
void TestUploadDoubts::lastDenialWithoutANumber()
{
    QFETCH(int, from);
    m_service->script = {Fate::RefusedCredentials, Fate::RefusedStored};
    m_hooked->onFacts = [from, count = 0]() mutable {
        using Facts = std::optional<Result<DataService::TableFacts>>;
        return ++count >= from ? Facts(DataService::TableFacts{}) : Facts();
    };
    const Receipt receipt = run(plan());
    QCOMPARE(receipt.error->kind, ErrorKind::Credentials);
    QCOMPARE(receipt.rowsUnknown, 500);
    QCOMPARE(m_service->appends, 2);
}

QTEST_GUILESS_MAIN(TestUploadDoubts)
#include "tst_uploaddoubts.moc"
