#include "transfer/journalsamples.h"
#include "transfer/uploadjobstage.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QSqlDatabase>
#include <QSqlQuery>

#include <unistd.h>

using namespace rowdesk;
using namespace rowdesk::test;

/// What ends a job before its end: its file, a person, a journal or a spool that fails.
class TestUploadStops : public QObject, protected UploadJobStage
{
    Q_OBJECT
private slots:
    void init() { setUp(); }
    void cleanup() { tearDown(); }

    void fileErrorMidway();
    void misfitStopsBeforeAnythingIsSent();
    void changedFileIsSaid();
    void cancelStopsAfterTheAnswer();
    void cancelBeforeStart();
    void deletedJobLetsNothingGo();
    void slowConnectionDelaysNoNews();
    void newsThatCantBeWrittenStopsTheNextCall();
    void columnOfTheMarksInTheFile();
    void withoutAJournalNothingIsSent();
    void failsClosed_data();
    void failsClosed();
    void lostJournalStops_data();
    void lostJournalStops();
    void changedSpoolIsNotSent();
};

void TestUploadStops::fileErrorMidway()
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

void TestUploadStops::misfitStopsBeforeAnythingIsSent()
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

void TestUploadStops::changedFileIsSaid()
{
    UploadPlan changed = plan(ListSource::numbered(3));
    changed.rowsExpected = 4;
    m_network->script = {stored(3)};
    const Receipt receipt = run(changed);
    QVERIFY(!receipt.complete);
    QCOMPARE(receipt.error->kind, ErrorKind::File);
    QCOMPARE(receipt.rowsSent, 0);
}

void TestUploadStops::cancelStopsAfterTheAnswer()
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

void TestUploadStops::cancelBeforeStart()
{
    UploadJob job(tools(), plan(ListSource::numbered(10)));
    watch(job);
    QSignalSpy finished(&job, &UploadJob::finished);
    job.cancel();
    job.start();
    QCOMPARE(finished.size(), 1);
    QVERIFY(m_network->requests().empty());
}

void TestUploadStops::deletedJobLetsNothingGo()
{
    m_network->respond = [](const FakeRequest &) { return FakeAnswer::hanging(); };
    auto job = std::make_unique<UploadJob>(tools(), plan(ListSource::numbered(100'000)));
    job->start();
    job.reset(); // while the worker reads
    QTest::qWait(20);
    QVERIFY(m_network->requests().empty());
}

void TestUploadStops::slowConnectionDelaysNoNews()
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

/// The same, and the journal can't take the first answer: the second call never gets its last byte.
void TestUploadStops::newsThatCantBeWrittenStopsTheNextCall()
{
    FakeAnswer stuck = FakeAnswer::hanging();
    stuck.bodyBytesRead = 100;
    m_network->script = {stored(500), stuck};
    UploadJob job(tools(), plan(ListSource::numbered(1000)));
    watch(job);
    QSignalSpy finished(&job, &UploadJob::finished);
    changeJournal(m_dir->path(), {QStringLiteral("CREATE TRIGGER full BEFORE UPDATE ON batch WHEN NEW.state="
                                                 "'CONFIRMED' BEGIN SELECT RAISE(ABORT, 'disk full'); END")});
    job.start();
    QTRY_COMPARE(finished.size(), 1);
    QCOMPARE(job.receipt().error->kind, ErrorKind::Local);
    QCOMPARE(job.receipt().rowsConfirmed, 0);
    QCOMPARE(job.receipt().rowsUnknown, 500);
    QVERIFY(!m_network->requests().back().complete);
}

void TestUploadStops::columnOfTheMarksInTheFile()
{
    UploadPlan marked = plan(ListSource::numbered(3));
    marked.evidence = Evidence::Marker;
    marked.target.columns[1].name = QString(markerColumn);
    const Receipt receipt = run(marked);
    QCOMPARE(receipt.error->kind, ErrorKind::Usage);
    QVERIFY(m_network->requests().empty());
}

void TestUploadStops::withoutAJournalNothingIsSent()
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

void TestUploadStops::failsClosed_data()
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

void TestUploadStops::failsClosed()
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

void TestUploadStops::lostJournalStops_data()
{
    // SQLite itself would go on in files that nobody can open again.
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("how");
    QTest::addColumn<bool>("atOnce"); // before anything is sent, else while the first call is answered
    for (const bool atOnce : {true, false}) {
        for (const char *file : {"journal.db", "journal.db-wal"}) {
            for (const char *how : {"deleted", "replaced", "emptied", "cut short"}) {
                QTest::addRow("%s %s %s", file, how, atOnce ? "before" : "midway")
                    << QString::fromLatin1(file) << QString::fromLatin1(how) << atOnce;
            }
        }
    }
}

void TestUploadStops::lostJournalStops()
{
    QFETCH(QString, file);
    QFETCH(QString, how);
    QFETCH(bool, atOnce);
    const auto lose = [this, path = m_dir->filePath(file), how] {
        if (how == QLatin1String("emptied") || how == QLatin1String("cut short")) {
            // By its name: a file that this program opened and closed would take the journal's locks with it.
            const qint64 left = how == QLatin1String("emptied") ? 0 : QFileInfo(path).size() - 1;
            QCOMPARE(::truncate(QFile::encodeName(path).constData(), left), 0);
            return;
        }
        QVERIFY(QFile::rename(path, m_dir->filePath(QStringLiteral("away"))));
        QVERIFY(how == QLatin1String("deleted") || QFile::copy(m_dir->filePath(QStringLiteral("away")), path));
    };
    m_network->respond = [&](const FakeRequest &) {
        lose();
        return stored(500);
    };
    const UploadTools with = tools();
    UploadJob job(with, plan(ListSource::numbered(1000)));
    QSignalSpy finished(&job, &UploadJob::finished);
    if (atOnce)
        lose();
    job.start();
    QTRY_COMPARE(finished.size(), 1);
    QVERIFY(job.receipt().error);
    QCOMPARE(job.receipt().error->kind, ErrorKind::Local);
    QVERIFY(job.receipt().error->message.contains(QStringLiteral("deleted, replaced or cut short")));
    QVERIFY(!(*with.journal)->isInPlace());
    QVERIFY(isJournalLost(*job.receipt().error));
    QVERIFY(job.receipt().error->hint.contains(QStringLiteral("this upload can't be continued")));
    QCOMPARE(job.receipt().rowsConfirmed, 0);
    QCOMPARE(job.receipt().rowsUnknown, atOnce ? 0 : 500);
    QCOMPARE(std::count_if(m_network->requests().begin(), m_network->requests().end(),
                           [](const FakeRequest &request) { return request.complete; }),
             atOnce ? 0 : 1);
}

void TestUploadStops::changedSpoolIsNotSent()
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

QTEST_GUILESS_MAIN(TestUploadStops)
#include "tst_uploadstops.moc"
