#include "support/fakenetworkaccessmanager.h"
#include "transfer/listsource.h"
#include "transfer/uploadjob.h"
#include "transfer/uploadtally.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QSignalSpy>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>

using namespace rowdesk;
using namespace rowdesk::test;

namespace {

FakeAnswer stored(int rows)
{
    return FakeAnswer::json(R"({"success":true,"result":{"rows_inserted":)" + QByteArray::number(rows) +
                            R"(,"rows_found":0}})");
}

FakeAnswer text(const QByteArray &body)
{
    FakeAnswer answer = FakeAnswer::json(body);
    answer.contentType = "text/plain";
    return answer;
}

FakeAnswer envelopeError(int status)
{
    return FakeAnswer::json(R"({"success":false,"error":{"code":"ValidationError","description":"no such column"}})",
                            status);
}

} // namespace

/// The job against every way in which a call can end. After every transition the receipt must hold.
class TestUploadJob : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void cleanup();

    void sendsEveryRowOnceInOrder_data();
    void sendsEveryRowOnceInOrder();
    void noRowsIsComplete();
    void splitsLargeBodies();
    void badCallStopsTruthfully_data();
    void badCallStopsTruthfully();
    void countsTheTableBeforeAndAfter_data();
    void countsTheTableBeforeAndAfter();
    void countsANewTable();
    void createsAndAppends();
    void namesTheTableWhenAppendFails();
    void creationWithLostAnswer();
    void lostCreationIsFoundOut_data();
    void lostCreationIsFoundOut();
    void fileErrorMidway();
    void misfitStopsBeforeAnythingIsSent();
    void changedFileIsSaid();
    void cancelStopsAfterTheAnswer();
    void cancelBeforeStart();
    void deletedJobLetsNothingGo();
    void slowConnectionDelaysNoNews();
    void withoutAJournalNothingIsSent();
    void failsClosed_data();
    void failsClosed();
    void changedSpoolIsNotSent();

private:
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

void TestUploadJob::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
    m_network = std::make_unique<FakeNetworkAccessManager>();
    m_client = std::make_unique<ApiClient>(m_network.get(), QUrl(QStringLiteral("http://127.0.0.1:1/")));
    m_client->setApiVersion(QStringLiteral("2022.01"));
    m_allHeld = true;
    m_counts = false;
}

void TestUploadJob::cleanup()
{
    QVERIFY(m_allHeld);
    m_client.reset();
    m_network.reset();
}

UploadPlan TestUploadJob::plan(std::shared_ptr<RowSource> source) const
{
    return planFor(std::move(source));
}

UploadTools TestUploadJob::tools() const
{
    UploadTools tools{serviceTarget(DataService(m_client.get())), UploadJournal::open(m_dir->path())};
    tools.countsTable = m_counts;
    tools.patience = std::chrono::seconds(0);
    return tools;
}

JournalJob TestUploadJob::kept() const
{
    return (*UploadJournal::open(m_dir->path()))->jobs()->constFirst();
}

bool TestUploadJob::holds(const Receipt &r)
{
    const bool counts = r.rowsConfirmed >= 0 && r.rowsUnknown >= 0 && r.rowsSkipped >= 0 &&
                        r.rowsConfirmed + r.rowsUnknown <= r.rowsSent && r.rowsSent + r.rowsSkipped <= r.rowsRead;
    const bool unknown = (r.rowsUnknown > 0) == (r.firstUnknownRow > 0);
    const bool whole = !r.complete || (r.rowsRead == r.rowsConfirmed + r.rowsSkipped && !r.error);
    return counts && unknown && whole;
}

void TestUploadJob::watch(UploadJob &job)
{
    connect(&job, &UploadJob::progressed, this, [this, &job] { m_allHeld = m_allHeld && holds(job.receipt()); });
    connect(&job, &UploadJob::finished, this, [this, &job] { m_allHeld = m_allHeld && holds(job.receipt()); });
}

Receipt TestUploadJob::run(const UploadPlan &plan)
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

void TestUploadJob::sendsEveryRowOnceInOrder_data()
{
    QTest::addColumn<int>("rows");
    QTest::addColumn<bool>("classic");
    for (const int rows : {1, 499, 500, 501, 1000, 1234}) {
        QTest::addRow("%d versioned", rows) << rows << false;
        QTest::addRow("%d classic", rows) << rows << true;
    }
}

void TestUploadJob::sendsEveryRowOnceInOrder()
{
    QFETCH(int, rows);
    QFETCH(bool, classic);
    m_client->setApiVersion(classic ? QString() : QStringLiteral("2022.01"));
    m_network->respond = [classic](const FakeRequest &request) {
        const qsizetype count = QJsonDocument::fromJson(request.body)[QStringLiteral("data")].toArray().size();
        return classic ? text("Data added") : stored(static_cast<int>(count));
    };
    const Receipt receipt = run(plan(ListSource::numbered(rows)));
    QVERIFY(receipt.complete);
    QVERIFY(!receipt.error);
    QCOMPARE(receipt.rowsRead, rows);
    QCOMPARE(receipt.rowsSent, rows);
    QCOMPARE(receipt.rowsConfirmed, rows);
    int next = 1;
    for (const FakeRequest &request : m_network->requests()) {
        const QJsonArray data = QJsonDocument::fromJson(request.body)[QStringLiteral("data")].toArray();
        QVERIFY(data.size() <= DataService::maxRowsPerAppend);
        for (const QJsonValue &row : data) {
            const QJsonValue n = classic ? row[0][QStringLiteral("value")] : row[QStringLiteral("n")];
            QCOMPARE(n.toInt(), next++);
        }
    }
    QCOMPARE(next, rows + 1);
}

void TestUploadJob::noRowsIsComplete()
{
    const Receipt receipt = run(plan(ListSource::numbered(0)));
    QVERIFY(receipt.complete);
    QCOMPARE(receipt.rowsRead, 0);
    QVERIFY(m_network->requests().empty());
}

void TestUploadJob::splitsLargeBodies()
{
    auto source = std::make_shared<ListSource>(QStringList{QStringLiteral("n"), QStringLiteral("text")});
    for (int i = 0; i < 10; ++i)
        source->rows.append({QString::number(i), QString(i == 9 ? 1'500'000 : 300'000, QLatin1Char('x'))});
    m_network->respond = [](const FakeRequest &request) {
        return stored(static_cast<int>(QJsonDocument::fromJson(request.body)[QStringLiteral("data")].toArray().size()));
    };
    const Receipt receipt = run(plan(source));
    QVERIFY(receipt.complete);
    QCOMPARE(receipt.rowsConfirmed, 10);
    for (const FakeRequest &request : m_network->requests()) {
        const qsizetype rows = QJsonDocument::fromJson(request.body)[QStringLiteral("data")].toArray().size();
        QVERIFY(request.body.size() <= 1'000'000 || rows == 1);
    }
}

void TestUploadJob::badCallStopsTruthfully_data()
{
    // The second of three calls ends so; 500 rows are stored before it.
    QTest::addColumn<FakeAnswer>("answer");
    QTest::addColumn<qint64>("confirmed");
    QTest::addColumn<qint64>("unknown");
    FakeAnswer cut = stored(500);
    cut.body.chop(10);
    FakeAnswer halfSent = FakeAnswer::failure(QNetworkReply::RemoteHostClosedError);
    halfSent.bodyBytesRead = 100;
    FakeAnswer portal = text("<html>sign in</html>");
    portal.contentType = "text/html";
    const qint64 first = 500;
    QTest::newRow("lost answer") << FakeAnswer::failure(QNetworkReply::RemoteHostClosedError) << first << qint64(500);
    QTest::newRow("lost before the last byte") << halfSent << first << qint64(0);
    QTest::newRow("500") << envelopeError(500) << first << qint64(500);
    QTest::newRow("503") << FakeAnswer::json("{}", 503) << first << qint64(500);
    QTest::newRow("404") << envelopeError(404) << first << qint64(0);
    QTest::newRow("409") << envelopeError(409) << first << qint64(500);
    QTest::newRow("200 with an error") << envelopeError(200) << first << qint64(500);
    QTest::newRow("portal") << portal << first << qint64(500);
    QTest::newRow("cut answer") << cut << first << qint64(500);
    QTest::newRow("no count") << FakeAnswer::json(R"({"success":true,"result":{}})") << first << qint64(500);
    QTest::newRow("fewer") << stored(120) << qint64(620) << qint64(380);
    QTest::newRow("none") << stored(0) << first << qint64(500);
    QTest::newRow("more") << stored(501) << first << qint64(500);
}

void TestUploadJob::badCallStopsTruthfully()
{
    QFETCH(FakeAnswer, answer);
    m_network->script = {stored(500), answer, stored(234)};
    UploadPlan blind = plan(ListSource::numbered(1234));
    blind.evidence = Evidence::None; // else it would look
    const Receipt receipt = run(blind);
    QVERIFY(!receipt.complete);
    QVERIFY(receipt.error);
    QVERIFY(!receipt.error->message.isEmpty());
    QTEST(receipt.rowsConfirmed, "confirmed");
    QTEST(receipt.rowsUnknown, "unknown");
    QCOMPARE(receipt.firstUnknownRow, receipt.rowsUnknown > 0 ? 501 : 0);
    QCOMPARE(receipt.rowsRead, 1234);
    QCOMPARE(m_network->requests().size(), size_t(2)); // nothing was repeated, nothing more was sent
    // The journal says the same.
    const auto journal = UploadJournal::open(m_dir->path());
    QVERIFY(kept().state == JournalJob::State::Paused);
    const Receipt known = receiptOf(kept(), *(*journal)->batches(receipt.job), false);
    QCOMPARE(known.toJson(), receipt.toJson());
}

void TestUploadJob::countsTheTableBeforeAndAfter_data()
{
    QTest::addColumn<int>("added"); // what the list says was added
    QTest::addColumn<int>("lists"); // how often it is asked
    QTest::newRow("all") << 600 << 2;
    QTest::newRow("too few") << 599 << 4;
    QTest::newRow("too many") << 601 << 4;
}

void TestUploadJob::countsTheTableBeforeAndAfter()
{
    QFETCH(int, added);
    QFETCH(int, lists);
    m_counts = true;
    int sent = 0;
    m_network->respond = [&](const FakeRequest &request) {
        if (request.verb == "POST") {
            const qsizetype rows = QJsonDocument::fromJson(request.body)[QStringLiteral("data")].toArray().size();
            sent += static_cast<int>(rows);
            return stored(static_cast<int>(rows));
        }
        if (request.url.path().endsWith(QLatin1String("/versions")))
            return FakeAnswer::json(sent ? R"([{"version":4},{"version":5}])" : R"([{"version":4}])");
        return FakeAnswer::json(R"([{"id":4,"name":"Other","rows":1},{"id":5,"name":"Orders","rows":)" +
                                QByteArray::number(100 + (sent ? added : 0)) + "}]");
    };
    UploadPlan counted = plan(ListSource::numbered(600));
    counted.file = {QStringLiteral("/somewhere/rows.csv"), 12, "abc0"};
    const Receipt receipt = run(counted);
    QVERIFY(receipt.complete);
    QCOMPARE(receipt.rowsBefore, std::optional<qint64>(100));
    QCOMPARE(receipt.rowsAfter, std::optional<qint64>(100 + added));
    QCOMPARE(receipt.countDifference(), std::optional<qint64>(added - 600));
    QCOMPARE(receipt.isSound(), added == 600);
    QCOMPARE(receipt.summary() == QStringLiteral("All 600 rows are in the table."), added == 600);
    QCOMPARE(receipt.versionBefore, QStringLiteral("4"));
    QCOMPARE(receipt.versionAfter, QStringLiteral("5"));
    QCOMPARE(receipt.datasetName, QStringLiteral("Orders"));
    QCOMPARE(m_network->count("GET", QStringLiteral("/table")), lists);
    QCOMPARE(m_network->count("POST"), 2);
    const auto journal = UploadJournal::open(m_dir->path());
    const auto known = wholeReceipt(**journal, kept(), false);
    QVERIFY(known);
    QCOMPARE(known->toJson(), receipt.toJson());
    QCOMPARE(known->toJson()[QStringLiteral("file_sha256")].toString(), QStringLiteral("abc0"));
    QCOMPARE(known->toJson()[QStringLiteral("reconciles")].toBool(), added == 600);
}

void TestUploadJob::countsANewTable()
{
    m_counts = true;
    UploadPlan creating = plan(ListSource::numbered(3));
    creating.datasetId.clear();
    creating.newTable = {QStringLiteral("T"), QStringLiteral("d"), creating.target};
    m_network->script = {
        FakeAnswer::json(R"({"success":true,"result":{"id":9}})"), stored(3),
        FakeAnswer::json(R"([{"id":9,"name":"T"}])"), // no count: the first page is asked
        FakeAnswer::json(R"({"success":true,"result":[{"n":1}],"pagination":{"result_total_count":3}})"),
        FakeAnswer::json("{}", 404)}; // no history
    const Receipt receipt = run(creating);
    QVERIFY(receipt.isSound());
    QCOMPARE(receipt.rowsBefore, std::optional<qint64>(0));
    QCOMPARE(receipt.rowsAfter, std::optional<qint64>(3));
    QVERIFY(receipt.versionAfter.isEmpty());
}

void TestUploadJob::createsAndAppends()
{
    UploadPlan creating = plan(ListSource::numbered(3));
    creating.datasetId.clear();
    creating.newTable = {QStringLiteral("T"), QStringLiteral("d"), creating.target};
    m_network->script = {FakeAnswer::json(R"({"success":true,"result":{"id":9}})"), stored(3)};
    const Receipt receipt = run(creating);
    QVERIFY(receipt.complete);
    QCOMPARE(receipt.datasetId, QStringLiteral("9"));
    QCOMPARE(m_network->requests().back().url.path(), QStringLiteral("/data/9/insert"));
}

void TestUploadJob::namesTheTableWhenAppendFails()
{
    UploadPlan creating = plan(ListSource::numbered(3));
    creating.datasetId.clear();
    creating.newTable = {QStringLiteral("T"), {}, creating.target};
    m_network->script = {FakeAnswer::json(R"({"success":true,"result":{"id":9}})"), envelopeError(403)};
    const Receipt receipt = run(creating);
    QVERIFY(!receipt.complete);
    QCOMPARE(receipt.datasetId, QStringLiteral("9"));
    QCOMPARE(receipt.rowsConfirmed, 0);
    QCOMPARE(receipt.rowsUnknown, 0);
}

void TestUploadJob::creationWithLostAnswer()
{
    UploadPlan creating = plan(ListSource::numbered(3));
    creating.datasetId.clear();
    creating.newTable = {QStringLiteral("T"), {}, creating.target};
    m_network->script = {FakeAnswer::failure(QNetworkReply::RemoteHostClosedError), envelopeError(403)};
    const Receipt receipt = run(creating);
    QVERIFY(!receipt.complete);
    QVERIFY(receipt.datasetId.isEmpty());
    QVERIFY(receipt.tableUnknown);
    QCOMPARE(receipt.summary(), QStringLiteral("Whether the table T was made is not known; no row was sent to it."));
    QCOMPARE(m_network->count("POST"), 1);
    QVERIFY(kept().creation == JournalJob::Creation::Asked && kept().state == JournalJob::State::Paused);
}

void TestUploadJob::lostCreationIsFoundOut_data()
{
    QTest::addColumn<QByteArray>("list");
    QTest::addColumn<int>("posts");
    QTest::newRow("made") << QByteArray(R"([{"id":9,"name":"T","rows":0}])") << 2;
    QTest::newRow("not made") << QByteArray("[]") << 3;
}

void TestUploadJob::lostCreationIsFoundOut()
{
    QFETCH(QByteArray, list);
    QFETCH(int, posts);
    UploadPlan creating = plan(ListSource::numbered(3));
    creating.datasetId.clear();
    creating.newTable = {QStringLiteral("T"), {}, creating.target};
    int creations = 0;
    m_network->respond = [&](const FakeRequest &request) {
        if (request.verb == "GET")
            return FakeAnswer::json(list);
        if (request.url.path().endsWith(QLatin1String("/insert")))
            return stored(3);
        return ++creations == 1 ? FakeAnswer::failure(QNetworkReply::RemoteHostClosedError)
                                : FakeAnswer::json(R"({"success":true,"result":{"id":9}})");
    };
    const Receipt receipt = run(creating);
    QVERIFY(receipt.complete);
    QVERIFY(!receipt.tableUnknown);
    QCOMPARE(receipt.datasetId, QStringLiteral("9"));
    QCOMPARE(m_network->count("POST"), posts);
}

void TestUploadJob::fileErrorMidway()
{
    auto source = ListSource::numbered(1234);
    source->failAt = 700;
    m_network->respond = [](const FakeRequest &request) {
        return stored(static_cast<int>(QJsonDocument::fromJson(request.body)[QStringLiteral("data")].toArray().size()));
    };
    const Receipt receipt = run(plan(source));
    QVERIFY(!receipt.complete);
    QCOMPARE(receipt.error->kind, ErrorKind::File);
    QCOMPARE(receipt.rowsRead, 700);
    QCOMPARE(receipt.rowsConfirmed, 0);
    QVERIFY(m_network->requests().empty()); // a damaged file is found before anything leaves
}

void TestUploadJob::misfitStopsBeforeAnythingIsSent()
{
    auto source = ListSource::numbered(1234);
    source->rows[600][0] = QStringLiteral("abc");
    m_network->script = {stored(500)};
    const Receipt receipt = run(plan(source));
    QVERIFY(!receipt.complete);
    QVERIFY(receipt.error->message.contains(QStringLiteral("Line 602, column n: \"abc\"")));
    QCOMPARE(receipt.rowsSent, 0);
    QVERIFY(m_network->requests().empty());
}

void TestUploadJob::changedFileIsSaid()
{
    UploadPlan changed = plan(ListSource::numbered(3));
    changed.rowsExpected = 4;
    m_network->script = {stored(3)};
    const Receipt receipt = run(changed);
    QVERIFY(!receipt.complete);
    QCOMPARE(receipt.error->kind, ErrorKind::File);
    QCOMPARE(receipt.rowsSent, 0);
}

void TestUploadJob::cancelStopsAfterTheAnswer()
{
    FakeAnswer slow = stored(500);
    slow.delayMs = 2000; // long enough to be seen on its way, however busy the machine is
    m_network->script = {slow, stored(500), stored(234)};
    UploadJob job(tools(), plan(ListSource::numbered(1234)));
    watch(job);
    QSignalSpy finished(&job, &UploadJob::finished);
    job.start();
    QTRY_COMPARE(job.receipt().rowsSent, 500);
    job.cancel();
    QTRY_COMPARE(finished.size(), 1);
    QCOMPARE(job.receipt().rowsConfirmed, 500);
    QCOMPARE(job.receipt().rowsUnknown, 0);
    QCOMPARE(job.receipt().error->kind, ErrorKind::Cancelled);
    QCOMPARE(m_network->requests().size(), size_t(1));
}

void TestUploadJob::cancelBeforeStart()
{
    UploadJob job(tools(), plan(ListSource::numbered(10)));
    watch(job);
    QSignalSpy finished(&job, &UploadJob::finished);
    job.cancel();
    job.start();
    QCOMPARE(finished.size(), 1);
    QVERIFY(m_network->requests().empty());
}

void TestUploadJob::deletedJobLetsNothingGo()
{
    m_network->respond = [](const FakeRequest &) { return FakeAnswer::hanging(); };
    auto job = std::make_unique<UploadJob>(tools(), plan(ListSource::numbered(100'000)));
    job->start();
    job.reset(); // while the worker reads
    QTest::qWait(20);
    QVERIFY(m_network->requests().empty());
}
void TestUploadJob::slowConnectionDelaysNoNews()
{
    FakeAnswer stuck = FakeAnswer::hanging();
    stuck.bodyBytesRead = 100;
    m_network->script = {stored(500), stuck};
    UploadJob job(tools(), plan(ListSource::numbered(1000)));
    job.start();
    QTRY_COMPARE(m_network->requests().size(), size_t(2));
    const auto state = [this](qsizetype index) { return (*(*tools().journal)->batches(kept().id))[index].state; };
    // The first answer gets into the journal although the second call does not get on.
    QTRY_VERIFY(state(0) == BatchState::Confirmed);
    QVERIFY(state(1) == BatchState::Sending);
}

void TestUploadJob::withoutAJournalNothingIsSent()
{
    UploadTools with = tools();
    with.journal = ApiError{ErrorKind::Local, 0, {}, QStringLiteral("no journal"), {}, {}};
    UploadJob job(with, plan(ListSource::numbered(10)));
    QSignalSpy finished(&job, &UploadJob::finished);
    job.start();
    QTRY_COMPARE(finished.size(), 1);
    QCOMPARE(job.receipt().error->message, QStringLiteral("no journal"));
    QVERIFY(m_network->requests().empty());
}

void TestUploadJob::failsClosed_data()
{
    // The journal stops taking this step, as when its disk is full.
    QTest::addColumn<QString>("step");
    QTest::addColumn<int>("begun"); // calls that were begun
    QTest::addColumn<int>("whole"); // calls whose last byte left
    QTest::addColumn<int>("unknown");
    QTest::newRow("adding the job") << QStringLiteral("BEFORE INSERT ON batch") << 0 << 0 << 0;
    QTest::newRow("before sending") << QStringLiteral("BEFORE UPDATE ON batch WHEN NEW.state='SENDING'") << 0 << 0 << 0;
    QTest::newRow("before the last byte")
        << QStringLiteral("BEFORE UPDATE ON batch WHEN NEW.state='RELEASED'") << 1 << 0 << 0;
    QTest::newRow("after the answer") << QStringLiteral("BEFORE UPDATE ON batch WHEN NEW.state='CONFIRMED'") << 2 << 1
                                      << 500; // the second call is on its way by then, without its last byte
    QTest::newRow("noting the attempt") << QStringLiteral("BEFORE INSERT ON attempt") << 0 << 0 << 0;
    QTest::newRow("noting the release") << QStringLiteral("BEFORE UPDATE ON attempt WHEN NEW.t_released NOT NULL") << 1
                                        << 0 << 0;
}

void TestUploadJob::failsClosed()
{
    QFETCH(QString, step);
    QFETCH(int, begun);
    QFETCH(int, whole);
    QFETCH(int, unknown);
    m_network->respond = [](const FakeRequest &) { return stored(500); };
    const UploadTools with = tools();
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("outside"));
        database.setDatabaseName(m_dir->filePath(QStringLiteral("journal.db")));
        QVERIFY(database.open());
        QSqlQuery query(database);
        QVERIFY(
            query.exec(QStringLiteral("CREATE TRIGGER full %1 BEGIN SELECT RAISE(ABORT, 'disk full'); END").arg(step)));
    }
    QSqlDatabase::removeDatabase(QStringLiteral("outside"));
    UploadJob job(with, plan(ListSource::numbered(1000)));
    watch(job);
    QSignalSpy finished(&job, &UploadJob::finished);
    job.start();
    QTRY_COMPARE(finished.size(), 1);
    QVERIFY(!job.receipt().complete);
    QCOMPARE(job.receipt().error->kind, ErrorKind::Local);
    QVERIFY(job.receipt().error->message.contains(QStringLiteral("disk full")));
    QCOMPARE(job.receipt().rowsConfirmed, 0);
    QCOMPARE(job.receipt().rowsUnknown, unknown);
    QCOMPARE(int(m_network->requests().size()), begun);
    QCOMPARE(int(std::count_if(m_network->requests().begin(), m_network->requests().end(),
                               [](const FakeRequest &request) { return request.complete; })),
             whole);
}

void TestUploadJob::changedSpoolIsNotSent()
{
    m_network->respond = [this](const FakeRequest &) {
        // While the first call is under way the third one's bytes are spoilt; the second one's are at hand already.
        QFile spool((*tools().journal)->spoolPath(kept().id));
        if (spool.open(QIODevice::ReadWrite) && spool.seek(spool.size() - 10))
            spool.write("7");
        return stored(500);
    };
    const Receipt receipt = run(plan(ListSource::numbered(1500)));
    QCOMPARE(receipt.rowsConfirmed, 1000);
    QCOMPARE(receipt.rowsUnknown, 0);
    QCOMPARE(receipt.error->kind, ErrorKind::Local);
    QCOMPARE(m_network->requests().size(), size_t(2));
}

QTEST_GUILESS_MAIN(TestUploadJob)
#include "tst_uploadjob.moc"
