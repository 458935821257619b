#include "support/failingcalls.h"
#include "transfer/journalsamples.h"
#include "transfer/journalsql.h"
#include "transfer/uploadjournal.h"

#include <functional>

using namespace rowdesk;
using namespace rowdesk::test;

using E = BatchEvent;
using S = BatchState;

namespace {

const QString jobId = QStringLiteral("one");

/// One thing that is asked of a journal; gives what was said about it.
struct Asked
{
    const char *name;
    std::function<std::optional<ApiError>(UploadJournal &)> ask;
};

template<typename T>
std::optional<ApiError> errorOf(const Result<T> &result)
{
    return result ? std::nullopt : std::optional(result.error());
}

/// Everything that can be asked. Batch 1 is not sent, 2 is refused, 3 is being looked for.
const std::vector<Asked> &everything()
{
    using J = UploadJournal &;
    static const std::vector<Asked> all{
        {"addJob", [](J j) { return errorOf(j.addJob(sampleJob(QStringLiteral("two")), {oneRowBatch(1)})); }},
        {"addChild", [](J j) { return errorOf(j.addChild(jobId, 3, 0, oneRowBatch(9))); }},
        {"addHalves",
         [](J j) {
             return errorOf(j.addHalves(jobId, 2, {oneRowBatch(9), oneRowBatch(10)}));
         }},
        {"look in vain", [](J j) { return errorOf(j.step(jobId, 3, S::Verifying, E::LookedInVain)); }},
        {"dies", [](J j) { return errorOf(j.step(jobId, 3, S::Verifying, E::Died)); }},
        {"steps",
         [](J j) {
             return errorOf(j.steps(jobId, {{3, S::Verifying, E::LookedInVain, {}}, {1, S::Planned, E::Begin, {}}}));
         }},
        {"note", [](J j) { return errorOf(j.note(jobId, 3, {})); }},
        {"noteDecision", [](J j) { return errorOf(j.noteDecision(jobId, 3, QStringLiteral("look"), {})); }},
        {"decisions", [](J j) { return errorOf(j.decisions(jobId)); }},
        {"setJobState", [](J j) { return errorOf(j.setJobState(jobId, JournalJob::State::Paused, {})); }},
        {"setCreation", [](J j) { return errorOf(j.setCreation(jobId, JournalJob::Creation::Made, {})); }},
        {"setSettle", [](J j) { return errorOf(j.setSettle(jobId, 5)); }},
        {"setAfter", [](J j) { return errorOf(j.setAfter(jobId, 5, {})); }},
        {"setRemoval", [](J j) { return errorOf(j.setRemoval(jobId, JournalJob::Removal::Asked, 5)); }},
        {"jobs", [](J j) { return errorOf(j.jobs()); }},
        {"job", [](J j) { return errorOf(j.job(jobId)); }},
        {"batches", [](J j) { return errorOf(j.batches(jobId)); }},
        {"counts", [](J j) { return errorOf(j.counts(jobId)); }},
        {"looks", [](J j) { return errorOf(j.looks(jobId)); }},
        {"rowsSentAgain", [](J j) { return errorOf(j.rowsSentAgain(jobId)); }},
        {"sends", [](J j) { return errorOf(j.sends(jobId, 1)); }},
        {"deniedCalls", [](J j) { return errorOf(j.deniedCalls(jobId)); }},
        {"takeLease", [](J j) { return errorOf(j.takeLease(QStringLiteral("table"), jobId)); }},
    };
    return all;
}

QString trigger(const char *when)
{
    return QStringLiteral("CREATE TRIGGER struck BEFORE %1 BEGIN SELECT RAISE(ABORT, 'struck'); END")
        .arg(QLatin1String(when));
}

/// What is written can only fail to be committed: it refers to an upload that is not there.
QStringList uncommittable(const char *when)
{
    return {QStringLiteral("CREATE TABLE struck(job TEXT REFERENCES job(id) DEFERRABLE INITIALLY DEFERRED)"),
            QStringLiteral("CREATE TRIGGER strikes AFTER %1 BEGIN INSERT INTO struck VALUES('nobody'); END")
                .arg(QLatin1String(when))};
}

} // namespace

/// Whatever of the journal fails, the one who asked is told so, and what was half done is taken back.
class TestJournalFaults : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void everythingFailsWithoutADatabase();
    void aFaultIsSaid_data();
    void aFaultIsSaid();
    void otherStatesAreNotRead_data();
    void otherStatesAreNotRead();
    void unknownUpload();
    void rowsThatCantBeReadToTheirEnd();
    void settleTimeIsKept();
    void anotherProgramKeepsIt();
    void firstStatementOfItsKind();
    void tablesSpoiltMidway();
    void faultsOfTheDiskWhileItIsMade();

private:
    std::unique_ptr<QTemporaryDir> m_dir;
    std::shared_ptr<UploadJournal> m_journal;
};

void TestJournalFaults::init()
{
    m_journal.reset();
    m_dir = std::make_unique<QTemporaryDir>();
    const auto opened = UploadJournal::open(m_dir->path());
    QVERIFY(opened);
    m_journal = *opened;
    QVERIFY(m_journal->addJob(sampleJob(jobId), {oneRowBatch(1), oneRowBatch(2), oneRowBatch(3)}));
    for (const auto &[seq, events] : {std::pair<qint64, QVector<E>>{2, {E::Begin, E::LetGo, E::Refused}},
                                      std::pair<qint64, QVector<E>>{3, {E::Begin, E::LetGo, E::AnswerLost, E::Look}}}) {
        S state = S::Planned;
        for (const E event : events) {
            const Result<S> now = m_journal->step(jobId, seq, state, event);
            QVERIFY(now);
            state = *now;
        }
    }
}

void TestJournalFaults::everythingFailsWithoutADatabase()
{
    for (const QString &connection : QSqlDatabase::connectionNames())
        QSqlDatabase::database(connection, false).close();
    for (const Asked &asked : everything()) {
        const std::optional<ApiError> error = asked.ask(*m_journal);
        QVERIFY2(error, asked.name);
        QCOMPARE(error->kind, ErrorKind::Local);
        QVERIFY2(!error->message.isEmpty() && !error->hint.isEmpty(), asked.name);
    }
    QVERIFY(!m_journal->isHeldElsewhere(jobId));
    m_journal->returnLease(jobId); // nothing to be said
}

void TestJournalFaults::aFaultIsSaid_data()
{
    QTest::addColumn<QStringList>("damage");
    QTest::addColumn<QStringList>("struck"); // what must say so
    const auto row = [](const char *name, const QStringList &damage, const QString &struck) {
        QTest::newRow(name) << damage << struck.split(QLatin1Char(' '));
    };
    row("no batches added", {trigger("INSERT ON batch")}, QStringLiteral("addJob addChild addHalves"));
    row("no batches changed", {trigger("UPDATE ON batch")}, QStringLiteral("addChild addHalves dies steps"));
    row("no attempts added", {trigger("INSERT ON attempt")}, QStringLiteral("steps"));
    row("no attempts changed", {trigger("UPDATE ON attempt")}, QStringLiteral("dies"));
    row("no lease", {trigger("INSERT ON lease")}, QStringLiteral("takeLease"));
    row("no leases read", {QStringLiteral("DROP TABLE lease")}, QStringLiteral("takeLease"));
    row("no attempts read", {QStringLiteral("DROP TABLE attempt")},
        QStringLiteral("looks sends rowsSentAgain deniedCalls steps"));
    row("no looks read", {QStringLiteral("DROP TABLE evidence")}, QStringLiteral("looks note"));
    row("no commit of batches added", uncommittable("INSERT ON batch"), QStringLiteral("addJob addChild addHalves"));
    row("no commit of steps", uncommittable("UPDATE ON batch"), QStringLiteral("dies steps"));
    row("no commit of a lease", uncommittable("INSERT ON lease"), QStringLiteral("takeLease"));
}

void TestJournalFaults::aFaultIsSaid()
{
    QFETCH(QStringList, damage);
    QFETCH(QStringList, struck);
    for (const QString &name : struck) {
        init();
        changeJournal(m_dir->path(), damage);
        const auto asked = std::find_if(everything().begin(), everything().end(),
                                        [&name](const Asked &a) { return name == QLatin1String(a.name); });
        QVERIFY(asked != everything().end());
        const auto before = m_journal->batches(jobId);
        const std::optional<ApiError> error = asked->ask(*m_journal);
        QVERIFY2(error && error->kind == ErrorKind::Local, qPrintable(name));
        // Nothing of it stays.
        const auto after = m_journal->batches(jobId);
        QCOMPARE(after->size(), before->size());
        for (qsizetype i = 0; i < after->size(); ++i)
            QCOMPARE(after->at(i).state, before->at(i).state);
        QCOMPARE(m_journal->jobs()->size(), 1);
    }
}

void TestJournalFaults::otherStatesAreNotRead_data()
{
    QTest::addColumn<QString>("damage");
    QTest::addColumn<QStringList>("struck");
    const auto row = [](const char *name, const char *damage, const QStringList &struck) {
        QTest::newRow(name) << QString::fromLatin1(damage) << struck;
    };
    const QStringList jobs{QStringLiteral("jobs"), QStringLiteral("job")};
    row("a batch", "UPDATE batch SET state='LANDED' WHERE seq=3",
        {QStringLiteral("batches"), QStringLiteral("counts")});
    row("an upload", "UPDATE job SET state='lost'", jobs);
    row("a table being made", "UPDATE job SET creation='perhaps'", jobs);
    row("what tells rows apart", "UPDATE job SET evidence='smell'", jobs);
    row("no columns", "UPDATE job SET columns='[]'", jobs);
}

/// What a newer or a broken program wrote is not guessed at.
void TestJournalFaults::otherStatesAreNotRead()
{
    QFETCH(QString, damage);
    QFETCH(QStringList, struck);
    changeJournal(m_dir->path(), {QStringLiteral("PRAGMA ignore_check_constraints=ON"), damage});
    for (const Asked &asked : everything()) {
        if (!struck.contains(QLatin1String(asked.name)))
            continue;
        const std::optional<ApiError> error = asked.ask(*m_journal);
        QVERIFY2(error && error->kind == ErrorKind::Local, asked.name);
    }
}

void TestJournalFaults::unknownUpload()
{
    const QString other = QStringLiteral("other");
    QCOMPARE(m_journal->job(other).error().kind, ErrorKind::NotFound);
    QVERIFY(m_journal->batches(other)->isEmpty());
    QVERIFY(m_journal->counts(other)->isEmpty());
    QVERIFY(!m_journal->setJobState(other, JournalJob::State::Paused, {}));
    QVERIFY(!m_journal->step(other, 1, S::Planned, E::Begin));
    QVERIFY(!m_journal->isHeldElsewhere(other));
}

/// The first batches are read, the last one can't be: that is no upload with fewer rows.
void TestJournalFaults::rowsThatCantBeReadToTheirEnd()
{
    changeJournal(
        m_dir->path(),
        {QStringLiteral("ALTER TABLE batch RENAME TO kept"),
         QStringLiteral("CREATE VIEW batch AS SELECT job_id, seq, parent_seq, first_row, CASE WHEN seq=3 THEN "
                        "abs(-9223372036854775807-1) ELSE n_rows END AS n_rows, payload_off, payload_len, "
                        "payload_sha256, state, rows_confirmed FROM kept")});
    const auto batches = m_journal->batches(jobId);
    QVERIFY(!batches);
    QCOMPARE(batches.error().kind, ErrorKind::Local);
    QVERIFY2(batches.error().message.contains(QStringLiteral("to its end: integer overflow")),
             qPrintable(batches.error().message));
}

void TestJournalFaults::settleTimeIsKept()
{
    QVERIFY(m_journal->setSettle(jobId, 7));
    QCOMPARE(m_journal->job(jobId)->settleSeconds, 7);
}

/// Nothing waits here: the system says at once what it would say after ten seconds.
void TestJournalFaults::anotherProgramKeepsIt()
{
    for (const char *name : {"takeLease", "dies", "steps", "addJob", "setSettle"}) {
        init();
        const auto asked = std::find_if(everything().begin(), everything().end(), [name](const Asked &a) {
            return QLatin1String(a.name) == QLatin1String(name);
        });
        FailingCall locked("lock", m_dir->path(), 1);
        const std::optional<ApiError> error = asked->ask(*m_journal);
        QVERIFY(locked.end());
        QVERIFY2(error && isJournalBusy(*error), name);
        QVERIFY2(!asked->ask(*m_journal), name); // nothing is wrong with it
    }
}

void TestJournalFaults::firstStatementOfItsKind()
{
    const auto opened = UploadJournal::open(m_dir->path());
    QVERIFY(opened);
    changeJournal(m_dir->path(), {QStringLiteral("DROP TABLE attempt")});
    const auto step = (*opened)->step(jobId, 3, S::Verifying, E::Died);
    QVERIFY(!step);
    QVERIFY2(step.error().message.contains(QStringLiteral("no such table")), qPrintable(step.error().message));
    QCOMPARE((*opened)->batches(jobId)->last().state, S::Verifying);
}

/// Then it can't be told to bring each step to the disk again either: no further step is taken.
void TestJournalFaults::tablesSpoiltMidway()
{
    changeJournal(m_dir->path(), {QStringLiteral("PRAGMA writable_schema=ON"),
                                  QStringLiteral("UPDATE sqlite_master SET sql='CREATE TABLE job(' WHERE name='job'"),
                                  QStringLiteral("PRAGMA schema_version=1000")});
    for (int i = 0; i < 2; ++i) {
        const auto step = m_journal->step(jobId, 1, S::Planned, E::Begin);
        QVERIFY(!step);
        QCOMPARE(step.error().kind, ErrorKind::Local);
        QVERIFY2(step.error().message.contains(QStringLiteral("malformed")), qPrintable(step.error().message));
    }
    QVERIFY(!m_journal->step(jobId, 3, S::Verifying, E::LookedInVain));
}

/// Each call in turn: it is made as a whole or refused, and with room again it can be made.
void TestJournalFaults::faultsOfTheDiskWhileItIsMade()
{
    int at = 0;
    for (bool struck = true; struck;) {
        const QTemporaryDir dir;
        const QString folder = dir.filePath(QStringLiteral("uploads"));
        FailingCall fault("disk", folder, ++at);
        {
            const auto opened = UploadJournal::open(folder);
            struck = fault.end();
            QVERIFY(opened || opened.error().kind == ErrorKind::Local);
            QVERIFY(opened || opened.error().message.contains(folder));
            QVERIFY(opened || struck);
        }
        const auto again = UploadJournal::open(folder);
        QVERIFY2(again, qPrintable(again ? QString() : again.error().message));
        QVERIFY((*again)->addJob(sampleJob(jobId), {oneRowBatch(1)}));
    }
    QVERIFY(at > 5);
}

QTEST_GUILESS_MAIN(TestJournalFaults)
#include "tst_journalfaults.moc"
