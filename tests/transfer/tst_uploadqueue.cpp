#include "support/fakenetworkaccessmanager.h"
#include "transfer/listsource.h"
#include "transfer/uploadqueue.h"

#include <QDir>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace rowdesk;
using namespace rowdesk::test;

using State = UploadEntry::State;

class TestUploadQueue : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void cleanup();
    void oneJobATable();
    void tablesRunSideBySide();
    void cancelsWaiting();
    void cancelsRunning();
    void pausesAndGoesOn();
    void cancelOfAPausedUploadEndsIt();
    void cancelOfAPausedUploadKeepsWhatIsUnknown();
    void pauseBeforeAnythingWasSentKeepsTheUpload();
    void uploadsOfAnotherAccountAreNotOffered();
    void sameFileIsSaid();
    void versionsOfUploadsAreKnown();
    void afterALostJournalANewOneIsBegun();

private:
    UploadPlan plan(const QString &table) const;
    State stateOf(const QString &id) const { return m_queue->entry(id)->state; }

    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<FakeNetworkAccessManager> m_network;
    std::unique_ptr<ApiClient> m_client;
    std::unique_ptr<UploadQueue> m_queue;
    int m_delay = 20;                 ///< msec until rows that were sent are answered
    static constexpr int slow = 2000; ///< long enough to be seen on their way, however busy the machine is
};

void TestUploadQueue::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
    qputenv("ROWDESK_DATA_DIR", m_dir->path().toUtf8());
    m_network = std::make_unique<FakeNetworkAccessManager>();
    m_delay = 20;
    m_network->respond = [this](const FakeRequest &request) {
        FakeAnswer answer = FakeAnswer::json("OK");
        answer.contentType = "text/plain";
        answer.delayMs = request.verb == "POST" ? m_delay : 20;
        return answer;
    };
    m_client = std::make_unique<ApiClient>(m_network.get(), QUrl(QStringLiteral("http://127.0.0.1:1/")));
    m_queue = std::make_unique<UploadQueue>(DataService(m_client.get()));
}

void TestUploadQueue::cleanup()
{
    m_queue.reset();
    m_client.reset();
    m_network.reset();
}

UploadPlan TestUploadQueue::plan(const QString &table) const
{
    UploadPlan plan;
    plan.source = ListSource::numbered(600);
    plan.sourceName = QStringLiteral("rows.csv");
    plan.target.columns = {{QStringLiteral("n"), ColumnType::Number}};
    plan.sourceColumn = {0};
    plan.datasetId = table;
    plan.newTable.name = QStringLiteral("Table ") + table;
    plan.rowsExpected = 600;
    return plan;
}

void TestUploadQueue::oneJobATable()
{
    QSignalSpy finished(m_queue.get(), &UploadQueue::finished);
    const QString first = m_queue->add(plan(QStringLiteral("1")));
    const QString second = m_queue->add(plan(QStringLiteral("1")));
    QCOMPARE(stateOf(first), State::Running);
    QCOMPARE(stateOf(second), State::Waiting);
    QVERIFY(m_queue->isBusy());
    QTRY_COMPARE(finished.size(), 1);
    QCOMPARE(finished[0][0].toString(), first);
    QCOMPARE(stateOf(second), State::Running);
    QTRY_COMPARE(finished.size(), 2);
    QVERIFY(!m_queue->isBusy());
    const QVector<UploadEntry> entries = m_queue->entries();
    QCOMPARE(entries.size(), 2);
    QCOMPARE(entries[1].job, second);
    QCOMPARE(entries[1].sourceName, QStringLiteral("rows.csv"));
    QCOMPARE(entries[1].targetName, QStringLiteral("Table 1"));
    QVERIFY(!entries[1].createsTable);
    QCOMPARE(entries[1].rowsTotal, std::optional<qint64>(600));
    QVERIFY(entries[1].receipt.complete);
    QCOMPARE(entries[1].receipt.rowsConfirmed, 600);
}

void TestUploadQueue::tablesRunSideBySide()
{
    QSignalSpy finished(m_queue.get(), &UploadQueue::finished);
    m_queue->add(plan(QStringLiteral("1")));
    const QString second = m_queue->add(plan(QStringLiteral("2")));
    QCOMPARE(stateOf(second), State::Running);
    QTRY_COMPARE(finished.size(), 2);
}

void TestUploadQueue::cancelsWaiting()
{
    QSignalSpy finished(m_queue.get(), &UploadQueue::finished);
    const QString first = m_queue->add(plan(QStringLiteral("1")));
    const QString second = m_queue->add(plan(QStringLiteral("1")));
    m_queue->cancel(second);
    QCOMPARE(stateOf(second), State::Ended);
    QCOMPARE(m_queue->entry(second)->receipt.rowsRead, 0);
    QCOMPARE(stateOf(first), State::Running);
    QTRY_COMPARE(finished.size(), 2);
    QVERIFY(m_queue->entry(first)->receipt.complete);
}

void TestUploadQueue::cancelsRunning()
{
    QSignalSpy finished(m_queue.get(), &UploadQueue::finished);
    QString id;
    State seen = State::Waiting;
    const auto answer = m_network->respond;
    m_network->respond = [&](const FakeRequest &request) {
        if (request.verb == "POST") {
            m_queue->cancel(id); // while the first call is under way
            seen = stateOf(id);
        }
        return answer(request);
    };
    id = m_queue->add(plan(QStringLiteral("1")));
    QTRY_COMPARE(finished.size(), 1);
    QCOMPARE(seen, State::Stopping);
    const UploadEntry entry = *m_queue->entry(id);
    QCOMPARE(entry.state, State::Ended);
    QCOMPARE(entry.receipt.rowsConfirmed, 500);
    QVERIFY(!entry.receipt.complete);
    QCOMPARE(entry.receipt.error->message, QStringLiteral("Cancelled by hand."));
    UploadQueue later{DataService(m_client.get())};
    QCOMPARE(later.receipt(id)->error->message, QStringLiteral("Cancelled by hand."));
}

void TestUploadQueue::pausesAndGoesOn()
{
    QSignalSpy finished(m_queue.get(), &UploadQueue::finished);
    m_delay = slow;
    const QString id = m_queue->add(plan(QStringLiteral("1")));
    QTRY_COMPARE(m_queue->entry(id)->receipt.rowsSent, 500);
    m_delay = 20;
    m_queue->pause(id);
    QCOMPARE(stateOf(id), State::Stopping);
    QTRY_COMPARE(finished.size(), 1);
    QCOMPARE(stateOf(id), State::Paused);
    const Receipt receipt = m_queue->entry(id)->receipt;
    QCOMPARE(receipt.rowsConfirmed, 500);
    QCOMPARE(receipt.inTable, (QVector<RowRange>{{1, 500, 500}}));
    QCOMPARE(receipt.notSent, (QVector<RowRange>{{501, 600, 100}}));
    QVERIFY(receipt.unknown.isEmpty());
    QVERIFY(!m_queue->isBusy());
    QVERIFY(m_queue->unfinished()->isEmpty()); // it is among the uploads of this session
    QCOMPARE(m_network->count("POST"), 1);
    m_queue->resume(id);
    QTRY_COMPARE(finished.size(), 2);
    QCOMPARE(stateOf(id), State::Ended);
    QVERIFY(m_queue->entry(id)->receipt.complete);
    QCOMPARE(m_network->count("POST"), 2);
}

void TestUploadQueue::cancelOfAPausedUploadEndsIt()
{
    QSignalSpy finished(m_queue.get(), &UploadQueue::finished);
    m_delay = slow;
    const QString id = m_queue->add(plan(QStringLiteral("1")));
    QTRY_COMPARE(m_queue->entry(id)->receipt.rowsSent, 500);
    m_delay = 20;
    m_queue->pause(id);
    QTRY_COMPARE(stateOf(id), State::Paused);
    m_queue->cancel(id);
    QCOMPARE(stateOf(id), State::Ended);
    QCOMPARE(m_queue->entry(id)->receipt.error->message, QStringLiteral("Cancelled by hand while it was paused."));
    QVERIFY(m_queue->unfinished()->isEmpty());
    const Result<Receipt> told = m_queue->receipt(id);
    QVERIFY(told->toText().contains(QStringLiteral("Why it stopped: Cancelled by hand while it was paused.\n")));
    QVERIFY(told->toText().contains(QStringLiteral("Rows confirmed by the service: 500 (1–500)\n")));
    QVERIFY(told->toText().contains(QStringLiteral("Rows not sent or refused: 100 (501–600)\n")));
    QVERIFY(told->toText().contains(QStringLiteral("Rows of the table after: not counted: the table is counted once")));
    UploadQueue later{DataService(m_client.get())};
    QVERIFY(later.unfinished()->isEmpty());
    const QVector<UploadEntry> known = later.earlier(10);
    QCOMPARE(known.size(), 1);
    QCOMPARE(known[0].receipt.rowsConfirmed, 500);
    QCOMPARE(known[0].targetName, QStringLiteral("Table 1"));
    QVERIFY(later.receipt(id)->endedAt > 0);
    QCOMPARE(later.receipt(id)->error->message, m_queue->entry(id)->receipt.error->message);
}

/// Nobody would ask after those rows any more.
void TestUploadQueue::cancelOfAPausedUploadKeepsWhatIsUnknown()
{
    m_network->respond = [](const FakeRequest &request) {
        if (request.verb == "POST")
            return FakeAnswer::failure(QNetworkReply::RemoteHostClosedError);
        FakeAnswer answer = FakeAnswer::json("[]");
        answer.delayMs = request.url.path() == QLatin1String("/data") ? 0 : slow;
        return answer;
    };
    const QString id = m_queue->add(plan(QStringLiteral("1")));
    QTRY_VERIFY(m_queue->entry(id)->isLooking);
    m_queue->pause(id);
    QTRY_COMPARE(stateOf(id), State::Paused);
    QCOMPARE(m_queue->entry(id)->receipt.rowsUnknown, 500);
    m_queue->cancel(id);
    QCOMPARE(stateOf(id), State::Ended);
    const auto open = m_queue->unfinished();
    QCOMPARE(open->size(), 1);
    QCOMPARE(open->first().entry.job, id);
    QCOMPARE(open->first().entry.receipt.rowsUnknown, 500);
}

void TestUploadQueue::pauseBeforeAnythingWasSentKeepsTheUpload()
{
    const QString id = m_queue->add(plan(QStringLiteral("1")));
    m_queue->pause(id); // its rows are still being put on disk
    QTRY_COMPARE(stateOf(id), State::Paused);
    QCOMPARE(m_network->count("POST"), 0);
    m_queue->resume(id);
    QTRY_VERIFY(m_queue->entry(id)->receipt.complete);
    QCOMPARE(m_network->count("POST"), 2);
}

void TestUploadQueue::uploadsOfAnotherAccountAreNotOffered()
{
    m_client->setAccount(QStringLiteral("http://127.0.0.1:1/ one"));
    m_delay = slow;
    const QString id = m_queue->add(plan(QStringLiteral("1")));
    QTRY_COMPARE(m_queue->entry(id)->receipt.rowsSent, 500);
    m_delay = 20;
    m_queue.reset(); // the program ends
    ApiClient other(m_network.get(), QUrl(QStringLiteral("http://127.0.0.1:1/")));
    other.setAccount(QStringLiteral("http://127.0.0.1:1/ two"));
    QVERIFY(UploadQueue{DataService(&other)}.unfinished()->isEmpty());
    // The same account at another address, as the sample data has one at each start.
    ApiClient moved(m_network.get(), QUrl(QStringLiteral("http://127.0.0.1:2/")));
    moved.setAccount(QStringLiteral("http://127.0.0.1:1/ one"));
    UploadQueue next{DataService(&moved)};
    QCOMPARE(next.unfinished()->size(), 1);
    QTest::qWait(20);
    QCOMPARE(m_network->count("POST"), 1); // nothing is sent before it is told to
    QVERIFY(next.decide(id, UploadChoice::TheyAreThere));
    next.resume(id);
    QTRY_VERIFY(next.entry(id)->receipt.complete);
    QCOMPARE(m_network->count("POST"), 2);
}

void TestUploadQueue::sameFileIsSaid()
{
    QSignalSpy finished(m_queue.get(), &UploadQueue::finished);
    UploadPlan first = plan(QStringLiteral("1"));
    first.file = {QStringLiteral("/rows.csv"), 10, "abc"};
    QVERIFY(m_queue->earlierNote("abc", QStringLiteral("1")).isEmpty());
    m_queue->add(first);
    QTRY_COMPARE(finished.size(), 1);
    const QString same = m_queue->earlierNote("abc", QStringLiteral("1"));
    QVERIFY2(same.contains(QStringLiteral("already uploaded")) && same.contains(QStringLiteral("“Table 1” (600 rows)")),
             qPrintable(same));
    const QString other = m_queue->earlierNote("abc", QStringLiteral("2"));
    QVERIFY2(other.contains(QStringLiteral("uploaded before")) && !other.contains(QStringLiteral("second time")),
             qPrintable(other));
    QCOMPARE(m_queue->earlierNote("abc", {}), other);
    QVERIFY(m_queue->earlierNote("abd", QStringLiteral("1")).isEmpty());
    QVERIFY(m_queue->earlierNote({}, QStringLiteral("1")).isEmpty());
}

void TestUploadQueue::versionsOfUploadsAreKnown()
{
    QSignalSpy finished(m_queue.get(), &UploadQueue::finished);
    UploadPlan counted = plan(QStringLiteral("1"));
    counted.rowsBefore = 5;
    const QString id = m_queue->add(counted);
    QTRY_COMPARE(finished.size(), 1);
    QVERIFY(m_queue->versionsOf(QStringLiteral("1")).isEmpty()); // the service told none
    const auto journal = UploadJournal::open(UploadJournal::defaultFolder());
    QVERIFY(journal && (*journal)->setAfter(id, 605, QStringLiteral("7")));
    const QVector<UploadedVersions> found = m_queue->versionsOf(QStringLiteral("1"));
    QCOMPARE(found.size(), 1);
    QCOMPARE(found[0].sourceName, QStringLiteral("rows.csv"));
    QCOMPARE(found[0].after, QStringLiteral("7"));
    QCOMPARE(found[0].rowsBefore, 5);
    QCOMPARE(found[0].rows, 600);
    QVERIFY(m_queue->versionsOf(QStringLiteral("2")).isEmpty());
}

void TestUploadQueue::afterALostJournalANewOneIsBegun()
{
    QSignalSpy finished(m_queue.get(), &UploadQueue::finished);
    m_queue->add(plan(QStringLiteral("1")));
    QTRY_COMPARE(finished.size(), 1);
    QVERIFY(QDir(UploadJournal::defaultFolder()).removeRecursively());
    const QString second = m_queue->add(plan(QStringLiteral("1")));
    QTRY_COMPARE(finished.size(), 2);
    QVERIFY(m_queue->entry(second)->receipt.complete);
    const auto found = UploadJournal::open(UploadJournal::defaultFolder());
    QVERIFY(found && (*found)->job(second));
}

QTEST_GUILESS_MAIN(TestUploadQueue)
#include "tst_uploadqueue.moc"
