#pragma once

#include "support/fakenetworkaccessmanager.h"
#include "transfer/listsource.h"
#include "transfer/uploadjob.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

namespace rowdesk::test {

inline FakeAnswer stored(int rows)
{
    return FakeAnswer::json(R"({"success":true,"result":{"rows_inserted":)" + QByteArray::number(rows) +
                            R"(,"rows_found":0}})");
}

inline FakeAnswer text(const QByteArray &body)
{
    FakeAnswer answer = FakeAnswer::json(body);
    answer.contentType = "text/plain";
    return answer;
}

inline FakeAnswer envelopeError(int status)
{
    return FakeAnswer::json(R"({"success":false,"error":{"code":"ValidationError","description":"no such column"}})",
                            status);
}

/// Jobs over a fake network. After every transition the receipt must hold.
class UploadJobStage
{
protected:
    void setUp();
    void tearDown();

    UploadPlan plan(std::shared_ptr<RowSource> source) const;
    UploadTools tools() const;
    /// The one upload that the journal has.
    JournalJob kept() const;
    /// Runs a job to its end.
    Receipt run(const UploadPlan &plan);
    void watch(UploadJob &job);
    static bool holds(const Receipt &receipt);

    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<FakeNetworkAccessManager> m_network;
    std::unique_ptr<ApiClient> m_client;
    bool m_allHeld = true;
    bool m_counts = false; ///< the table is counted too, with further requests
};

inline void UploadJobStage::setUp()
{
    m_dir = std::make_unique<QTemporaryDir>();
    m_network = std::make_unique<FakeNetworkAccessManager>();
    m_client = std::make_unique<ApiClient>(m_network.get(), QUrl(QStringLiteral("http://127.0.0.1:1/")));
    m_client->setApiVersion(QStringLiteral("2022.01"));
    m_allHeld = true;
    m_counts = false;
}

inline void UploadJobStage::tearDown()
{
    QVERIFY(m_allHeld);
    m_client.reset();
    m_network.reset();
}

inline UploadPlan UploadJobStage::plan(std::shared_ptr<RowSource> source) const
{
    return planFor(std::move(source));
}

inline UploadTools UploadJobStage::tools() const
{
    UploadTools tools{serviceTarget(DataService(m_client.get())), UploadJournal::open(m_dir->path())};
    tools.countsTable = m_counts;
    tools.patience = std::chrono::seconds(0);
    return tools;
}

inline JournalJob UploadJobStage::kept() const
{
    return (*UploadJournal::open(m_dir->path()))->jobs()->constFirst();
}

inline bool UploadJobStage::holds(const Receipt &r)
{
    const bool counts = r.rowsConfirmed >= 0 && r.rowsUnknown >= 0 && r.rowsSkipped >= 0 &&
                        r.rowsConfirmed + r.rowsUnknown <= r.rowsSent && r.rowsSent + r.rowsSkipped <= r.rowsRead;
    const bool unknown = (r.rowsUnknown > 0) == (r.firstUnknownRow > 0);
    const bool whole = !r.complete || (r.rowsRead == r.rowsConfirmed + r.rowsSkipped && !r.error);
    return counts && unknown && whole;
}

inline void UploadJobStage::watch(UploadJob &job)
{
    QObject::connect(&job, &UploadJob::progressed, &job,
                     [this, &job] { m_allHeld = m_allHeld && holds(job.receipt()); });
    QObject::connect(&job, &UploadJob::finished, &job, [this, &job] { m_allHeld = m_allHeld && holds(job.receipt()); });
}

inline Receipt UploadJobStage::run(const UploadPlan &plan)
{
    UploadJob job(tools(), plan);
    watch(job);
    QSignalSpy finished(&job, &UploadJob::finished);
    job.start();
    if (!QTest::qWaitFor([&] { return !finished.isEmpty(); }, 60'000))
        qFatal("the job never finished");
    QTest::qWait(0);
    m_allHeld = m_allHeld && finished.size() == 1;
    return job.receipt();
}

} // namespace rowdesk::test
