#include "transfer/hastyclock.h"
#include "transfer/listsource.h"
#include "transfer/longtable.h"
#include "transfer/uploadjob.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace rowdesk;
using namespace rowdesk::test;

/// What became of rows whose answer was lost is found out from the end of the table where that proves it, however long
/// the table is, and from all of it where it does not.
class TestTableTail : public QObject
{
    Q_OBJECT
private slots:
    void init();

    void fewRequestsHoweverLongTheTable_data();
    void fewRequestsHoweverLongTheTable();
    void marksAreSeenAmongOthersRows();
    void whatTheEndDoesNotProveIsReadWhole_data();
    void whatTheEndDoesNotProveIsReadWhole();
    void rowsThatCoverUpOthersAreNotSentAgain_data();
    void rowsThatCoverUpOthersAreNotSentAgain();
    void batchesAlikeProveNothing_data();
    void batchesAlikeProveNothing();
    void firstBatchHasNothingToCompareWith();

private:
    static constexpr int rows = 1500; ///< three calls
    static constexpr int mostRequests = 40;

    Receipt run(Evidence evidence = Evidence::Content);
    /// Rows of the upload that are not in the table exactly once.
    int wrong() const;

    LongTable m_table;
    int m_different = rows; ///< rows of the file, before they begin again
    int m_pages = 0; ///< that were read for the verdict
    bool m_undecided = false;
};

void TestTableTail::init()
{
    m_table = LongTable();
    m_different = rows;
}

Receipt TestTableTail::run(Evidence evidence)
{
    const QTemporaryDir dir;
    FakeNetworkAccessManager network;
    ApiClient client(&network, QUrl(QStringLiteral("http://127.0.0.1:1/")));
    client.setApiVersion(m_table.classic ? QString() : QStringLiteral("2022.01"));
    client.setRetryPolicy(RetryPolicy{1});
    network.respond = [this](const FakeRequest &request) { return m_table.respond(request); };
    const auto source = ListSource::numbered(m_different);
    for (int i = m_different; i < rows; ++i)
        source->rows.append(source->rows[i % m_different]);
    UploadPlan plan = planFor(source);
    plan.evidence = evidence;
    if (evidence == Evidence::Key)
        plan.keyColumns = {QStringLiteral("n")};
    plan.settleSeconds = 0; // three looks, one after the other
    UploadJob job(
        {serviceTarget(DataService(&client)), UploadJournal::open(dir.path()), std::make_shared<HastyClock>()}, plan);
    bool looks = false;
    m_pages = 0;
    int pagesBefore = 0;
    connect(&job, &UploadJob::progressed, this, [&] {
        if (job.isLooking() && !looks)
            pagesBefore = m_table.pagesRead;
        if (looks && !job.isLooking() && m_pages == 0)
            m_pages = m_table.pagesRead - pagesBefore;
        looks = job.isLooking();
    });
    QSignalSpy finished(&job, &UploadJob::finished);
    job.start();
    if (!finished.wait(240'000)) // an event loop: each hop of qWaitFor() takes 10 ms
        qFatal("the job never finished");
    m_undecided = job.isUndecided();
    return job.receipt();
}

int TestTableTail::wrong() const
{
    std::vector<int> counts(rows + 1);
    for (const LongTable::Row &row : m_table.added) {
        if (row.n > 0)
            ++counts[size_t(row.n)];
    }
    return rows - int(std::count(counts.begin() + 1, counts.end(), 1));
}

void TestTableTail::fewRequestsHoweverLongTheTable_data()
{
    using Fate = LongTable::Fate;
    QTest::addColumn<bool>("classic");
    QTest::addColumn<int>("size");
    QTest::addColumn<bool>("tellsTotal");
    QTest::addColumn<Fate>("fate");
    QTest::addColumn<Evidence>("evidence");
    const std::pair<const char *, Fate> fates[] = {
        {"stored", Fate::LostStored}, {"half stored", Fate::LostHalf}, {"not stored", Fate::LostNotStored}};
    for (const auto &[name, fate] : fates) {
        QTest::addRow("versioned, %s", name) << false << 1000 << true << fate << Evidence::Content;
        QTest::addRow("no total, %s", name) << false << 1000 << false << fate << Evidence::Content;
        QTest::addRow("classic, %s", name) << true << 1000 << false << fate << Evidence::Content;
        QTest::addRow("small pages, %s", name) << true << 200 << false << fate << Evidence::Content;
        QTest::addRow("key, %s", name) << true << 1000 << false << fate << Evidence::Key;
    }
}

void TestTableTail::fewRequestsHoweverLongTheTable()
{
    QFETCH(LongTable::Fate, fate);
    QFETCH(Evidence, evidence);
    QFETCH(bool, classic);
    QFETCH(bool, tellsTotal);
    QFETCH(int, size);
    m_table.classic = classic;
    m_table.tellsTotal = tellsTotal;
    m_table.size = size;
    // With a key all rows are looked at once more at the end; what is counted here is the verdict.
    m_table.before = evidence == Evidence::Key ? 100'000 : 1'000'000;
    m_table.fates = {{2, fate}};
    const Receipt receipt = run(evidence);
    QVERIFY2(receipt.complete, receipt.error ? qPrintable(receipt.error->message) : "");
    QCOMPARE(wrong(), 0);
    QVERIFY2(m_pages > 0 && m_pages <= mostRequests, qPrintable(QString::number(m_pages)));
    qInfo("%d pages", m_pages);
}

void TestTableTail::marksAreSeenAmongOthersRows()
{
    m_table.before = 100'000;
    m_table.othersRows = 30;
    m_table.fates = {{2, LongTable::Fate::LostStored}};
    const Receipt receipt = run(Evidence::Marker);
    QVERIFY(receipt.complete);
    QCOMPARE(wrong(), 0);
    QVERIFY2(m_pages > 0 && m_pages <= mostRequests, qPrintable(QString::number(m_pages)));
}

void TestTableTail::whatTheEndDoesNotProveIsReadWhole_data()
{
    using Change = std::function<void(LongTable &)>;
    QTest::addColumn<Change>("change");
    QTest::addColumn<Evidence>("evidence");
    const auto content = Evidence::Content;
    QTest::newRow("newest first") << Change([](LongTable &t) { t.order = LongTable::Order::NewestFirst; }) << content;
    QTest::newRow("sorted") << Change([](LongTable &t) { t.order = LongTable::Order::Sorted; }) << content;
    QTest::newRow("fills gaps") << Change([](LongTable &t) { t.order = LongTable::Order::FillsGaps; }) << content;
    QTest::newRow("fills gaps, key") << Change([](LongTable &t) { t.order = LongTable::Order::FillsGaps; })
                                     << Evidence::Key;
    QTest::newRow("a smaller page") << Change([](LongTable &t) { t.sizes = {1000, 1000, 300}; }) << content;
    QTest::newRow("a larger page near the end")
        << Change([](LongTable &t) { t.sizes = std::vector<int>(19, 1000), t.sizes.push_back(1500); }) << content;
    QTest::newRow("page 404 behind the end")
        << Change([](LongTable &t) { t.before += 499, t.end = LongTable::End::NotFound; }) << content;
    QTest::newRow("the last page for ever")
        << Change([](LongTable &t) { t.end = LongTable::End::LastAgain; }) << content;
    QTest::newRow("marks, others add rows") << Change([](LongTable &t) { t.othersRows = 3; }) << Evidence::Marker;
    QTest::newRow("key, others add rows") << Change([](LongTable &t) { t.othersRows = 3; }) << Evidence::Key;
}

void TestTableTail::whatTheEndDoesNotProveIsReadWhole()
{
    using Change = std::function<void(LongTable &)>;
    QFETCH(Change, change);
    QFETCH(Evidence, evidence);
    for (const LongTable::Fate fate :
         {LongTable::Fate::LostNotStored, LongTable::Fate::LostHalf, LongTable::Fate::LostStored}) {
        for (const bool classic : {false, true}) {
            m_table = LongTable();
            m_table.classic = classic;
            m_table.before = 20'000;
            m_table.fates = {{2, fate}};
            change(m_table);
            const Receipt receipt = run(evidence);
            QVERIFY2(receipt.complete, receipt.error ? qPrintable(receipt.error->message) : "");
            QCOMPARE(wrong(), 0);
        }
    }
}

void TestTableTail::rowsThatCoverUpOthersAreNotSentAgain_data()
{
    QTest::addColumn<LongTable::Order>("order");
    QTest::newRow("appends") << LongTable::Order::Appends;
    QTest::newRow("newest first") << LongTable::Order::NewestFirst;
    QTest::newRow("sorted") << LongTable::Order::Sorted;
}

/// Someone removed as many rows as were stored: the count alone would say that nothing was.
void TestTableTail::rowsThatCoverUpOthersAreNotSentAgain()
{
    QFETCH(LongTable::Order, order);
    m_table.order = order;
    m_table.before = 20'000;
    m_table.othersRemove = 500;
    m_table.fates = {{2, LongTable::Fate::LostStored}};
    const Receipt receipt = run();
    QVERIFY(m_undecided); // a person decides
    QCOMPARE(receipt.rowsUnknown, 500);
    QCOMPARE(m_table.count(501), 1);
    QCOMPARE(m_table.added.size(), size_t(1000));
}

void TestTableTail::batchesAlikeProveNothing_data()
{
    QTest::addColumn<int>("different");
    QTest::addColumn<int>("removed");
    QTest::newRow("each batch is the one before") << 500 << 500;
    QTest::newRow("only their last rows are") << 100 << 500;
    QTest::newRow("one row for ever") << 1 << 7;
}

/// Where the rows before the lost ones look like these, the table's end fits all and none of them, and the number of
/// rows decides alone; someone who removes others makes it wrong.
void TestTableTail::batchesAlikeProveNothing()
{
    QFETCH(int, different);
    QFETCH(int, removed);
    m_different = different;
    m_table.before = 20'000;
    m_table.othersRemove = removed;
    m_table.fates = {{2, LongTable::Fate::LostStored}};
    const Receipt receipt = run();
    QVERIFY(m_undecided);
    QCOMPARE(receipt.rowsUnknown, 500);
    QCOMPARE(m_table.added.size(), size_t(1000));
}

/// Nothing of the upload is in the table yet, so nothing shows that it grows at its end.
void TestTableTail::firstBatchHasNothingToCompareWith()
{
    m_table.before = 20'000;
    m_table.fates = {{1, LongTable::Fate::LostNotStored}};
    const Receipt notStored = run();
    QVERIFY(notStored.complete);
    QCOMPARE(wrong(), 0);
    QVERIFY(m_pages > 3 * 20); // all of it, three times
    m_table = LongTable();
    m_table.before = 20'000;
    m_table.fates = {{1, LongTable::Fate::LostStored}};
    const Receipt stored = run();
    QVERIFY(stored.complete);
    QCOMPARE(wrong(), 0);
    QVERIFY(m_pages <= mostRequests);
}

QTEST_GUILESS_MAIN(TestTableTail)
#include "tst_tabletail.moc"
