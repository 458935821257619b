#include "support/longtest.h"
#include "transfer/hastyclock.h"
#include "transfer/listsource.h"
#include "transfer/longtable.h"
#include "transfer/uploadjob.h"

#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace rowdesk;
using namespace rowdesk::test;

/// A long upload over a line that loses answers now and then disturbs nobody: it finds out by itself. ROWDESK_ROWS sets
/// how many rows (one answer in a thousand batches is lost, but at least three).
class TestUploadPrompts : public QObject, public LongTest
{
    Q_OBJECT
private slots:
    void lostAnswersAskNothing_data();
    void lostAnswersAskNothing();
};

void TestUploadPrompts::lostAnswersAskNothing_data()
{
    QTest::addColumn<Evidence>("evidence");
    QTest::addColumn<int>("mostQuestions");
    QTest::newRow("marker") << Evidence::Marker << 0;
    QTest::newRow("content") << Evidence::Content << 1;
}

void TestUploadPrompts::lostAnswersAskNothing()
{
    QFETCH(Evidence, evidence);
    QFETCH(int, mostQuestions);
    bool given = false;
    const int asked = qEnvironmentVariableIntValue("ROWDESK_ROWS", &given);
    const int rows = given ? asked : 20'000;
    constexpr int rowsOfABatch = 500;
    const int batches = (rows + rowsOfABatch - 1) / rowsOfABatch;

    LongTable table;
    table.before = 3000;
    QRandomGenerator random(7);
    for (int lost = 0; lost < std::max(3, batches / 1000); ++lost)
        table.fates.insert(2 + random.bounded(batches - 1), LongTable::Fate(1 + lost % 3));

    FakeNetworkAccessManager network;
    ApiClient client(&network, QUrl(QStringLiteral("http://127.0.0.1:1/")));
    client.setApiVersion(QStringLiteral("2022.01"));
    client.setRetryPolicy(RetryPolicy{1});
    network.respond = [&table](const FakeRequest &request) { return table.respond(request); };
    const QTemporaryDir dir;
    UploadPlan plan = planFor(ListSource::numbered(rows));
    plan.evidence = evidence;
    plan.settleSeconds = 0;
    UploadJob job(
        {serviceTarget(DataService(&client)), UploadJournal::open(dir.path()), std::make_shared<HastyClock>()}, plan);
    QSignalSpy finished(&job, &UploadJob::finished);
    job.start();
    QVERIFY(finished.wait(std::numeric_limits<int>::max()));

    QVERIFY((job.isUndecided() ? 1 : 0) <= mostQuestions);
    QVERIFY2(job.receipt().complete, job.receipt().error ? qPrintable(job.receipt().error->text()) : "");
    QCOMPARE(job.receipt().rowsConfirmed, rows);
    std::vector<int> counts(size_t(rows) + 1);
    for (const LongTable::Row &row : table.added)
        ++counts[size_t(row.n)];
    QCOMPARE(std::count(counts.begin() + 1, counts.end(), 1), rows);
    qInfo("%d rows, %lld lost answers, %d pages read", rows, qlonglong(table.fates.size()), table.pagesRead);
}

QTEST_GUILESS_MAIN(TestUploadPrompts)
#include "tst_uploadprompts.moc"
