#include "transfer/journalsamples.h"
#include "transfer/journalschema.h"
#include "transfer/payloadspool.h"
#include "transfer/uploadjournal.h"

#include <QDir>
#include <QFileInfo>
#include <QProcess>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace rowdesk;
using namespace rowdesk::test;

using S = BatchState;
using E = BatchEvent;

namespace {

JournalJob job(const QString &id)
{
    JournalJob job;
    job.id = id;
    job.service = QStringLiteral("http://127.0.0.1:1/");
    job.datasetId = QStringLiteral("5");
    job.columns.columns = {{QStringLiteral("n"), ColumnType::Number}, {QStringLiteral("\"t\""), ColumnType::Date}};
    job.sourceName = QStringLiteral("rows.csv");
    job.mapping = "[0,1]";
    job.evidence = Evidence::Key;
    job.keyColumns = {QStringLiteral("n")};
    job.rowsBefore = 7;
    job.rowsPlanned = 3;
    job.createdAt = 1'700'000'000'000;
    return job;
}

/// Runs one statement on a journal from outside.
void change(const QString &folder, const QString &statement)
{
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("outside"));
        database.setDatabaseName(folder + QStringLiteral("/journal.db"));
        QVERIFY(database.open());
        QSqlQuery query(database);
        QVERIFY2(query.exec(statement), qPrintable(statement));
    }
    QSqlDatabase::removeDatabase(QStringLiteral("outside"));
}

} // namespace

/// The journal: what it keeps, what it refuses, who may write.
class TestUploadJournal : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void keepsAJob();
    void keepsTheFactsOfAReceipt();
    void takesOverAnOlderJournal();
    void isPrivate();
    void stepsOnlyFromTheStateOnDisk();
    void oneInFlight();
    void childReplacesItsParent();
    void refusesWhatIsNoJournal_data();
    void refusesWhatIsNoJournal();
    void refusesWhereItCantWrite();
    void twoProgramsOneTable();
    void leaseOfADeadProgramIsTaken();
    void spoolIsCheckedBeforeSending();
    void leftoverSpoolsGo();
    void rowsOfAPayload();

private:
    QString folder() const { return m_dir->filePath(QStringLiteral("data/uploads")); }
    std::shared_ptr<UploadJournal> open() const;

    std::unique_ptr<QTemporaryDir> m_dir;
};

void TestUploadJournal::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
}

std::shared_ptr<UploadJournal> TestUploadJournal::open() const
{
    auto journal = UploadJournal::open(folder());
    if (!journal)
        qFatal("%s", qPrintable(journal.error().text()));
    return *journal;
}

void TestUploadJournal::keepsAJob()
{
    QVERIFY(open()->addJob(job(QStringLiteral("a")), {oneRowBatch(1), oneRowBatch(2)}));
    const auto journal = open();
    const auto jobs = journal->jobs();
    QVERIFY(jobs && jobs->size() == 1);
    const JournalJob &kept = jobs->first();
    QCOMPARE(kept.id, QStringLiteral("a"));
    QCOMPARE(kept.columns, job({}).columns);
    QCOMPARE(kept.keyColumns, job({}).keyColumns);
    QVERIFY(kept.evidence == Evidence::Key);
    QCOMPARE(kept.rowsBefore, std::optional<qint64>(7));
    QCOMPARE(kept.rowsPlanned, 3);
    QVERIFY(kept.state == JournalJob::State::Running);
    const auto batches = journal->batches(QStringLiteral("a"));
    QVERIFY(batches && batches->size() == 2);
    QCOMPARE(batches->last().sha256, oneRowBatch(2).sha256);
    QVERIFY(!journal->addJob(job(QStringLiteral("a")), {}));
    JournalJob nameless = job(QStringLiteral("c"));
    nameless.sourceName = QString();
    QVERIFY(journal->addJob(nameless, {oneRowBatch(1)}));
    QVERIFY(journal->noteDecision(QStringLiteral("c"), 1, QStringLiteral("look"), {}));
    QVERIFY(journal->job(QStringLiteral("b")).error().kind == ErrorKind::NotFound);
}

void TestUploadJournal::keepsTheFactsOfAReceipt()
{
    JournalJob told = job(QStringLiteral("a"));
    told.account = QStringLiteral("https://api.example.com/ me");
    told.targetName = QStringLiteral("Orders");
    told.file = {QStringLiteral("/somewhere/rows.csv"), 12, "abc0"};
    told.versionBefore = QStringLiteral("3");
    const auto journal = open();
    QVERIFY(journal->addJob(told, {oneRowBatch(1), oneRowBatch(2)}));
    QVERIFY(journal->setAfter(told.id, 10, QStringLiteral("4")));
    QVERIFY(journal->setJobState(told.id, JournalJob::State::Done, {}, 5000));
    QVERIFY(journal->setRemoval(told.id, JournalJob::Removal::Done, 3));
    QVERIFY(journal->noteDecision(told.id, 2, QStringLiteral("send"), QStringLiteral("What?")));
    const JournalJob kept = *open()->job(told.id);
    QCOMPARE(kept.account, told.account);
    QCOMPARE(kept.targetName, told.targetName);
    QCOMPARE(kept.file.path, told.file.path);
    QCOMPARE(kept.file.size, 12);
    QCOMPARE(kept.file.sha256, told.file.sha256);
    QCOMPARE(kept.versionBefore, QStringLiteral("3"));
    QCOMPARE(kept.rowsAfter, std::optional<qint64>(10));
    QCOMPARE(kept.versionAfter, QStringLiteral("4"));
    QCOMPARE(kept.endedAt, 5000);
    QVERIFY(kept.removal == JournalJob::Removal::Done);
    QCOMPARE(kept.rowsRemoved, 3);
    const auto decisions = journal->decisions(told.id);
    QVERIFY(decisions && decisions->size() == 1);
    QCOMPARE(decisions->first().firstRow, 2);
    QCOMPARE(decisions->first().choice, QStringLiteral("send"));
    QVERIFY(journal->setJobState(told.id, JournalJob::State::Running, {}));
    QCOMPARE(journal->job(told.id)->endedAt, 0);
}

void TestUploadJournal::takesOverAnOlderJournal()
{
    QVERIFY(open()->addJob(job(QStringLiteral("a")), {oneRowBatch(1)}));
    // As version 1 had it.
    for (const char *column : {"account", "target_name", "source_path", "source_size", "source_sha256",
                               "version_before", "rows_after", "version_after", "ended_at", "removal", "rows_removed"})
        change(folder(), QStringLiteral("ALTER TABLE job DROP COLUMN %1").arg(QLatin1String(column)));
    change(folder(), QStringLiteral("PRAGMA user_version=1"));
    const auto journal = open();
    const auto kept = journal->job(QStringLiteral("a"));
    QVERIFY(kept);
    QVERIFY(kept->account.isEmpty());
    QCOMPARE(kept->file.size, -1);
    QVERIFY(!kept->rowsAfter);
    QVERIFY(kept->removal == JournalJob::Removal::None);
    QVERIFY(journal->setAfter(QStringLiteral("a"), 8, {}));
    QCOMPARE(open()->job(QStringLiteral("a"))->rowsAfter, std::optional<qint64>(8));
}

void TestUploadJournal::isPrivate()
{
    const mode_t before = ::umask(0);
    const auto journal = open();
    QVERIFY(journal->addJob(job(QStringLiteral("a")), {oneRowBatch(1)}));
    PayloadSpool spool;
    QVERIFY(!spool.open(journal->spoolPath(QStringLiteral("a"))));
    ::umask(before);
    const auto mode = [this](const char *name) {
        struct stat facts = {};
        ::stat(QFile::encodeName(folder() + QString::fromLatin1(name)).constData(), &facts);
        return int(facts.st_mode & 0777);
    };
    QCOMPARE(mode(""), 0700);
    QCOMPARE(mode("/journal.db"), 0600);
    QCOMPARE(mode("/journal.db-wal"), 0600);
    QCOMPARE(mode("/spool"), 0700);
    QCOMPARE(mode("/spool/a.spool"), 0600);
}

void TestUploadJournal::stepsOnlyFromTheStateOnDisk()
{
    const auto journal = open();
    const QString id = QStringLiteral("a");
    QVERIFY(journal->addJob(job(id), {oneRowBatch(1)}));
    QVERIFY(!journal->step(id, 1, S::Sending, E::LetGo)); // it is Planned
    QVERIFY(!journal->step(id, 1, S::Planned, E::LetGo)); // no such step
    QVERIFY(!journal->step(id, 2, S::Planned, E::Begin)); // no such batch
    QCOMPARE(journal->step(id, 1, S::Planned, E::Begin).value(), S::Sending);
    QVERIFY(!journal->step(id, 1, S::Planned, E::Begin)); // not twice
    QCOMPARE(journal->step(id, 1, S::Sending, E::LetGo).value(), S::Released);
    QCOMPARE(journal->step(id, 1, S::Released, E::SomeStored, {3, 200, {}, {}}).value(), S::Partial);
    QCOMPARE(open()->batches(id)->first().state, S::Partial);
    QCOMPARE(open()->batches(id)->first().rowsConfirmed, 3);
    QCOMPARE(open()->sends(id, 1).value(), 1);
}

void TestUploadJournal::oneInFlight()
{
    const auto journal = open();
    const QString id = QStringLiteral("a");
    QVERIFY(journal->addJob(job(id), {oneRowBatch(1), oneRowBatch(2)}));
    QVERIFY(journal->step(id, 1, S::Planned, E::Begin));
    QVERIFY(!journal->step(id, 2, S::Planned, E::Begin));
    QVERIFY(journal->step(id, 1, S::Sending, E::NotApplied));
    QVERIFY(journal->step(id, 2, S::Planned, E::Begin));
}

void TestUploadJournal::childReplacesItsParent()
{
    const auto journal = open();
    const QString id = QStringLiteral("a");
    QVERIFY(journal->addJob(job(id), {oneRowBatch(1)}));
    JournalBatch child = oneRowBatch(2);
    child.parent = 1;
    QVERIFY(!journal->addChild(id, 1, 2, child)); // not being looked at
    for (const auto &[from, event] :
         {std::pair{S::Planned, E::Begin}, {S::Sending, E::LetGo}, {S::Released, E::AnswerLost}, {S::Unknown, E::Look}})
        QVERIFY(journal->step(id, 1, from, event));
    QVERIFY(journal->addChild(id, 1, 2, child));
    const auto batches = journal->batches(id);
    QCOMPARE(batches->at(0).state, S::Superseded);
    QCOMPARE(batches->at(0).rowsConfirmed, 2);
    QCOMPARE(batches->at(1).parent, std::optional<qint64>(1));
    QCOMPARE(batches->at(1).state, S::Planned);
}

void TestUploadJournal::refusesWhatIsNoJournal_data()
{
    QTest::addColumn<QString>("statement"); // done to a good journal
    QTest::addColumn<QByteArray>("bytes");  // or the whole file
    QTest::addColumn<QString>("says");
    QTest::newRow("newer") << QStringLiteral("PRAGMA user_version=%1").arg(journalVersion + 1) << QByteArray()
                           << QStringLiteral("newer");
    QTest::newRow("older") << QStringLiteral("PRAGMA user_version=0") << QByteArray()
                           << QStringLiteral("unknown version");
    QTest::newRow("foreign") << QStringLiteral("PRAGMA application_id=1") << QByteArray()
                             << QStringLiteral("another program");
    QTest::newRow("no index") << QStringLiteral("DROP INDEX one_in_flight") << QByteArray()
                              << QStringLiteral("parts of it");
    QTest::newRow("no table") << QStringLiteral("DROP TABLE lease") << QByteArray() << QStringLiteral("parts of it");
    QTest::newRow("loose batch") << QStringLiteral("INSERT INTO batch VALUES('gone',1,NULL,1,1,0,1,x'00','PLANNED',0)")
                                 << QByteArray() << QStringLiteral("contradict");
    QTest::newRow("text file") << QString() << QByteArray("not a database\n").repeated(100)
                               << QStringLiteral("no journal");
    QTest::newRow("zeros") << QString() << QByteArray(8192, '\0') << QStringLiteral("no journal");
    QTest::newRow("torn page") << QStringLiteral("torn") << QByteArray() << QStringLiteral("damaged");
    QTest::newRow("half a file") << QStringLiteral("half") << QByteArray() << QStringLiteral("damaged");
}

void TestUploadJournal::refusesWhatIsNoJournal()
{
    QFETCH(QString, statement);
    QFETCH(QByteArray, bytes);
    QFETCH(QString, says);
    {
        const auto journal = open();
        QVector<JournalBatch> many;
        for (int i = 1; i <= 500; ++i)
            many.append(oneRowBatch(i));
        QVERIFY(journal->addJob(job(QStringLiteral("a")), many));
    }
    const QString path = folder() + QStringLiteral("/journal.db");
    QFile file(path);
    if (statement == QLatin1String("torn")) {
        QVERIFY(file.open(QIODevice::ReadWrite) && file.seek(3 * 4096) && file.write(QByteArray(20'000, '\x55')) > 0);
    } else if (statement == QLatin1String("half")) {
        QVERIFY(file.open(QIODevice::ReadWrite) && file.resize(file.size() / 2));
    } else if (statement.isEmpty()) {
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
    } else {
        change(folder(), statement);
    }
    file.close();
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray before = file.readAll();
    file.close();
    const auto journal = UploadJournal::open(folder());
    QVERIFY(!journal);
    QVERIFY(journal.error().kind == ErrorKind::Local);
    QVERIFY2(journal.error().message.contains(says), qPrintable(journal.error().message));
    QVERIFY(journal.error().message.contains(path));
    QVERIFY(journal.error().hint.contains(QStringLiteral("Nothing is sent")));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(file.readAll() == before); // left as it is
}

void TestUploadJournal::refusesWhereItCantWrite()
{
    QVERIFY(UploadJournal::open(QStringLiteral("/proc/rowdesk")).error().kind == ErrorKind::Local);
    QFile file(m_dir->filePath(QStringLiteral("data")));
    QVERIFY(file.open(QIODevice::WriteOnly)); // a file where the folder should be
    QVERIFY(!UploadJournal::open(folder()));
}

void TestUploadJournal::twoProgramsOneTable()
{
    const auto mine = open();
    QVERIFY(mine->takeLease(QStringLiteral("table"), QStringLiteral("a")));
    QVERIFY(mine->takeLease(QStringLiteral("table"), QStringLiteral("a")));  // still mine
    QVERIFY(!mine->takeLease(QStringLiteral("table"), QStringLiteral("b"))); // not two jobs
    QVERIFY(mine->takeLease(QStringLiteral("other"), QStringLiteral("b")));
    QVERIFY(!mine->isHeldElsewhere(QStringLiteral("a")));
    // A living program: the test's own parent stands in for it.
    change(folder(), QStringLiteral("UPDATE lease SET pid=%1, started='%2' WHERE job_id='a'").arg(::getppid()).arg([] {
        QFile stat(QStringLiteral("/proc/%1/stat").arg(::getppid()));
        return stat.open(QIODevice::ReadOnly)
                   ? QString::fromUtf8(stat.readAll()).section(QLatin1Char(')'), -1).split(QLatin1Char(' ')).value(20)
                   : QString();
    }()));
    QVERIFY(!mine->takeLease(QStringLiteral("table"), QStringLiteral("a")));
    QVERIFY(!mine->takeLease(QStringLiteral("table"), QStringLiteral("c")));
    QVERIFY(mine->isHeldElsewhere(QStringLiteral("a")));
    mine->returnLease(QStringLiteral("a")); // not ours to give back
    QVERIFY(!mine->takeLease(QStringLiteral("table"), QStringLiteral("c")));
}

void TestUploadJournal::leaseOfADeadProgramIsTaken()
{
    const auto journal = open();
    QVERIFY(journal->takeLease(QStringLiteral("table"), QStringLiteral("a")));
    change(folder(), QStringLiteral("UPDATE lease SET started='1'")); // the number was given to someone else
    QVERIFY(journal->takeLease(QStringLiteral("table"), QStringLiteral("b")));
    change(folder(), QStringLiteral("UPDATE lease SET boot_id='before'"));
    QVERIFY(journal->takeLease(QStringLiteral("table"), QStringLiteral("c")));
    journal->returnLease(QStringLiteral("c"));
    QVERIFY(journal->takeLease(QStringLiteral("table"), QStringLiteral("d")));
}

void TestUploadJournal::spoolIsCheckedBeforeSending()
{
    const auto journal = open();
    const QString path = journal->spoolPath(QStringLiteral("a"));
    PayloadSpool spool;
    QVERIFY(!spool.open(path));
    const auto first = spool.add("{\"data\":[1]}");
    const auto second = spool.add("{\"data\":[2]}");
    QVERIFY(first && second && !spool.sync());
    QCOMPARE(readPayload(path, *second).value(), QByteArray("{\"data\":[2]}"));
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadWrite) && file.seek(second->offset + 9) && file.write("3") == 1);
    file.close();
    QVERIFY(readPayload(path, *first));
    QVERIFY(readPayload(path, *second).error().kind == ErrorKind::Local);
    QVERIFY(QFile::remove(path));
    QVERIFY(!readPayload(path, *first));
}

void TestUploadJournal::leftoverSpoolsGo()
{
    const auto journal = open();
    for (const char *name : {"kept", "left", "writing"}) {
        PayloadSpool spool;
        QVERIFY(!spool.open(journal->spoolPath(QString::fromLatin1(name))));
    }
    QVERIFY(journal->addJob(job(QStringLiteral("kept")), {oneRowBatch(1)}));
    PayloadSpool writing;
    QVERIFY(!writing.open(journal->spoolPath(QStringLiteral("writing"))));
    const auto again = open();
    QVERIFY(QFile::exists(journal->spoolPath(QStringLiteral("kept"))));
    QVERIFY(QFile::exists(journal->spoolPath(QStringLiteral("writing"))));
    QVERIFY(!QFile::exists(journal->spoolPath(QStringLiteral("left"))));
    QVERIFY(journal->setJobState(QStringLiteral("kept"), JournalJob::State::Done, {}));
    QVERIFY(!QFile::exists(journal->spoolPath(QStringLiteral("kept"))));
}

void TestUploadJournal::rowsOfAPayload()
{
    const QByteArray members = R"({"data":[{"a":1,"b":"x,\"]}\\"},{"a":null,"b":{"c":[1,2]}},{"a":-1.5e3,"b":true}]})";
    const auto rows = payloadRows(Dialect::RowShape::Members, members);
    QCOMPARE(rows.size(), size_t(3));
    QCOMPARE(rows[0].values.size(), size_t(2));
    QCOMPARE(rows[0].values[1].toByteArray(), QByteArray(R"("x,\"]}\\")"));
    QCOMPARE(rows[1].values[1].toByteArray(), QByteArray(R"({"c":[1,2]})"));
    QCOMPARE(rows[2].values[0].toByteArray(), QByteArray("-1.5e3"));
    QCOMPARE(payloadOf(rows, {0, 1, 2}), members);
    QCOMPARE(payloadOf(rows, {2}), QByteArray(R"({"data":[{"a":-1.5e3,"b":true}]})"));
    const QByteArray cells = R"({"data":[[{"column":"a:,","value":1},{"column":"b","value":"]"}]]})";
    const auto cellRows = payloadRows(Dialect::RowShape::Cells, cells);
    QCOMPARE(cellRows.size(), size_t(1));
    QCOMPARE(cellRows[0].values.size(), size_t(2));
    QCOMPARE(cellRows[0].values[0].toByteArray(), QByteArray("1"));
    QCOMPARE(cellRows[0].values[1].toByteArray(), QByteArray(R"("]")"));
    QCOMPARE(payloadOf(cellRows, {0}), cells);
}

QTEST_GUILESS_MAIN(TestUploadJournal)
#include "tst_uploadjournal.moc"
