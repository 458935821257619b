#include "transfer/hookedservice.h"
#include "transfer/journalsamples.h"
#include "transfer/uploadwaitstage.h"

#include <QFile>

#include <csignal>
#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

using namespace rowdesk;
using namespace rowdesk::test;

namespace {

/// Instead of a count: someone else writes to the table while it is looked at.
constexpr int othersWrite = -2;

/// What a program may use of something, less for a while.
class LessOf
{
public:
    LessOf(__rlimit_resource resource, rlim_t most) : m_resource(resource)
    {
        getrlimit(m_resource, &m_before);
        const rlimit less{most, m_before.rlim_max};
        setrlimit(m_resource, &less);
    }
    ~LessOf() { setrlimit(m_resource, &m_before); }
    Q_DISABLE_COPY_MOVE(LessOf)

private:
    __rlimit_resource m_resource;
    rlimit m_before = {};
};

} // namespace

/// The journal or the disk fails in the middle of finding something out. Whatever the step was, the receipt stays true,
/// nothing is sent again, and the next run brings every row in once.
class TestUploadFaults : public QObject, protected UploadWaitStage
{
    Q_OBJECT
private slots:
    void init();

    void stepThatIsNotWritten_data();
    void stepThatIsNotWritten();
    void continuedWithAFault_data();
    void continuedWithAFault();
    void partsThatCantBeKept_data();
    void partsThatCantBeKept();

private:
    void strike(const QString &when)
    {
        changeJournal(m_dir->path(), {QStringLiteral("CREATE TRIGGER struck BEFORE %1 BEGIN SELECT RAISE(ABORT, "
                                                     "'struck'); END")
                                          .arg(when)});
    }
    void heal() { changeJournal(m_dir->path(), {QStringLiteral("DROP TRIGGER struck")}); }
    /// Rows of the upload that the service has.
    qint64 there() const
    {
        return std::count_if(m_service->rows.begin(), m_service->rows.end(), [](const auto &row) { return row.n > 0; });
    }
    void holds(const Receipt &receipt) const
    {
        QVERIFY(!receipt.complete && receipt.error);
        QVERIFY(receipt.rowsConfirmed <= there());
        QVERIFY(there() <= receipt.rowsConfirmed + receipt.rowsUnknown);
    }
    /// The next run ends well.
    void goesOn(const QString &id)
    {
        m_service->script.clear();
        m_service->badRows.clear();
        m_hooked->onFacts = {};
        const Receipt receipt = run(std::make_unique<UploadJob>(tools(), *m_journal->job(id)));
        QVERIFY2(receipt.complete, receipt.error ? qPrintable(receipt.error->text()) : "");
        QVERIFY(wrong().isEmpty());
    }

    std::shared_ptr<HookedService> m_hooked;
};

void TestUploadFaults::init()
{
    setUp();
    m_hooked = std::make_shared<HookedService>(m_clock, 1);
    m_hooked->faultPercent = m_hooked->readFaultPercent = 0;
    m_service = m_hooked;
}

void TestUploadFaults::stepThatIsNotWritten_data()
{
    using Script = std::vector<Fate>;
    QTest::addColumn<QString>("struck");
    QTest::addColumn<Script>("script");
    QTest::addColumn<Evidence>("evidence");
    QTest::addColumn<int>("counted"); // rows the table is said to have; -1: no answer
    const auto add = [](const char *name, const QString &struck, const Script &script,
                        Evidence evidence = Evidence::Content,
                        int counted = 0) { QTest::newRow(name) << struck << script << evidence << counted; };
    const auto to = [](const char *state) {
        return QStringLiteral("UPDATE ON batch WHEN NEW.state='%1'").arg(QLatin1String(state));
    };
    const QString child = QStringLiteral("INSERT ON batch WHEN NEW.parent_seq NOT NULL");
    const QString third = QStringLiteral("INSERT ON evidence WHEN (SELECT count(*) FROM evidence)=2");
    add("a lost answer", to("UNKNOWN"), {Fate::Stored, Fate::LostStored});
    add("a denial", to("PLANNED"), {Fate::Stored, Fate::AskedToWait});
    add("a look", to("VERIFYING"), {Fate::Stored, Fate::LostNotStored});
    add("what it saw", QStringLiteral("INSERT ON evidence"), {Fate::Stored, Fate::LostStored});
    add("that it saw a part", third, {Fate::Stored, Fate::LostStoredPart});
    add("that it saw nothing", third, {Fate::Stored, Fate::LostNotStored});
    add("that it can't tell", third, {Fate::Stored, Fate::LostStored}, Evidence::Content, othersWrite);
    add("found", to("CONFIRMED_RB"), {Fate::Stored, Fate::LostStored});
    add("the part that is missing", child, {Fate::Stored, Fate::LostStoredPart});
    add("halves", child, {Fate::Stored, Fate::Rejected});
    add("a denial that the count speaks against", to("UNKNOWN"), {Fate::Stored, Fate::AskedToWaitStored});
    add("a denial without a wait", to("UNKNOWN"), {Fate::Stored, Fate::RefusedStored});
    add("the last denial", to("UNKNOWN"), {Fate::RefusedCredentials, Fate::RefusedStored});
    add("the last denial, not counted", to("UNKNOWN"), {Fate::RefusedCredentials, Fate::RefusedStored},
        Evidence::Content, -1);
    add("a refusal that the count speaks against", to("PLANNED"), {Fate::Stored, Fate::Rejected}, Evidence::Content,
        1000);
    add("the same in doubt", to("UNKNOWN"), {Fate::Stored, Fate::Rejected}, Evidence::Content, 1000);
}

void TestUploadFaults::stepThatIsNotWritten()
{
    using Script = std::vector<Fate>;
    QFETCH(QString, struck);
    QFETCH(Script, script);
    QFETCH(Evidence, evidence);
    QFETCH(int, counted);
    m_service->script.assign(script.begin(), script.end());
    auto job = std::make_unique<UploadJob>(tools(), plan(evidence));
    const QString id = job->receipt().job;
    m_hooked->onFacts = [&, before = true]() mutable -> std::optional<Result<DataService::TableFacts>> {
        if (std::exchange(before, false) || counted == 0 || counted == othersWrite)
            return std::nullopt;
        if (counted > 0)
            return DataService::TableFacts{{}, counted, {}};
        return ApiError{ErrorKind::Credentials, 0, {}, QStringLiteral("signed out"), {}, {}};
    };
    connect(job.get(), &UploadJob::progressed, this, [this, counted, running = job.get()] {
        if (counted == othersWrite && running->isLooking() && m_service->rows.size() == 1000)
            m_service->rows.push_back({-1, QStringLiteral("other"), {}, 0});
    });
    strike(struck);
    const Receipt receipt = run(std::move(job));
    holds(receipt);
    QCOMPARE(receipt.error->kind, ErrorKind::Local);
    QVERIFY(!m_undecided);
    const int appends = m_service->appends;
    QCOMPARE(appends, int(script.size()));
    heal();
    if (counted != othersWrite)
        goesOn(id);
}

void TestUploadFaults::continuedWithAFault_data()
{
    QTest::addColumn<QStringList>("damage");
    QTest::addColumn<QStringList>("repair");
    const auto trigger = [](const char *name, const char *when) {
        QTest::newRow(name) << QStringList{QStringLiteral("CREATE TRIGGER struck BEFORE %1 BEGIN SELECT RAISE(ABORT, "
                                                          "'struck'); END")
                                               .arg(QLatin1String(when))}
                            << QStringList{QStringLiteral("DROP TRIGGER struck")};
    };
    trigger("what was under way", "UPDATE ON batch WHEN NEW.state='UNKNOWN'");
    trigger("that it runs", "UPDATE ON job WHEN NEW.state='running'");
    QTest::newRow("denials") << QStringList{QStringLiteral("UPDATE batch SET state='CONFIRMED' WHERE seq=2"),
                                            QStringLiteral("ALTER TABLE attempt RENAME TO away")}
                             << QStringList{QStringLiteral("ALTER TABLE away RENAME TO attempt"),
                                            QStringLiteral("UPDATE batch SET state='UNKNOWN' WHERE seq=2")};
    QTest::newRow("batches") << QStringList{QStringLiteral("ALTER TABLE batch RENAME TO away")}
                             << QStringList{QStringLiteral("ALTER TABLE away RENAME TO batch")};
    QTest::newRow("the upload") << QStringList{QStringLiteral("ALTER TABLE job RENAME TO away")}
                                << QStringList{QStringLiteral("ALTER TABLE away RENAME TO job")};
}

/// The program died in the second call, and its next run can't read or write what it needs first.
void TestUploadFaults::continuedWithAFault()
{
    QFETCH(QStringList, damage);
    QFETCH(QStringList, repair);
    m_service->script = {Fate::Stored, Fate::DiesStored};
    (void)run(plan());
    m_service->dead = false;
    const JournalJob known = m_journal->jobs()->constFirst();
    changeJournal(m_dir->path(), damage);
    const Receipt receipt = run(std::make_unique<UploadJob>(tools(), known));
    QVERIFY(!receipt.complete);
    QCOMPARE(receipt.error->kind, ErrorKind::Local);
    QCOMPARE(m_service->appends, 2);
    changeJournal(m_dir->path(), repair);
    goesOn(known.id);
}

void TestUploadFaults::partsThatCantBeKept_data()
{
    QTest::addColumn<QString>("fault");
    for (const char *fault : {"changed", "not opened", "disk full", "not synced", "not opened after a look"})
        QTest::newRow(fault) << QString::fromLatin1(fault);
}

/// Rows that are to go on their own are on the disk first, or they do not go.
void TestUploadFaults::partsThatCantBeKept()
{
    QFETCH(QString, fault);
    const bool looks = fault.endsWith(QLatin1String("look"));
    m_service->script = {Fate::Stored, looks ? Fate::LostStoredPart : Fate::Rejected};
    auto job = std::make_unique<UploadJob>(tools(), plan());
    const QString id = job->receipt().job;
    const QString spool = m_journal->spoolPath(id);
    std::unique_ptr<LessOf> less;
    const auto damaged = [&](const std::function<void(QFile &)> &change) {
        QFile file(spool);
        QVERIFY(file.open(QIODevice::ReadWrite));
        change(file);
    };
    const auto moveAway = [&] {
        QFile::rename(spool, spool + QLatin1String(".away"));
        QFile::link(spool + QLatin1String(".away"), spool); // is read, and not written to
    };
    if (looks) {
        m_hooked->onRead = [&]() -> std::optional<Result<TableSnapshot>> {
            if (!QFile::exists(spool + QLatin1String(".away")))
                moveAway();
            return std::nullopt;
        };
    }
    const qint64 place = 60; // of the second batch's rows, from the end of the first
    char byte = 0;
    m_hooked->onFacts = [&, calls = 0]() mutable -> std::optional<Result<DataService::TableFacts>> {
        if (++calls != 2 || looks)
            return std::nullopt;
        if (fault == QLatin1String("changed")) {
            damaged([&](QFile &file) {
                const qint64 at = (*m_journal->batches(id))[1].offset + place;
                if (file.seek(at) && file.getChar(&byte) && file.seek(at))
                    file.putChar('?');
            });
        } else if (fault == QLatin1String("not opened")) {
            moveAway();
        } else if (fault == QLatin1String("disk full")) {
            (void)std::signal(SIGXFSZ, SIG_IGN);
            less = std::make_unique<LessOf>(RLIMIT_FSIZE, rlim_t(QFile(spool).size()));
        } else {
            const int next = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
            ::close(next);
            less = std::make_unique<LessOf>(RLIMIT_NOFILE, rlim_t(next) + 1); // one file more, not two
        }
        return std::nullopt;
    };
    const Receipt receipt = run(std::move(job));
    less.reset();
    holds(receipt);
    QCOMPARE(receipt.error->kind, ErrorKind::Local);
    QCOMPARE(m_service->appends, 2);
    if (fault == QLatin1String("changed"))
        damaged([&](QFile &file) {
            if (file.seek((*m_journal->batches(id))[1].offset + place))
                file.putChar(byte);
        });
    m_hooked->onRead = {};
    if (fault.startsWith(QLatin1String("not opened")))
        QVERIFY(QFile::remove(spool) && QFile::rename(spool + QLatin1String(".away"), spool));
    goesOn(id);
}

QTEST_GUILESS_MAIN(TestUploadFaults)
#include "tst_uploadfaults.moc"
