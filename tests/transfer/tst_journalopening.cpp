#include "transfer/journalsamples.h"
#include "transfer/journalschema.h"
#include "transfer/payloadspool.h"

#include <QDir>
#include <QFile>

#include <csignal>
#include <fcntl.h>
#include <future>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace rowdesk;
using namespace rowdesk::test;

/// Which journals are refused, and that they are left as they are.
class TestJournalOpening : public QObject
{
    Q_OBJECT
private slots:
    void init() { m_place = std::make_unique<JournalPlace>(); }
    void refusesWhatIsNoJournal_data();
    void refusesWhatIsNoJournal();
    void refusesWhatIsBroken_data();
    void refusesWhatIsBroken();
    void refusesWhereItCantWrite_data();
    void refusesWhereItCantWrite();
    void fullDisk();
    void anotherProgramKeepsIt();
    void aNewerRowdeskComesBetween();
    void openedTwiceItStaysLocked();
    void leftoverSpoolsGo();
    void spoolsThatMayBeNeededStay();

private:
    void makeJournal();
    void refuses(const QString &says);

    std::unique_ptr<JournalPlace> m_place;
};

void TestJournalOpening::makeJournal()
{
    QVector<JournalBatch> many;
    for (int i = 1; i <= 500; ++i)
        many.append(oneRowBatch(i));
    QVERIFY(m_place->open()->addJob(sampleJob(QStringLiteral("a")), many));
}

/// With these words, and without a change to the file.
void TestJournalOpening::refuses(const QString &says)
{
    QFile file(m_place->file());
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray before = file.readAll();
    file.close();
    const ApiError error = m_place->refusal();
    QCOMPARE(error.kind, ErrorKind::Local);
    QVERIFY2(error.message.contains(says), qPrintable(error.message));
    QVERIFY(error.message.contains(m_place->file()));
    QVERIFY(error.hint.contains(QStringLiteral("Nothing is sent")));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(file.readAll() == before);
}

void TestJournalOpening::refusesWhatIsNoJournal_data()
{
    QTest::addColumn<QStringList>("changes");
    QTest::addColumn<QString>("says");
    const auto row = [](const char *name, const QStringList &changes, const char *says) {
        QTest::newRow(name) << changes << QString::fromLatin1(says);
    };
    row("newer", {QStringLiteral("PRAGMA user_version=%1").arg(journalVersion + 1)}, "newer");
    row("older", {QStringLiteral("PRAGMA user_version=0")}, "unknown version");
    row("foreign", {QStringLiteral("PRAGMA application_id=1")}, "another program");
    row("foreign without a name", {QStringLiteral("PRAGMA application_id=0")}, "another program");
    row("foreign without a name and version",
        {QStringLiteral("PRAGMA application_id=0"), QStringLiteral("PRAGMA user_version=0")}, "another program");
    row("no index", {QStringLiteral("DROP INDEX one_in_flight")}, "parts of it");
    row("no table", {QStringLiteral("DROP TABLE lease")}, "parts of it");
    row("loose batch", {QStringLiteral("INSERT INTO batch VALUES('gone',1,NULL,1,1,0,1,x'00','PLANNED',0)")},
        "contradict");
    row("a table that refers to nothing",
        {QStringLiteral("CREATE TABLE odd(x REFERENCES batch(first_row))"),
         QStringLiteral("INSERT INTO odd VALUES(1)")},
        "contradict");
    row("older than what is in it", {QStringLiteral("PRAGMA user_version=1")}, "duplicate column");
    row("a state that there is not",
        {QStringLiteral("PRAGMA ignore_check_constraints=ON"), QStringLiteral("UPDATE job SET state='lost'")},
        "damaged");
}

void TestJournalOpening::refusesWhatIsNoJournal()
{
    QFETCH(QStringList, changes);
    QFETCH(QString, says);
    makeJournal();
    changeJournal(m_place->folder(), changes);
    refuses(says);
}

void TestJournalOpening::refusesWhatIsBroken_data()
{
    QTest::addColumn<int>("from"); // what is written over the file, and where
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("percent"); // of the file that is left then
    QTest::addColumn<QString>("says");
    QTest::newRow("text file") << 0 << QByteArray("not a database\n").repeated(100) << 0
                               << QStringLiteral("no journal");
    QTest::newRow("zeros") << 0 << QByteArray(8192, '\0') << 0 << QStringLiteral("no journal");
    QTest::newRow("torn page") << 3 * 4096 << QByteArray(20'000, '\x55') << 100 << QStringLiteral("damaged");
    QTest::newRow("half a file") << 0 << QByteArray() << 50 << QStringLiteral("damaged");
}

void TestJournalOpening::refusesWhatIsBroken()
{
    QFETCH(int, from);
    QFETCH(QByteArray, bytes);
    QFETCH(int, percent);
    QFETCH(QString, says);
    makeJournal();
    QFile file(m_place->file());
    QVERIFY(file.open(QIODevice::ReadWrite) && file.resize(file.size() * percent / 100));
    QVERIFY(file.seek(from) && file.write(bytes) == bytes.size());
    file.close();
    refuses(says);
}

void TestJournalOpening::refusesWhereItCantWrite_data()
{
    QTest::addColumn<QString>("file");   // that stands where a folder should
    QTest::addColumn<QString>("folder"); // or the other way round
    QTest::addColumn<QString>("below");  // or another place
    QTest::newRow("a file for the folder") << QStringLiteral("..") << QString() << QString();
    QTest::newRow("a file for the spools") << QStringLiteral("spool") << QString() << QString();
    QTest::newRow("a file for what is left out") << QStringLiteral("leftout") << QString() << QString();
    QTest::newRow("a folder for the journal") << QString() << QStringLiteral("journal.db") << QString();
    QTest::newRow("a link to nowhere for the journal") << QStringLiteral("journal.db") << QString() << QString();
    QTest::newRow("no folder can be made") << QString() << QString() << QStringLiteral("/proc/rowdesk");
    QTest::newRow("a folder that can't be made private") << QString() << QString() << QStringLiteral("/proc/self");
    QTest::newRow("a path too long for a database")
        << QString() << QString()
        << QDir::tempPath() + QStringLiteral("/rowdesk-") + QString(200, QLatin1Char('x')) +
               (QLatin1Char('/') + QString(200, QLatin1Char('x'))).repeated(2);
}

void TestJournalOpening::refusesWhereItCantWrite()
{
    QFETCH(QString, file);
    QFETCH(QString, folder);
    QFETCH(QString, below);
    const QDir place(m_place->folder());
    if (file == QLatin1String("..")) {
        QVERIFY(QDir().mkpath(QFileInfo(QFileInfo(place.path()).path()).path()));
        QFile other(QFileInfo(place.path()).path());
        QVERIFY(other.open(QIODevice::WriteOnly));
    } else {
        QVERIFY(place.mkpath(QStringLiteral(".")));
    }
    if (file == QLatin1String("spool") || file == QLatin1String("leftout")) {
        QFile other(place.filePath(file));
        QVERIFY(other.open(QIODevice::WriteOnly));
    }
    if (file == QLatin1String("journal.db"))
        QVERIFY(QFile::link(QStringLiteral("/nowhere/at/all"), place.filePath(file)));
    if (!folder.isEmpty())
        QVERIFY(place.mkpath(folder));
    const auto journal = UploadJournal::open(below.isEmpty() ? place.path() : below);
    QVERIFY(!journal);
    QCOMPARE(journal.error().kind, ErrorKind::Local);
    QVERIFY(journal.error().message.contains(QStringLiteral("can't be used")));
    QVERIFY(!journal.error().hint.isEmpty());
    if (below.startsWith(QDir::tempPath()))
        QVERIFY(
            QDir(QDir::tempPath() + QStringLiteral("/rowdesk-") + QString(200, QLatin1Char('x'))).removeRecursively());
}

/// The tables do not fit any more; the next try, with room, makes them.
void TestJournalOpening::fullDisk()
{
    QVERIFY(QDir().mkpath(m_place->folder()));
    const auto before = std::signal(SIGXFSZ, SIG_IGN);
    rlimit usual = {};
    QCOMPARE(::getrlimit(RLIMIT_FSIZE, &usual), 0);
    rlimit little = usual;
    little.rlim_cur = 40'000; // room for all but what the last step writes
    QCOMPARE(::setrlimit(RLIMIT_FSIZE, &little), 0);
    const ApiError error = m_place->refusal();
    QCOMPARE(::setrlimit(RLIMIT_FSIZE, &usual), 0);
    std::signal(SIGXFSZ, before);
    QCOMPARE(error.kind, ErrorKind::Local);
    QVERIFY2(error.message.contains(m_place->file()), qPrintable(error.message));
    QVERIFY(m_place->open()->addJob(sampleJob(QStringLiteral("a")), {oneRowBatch(1)}));
}

/// Longer than anyone waits, on purpose the only test that takes as long: a journal that is there, and one that is just
/// being made.
void TestJournalOpening::anotherProgramKeepsIt()
{
    (void)m_place->open();
    const JournalPlace unmade;
    QVERIFY(QDir().mkpath(unmade.folder()));
    {
        const auto keep = [](const char *name, const JournalPlace &place) {
            QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QString::fromLatin1(name));
            database.setDatabaseName(place.file());
            return database.open() && QSqlQuery(database).exec(QStringLiteral("BEGIN IMMEDIATE"));
        };
        QVERIFY(keep("first", *m_place) && keep("second", unmade));
        auto other = std::async(std::launch::async, [&unmade] { return unmade.refusal(); });
        const ApiError error = m_place->refusal();
        for (const ApiError &said : {error, other.get()}) {
            QCOMPARE(said.message, QStringLiteral("Another program keeps the journal of uploads to itself."));
            QVERIFY(!said.hint.contains(QStringLiteral("Move")));
        }
        for (const char *name : {"first", "second"})
            QSqlDatabase::database(QString::fromLatin1(name), false).close();
    }
    for (const char *name : {"first", "second"})
        QSqlDatabase::removeDatabase(QString::fromLatin1(name));
    (void)m_place->open();
    (void)unmade.open();
}

/// Between the look at the version and the right to write.
void TestJournalOpening::aNewerRowdeskComesBetween()
{
    (void)m_place->open();
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("newer"));
        database.setDatabaseName(m_place->file());
        QVERIFY(database.open());
        QSqlQuery query(database);
        QVERIFY(query.exec(QStringLiteral("BEGIN IMMEDIATE")));
        QVERIFY(query.exec(QStringLiteral("PRAGMA user_version=%1").arg(journalVersion + 1)));
        auto opening = std::async(std::launch::async, [this] { return m_place->refusal(); });
        QCOMPARE(opening.wait_for(std::chrono::milliseconds(500)), std::future_status::timeout); // it waits
        QVERIFY(query.exec(QStringLiteral("COMMIT")));
        QVERIFY(opening.get().message.contains(QStringLiteral("a newer Rowdesk")));
    }
    QSqlDatabase::removeDatabase(QStringLiteral("newer"));
}

/// A program that is the last to close a database deletes its log; the lock says that it is not the last.
void TestJournalOpening::openedTwiceItStaysLocked()
{
    const auto first = m_place->open();
    const auto second = m_place->open();
    const QByteArray path = QFile::encodeName(m_place->file());
    const pid_t child = ::fork();
    if (child == 0) {
        struct flock lock = {};
        lock.l_type = F_WRLCK;
        lock.l_whence = SEEK_SET;
        lock.l_start = 0x40000002; // SQLite's range of shared locks (its file format, "the lock-byte page")
        lock.l_len = 510;
        const int file = ::open(path.constData(), O_RDWR | O_CLOEXEC);
        const bool asked = file >= 0 && ::fcntl(file, F_GETLK, &lock) == 0;
        ::_exit(asked && lock.l_type != F_UNLCK ? 0 : 1);
    }
    int status = -1;
    QVERIFY(child > 0 && ::waitpid(child, &status, 0) == child);
    QVERIFY(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

void TestJournalOpening::leftoverSpoolsGo()
{
    const auto journal = m_place->open();
    for (const char *name : {"kept", "left", "writing"}) {
        PayloadSpool spool;
        QVERIFY(!spool.open(journal->spoolPath(QString::fromLatin1(name))));
    }
    QVERIFY(journal->addJob(sampleJob(QStringLiteral("kept")), {oneRowBatch(1)}));
    PayloadSpool writing;
    QVERIFY(!writing.open(journal->spoolPath(QStringLiteral("writing"))));
    const auto again = m_place->open();
    QVERIFY(QFile::exists(journal->spoolPath(QStringLiteral("kept"))));
    QVERIFY(QFile::exists(journal->spoolPath(QStringLiteral("writing"))));
    QVERIFY(!QFile::exists(journal->spoolPath(QStringLiteral("left"))));
    QVERIFY(journal->setJobState(QStringLiteral("kept"), JournalJob::State::Done, {}));
    QVERIFY(!QFile::exists(journal->spoolPath(QStringLiteral("kept"))));
    // One that could not be removed at the end goes later.
    for (const JournalJob::State over : {JournalJob::State::Done, JournalJob::State::Abandoned}) {
        QVERIFY(journal->setJobState(QStringLiteral("kept"), over, {}));
        {
            PayloadSpool spool;
            QVERIFY(!spool.open(journal->spoolPath(QStringLiteral("kept"))));
        }
        (void)m_place->open();
        QVERIFY(!QFile::exists(journal->spoolPath(QStringLiteral("kept"))));
    }
}

void TestJournalOpening::spoolsThatMayBeNeededStay()
{
    const auto journal = m_place->open();
    const QString unreadable = QStringLiteral("unreadable");
    QVERIFY(journal->addJob(sampleJob(unreadable), {oneRowBatch(1)}));
    {
        PayloadSpool spool;
        QVERIFY(!spool.open(journal->spoolPath(unreadable)));
    }
    changeJournal(m_place->folder(), {QStringLiteral("UPDATE job SET columns='[]'")});
    // Whatever it leads to is not ours.
    QFile elsewhere(m_place->folder() + QStringLiteral("/elsewhere"));
    QVERIFY(elsewhere.open(QIODevice::WriteOnly));
    QVERIFY(elsewhere.link(journal->spoolPath(QStringLiteral("link"))));
    (void)m_place->open();
    QVERIFY(QFile::exists(journal->spoolPath(unreadable)));
    QVERIFY(QFile::exists(journal->spoolPath(QStringLiteral("link"))));
    QVERIFY(elsewhere.exists());
}

QTEST_GUILESS_MAIN(TestJournalOpening)
#include "tst_journalopening.moc"
