#include "transfer/madeuptable.h"
#include "transfer/tabletail.h"

#include <QTest>

#include <limits>

using namespace rowdesk;
using namespace rowdesk::test;

using More = RowsPage::More;
using Change = std::function<void(MadeUpTable &)>;

namespace {

constexpr int longest = std::numeric_limits<int>::max();

/// "1 11 2-11": three and more in a row are one piece. Of very many only the first and their number are told.
QString runs(const QVector<int> &pages)
{
    QStringList words;
    for (qsizetype from = 0; from < pages.size();) {
        qsizetype to = from;
        while (to + 1 < pages.size() && pages[to + 1] == pages[to] + 1)
            ++to;
        if (to - from < 2)
            to = from;
        words.append(to > from ? QStringLiteral("%1-%2").arg(pages[from]).arg(pages[to])
                               : QString::number(pages[from]));
        from = to + 1;
    }
    if (words.size() > 20)
        words = words.mid(0, 8) << QStringLiteral("and so on, %1").arg(pages.size());
    return words.join(QLatin1Char(' '));
}

Change honest(qint64 rows, int size)
{
    return [=](MadeUpTable &t) { t.be(rows, size); };
}

/// 103 rows in pages of 10, and something wrong. `time`: how often this page was asked for, with this one.
Change wrong(const std::function<void(int number, int time, RowsPage &page)> &change)
{
    return [change](MadeUpTable &t) {
        t.be(103, 10);
        t.onPage = [&t, change, own = t.onPage](int number) {
            Result<RowsPage> page = own(number);
            change(number, int(t.pages.count(number)), page.value());
            return page;
        };
    };
}

} // namespace

/// Which pages are asked for to have the end of a table, and when that comes to nothing.
class TestTailReading : public QObject
{
    Q_OBJECT
private slots:
    void search_data();
    void search() { read(); }
    void contradictions_data();
    void contradictions() { read(); }

private:
    static void columns();
    static void read();
};

void TestTailReading::columns()
{
    QTest::addColumn<Change>("change");
    QTest::addColumn<TailWish>("wish");
    QTest::addColumn<int>("total"); ///< -1: it is to be read as a whole
    QTest::addColumn<QString>("pages");
}

void TestTailReading::read()
{
    QFETCH(Change, change);
    QFETCH(TailWish, wish);
    QFETCH(int, total);
    const auto table = std::make_shared<MadeUpTable>();
    change(*table);
    TailReading reading(table, QStringLiteral("5"), wish, nullptr);
    std::optional<std::optional<TableTail>> tail;
    reading.finished = [&tail](const std::optional<TableTail> &found) {
        if (tail)
            qFatal("finished twice");
        tail = found;
    };
    reading.start();
    while (!tail && table->pages.size() <= 40)
        QTest::qWait(0);
    QTEST(runs(table->pages), "pages");
    QCOMPARE(tail->has_value(), total >= 0);
    if (total < 0)
        return;
    QCOMPARE((*tail)->total, total);
    QVERIFY((*tail)->rows.rowCount() >= std::min<qint64>(wish.rows, total));
    std::string scratch;
    const qsizetype rows = (*tail)->rows.rowCount();
    for (qsizetype i = 0; i < rows; ++i)
        QCOMPARE((*tail)->rows.cell(i, 0, scratch).text, std::to_string(total - rows + i + 1));
}

void TestTailReading::search_data()
{
    columns();
    const auto add = [](const char *name, const TailWish &wish, const Change &change, int total, const char *pages) {
        QTest::newRow(name) << change << wish << total << QString::fromLatin1(pages);
    };
    add("no rows", {5, 100, 105, true}, honest(0, 10), -1, "1");
    add("one page", {5, 100, 105, true}, honest(10, 10), -1, "1");
    add(
        "an error", {5, 100, 105, true}, [](MadeUpTable &) {}, -1, "1");
    add("where it is expected", {3, 100, 103, true}, honest(103, 10), 103, "1 11 11");
    add("a full last page", {3, 97, 100, true}, honest(100, 10), 100, "1 10 10");
    add("one row on the last page", {1, 100, 101, true}, honest(101, 10), 101, "1 11 11");
    add("one row more than it has", {4, 100, 103, true}, honest(103, 10), 103, "1 11 10 11");
    add("further pages", {13, 90, 103, true}, honest(103, 10), 103, "1 11 10 11");
    add("and one row of the next", {14, 90, 103, true}, honest(103, 10), 103, "1 11 9-11");
    add("others behind", {3, 92, 95, true}, honest(103, 10), 103, "1 10 11 10 11");
    add("others behind, uncounted", {4, 92, 95, false}, honest(103, 10), 103, "1 10 11 10 11");
    add("fewer than expected", {4, 100, 106, true}, honest(103, 10), 103, "1 11 10 11");
    add("all rows", {15, 0, 15, true}, honest(15, 10), 15, "1 2 1 2");
    add("more rows than there are", {50, 10, 15, true}, honest(15, 10), 15, "1 2 1 2");
    add("expected on the first page", {1, 3, 4, false}, honest(15, 10), 15, "1 2 2");
    add("expected before the first row", {1, 0, 0, false}, honest(15, 10), 15, "1 2 2");
    add("ever further on", {3, 5, 25, false}, honest(303, 10), 303, "1 3 4 6 10 18 34 26 30 32 31 31");
    add("counted from there", {3, 5, 25, true}, honest(95, 10), 95, "1 3 4 6 10 3-10");
    add("not before what should be there", {3, 95, 205, true}, honest(95, 10), 95, "1 21 10 10");
    add("and half-way from there", {3, 25, 205, true}, honest(95, 10), 95, "1 21 3 12 7 9 10 10");
    add("behind an empty one", {3, 200, 205, true}, honest(95, 10), 95, "1 21 20 10 10");
    add("what should be there is nothing", {3, 5, 205, true}, honest(95, 10), 95, "1 21 11 6 8-10 10");
    add("what should be there is as much", {3, 205, 205, true}, honest(95, 10), 95, "1 21 11 6 8-10 10");
    add("as many requests as may be", {375, 0, 595, true}, honest(595, 10), 595, "1 60 23-60");
    add("one more", {376, 0, 595, true}, honest(595, 10), -1, "1 60");
    add("far more than can be found", {5, 10, 15, true}, honest((1 << 24) - 7, 1), -1,
        "1 15 16 18 22 30 46 78 and so on, 40");
    add("as many pages as can be named", {1, 0, longest, true}, honest(longest, 1), longest, "1 2147483647 2147483647");
    add("one page more", {1, 0, longest + qint64(1), true}, honest(103, 1), -1, "1");
}

void TestTailReading::contradictions_data()
{
    columns();
    using Wrong = std::function<void(int, int, RowsPage &)>;
    const auto add = [](const char *name, int total, const char *pages, const Wrong &change) {
        QTest::newRow(name) << wrong(change) << TailWish{5, 100, 105, true} << total << QString::fromLatin1(pages);
    };
    add("told right", 103, "1 11 10 11", [](int number, int, RowsPage &page) {
        page.total = 103;
        page.page = number;
    });
    add("told at first", 103, "1 11 10 11", [](int number, int, RowsPage &page) {
        if (number == 1)
            page.total = 103;
    });
    add("told wrong at first", -1, "1 9 10 12 11", [](int number, int, RowsPage &page) {
        if (number == 1)
            page.total = 90;
    });
    add("told wrong at last", -1, "1 11", [](int number, int, RowsPage &page) {
        if (number == 11)
            page.total = 104;
    });
    add("told wrong in between", -1, "1 11 10", [](int number, int, RowsPage &page) {
        if (number != 1)
            page.total = number == 10 ? 102 : 103;
    });
    add("totals differ", -1, "1 11", [](int number, int, RowsPage &page) { page.total = 100 + number; });
    add("total contradicts the pages", -1, "1 11", [](int, int, RowsPage &page) { page.total = 104; });
    add("unsaid", -1, "1", [](int, int, RowsPage &page) { page.more = More::Unsaid; });
    add("unsaid at last", -1, "1 11", [](int number, int, RowsPage &page) {
        if (number > 1)
            page.more = More::Unsaid;
    });
    add("another page", -1, "1 11", [](int, int, RowsPage &page) { page.page = 1; });
    add("first one empty, and more follow", -1, "1", [](int, int, RowsPage &page) {
        page.chunk = chunk(0);
        page.more = More::Yes;
    });
    add("empty, and more follow", -1, "1 11", [](int number, int, RowsPage &page) {
        page.chunk = number == 1 ? page.chunk : chunk(0);
        page.more = More::Yes;
    });
    add("shorter, and more follow", -1, "1 11", [](int number, int, RowsPage &page) {
        page.chunk = number == 1 ? page.chunk : chunk(9);
        page.more = More::Yes;
    });
    add("last one too long", -1, "1 11", [](int number, int, RowsPage &page) {
        if (number == 11)
            page.chunk = chunk(11);
    });
    add("never an end", -1, "1 11 12 14 18 26 42 74 and so on, 32", [](int, int, RowsPage &page) {
        page.chunk = chunk(10);
        page.more = More::Yes;
    });
    add("an empty page, and more before it", -1, "1 11 10", [](int number, int, RowsPage &page) {
        page.chunk = chunk(number == 11 ? 0 : 10);
        page.more = number == 11 ? More::No : More::Yes;
    });
    add("another size", -1, "1 11 10", [](int number, int, RowsPage &page) {
        if (number == 10)
            page.chunk = chunk(9);
    });
    add("ends meanwhile", -1, "1 11 10", [](int number, int, RowsPage &page) {
        if (number == 10)
            page.more = More::No;
    });
    add("grows meanwhile", -1, "1 11 10 11", [](int number, int time, RowsPage &page) {
        if (number == 11 && time > 1)
            page.chunk = chunk(4);
    });
    add("goes on meanwhile", -1, "1 11 10 11", [](int number, int time, RowsPage &page) {
        if (number == 11 && time > 1) {
            page.chunk = chunk(10);
            page.more = More::Yes;
        }
    });
    add("is full meanwhile", -1, "1 11 10 11", [](int number, int time, RowsPage &page) {
        if (number == 11 && time > 1)
            page.chunk = chunk(10);
    });
}

QTEST_GUILESS_MAIN(TestTailReading)
#include "tst_tailreading.moc"
