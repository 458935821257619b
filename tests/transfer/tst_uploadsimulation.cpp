#include "support/longtest.h"
#include "transfer/listsource.h"
#include "transfer/simulatedservice.h"
#include "transfer/uploadquestion.h"

#include <QDir>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include <array>

using namespace rowdesk;
using namespace rowdesk::test;

namespace {

/// Rows n = 1, 2, … in small batches.
class SmallBatches final : public RowSource
{
public:
    SmallBatches(int rows, int atOnce) : m_rows(rows), m_atOnce(atOnce) {}
    QStringList columnNames() const override { return {QStringLiteral("n"), QStringLiteral("text")}; }
    Result<qsizetype> read(RowBatch &batch, qsizetype) override
    {
        qsizetype given = 0;
        for (; given < m_atOnce && m_next < m_rows; ++given) {
            ++m_next;
            batch.beginRow(m_next + 1);
            batch.addCell(CellKind::Text, std::to_string(m_next));
            batch.addCell(CellKind::Text, "row \"" + std::to_string(m_next % 7) + "\"");
        }
        return given;
    }

private:
    int m_rows;
    int m_atOnce;
    int m_next = 0;
};

constexpr int rowsOfAJob = 20;
constexpr int rowsOfABatch = 5;

/// Where a folder costs no disk, if there is such a place.
QString inMemory()
{
    const QString memory = QStringLiteral("/dev/shm");
    return (QFileInfo(memory).isWritable() ? memory : QDir::tempPath()) + QStringLiteral("/rowdesk-XXXXXX");
}

struct Totals
{
    int jobs = 0;
    int complete = 0;
    int anomalies = 0;
    int asked = 0;
    int runs = 0;
    int silentLost = 0;
    int silentDoubled = 0;
    int wholeReads = 0;
    int pageReads = 0;
    QHash<int, int> fates;
};

} // namespace

/// Thousands of uploads against a service that does everything a service can do, in virtual time. The service's memory
/// is the truth: no row may be lost or doubled without being reported. ROWDESK_JOBS sets how many.
class TestUploadSimulation : public QObject, public LongTest
{
    Q_OBJECT

private slots:
    void nothingIsLostOrDoubledInSilence_data();
    void nothingIsLostOrDoubledInSilence();
    void judgeSeesWhatAShortSettleTimeDoes();

private:
    UploadPlan plan(Evidence evidence) const;
    int m_settleSeconds = 60;
    int m_faultPercent = 50;
    void simulate(const std::shared_ptr<UploadJournal> &journal, Evidence evidence, bool otherWriter, quint32 seed,
                  Totals &totals);
    static void setPages(SimulatedService &service, quint32 seed);
    void judge(const SimulatedService &service, const Receipt &receipt, Totals &totals);
};

UploadPlan TestUploadSimulation::plan(Evidence evidence) const
{
    UploadPlan plan = planFor(std::make_shared<SmallBatches>(rowsOfAJob, rowsOfABatch));
    plan.evidence = evidence;
    if (evidence == Evidence::Key)
        plan.keyColumns = {QStringLiteral("n")};
    plan.rowsBefore = 0;
    plan.settleSeconds = m_settleSeconds;
    return plan;
}

void TestUploadSimulation::judge(const SimulatedService &service, const Receipt &receipt, Totals &totals)
{
    QHash<int, int> counts;
    for (const SimulatedService::Row &row : service.rows)
        ++counts[row.n];
    qint64 lost = 0;
    qint64 doubled = 0;
    for (int n = 1; n <= rowsOfAJob; ++n) {
        lost += counts.value(n) == 0 ? 1 : 0;
        doubled += counts.value(n) > 1 ? counts.value(n) - 1 : 0;
    }
    const bool reported = receipt.rowsUnknown > 0 && !receipt.complete;
    if (!reported) {
        totals.silentLost += int(lost);
        totals.silentDoubled += int(doubled);
    } else {
        // What is reported as confirmed is there in any case; unknown rows may be.
        const qint64 there = rowsOfAJob - lost;
        if (there < receipt.rowsConfirmed)
            totals.silentLost += int(receipt.rowsConfirmed - there);
        if (there > receipt.rowsConfirmed + receipt.rowsUnknown)
            totals.silentDoubled += int(there - receipt.rowsConfirmed - receipt.rowsUnknown);
    }
}

void TestUploadSimulation::simulate(const std::shared_ptr<UploadJournal> &journal, Evidence evidence, bool otherWriter,
                                    quint32 seed, Totals &totals)
{
    const auto clock = std::make_shared<VirtualClock>();
    const auto service = std::make_shared<SimulatedService>(clock, seed);
    service->hasOtherWriter = otherWriter;
    service->faultPercent = m_faultPercent;
    service->withMarker = evidence == Evidence::Marker;
    service->replays = evidence == Evidence::Marker || evidence == Evidence::Key;
    service->lag = seed % 3 == 0 ? 0 : qint64(seed % 10'000);
    service->hasOtherRemover = otherWriter && seed % 2 == 0;
    setPages(*service, seed);
    const UploadTools tools{service, journal, clock};
    auto job = std::make_unique<UploadJob>(tools, plan(evidence));
    const QString id = job->receipt().job;
    Receipt receipt;
    for (int run = 0;; ++run) {
        QVERIFY2(run < 1000, qPrintable(QStringLiteral("seed %1 goes on for ever").arg(seed)));
        ++totals.runs;
        bool finished = false;
        connect(job.get(), &UploadJob::finished, this, [&finished] { finished = true; });
        job->start();
        runSimulation(*clock, [&] { return finished || service->dead; });
        receipt = job->receipt();
        const bool undecided = job->isUndecided();
        job.reset(); // with all that it knew
        service->dead = false;
        const Result<JournalJob> known = journal->job(id);
        QVERIFY(known || known.error().kind == ErrorKind::NotFound);
        const bool anomaly = known && (finished && receipt.error &&
                                       receipt.error->message.contains(QStringLiteral("more or less often")));
        totals.anomalies += anomaly ? 1 : 0;
        totals.asked += undecided ? 1 : 0;
        if (receipt.complete || anomaly || undecided)
            break;
        const bool begunAnew = !known || known->state == JournalJob::State::Abandoned;
        // Given up by itself only when nothing of it can be there: then a person begins again, under another id.
        if (begunAnew) {
            QVERIFY(
                std::none_of(service->rows.begin(), service->rows.end(), [](const auto &row) { return row.n > 0; }));
            QVERIFY(receipt.rowsUnknown == 0 && receipt.rowsConfirmed == 0);
            return;
        }
        job = std::make_unique<UploadJob>(tools, *known);
    }
    while (!clock->isEmpty())
        clock->advance(); // what was under way arrives
    ++totals.jobs;
    totals.wholeReads += service->wholeReads;
    totals.pageReads += service->pageReads;
    totals.complete += receipt.complete ? 1 : 0;
    for (auto it = service->fates.begin(); it != service->fates.end(); ++it)
        totals.fates[it.key()] += it.value();
    const int before = totals.silentLost + totals.silentDoubled;
    judge(*service, receipt, totals);
    if (totals.silentLost + totals.silentDoubled > before && m_settleSeconds > 0)
        qWarning("seed %u: a row was lost or doubled in silence", seed);
}

/// Pages of all kinds, and tables that do not grow at their end.
void TestUploadSimulation::setPages(SimulatedService &service, quint32 seed)
{
    using Order = SimulatedService::Order;
    static const std::vector<std::vector<int>> sizes{{3}, {1}, {7}, {}, {4, 4, 2}, {2, 2, 2, 2, 2, 2, 5}};
    service.pageSizes = sizes[seed % sizes.size()];
    constexpr std::array orders{Order::AsStored, Order::AsStored, Order::NewestFirst, Order::SortedDown,
                                Order::Shuffled};
    service.order = orders[seed % orders.size()];
    for (quint32 i = 0; i < seed % 13; ++i) // rows that were there before
        service.rows.push_back({-1'000'000 - int(i), QStringLiteral("before"), {}, 0});
}

void TestUploadSimulation::nothingIsLostOrDoubledInSilence_data()
{
    QTest::addColumn<int>("evidence");
    QTest::addColumn<bool>("otherWriter");
    QTest::addColumn<int>("share"); // of the jobs, in percent
    QTest::newRow("marker, other writers") << int(Evidence::Marker) << true << 40;
    QTest::newRow("key, other writers") << int(Evidence::Key) << true << 25;
    QTest::newRow("content, alone") << int(Evidence::Content) << false << 15;
    QTest::newRow("content, other writers") << int(Evidence::Content) << true << 10;
    QTest::newRow("count, not alone") << int(Evidence::Count) << true << 5;
    QTest::newRow("nothing") << int(Evidence::None) << true << 5;
}

void TestUploadSimulation::nothingIsLostOrDoubledInSilence()
{
    QFETCH(int, evidence);
    QFETCH(bool, otherWriter);
    QFETCH(int, share);
    bool given = false;
    const int asked = qEnvironmentVariableIntValue("ROWDESK_JOBS", &given);
    const int wanted = std::max(1, (given ? asked : 2000) * share / 100);
    const QTemporaryDir dir(inMemory());
    const auto journal = UploadJournal::open(dir.path(), UploadJournal::Durability::Fast);
    QVERIFY(journal);
    Totals totals;
    for (quint32 seed = 1; totals.jobs < wanted; ++seed) {
        simulate(*journal, Evidence(evidence), otherWriter, seed, totals);
        if (QTest::currentTestFailed())
            return;
    }
    QCOMPARE(totals.silentLost, 0);
    QCOMPARE(totals.silentDoubled, 0);
    if (wanted >= 100) {
        const bool hasNames = evidence == int(Evidence::Marker) || evidence == int(Evidence::Key);
        for (int fate = 0; fate < int(Fate::Count); ++fate) {
            const bool expected = hasNames || Fate(fate) != Fate::Replayed;
            QVERIFY2((totals.fates.value(fate) > 0) == expected, qPrintable(QString::number(fate)));
        }
        QVERIFY(totals.complete > 0);
    }
    qInfo("%d jobs in %d runs: %d complete, %d reported as wrong, %d asked; %d readings of the whole table, %d of a "
          "page; 0 rows lost or doubled in silence",
          totals.jobs, totals.runs, totals.complete, totals.anomalies, totals.asked, totals.wholeReads,
          totals.pageReads);
}

/// The judge can say no: a service that stores later than the settle time allows for doubles rows, and that is seen.
void TestUploadSimulation::judgeSeesWhatAShortSettleTimeDoes()
{
    m_settleSeconds = 0;
    m_faultPercent = 15; // rows that are doubled early are else found by a later look
    const QTemporaryDir dir(inMemory());
    const auto journal = UploadJournal::open(dir.path(), UploadJournal::Durability::Fast);
    Totals totals;
    for (quint32 seed = 1; totals.silentDoubled == 0 && totals.jobs < 2000; ++seed)
        simulate(*journal, Evidence::Content, false, seed, totals);
    m_settleSeconds = 60;
    m_faultPercent = 50;
    QVERIFY(totals.silentDoubled > 0);
}

QTEST_GUILESS_MAIN(TestUploadSimulation)
#include "tst_uploadsimulation.moc"
