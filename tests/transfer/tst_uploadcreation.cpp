#include "transfer/hookedservice.h"
#include "transfer/journalsamples.h"
#include "transfer/uploadwaitstage.h"

using namespace rowdesk;
using namespace rowdesk::test;

/// The table of an upload is made once, whatever becomes of the answers, and rows go to no other.
class TestUploadCreation : public QObject, protected UploadWaitStage
{
    Q_OBJECT
private slots:
    void init();

    void answers_data();
    void answers();
    void tableOfWhichNothingIsTold_data();
    void tableOfWhichNothingIsTold();
    void faults_data();
    void faults();
    void cancelBeforeItIsAskedFor();
    void cancelWhileItIsAskedFor();
    void continued_data();
    void continued();

private:
    UploadPlan creating() const
    {
        UploadPlan made = plan();
        made.datasetId.clear();
        made.newTable = {QStringLiteral("T"), {}, made.target};
        return made;
    }
    static ApiError error(ErrorKind kind) { return {kind, 0, {}, QStringLiteral("struck"), {}, {}}; }
    DatasetInfo table(std::optional<qint64> count, const QStringList &columns = {}) const;

    std::shared_ptr<HookedService> m_hooked;
    QVector<Result<QString>> m_made;               ///< what comes of each creation; then it is made
    QVector<Result<QVector<DatasetInfo>>> m_lists; ///< what each list says; then nothing
    int m_creations = 0;
};

void TestUploadCreation::init()
{
    setUp();
    m_hooked = std::make_shared<HookedService>(m_clock, 1);
    m_hooked->faultPercent = m_hooked->readFaultPercent = 0;
    m_hooked->pageSizes = {10};
    m_service = m_hooked;
    m_made.clear();
    m_lists.clear();
    m_creations = 0;
    m_hooked->onCreate = [this]() -> std::optional<Result<QString>> {
        ++m_creations;
        return m_made.isEmpty() ? Result<QString>(QStringLiteral("9")) : m_made.takeFirst();
    };
    m_hooked->onList = [this]() -> std::optional<Result<QVector<DatasetInfo>>> {
        return m_lists.isEmpty() ? Result<QVector<DatasetInfo>>(QVector<DatasetInfo>()) : m_lists.takeFirst();
    };
}

DatasetInfo TestUploadCreation::table(std::optional<qint64> count, const QStringList &columns) const
{
    DatasetInfo info;
    info.id = QStringLiteral("7");
    info.name = QStringLiteral("T");
    info.rows = count;
    if (!columns.isEmpty()) {
        info.schema = Schema();
        for (const QString &column : columns)
            info.schema->columns.append({column, ColumnType::Text});
    }
    return info;
}

void TestUploadCreation::answers_data()
{
    using Made = QVector<Result<QString>>;
    using Lists = QVector<Result<QVector<DatasetInfo>>>;
    QTest::addColumn<Made>("made");
    QTest::addColumn<Lists>("lists");
    QTest::addColumn<int>("creations");
    QTest::addColumn<QString>("id"); // of the table that the rows went to; empty: none
    QTest::addColumn<bool>("unknown");
    const auto add = [](const char *name, const Made &made, const Lists &lists, int creations, const char *id,
                        bool unknown = false) {
        QTest::newRow(name) << made << lists << creations << QString::fromLatin1(id) << unknown;
    };
    using K = ErrorKind;
    const ApiError lost = error(K::OutcomeUnknown);
    const ApiError refused = error(K::Rejected);
    const auto list = [](const DatasetInfo &table) { return QVector<DatasetInfo>{table}; };
    const QStringList same{QStringLiteral("n"), QStringLiteral("text")};
    add("made", {}, {}, 1, "9");
    add("refused", {refused}, {}, 1, "");
    add("no connection at first", {error(K::Network)}, {}, 2, "9");
    add("lost, made", {lost}, {list(table(0, same))}, 1, "7");
    add("lost, made, told nothing of it", {lost}, {list(table({}))}, 1, "7");
    add("lost, told nothing of it twice", {lost}, {QVector<DatasetInfo>{table({}), table({})}}, 1, "", true);
    add("lost, not made", {lost}, {}, 2, "9");
    add("lost, not listed at first", {lost, refused}, {QVector<DatasetInfo>(), list(table(0, same))}, 2, "7");
    add("lost, then no connection", {lost, error(K::Network)}, {}, 3, "9");
    add("lost, then no list for a while", {lost}, {error(K::Network), list(table(0, same))}, 1, "7");
    add("lost, then no list", {lost}, {error(K::Forbidden)}, 1, "", true);
    add("lost, one with rows", {lost}, {list(table(5, same))}, 1, "", true);
    add("lost, one with other columns", {lost}, {list(table(0, {QStringLiteral("n")}))}, 1, "", true);
    add("lost, several", {lost}, {QVector<DatasetInfo>{table(0, same), table(0, same)}}, 1, "", true);
    add("lost again and again", Made(9, lost), {}, 5, "", true);
    add("given up", {error(K::Cancelled)}, {}, 1, "", true);
}

void TestUploadCreation::answers()
{
    using Made = QVector<Result<QString>>;
    using Lists = QVector<Result<QVector<DatasetInfo>>>;
    QFETCH(Made, made);
    QFETCH(Lists, lists);
    QFETCH(QString, id);
    m_made = made;
    m_lists = lists;
    const Receipt receipt = run(creating());
    QTEST(m_creations, "creations");
    QCOMPARE(receipt.datasetId, id);
    QCOMPARE(receipt.complete, !id.isEmpty());
    QTEST(receipt.tableUnknown, "unknown");
    QCOMPARE(int(m_service->rows.size()), id.isEmpty() ? 0 : rows);
    QVERIFY(id.isEmpty() || wrong().isEmpty());
    const JournalJob::State left = m_journal->job(receipt.job)->state;
    QCOMPARE(left, !id.isEmpty()          ? JournalJob::State::Done
                   : receipt.tableUnknown ? JournalJob::State::Paused
                                          : JournalJob::State::Abandoned);
}

void TestUploadCreation::tableOfWhichNothingIsTold_data()
{
    using Page = std::function<Result<RowsPage>()>;
    QTest::addColumn<bool>("hasRows");
    QTest::addColumn<Page>("page"); // the first that is asked for
    QTest::newRow("has rows") << true << Page();
    QTest::newRow("can't be read") << false << Page([] { return error(ErrorKind::Forbidden); });
    QTest::newRow("can't be read at first") << true << Page([] { return error(ErrorKind::Network); });
    QTest::newRow("has an empty page, and more") << false << Page([] {
        RowsPage page;
        page.chunk = std::make_shared<Chunk>();
        page.more = RowsPage::More::Yes;
        return Result<RowsPage>(page);
    });
}

/// The rows of another table are another's.
void TestUploadCreation::tableOfWhichNothingIsTold()
{
    QFETCH(bool, hasRows);
    using Page = std::function<Result<RowsPage>()>;
    QFETCH(Page, page);
    m_made = {error(ErrorKind::OutcomeUnknown)};
    m_lists = {QVector<DatasetInfo>{table({})}, QVector<DatasetInfo>{table({})}};
    if (hasRows)
        m_service->rows.push_back({-1, QStringLiteral("before"), {}, 0});
    if (page) {
        m_hooked->onPage = [&] {
            m_hooked->onPage = {};
            return std::optional(page());
        };
    }
    const Receipt receipt = run(creating());
    QVERIFY(!receipt.complete);
    QVERIFY(receipt.tableUnknown);
    QCOMPARE(m_service->appends, 0);
}

void TestUploadCreation::faults_data()
{
    QTest::addColumn<QString>("state");
    QTest::addColumn<int>("creations");
    QTest::newRow("before it is asked for") << QStringLiteral("asked") << 0;
    QTest::newRow("after it was made") << QStringLiteral("made") << 1;
}

void TestUploadCreation::faults()
{
    QFETCH(QString, state);
    QFETCH(int, creations);
    changeJournal(m_dir->path(), {QStringLiteral("CREATE TRIGGER struck BEFORE UPDATE ON job WHEN NEW.creation='%1' "
                                                 "BEGIN SELECT RAISE(ABORT, 'struck'); END")
                                      .arg(state)});
    const Receipt receipt = run(creating());
    QCOMPARE(receipt.error->kind, ErrorKind::Local);
    QCOMPARE(m_creations, creations);
    QCOMPARE(receipt.tableUnknown, creations > 0);
    QCOMPARE(m_service->appends, 0);
}

void TestUploadCreation::cancelBeforeItIsAskedFor()
{
    auto job = std::make_unique<UploadJob>(tools(), creating());
    connect(job.get(), &UploadJob::progressed, job.get(), [running = job.get()] { running->cancel(); });
    const Receipt receipt = run(std::move(job));
    QCOMPARE(receipt.error->kind, ErrorKind::Cancelled);
    QCOMPARE(m_creations, 0);
    QVERIFY(!receipt.tableUnknown);
}

void TestUploadCreation::cancelWhileItIsAskedFor()
{
    auto job = std::make_unique<UploadJob>(tools(), creating());
    m_hooked->onCreate = [this, running = job.get()]() -> std::optional<Result<QString>> {
        ++m_creations;
        running->cancel();
        return ApiError(error(ErrorKind::OutcomeUnknown));
    };
    const Receipt receipt = run(std::move(job));
    QCOMPARE(m_creations, 1);
    QVERIFY(receipt.tableUnknown);
    QCOMPARE(m_service->appends, 0);
}

void TestUploadCreation::continued_data()
{
    QTest::addColumn<bool>("asked");
    QTest::newRow("asked for") << true;
    QTest::newRow("not asked for") << false;
}

void TestUploadCreation::continued()
{
    QFETCH(bool, asked);
    m_made = {asked ? error(ErrorKind::Cancelled) : error(ErrorKind::Network)};
    auto job = std::make_unique<UploadJob>(tools(), creating());
    connect(job.get(), &UploadJob::progressed, job.get(), [running = job.get()] {
        if (running->waiting())
            running->pause();
    });
    const Receipt first = run(std::move(job));
    QVERIFY(!first.complete);
    QCOMPARE(first.tableUnknown, asked);
    m_lists = {QVector<DatasetInfo>{table(0)}};
    const Receipt receipt = run(std::make_unique<UploadJob>(tools(), *m_journal->job(first.job)));
    QVERIFY(receipt.complete);
    QCOMPARE(receipt.datasetId, asked ? QStringLiteral("7") : QStringLiteral("9"));
    QVERIFY(wrong().isEmpty());
}

QTEST_GUILESS_MAIN(TestUploadCreation)
#include "tst_uploadcreation.moc"
