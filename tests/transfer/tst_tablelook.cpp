#include "core/columnstore.h"
#include "transfer/payloadspool.h"
#include "transfer/tablelook.h"
#include "transfer/virtualclock.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace rowdesk;
using namespace rowdesk::test;

using V = Finding::Verdict;
using More = RowsPage::More;

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

std::shared_ptr<const Chunk> chunk(int rows, int from = 1)
{
    RowBatch batch(1);
    for (int i = 0; i < rows; ++i) {
        batch.beginRow(1);
        batch.addCell(CellKind::Number, std::to_string(from + i));
    }
    return chunkFromBatch({QStringLiteral("n")}, batch);
}

TableSnapshot table(int rows)
{
    ColumnStore store;
    store.append(chunk(rows));
    store.setComplete();
    return store.snapshot();
}

ApiError gone()
{
    return {ErrorKind::Network, 0, {}, QStringLiteral("Gone."), {}, {}};
}

/// A table of one column whose pages and rows a test makes up.
class MadeUpTable final : public UploadTarget
{
public:
    std::function<Result<RowsPage>(int)> onPage = [](int) { return Result<RowsPage>(gone()); };
    std::function<Result<TableSnapshot>()> onRead = [] { return Result<TableSnapshot>(gone()); };
    QVector<int> pages; ///< that were asked for
    int reads = 0;

    QString address() const override { return QStringLiteral("made://up/"); }
    Dialect::RowShape rowShape() const override { return Dialect::RowShape::Members; }
    Call<QString> create(const DataService::NewTable &) override { return Call<QString>::finished(gone()); }
    Call<QVector<DatasetInfo>> list(const QString &) override { return Call<QVector<DatasetInfo>>::finished(gone()); }
    Call<DataService::Appended> append(const QString &, const QByteArray &, qint64, ApiClient::Gate) override
    {
        return Call<DataService::Appended>::finished(gone());
    }
    Call<TableSnapshot> read(const QString &) override
    {
        ++reads;
        return Call<TableSnapshot>::finished(onRead());
    }
    Call<RowsPage> page(const QString &, int number) override
    {
        pages.append(number);
        return Call<RowsPage>::finished(onPage(number));
    }

    /// A table of so many rows in pages of `size`, honestly.
    void be(qint64 rows, int size)
    {
        onPage = [rows, size](int number) -> Result<RowsPage> {
            const qint64 left = std::clamp<qint64>(rows - qint64(number - 1) * size, 0, size);
            RowsPage page{chunk(int(left), int((number - 1) * size) + 1), More::No, {}, {}};
            if (qint64(number) * size < rows)
                page.more = More::Yes;
            return page;
        };
    }
};

} // namespace

/// How often and how much of a table is read until it is certain what it says.
class TestTableLook : public QObject
{
    Q_OBJECT
private slots:
    void init();

    void endOfATable_data();
    void endOfATable();
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

void TestTableLook::endOfATable_data()
{
    using Change = std::function<void(MadeUpTable &)>;
    QTest::addColumn<Change>("change");
    QTest::addColumn<TailWish>("wish");
    QTest::addColumn<int>("total"); // -1: it is to be read as a whole
    const TailWish wish{5, 100, 105, true};
    const auto honest = [](qint64 rows, int size) { return [=](MadeUpTable &t) { t.be(rows, size); }; };
    /// As `honest` with 103 rows in pages of 10, and something wrong.
    const auto wrong = [](const std::function<void(int, RowsPage &)> &change) {
        return [change](MadeUpTable &t) {
            t.be(103, 10);
            t.onPage = [change, own = t.onPage](int number) {
                Result<RowsPage> page = own(number);
                change(number, page.value());
                return page;
            };
        };
    };
    const auto add = [](const char *name, int total, const TailWish &asked, const Change &change) {
        QTest::newRow(name) << change << asked << total;
    };
    add("where it is expected", 103, wish, honest(103, 10));
    add("further back", 63, wish, honest(63, 10));
    add("further on", 303, wish, honest(303, 10));
    add("much further on", -1, wish, honest(1203, 10));
    add("uncounted", 1203, {5, 0, 5, false}, honest(1203, 10));
    add("all rows are wished for", 15, {50, 10, 15, true}, honest(15, 10));
    add("one page", -1, wish, honest(10, 10));
    add("no rows", -1, wish, honest(0, 10));
    add("far more than is worth it", -1, {5, 10, 15, true}, honest(5000, 10));
    add("far more than can be found", -1, {5, 10, 15, true}, honest((1 << 24) - 7, 1));
    add("an error", -1, wish, [](MadeUpTable &) {});
    add("told right", 103, wish, wrong([](int number, RowsPage &page) {
            page.total = 103;
            page.page = number;
        }));
    add("told once", 103, wish, wrong([](int number, RowsPage &page) {
            if (number == 1)
                page.total = 103;
        }));
    add("unsaid", -1, wish, wrong([](int, RowsPage &page) { page.more = More::Unsaid; }));
    add("another page", -1, wish, wrong([](int, RowsPage &page) { page.page = 1; }));
    add("totals differ", -1, wish, wrong([](int number, RowsPage &page) { page.total = 100 + number; }));
    add("total contradicts the pages", -1, wish, wrong([](int, RowsPage &page) { page.total = 104; }));
    add("empty, and more follow", -1, wish, wrong([](int number, RowsPage &page) {
            page.chunk = number == 1 ? page.chunk : chunk(0);
            page.more = More::Yes;
        }));
    add("first one empty, and more follow", -1, wish, wrong([](int, RowsPage &page) {
            page.chunk = chunk(0);
            page.more = More::Yes;
        }));
    add("another size", -1, wish, wrong([](int number, RowsPage &page) {
            if (number == 10)
                page.chunk = chunk(9);
        }));
    add("last one too long", -1, wish, wrong([](int number, RowsPage &page) {
            if (number == 11)
                page.chunk = chunk(11);
        }));
    add("never an end", -1, wish, wrong([](int, RowsPage &page) {
            page.chunk = chunk(10);
            page.more = More::Yes;
        }));
    add("an empty page, and more before it", -1, wish, wrong([](int number, RowsPage &page) {
            page.chunk = chunk(number == 11 ? 0 : 10);
            page.more = number == 11 ? More::No : More::Yes;
        }));
    add("grows meanwhile", -1, wish, [last = 0](MadeUpTable &t) mutable {
        t.be(103, 10);
        t.onPage = [last, own = t.onPage](int number) mutable {
            Result<RowsPage> page = own(number);
            if (number == 11 && last++ > 0)
                page.value().chunk = chunk(4);
            return page;
        };
    });
    add("goes on meanwhile", -1, wish, [last = 0](MadeUpTable &t) mutable {
        t.be(103, 10);
        t.onPage = [last, own = t.onPage](int number) mutable {
            Result<RowsPage> page = own(number);
            if (number == 11 && last++ > 0) {
                page.value().chunk = chunk(10);
                page.value().more = More::Yes;
            }
            return page;
        };
    });
}

void TestTableLook::endOfATable()
{
    using Change = std::function<void(MadeUpTable &)>;
    QFETCH(Change, change);
    QFETCH(TailWish, wish);
    QFETCH(int, total);
    change(*m_table);
    TailReading reading(m_table, QStringLiteral("5"), wish, nullptr);
    std::optional<std::optional<TableTail>> tail;
    reading.finished = [&tail](const std::optional<TableTail> &found) {
        if (tail)
            qFatal("finished twice");
        tail = found;
    };
    reading.start();
    QTRY_VERIFY(tail);
    QCOMPARE(tail->has_value(), total >= 0);
    QVERIFY(m_table->pages.size() <= 40);
    QVERIFY(std::all_of(m_table->pages.begin(), m_table->pages.end(), [](int page) { return page > 0; }));
    if (total < 0)
        return;
    QCOMPARE((*tail)->total, total);
    QVERIFY((*tail)->rows.rowCount() >= std::min<qint64>(wish.rows, total));
    std::string scratch;
    const qsizetype rows = (*tail)->rows.rowCount();
    for (qsizetype i = 0; i < rows; ++i)
        QCOMPARE((*tail)->rows.cell(i, 0, scratch).text, std::to_string(total - rows + i + 1));
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
