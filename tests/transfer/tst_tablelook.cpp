#include "transfer/madeuptable.h"
#include "transfer/payloadspool.h"
#include "transfer/tablelook.h"
#include "transfer/virtualclock.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace rowdesk;
using namespace rowdesk::test;

using V = Finding::Verdict;

namespace {

/// Waits are a little shorter than they should be, as coarse timers may be.
class EarlyClock final : public UploadClock
{
public:
    qint64 now() const override { return clock.now(); }
    void after(qint64 msec, QObject *context, std::function<void()> f) override
    {
        waits.append(msec);
        clock.after(msec * 95 / 100, context, std::move(f));
    }
    VirtualClock clock;
    QVector<qint64> waits;
};

TableSnapshot table(int rows)
{
    ColumnStore store;
    store.append(chunk(rows));
    store.setComplete();
    return store.snapshot();
}

} // namespace

/// How often and how much of a table is read until it is certain what it says.
class TestTableLook : public QObject
{
    Q_OBJECT
private slots:
    void init();

    void looksUntilTheTimeHasPassed();
    void rowTwiceIsCertain();
    void waitsNeedNobody();
    void stopped_data();
    void stopped();
    void spoiltRows_data();
    void spoiltRows();

private:
    /// What came of it; nothing when it was stopped.
    std::optional<Result<Finding>> look();

    std::shared_ptr<MadeUpTable> m_table;
    std::shared_ptr<EarlyClock> m_clock;
    std::unique_ptr<QTemporaryDir> m_dir;
    LookQuestion m_question;
    int m_looks = 0;
    std::function<void(qint64)> m_resting; ///< told of the waits
    std::unique_ptr<TableLook> m_look;
};

/// In question: rows 2 and 3, by key. The table had one row before.
void TestTableLook::init()
{
    m_table = std::make_shared<MadeUpTable>();
    m_clock = std::make_shared<EarlyClock>();
    m_dir = std::make_unique<QTemporaryDir>();
    m_looks = 0;
    m_resting = {};
    m_question = {};
    m_question.spool = m_dir->filePath(QStringLiteral("spool"));
    m_question.job.shape = Dialect::RowShape::Members;
    m_question.job.evidence = Evidence::Key;
    m_question.job.keyColumns = {QStringLiteral("n")};
    m_question.job.columns.columns = {{QStringLiteral("n"), ColumnType::Number}};
    m_question.job.rowsBefore = 1;
    m_question.job.settleSeconds = 60;
    PayloadSpool spool;
    QVERIFY(!spool.open(m_question.spool));
    JournalBatch batch = *spool.add(R"({"data":[{"n":2},{"n":3}]})");
    batch.seq = batch.firstRow = 1;
    batch.rows = 2;
    batch.state = BatchState::Verifying;
    m_question.batches = {batch};
    m_question.batch = 0;
}

std::optional<Result<Finding>> TestTableLook::look()
{
    std::optional<Result<Finding>> result;
    m_look = std::make_unique<TableLook>(m_table, m_clock, m_question, nullptr);
    m_look->resting = m_resting;
    m_look->looked = [this](const Finding &) { ++m_looks; };
    m_look->finished = [&result](const Result<Finding> &finding) {
        if (result)
            qFatal("finished twice");
        result = finding;
    };
    m_look->start();
    int idle = 0;
    const auto isIdle = [&] {
        const bool works = !m_clock->clock.isEmpty() || QThreadPool::globalInstance()->activeThreadCount() > 0;
        idle = works ? 0 : idle + 1;
        return idle > 1000;
    };
    runSimulation(m_clock->clock, [&] { return result || isIdle(); });
    return result;
}

/// Three equal looks are not enough while less time has passed than rows may take to appear.
void TestTableLook::looksUntilTheTimeHasPassed()
{
    m_table->onRead = [] { return table(1); };
    const auto found = look();
    QVERIFY(found && *found);
    QCOMPARE((*found)->verdict, V::None);
    QCOMPARE(m_looks, 4);
    QVERIFY(m_clock->now() >= 60'000);
    QCOMPARE(m_clock->waits, QVector<qint64>(3, 30'000));
}

void TestTableLook::rowTwiceIsCertain()
{
    m_table->onRead = [] {
        ColumnStore store;
        store.append(chunk(3));
        store.append(chunk(3));
        store.setComplete();
        return store.snapshot();
    };
    const auto found = look();
    QVERIFY(found && *found);
    QCOMPARE((*found)->verdict, V::Wrong);
    QCOMPARE(m_looks, 1);
}

void TestTableLook::waitsNeedNobody()
{
    QVector<int> rows{1, 3}; // they arrive meanwhile
    m_table->onRead = [&rows] { return table(rows.takeFirst()); };
    const auto found = look();
    QVERIFY(found && *found);
    QCOMPARE((*found)->verdict, V::All);
    QCOMPARE(m_looks, 2);
}

void TestTableLook::stopped_data()
{
    QTest::addColumn<QString>("when");
    for (const char *when : {"a page is read", "the end is compared", "all is read", "all is compared", "waiting"})
        QTest::newRow(when) << QString::fromLatin1(when);
}

/// Nothing is said any more once it was stopped.
void TestTableLook::stopped()
{
    QFETCH(QString, when);
    const auto stop = [this] { m_look->stop(); };
    const auto soon = [this] { // once what is given now has been taken
        QMetaObject::invokeMethod(
            m_look.get(),
            [this] {
                QMetaObject::invokeMethod(
                    m_look.get(), [this] { m_look->stop(); }, Qt::QueuedConnection);
            },
            Qt::QueuedConnection);
    };
    m_table->onRead = [&] {
        if (when == QLatin1String("all is read"))
            stop();
        if (when == QLatin1String("all is compared"))
            soon();
        return table(1);
    };
    if (when == QLatin1String("waiting"))
        m_resting = [&](qint64) { stop(); };
    if (when == QLatin1String("a page is read")) {
        m_table->onPage = [&](int) {
            stop();
            return Result<RowsPage>(gone());
        };
    }
    if (when == QLatin1String("the end is compared")) {
        m_table->be(3, 2);
        m_table->onPage = [&, own = m_table->onPage, last = 0](int number) mutable {
            if (number == 2 && ++last == 2)
                soon();
            return own(number);
        };
    }
    QVERIFY(!look());
    QCOMPARE(m_looks, when == QLatin1String("waiting") ? 1 : 0);
}

void TestTableLook::spoiltRows_data()
{
    QTest::addColumn<bool>("atTheEnd");
    QTest::newRow("end") << true;
    QTest::newRow("all") << false;
}

void TestTableLook::spoiltRows()
{
    QFETCH(bool, atTheEnd);
    if (atTheEnd)
        m_table->be(3, 2);
    m_table->onRead = [] { return table(3); };
    QVERIFY(QFile::remove(m_question.spool));
    const auto found = look();
    QVERIFY(found && !*found);
    QCOMPARE(found->error().kind, ErrorKind::Local);
    QCOMPARE(m_looks, 0);
    QCOMPARE(m_table->reads, atTheEnd ? 0 : 1);
}

QTEST_GUILESS_MAIN(TestTableLook)
#include "tst_tablelook.moc"
