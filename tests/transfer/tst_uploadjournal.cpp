#include "transfer/journalsamples.h"
#include "transfer/payloadspool.h"

#include <QFile>

#include <sys/stat.h>

using namespace rowdesk;
using namespace rowdesk::test;

using S = BatchState;
using E = BatchEvent;

/// What the journal of uploads keeps, and which steps it takes.
class TestUploadJournal : public QObject
{
    Q_OBJECT
private slots:
    void init() { m_place = std::make_unique<JournalPlace>(); }
    void keepsAJob();
    void keepsTheFactsOfAReceipt();
    void takesOverAnOlderJournal();
    void isPrivate();
    void stepsOnlyFromTheStateOnDisk();
    void oneInFlight();
    void childReplacesItsParent();

private:
    std::unique_ptr<JournalPlace> m_place;
};

void TestUploadJournal::keepsAJob()
{
    QVERIFY(m_place->open()->addJob(sampleJob(QStringLiteral("a")), {oneRowBatch(1), oneRowBatch(2)}));
    const auto journal = m_place->open();
    const auto jobs = journal->jobs();
    QVERIFY(jobs && jobs->size() == 1);
    const JournalJob &kept = jobs->first();
    QCOMPARE(kept.id, QStringLiteral("a"));
    QCOMPARE(kept.columns, sampleJob({}).columns);
    QCOMPARE(kept.keyColumns, sampleJob({}).keyColumns);
    QVERIFY(kept.evidence == Evidence::Key);
    QCOMPARE(kept.rowsBefore, std::optional<qint64>(7));
    QCOMPARE(kept.rowsPlanned, 3);
    QVERIFY(kept.state == JournalJob::State::Running);
    const auto batches = journal->batches(QStringLiteral("a"));
    QVERIFY(batches && batches->size() == 2);
    QCOMPARE(batches->last().sha256, oneRowBatch(2).sha256);
    QVERIFY(!journal->addJob(sampleJob(QStringLiteral("a")), {}));
    JournalJob nameless = sampleJob(QStringLiteral("c"));
    nameless.sourceName = QString();
    QVERIFY(journal->addJob(nameless, {oneRowBatch(1)}));
    QVERIFY(journal->noteDecision(QStringLiteral("c"), 1, QStringLiteral("look"), {}));
    QVERIFY(journal->job(QStringLiteral("b")).error().kind == ErrorKind::NotFound);
}

void TestUploadJournal::keepsTheFactsOfAReceipt()
{
    JournalJob told = sampleJob(QStringLiteral("a"));
    told.account = QStringLiteral("https://api.example.com/ me");
    told.targetName = QStringLiteral("Orders");
    told.file = {QStringLiteral("/somewhere/rows.csv"), 12, "abc0"};
    told.versionBefore = QStringLiteral("3");
    const auto journal = m_place->open();
    QVERIFY(journal->addJob(told, {oneRowBatch(1), oneRowBatch(2)}));
    QVERIFY(journal->setAfter(told.id, 10, QStringLiteral("4")));
    QVERIFY(journal->setJobState(told.id, JournalJob::State::Done, {}, 5000));
    QVERIFY(journal->setRemoval(told.id, JournalJob::Removal::Done, 3));
    QVERIFY(journal->noteDecision(told.id, 2, QStringLiteral("send"), QStringLiteral("What?")));
    const JournalJob kept = *m_place->open()->job(told.id);
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
    QVERIFY(m_place->open()->addJob(sampleJob(QStringLiteral("a")), {oneRowBatch(1)}));
    // As version 1 had it.
    for (const char *column : {"account", "target_name", "source_path", "source_size", "source_sha256",
                               "version_before", "rows_after", "version_after", "ended_at", "removal", "rows_removed"})
        changeJournal(m_place->folder(), {QStringLiteral("ALTER TABLE job DROP COLUMN %1").arg(QLatin1String(column))});
    changeJournal(m_place->folder(), {QStringLiteral("PRAGMA user_version=1")});
    const auto journal = m_place->open();
    const auto kept = journal->job(QStringLiteral("a"));
    QVERIFY(kept);
    QVERIFY(kept->account.isEmpty());
    QCOMPARE(kept->file.size, -1);
    QVERIFY(!kept->rowsAfter);
    QVERIFY(kept->removal == JournalJob::Removal::None);
    QVERIFY(journal->setAfter(QStringLiteral("a"), 8, {}));
    QCOMPARE(m_place->open()->job(QStringLiteral("a"))->rowsAfter, std::optional<qint64>(8));
}

void TestUploadJournal::isPrivate()
{
    const mode_t before = ::umask(0);
    const auto journal = m_place->open();
    QVERIFY(journal->addJob(sampleJob(QStringLiteral("a")), {oneRowBatch(1)}));
    PayloadSpool spool;
    QVERIFY(!spool.open(journal->spoolPath(QStringLiteral("a"))));
    ::umask(before);
    const auto mode = [this](const char *name) {
        struct stat facts = {};
        ::stat(QFile::encodeName(m_place->folder() + QString::fromLatin1(name)).constData(), &facts);
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
    const auto journal = m_place->open();
    const QString id = QStringLiteral("a");
    QVERIFY(journal->addJob(sampleJob(id), {oneRowBatch(1)}));
    QVERIFY(!journal->step(id, 1, S::Sending, E::LetGo)); // it is Planned
    QVERIFY(!journal->step(id, 1, S::Planned, E::LetGo)); // no such step
    QVERIFY(!journal->step(id, 2, S::Planned, E::Begin)); // no such batch
    QCOMPARE(journal->step(id, 1, S::Planned, E::Begin).value(), S::Sending);
    QVERIFY(!journal->step(id, 1, S::Planned, E::Begin)); // not twice
    QCOMPARE(journal->step(id, 1, S::Sending, E::LetGo).value(), S::Released);
    QCOMPARE(journal->step(id, 1, S::Released, E::SomeStored, {3, 200, {}, {}}).value(), S::Partial);
    QCOMPARE(m_place->open()->batches(id)->first().state, S::Partial);
    QCOMPARE(m_place->open()->batches(id)->first().rowsConfirmed, 3);
    QCOMPARE(m_place->open()->sends(id, 1).value(), 1);
}

void TestUploadJournal::oneInFlight()
{
    const auto journal = m_place->open();
    const QString id = QStringLiteral("a");
    QVERIFY(journal->addJob(sampleJob(id), {oneRowBatch(1), oneRowBatch(2)}));
    QVERIFY(journal->step(id, 1, S::Planned, E::Begin));
    QVERIFY(!journal->step(id, 2, S::Planned, E::Begin));
    QVERIFY(journal->step(id, 1, S::Sending, E::NotApplied));
    QVERIFY(journal->step(id, 2, S::Planned, E::Begin));
}

void TestUploadJournal::childReplacesItsParent()
{
    const auto journal = m_place->open();
    const QString id = QStringLiteral("a");
    QVERIFY(journal->addJob(sampleJob(id), {oneRowBatch(1)}));
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

QTEST_GUILESS_MAIN(TestUploadJournal)
#include "tst_uploadjournal.moc"
