#include "transfer/hookedservice.h"
#include "transfer/journalsamples.h"
#include "transfer/uploadwaitstage.h"

using namespace rowdesk;
using namespace rowdesk::test;

using Facts = DataService::TableFacts;

/// Answers, cancels and ends that come at a moment of their own.
class TestUploadMoments : public QObject, protected UploadWaitStage
{
    Q_OBJECT
private slots:
    void init();

    void whatACountMaySay_data();
    void whatACountMaySay();
    void cancelAtAnyMoment_data();
    void cancelAtAnyMoment();
    void oneCallIsLetGoOnce();
    void nobodyIsLeftToLetItGo();
    void successThatCantBe();
    void askedToWaitForNothing();
    void cancelWhileTheWholeIsChecked();
    void cancelWhileTheEndIsCounted();
    void answerWithinTheGraceAfterSleep();
    void othersAccountOrFormat_data();
    void othersAccountOrFormat();
    void undecidedStaysUndecided();
    void nothingConfirmedNothingAudited_data();
    void nothingConfirmedNothingAudited();
    void manyBadRows();
    void auditThatIsNotWritten_data();
    void auditThatIsNotWritten();
    void countThatIsNotWritten();

private:
    static ApiError error(ErrorKind kind) { return {kind, 0, {}, QStringLiteral("struck"), {}, {}}; }
    std::unique_ptr<UploadJob> job(const UploadPlan &plan) { return std::make_unique<UploadJob>(tools(), plan); }
    std::unique_ptr<UploadJob> again(const QString &id)
    {
        return std::make_unique<UploadJob>(tools(), *m_journal->job(id));
    }

    std::shared_ptr<HookedService> m_hooked;
};

void TestUploadMoments::init()
{
    setUp();
    m_hooked = std::make_shared<HookedService>(m_clock, 1);
    m_hooked->faultPercent = m_hooked->readFaultPercent = 0;
    m_service = m_hooked;
}

void TestUploadMoments::whatACountMaySay_data()
{
    using Answer = Result<Facts>;
    QTest::addColumn<int>("at"); // which count; 1: the one before
    QTest::addColumn<Answer>("answer");
    QTest::addColumn<int>("fate"); // of the second call
    QTest::addColumn<int>("appends");
    const Answer unknown = Facts{};
    for (const auto &[what, fate, appends] :
         {std::tuple("a denial", Fate::AskedToWait, 4), std::tuple("a refusal", Fate::Rejected, 5),
          std::tuple("nothing", Fate::Stored, 3)}) {
        for (const int at : {1, 2}) {
            QTest::addRow("%s, count %d without a number", what, at) << at << unknown << int(fate) << appends;
            QTest::addRow("%s, count %d forbidden", what, at)
                << at << Answer(error(ErrorKind::Forbidden)) << int(fate) << appends;
            QTest::addRow("%s, count %d without a connection", what, at)
                << at << Answer(error(ErrorKind::Network)) << int(fate) << appends;
        }
    }
    QTest::newRow("a refusal that the count contradicts")
        << 2 << Answer(Facts{{}, 1000, {}}) << int(Fate::Rejected) << 5;
}

/// The count that is to check an answer tells nothing, or the wrong thing: rows are in the table once all the same.
void TestUploadMoments::whatACountMaySay()
{
    using Answer = Result<Facts>;
    QFETCH(int, at);
    QFETCH(Answer, answer);
    QFETCH(int, fate);
    m_service->script = {Fate::Stored, Fate(fate)};
    m_hooked->onFacts = [&, count = 0]() mutable { return ++count == at ? std::optional(answer) : std::nullopt; };
    const Receipt receipt = run(plan());
    QVERIFY2(receipt.complete, receipt.error ? qPrintable(receipt.error->text()) : "");
    QVERIFY(wrong().isEmpty());
    QTEST(m_service->appends, "appends");
}

void TestUploadMoments::cancelAtAnyMoment_data()
{
    using Script = std::vector<Fate>;
    QTest::addColumn<Script>("script");
    QTest::addColumn<Evidence>("evidence");
    const auto add = [](const char *name, const Script &script, Evidence evidence = Evidence::Content) {
        QTest::newRow(name) << script << evidence;
    };
    add("all is well", {});
    add("marked", {}, Evidence::Marker);
    add("an answer is lost", {Fate::Stored, Fate::LostStored});
    add("rows come late", {Fate::Stored, Fate::LostStoredLate});
    add("a part is stored", {Fate::Stored, Fate::LostStoredPart});
    add("denied", {Fate::Stored, Fate::AskedToWait});
    add("denied and stored", {Fate::Stored, Fate::AskedToWaitStored});
    add("signed out", {Fate::RefusedCredentials, Fate::RefusedStored});
    add("refused", {Fate::Stored, Fate::Rejected});
    add("no connection", {Fate::NotConnected, Fate::BrokenBeforeLast});
    add("fewer told", {Fate::Stored, Fate::Fewer});
}

/// A cancel after every 4 msec of an upload: what is reported holds, and the next run brings every row in once.
void TestUploadMoments::cancelAtAnyMoment()
{
    using Script = std::vector<Fate>;
    QFETCH(Script, script);
    QFETCH(Evidence, evidence);
    constexpr qint64 longest = 100'000; // looks have settled by then
    bool isOver = false;
    for (qint64 msec = 0; msec < longest && !isOver; msec += msec < 100 ? 4 : 9'973) {
        init();
        m_service->script.assign(script.begin(), script.end());
        auto begun = job(plan(evidence));
        const QString id = begun->receipt().job;
        isOver = true; // when it ends before
        m_clock->after(msec, begun.get(), [&isOver, running = begun.get()] {
            isOver = false;
            running->cancel();
        });
        const Receipt receipt = run(std::move(begun));
        const auto there = std::count_if(m_service->rows.begin(), m_service->rows.end(),
                                         [](const SimulatedService::Row &row) { return row.n > 0; });
        const auto at = QStringLiteral("cancelled after %1 msec").arg(msec);
        QVERIFY2(there >= receipt.rowsConfirmed, qPrintable(at));
        QVERIFY2(there <= receipt.rowsConfirmed + receipt.rowsUnknown, qPrintable(at));
        const Result<JournalJob> known = m_journal->job(id);
        if (!known || known->state == JournalJob::State::Abandoned || receipt.complete) {
            QVERIFY2(receipt.complete || there == 0, qPrintable(at));
            continue;
        }
        m_service->script.clear();
        QVERIFY2(run(again(id)).complete, qPrintable(at));
        QVERIFY2(wrong().isEmpty(), qPrintable(at));
    }
}

/// The transport says twice that all but the last byte has left.
void TestUploadMoments::oneCallIsLetGoOnce()
{
    int released = 0;
    m_hooked->onAppend = [&](const ApiClient::Gate &gate) {
        Completion<DataService::Appended> completion;
        m_clock->after(1, m_hooked.get(), [&, gate, completion] {
            for (int i = 0; i < 2; ++i)
                gate.drained([&released] { ++released; });
            completion.finish(DataService::Appended{500, 500});
        });
        return std::optional(completion.call());
    };
    (void)run(plan());
    QCOMPARE(released, 3);
}

void TestUploadMoments::nobodyIsLeftToLetItGo()
{
    std::optional<ApiClient::Gate> kept;
    m_hooked->onAppend = [&](const ApiClient::Gate &gate) {
        kept = gate;
        m_service->dead = true; // the job goes
        return std::optional(Completion<DataService::Appended>().call());
    };
    (void)run(plan());
    QVERIFY(kept);
    kept->drained([] { QFAIL("rows left without a journal"); });
    kept->mayRepeat(std::chrono::seconds(1));
}

/// The service says that it stored rows before it had the last byte.
void TestUploadMoments::successThatCantBe()
{
    m_hooked->onAppend = [](const ApiClient::Gate &) {
        return std::optional(Call<DataService::Appended>::finished(DataService::Appended{500, 500}));
    };
    UploadPlan blind = plan(Evidence::None);
    const Receipt receipt = run(blind);
    QCOMPARE(receipt.error->kind, ErrorKind::OutcomeUnknown);
    QCOMPARE(receipt.rowsConfirmed, 0);
    QCOMPARE(receipt.rowsUnknown, 500);
}

void TestUploadMoments::askedToWaitForNothing()
{
    m_hooked->onAppend = [this](const ApiClient::Gate &gate) {
        m_hooked->onAppend = {};
        gate.drained([] {});
        gate.mayRepeat(std::chrono::seconds(0));
        return std::optional(Call<DataService::Appended>::finished(error(ErrorKind::RateLimited)));
    };
    const Receipt receipt = run(plan());
    QVERIFY(receipt.isSound());
    QVERIFY(wrong().isEmpty());
    QCOMPARE(m_waits, QStringList{QStringLiteral("1")});
}

void TestUploadMoments::cancelWhileTheWholeIsChecked()
{
    m_service->script = {Fate::Replayed};
    auto begun = job(plan(Evidence::Marker));
    m_hooked->onRead = [running = begun.get()]() -> std::optional<Result<TableSnapshot>> {
        running->cancel();
        return std::nullopt;
    };
    const Receipt receipt = run(std::move(begun));
    QCOMPARE(receipt.error->kind, ErrorKind::Cancelled);
    QVERIFY(!receipt.complete);
    QCOMPARE(m_service->wholeReads, 1);
}

void TestUploadMoments::cancelWhileTheEndIsCounted()
{
    auto begun = job(plan());
    int counts = 0;
    m_hooked->onFacts = [&counts, running = begun.get()]() -> std::optional<Result<Facts>> {
        if (++counts == 1)
            return std::nullopt;
        QMetaObject::invokeMethod(
            running, [running] { running->cancel(); }, Qt::QueuedConnection);
        return Facts{{}, 1499, {}}; // a list may lag behind
    };
    const Receipt receipt = run(std::move(begun));
    QVERIFY(receipt.complete);
    QCOMPARE(receipt.countDifference(), std::optional<qint64>(-1));
    QCOMPARE(counts, 2);
}

void TestUploadMoments::answerWithinTheGraceAfterSleep()
{
    m_hooked->onAppend = [&](const ApiClient::Gate &gate) -> std::optional<Call<DataService::Appended>> {
        if (m_service->rows.empty())
            return std::nullopt;
        const int first = int(m_service->rows.size()) + 1;
        const bool sleeps = first == 501; // the last call only takes its time
        Completion<DataService::Appended> completion;
        gate.drained([] {});
        if (sleeps)
            m_clock->after(100, m_hooked.get(), [this] { m_clock->sleep(3'600'000); });
        m_clock->after(sleeps ? 3'605'000 : 8'000, m_hooked.get(), [this, first, completion] {
            for (int n = first; n < first + 500; ++n)
                m_service->rows.push_back({n, QStringLiteral("row %1").arg(n), {}, 0});
            completion.finish(DataService::Appended{500, 500});
        });
        return completion.call();
    };
    const Receipt receipt = run(plan());
    QVERIFY(receipt.isSound());
    QVERIFY(wrong().isEmpty());
    QCOMPARE(receipt.rowsFound, 0); // nothing had to be looked for
}

void TestUploadMoments::othersAccountOrFormat_data()
{
    QTest::addColumn<QString>("change");
    QTest::newRow("account") << QStringLiteral("UPDATE job SET account='someone'");
    QTest::newRow("begun without a version") << QStringLiteral("UPDATE job SET row_shape='cells'");
    QTest::newRow("begun with a version") << QString();
}

void TestUploadMoments::othersAccountOrFormat()
{
    QFETCH(QString, change);
    m_service->script = {Fate::Stored, Fate::DiesNotStored};
    (void)run(plan());
    m_service->dead = false;
    const QString id = m_journal->jobs()->constFirst().id;
    if (change.isEmpty())
        m_hooked->shape = Dialect::RowShape::Cells;
    else
        changeJournal(m_dir->path(), {change});
    const Receipt receipt = run(again(id));
    QCOMPARE(receipt.error->kind, ErrorKind::Usage);
    QVERIFY(receipt.error->hint.startsWith(QStringLiteral("Nothing was sent")));
    QCOMPARE(m_service->appends, 2);
    QCOMPARE(receipt.rowsUnknown, 500);
}

void TestUploadMoments::undecidedStaysUndecided()
{
    m_service->script = {Fate::Stored, Fate::AskedToWaitStored};
    const Receipt first = run(plan(Evidence::None));
    QVERIFY(m_undecided);
    const Receipt second = run(again(first.job));
    QVERIFY(m_undecided);
    QCOMPARE(second.rowsUnknown, 500);
    QCOMPARE(m_service->appends, 2);
    QVERIFY(second.error->message.contains(QStringLiteral("can't be told")));
}

void TestUploadMoments::nothingConfirmedNothingAudited_data()
{
    QTest::addColumn<int>("count");
    QTest::newRow("no rows") << 0;
    QTest::newRow("one that is refused") << 1;
}

void TestUploadMoments::nothingConfirmedNothingAudited()
{
    QFETCH(int, count);
    m_service->badRows = {1};
    UploadPlan few = planFor(ListSource::numbered(count));
    few.evidence = Evidence::Marker;
    few.newTable.name = QStringLiteral("Orders");
    m_service->withMarker = true;
    const Receipt receipt = run(few);
    QCOMPARE(receipt.complete, count == 0);
    QCOMPARE(m_service->wholeReads, 0);
    QCOMPARE(receipt.datasetName, QStringLiteral("Orders"));
}

/// More than are looked for one by one, and more than are named.
void TestUploadMoments::manyBadRows()
{
    for (int n = 5; n <= rows; n += 9)
        m_service->badRows.insert(n);
    const Receipt receipt = run(plan());
    QCOMPARE(receipt.error->kind, ErrorKind::Rejected);
    QVERIFY2(receipt.error->message.contains(QStringLiteral("rows ")), qPrintable(receipt.error->message));
    QVERIFY(m_service->appends <= 3 * (1 + 2 * 64));
    QCOMPARE(qint64(m_service->rows.size()), receipt.rowsConfirmed);
    m_service->badRows.clear();
    QVERIFY(run(again(receipt.job)).complete);
    QVERIFY(wrong().isEmpty());
}

void TestUploadMoments::auditThatIsNotWritten_data()
{
    QTest::addColumn<bool>("reads");
    QTest::newRow("what it found") << true;
    QTest::newRow("not read") << false;
}

void TestUploadMoments::auditThatIsNotWritten()
{
    QFETCH(bool, reads);
    m_service->script = {Fate::Replayed};
    if (reads)
        changeJournal(m_dir->path(), {QStringLiteral("CREATE TRIGGER struck BEFORE UPDATE ON batch WHEN "
                                                     "NEW.state='ANOMALY' BEGIN SELECT RAISE(ABORT, 'struck'); END")});
    else
        m_hooked->onRead = [] { return std::optional(Result<TableSnapshot>(error(ErrorKind::Forbidden))); };
    const Receipt receipt = run(plan(Evidence::Marker));
    QVERIFY(!receipt.complete);
    QCOMPARE(receipt.error->kind, reads ? ErrorKind::Local : ErrorKind::Forbidden);
    QCOMPARE(receipt.error->message.startsWith(QStringLiteral("Every row was confirmed")), !reads);
}

void TestUploadMoments::countThatIsNotWritten()
{
    changeJournal(m_dir->path(), {QStringLiteral("CREATE TRIGGER struck BEFORE UPDATE ON job WHEN NEW.rows_after NOT "
                                                 "NULL BEGIN SELECT RAISE(ABORT, 'struck'); END")});
    const Receipt receipt = run(plan());
    QVERIFY(!receipt.complete);
    QCOMPARE(receipt.error->kind, ErrorKind::Local);
    QCOMPARE(receipt.rowsConfirmed, rows);
}

QTEST_GUILESS_MAIN(TestUploadMoments)
#include "tst_uploadmoments.moc"
