#include "transfer/uploadjobstage.h"
#include "transfer/uploadtally.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace rowdesk;
using namespace rowdesk::test;

/// The job against every way in which a call can end, and what it says of the table.
class TestUploadJob : public QObject, protected UploadJobStage
{
    Q_OBJECT
private slots:
    void init() { setUp(); }
    void cleanup() { tearDown(); }

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
};

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

QTEST_GUILESS_MAIN(TestUploadJob)
#include "tst_uploadjob.moc"
