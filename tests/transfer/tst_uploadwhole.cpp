#include "transfer/hookedservice.h"
#include "transfer/uploadwaitstage.h"

using namespace rowdesk;
using namespace rowdesk::test;

/// Rows that turn out to be in the table more often than once, and what comes when a job has ended already.
class TestUploadWhole : public QObject, protected UploadWaitStage
{
    Q_OBJECT
private slots:
    void init();

    void lookingAtTheWholeIsLooking();
    void twiceWhileItIsLookedFor();
    void twiceBesideARefusedRow();
    void nothingComesAfterACancelledWait();
    void nothingComesAfterTheLastAnswer();

private:
    UploadPlan marked(int count) const;
    bool isWrong(const Receipt &receipt) const
    {
        return !receipt.complete && receipt.error->kind == ErrorKind::OutcomeUnknown &&
               receipt.error->message.contains(QStringLiteral("more or less often than once"));
    }
    /// Runs to the job's end, and on until no timer is left.
    Receipt runOn(UploadJob &job);

    std::shared_ptr<HookedService> m_hooked;
};

void TestUploadWhole::init()
{
    setUp();
    m_hooked = std::make_shared<HookedService>(m_clock, 1);
    m_hooked->faultPercent = m_hooked->readFaultPercent = 0;
    m_service = m_hooked;
}

UploadPlan TestUploadWhole::marked(int count) const
{
    UploadPlan made = planFor(ListSource::numbered(count));
    made.evidence = Evidence::Marker;
    made.settleSeconds = 60;
    m_service->withMarker = true;
    return made;
}

Receipt TestUploadWhole::runOn(UploadJob &job)
{
    QSignalSpy finished(&job, &UploadJob::finished);
    job.start();
    runSimulation(*m_clock, [&] { return !finished.isEmpty() && m_clock->isEmpty(); });
    if (finished.size() != 1)
        qWarning("finished %d times", int(finished.size()));
    return job.receipt();
}

void TestUploadWhole::lookingAtTheWholeIsLooking()
{
    m_service->script = {Fate::Replayed};
    UploadJob job(tools(), marked(rows));
    QList<qint64> looks;
    connect(&job, &UploadJob::progressed, &job, [&] {
        if (job.receipt().rowsConfirmed == rows && job.isLooking())
            looks << job.secondsToNextLook();
    });
    QVERIFY(isWrong(runOn(job)));
    QCOMPARE(looks, (QList<qint64>{30, 30})); // two further looks within the minute
}

void TestUploadWhole::twiceWhileItIsLookedFor()
{
    m_service->script = {Fate::LostStored};
    UploadJob job(tools(), marked(rows));
    connect(&job, &UploadJob::progressed, &job, [&] {
        if (job.isLooking() && m_service->rows.size() == 500)
            m_service->rows.push_back(m_service->rows.front());
    });
    const Receipt receipt = runOn(job);
    QVERIFY(isWrong(receipt));
    QCOMPARE(m_service->appends, 1);
    QCOMPARE(receipt.rowsUnknown, 500);
}

/// The row that was seen has no batch of its own any more: the other one of its call was refused.
void TestUploadWhole::twiceBesideARefusedRow()
{
    m_service->script = {Fate::LostStoredPart};
    UploadJob job(tools(), marked(2));
    connect(&job, &UploadJob::progressed, &job, [&] {
        if (m_service->appends == 1)
            m_service->badRows = {2};
        else if (m_service->rows.size() == 1)
            m_service->rows.push_back(m_service->rows.front());
    });
    const Receipt receipt = runOn(job);
    QCOMPARE(m_service->appends, 2);
    QVERIFY(isWrong(receipt));
    QCOMPARE(m_journal->job(receipt.job)->state, JournalJob::State::Paused);
}

void TestUploadWhole::nothingComesAfterACancelledWait()
{
    m_service->script = {Fate::NotConnected};
    UploadJob job(tools(), plan());
    connect(&job, &UploadJob::progressed, &job, [&] {
        if (job.waiting())
            job.cancel();
    });
    const Receipt receipt = runOn(job);
    QCOMPARE(receipt.error->kind, ErrorKind::Cancelled);
    QCOMPARE(m_service->appends, 1);
    QVERIFY(m_service->rows.empty());
}

/// The computer slept, the answer came all the same, and the time that it was given passes afterwards.
void TestUploadWhole::nothingComesAfterTheLastAnswer()
{
    Completion<DataService::Appended> completion;
    bool aborted = false;
    completion.onAbort([&aborted] { aborted = true; });
    m_hooked->onAppend = [&](const ApiClient::Gate &gate) {
        gate.drained([] {});
        m_clock->after(100, m_hooked.get(), [this] { m_clock->sleep(3'600'000); });
        m_clock->after(3'605'000, m_hooked.get(), [completion] { completion.finish(DataService::Appended{2, 2}); });
        return std::optional(completion.call());
    };
    UploadPlan few = planFor(ListSource::numbered(2));
    UploadJob job(tools(), few);
    const Receipt receipt = runOn(job);
    QCOMPARE(receipt.rowsConfirmed, 2);
    QVERIFY(!aborted);
    QVERIFY(m_clock->now() > 3'605'000);
}

QTEST_GUILESS_MAIN(TestUploadWhole)
#include "tst_uploadwhole.moc"
