#pragma once

#include "transfer/listsource.h"
#include "transfer/simulatedservice.h"
#include "transfer/uploadquestion.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

namespace rowdesk::test {

/// Jobs that send three calls of rows to a simulated service, in virtual time.
class UploadWaitStage
{
protected:
    void setUp();

    static constexpr int rows = 1500;

    UploadPlan plan(Evidence evidence = Evidence::Content) const;
    UploadTools tools() const;
    Receipt run(const UploadPlan &plan) { return run(std::make_unique<UploadJob>(tools(), plan)); }
    Receipt run(std::unique_ptr<UploadJob> job);
    Receipt cancelWhileItWaits();
    /// How often each row is in the table; those that are not there once.
    QMap<int, int> wrong() const;
    static ErrorKind error(Fate fate)
    {
        return fate == Fate::RefusedStored ? ErrorKind::Credentials : ErrorKind::RateLimited;
    }

    std::unique_ptr<QTemporaryDir> m_dir;
    std::shared_ptr<VirtualClock> m_clock;
    std::shared_ptr<SimulatedService> m_service;
    std::shared_ptr<UploadJournal> m_journal;
    QStringList m_waits; ///< what was said while waiting
    bool m_undecided = false;
};

inline void UploadWaitStage::setUp()
{
    m_dir = std::make_unique<QTemporaryDir>();
    m_clock = std::make_shared<VirtualClock>();
    m_service = std::make_shared<SimulatedService>(m_clock, 1);
    m_service->faultPercent = 0;
    m_service->readFaultPercent = 0;
    const auto journal = UploadJournal::open(m_dir->path(), UploadJournal::Durability::Fast);
    QVERIFY(journal);
    m_journal = *journal;
    m_waits.clear();
}

inline UploadPlan UploadWaitStage::plan(Evidence evidence) const
{
    UploadPlan plan = planFor(ListSource::numbered(rows));
    plan.evidence = evidence;
    if (evidence == Evidence::Key)
        plan.keyColumns = {QStringLiteral("n")};
    plan.settleSeconds = 60;
    m_service->withMarker = evidence == Evidence::Marker;
    return plan;
}

inline UploadTools UploadWaitStage::tools() const
{
    return {m_service, m_journal, m_clock};
}

inline Receipt UploadWaitStage::run(std::unique_ptr<UploadJob> job)
{
    QSignalSpy finished(job.get(), &UploadJob::finished);
    QObject::connect(job.get(), &UploadJob::progressed, job.get(), [this, &job] {
        if (const auto waiting = job->waiting(); waiting && waiting->seconds > 0)
            m_waits << QString::number(waiting->seconds);
    });
    job->start();
    runSimulation(*m_clock, [&] { return !finished.isEmpty() || m_service->dead; });
    m_undecided = job->isUndecided();
    return job->receipt();
}

inline QMap<int, int> UploadWaitStage::wrong() const
{
    QMap<int, int> counts;
    for (int n = 1; n <= rows; ++n)
        counts.insert(n, 0);
    for (const SimulatedService::Row &row : m_service->rows)
        ++counts[row.n];
    for (auto it = counts.begin(); it != counts.end();)
        it = *it == 1 ? counts.erase(it) : std::next(it);
    return counts;
}

inline Receipt UploadWaitStage::cancelWhileItWaits()
{
    auto job = std::make_unique<UploadJob>(tools(), plan());
    UploadJob *running = job.get();
    QObject::connect(running, &UploadJob::progressed, running, [running] {
        if (running->waiting())
            running->cancel();
    });
    return run(std::move(job));
}

} // namespace rowdesk::test
