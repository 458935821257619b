#include "core/columnstore.h"
#include "core/wtf8.h"

#include <QRandomGenerator>
#include <QTest>

#include <algorithm>

using namespace rowdesk;

namespace {

struct Cell
{
    CellKind kind;
    std::string text;
    bool operator==(const Cell &) const = default;
};

std::vector<Cell> trickyCells()
{
    std::vector<Cell> cells{
        {CellKind::Null, ""}, {CellKind::Text, ""}, {CellKind::Bool, "true"}, {CellKind::Bool, "false"}};
    for (const char *number : {"0",
                               "-0",
                               "-0.0",
                               "0.0",
                               "1",
                               "-1",
                               "9007199254740993",
                               "18446744073709551616",
                               "9223372036854775807",
                               "-9223372036854775807",
                               "-9223372036854775808",
                               "9223372036854775808",
                               "0.1",
                               "0.10",
                               "-0.05",
                               "1e400",
                               "1E5",
                               "1e-7",
                               "12345678901234567890.123456789",
                               "0.000000000000000001",
                               "1234567890.123456789",
                               "100.00",
                               "99999999999999999999999999999999999999999999999999",
                               "0.3333333333333333333333333"})
        cells.push_back({CellKind::Number, number});
    for (const char *text : {"00123",
                             "true",
                             "null",
                             " ",
                             "2026-01-31",
                             "2026-02-30",
                             "2024-02-29",
                             "0000-01-01",
                             "9999-12-31",
                             "2026-1-31",
                             "2026-01-31T10:20:30",
                             "2026-01-31 10:20:30",
                             "2026-01-31T10:20:30Z",
                             "2026-01-31T10:20:30.000",
                             "2026-01-31T10:20:30.1234567",
                             "2026-01-31T10:20:30.12345678",
                             "2026-01-31T24:00:00",
                             "2026-01-31T10:20",
                             "1969-12-31T23:59:59.5",
                             "0001-01-01T00:00:00.0000000Z",
                             "2026-01-31T10:20:30+02:00",
                             "2026-01-31T10:20:30.",
                             "2026-01-31X10:20:30",
                             "héllo",
                             "\xF0\x9F\x98\x80",
                             "\xED\xA0\x80"})
        cells.push_back({CellKind::Text, text});
    cells.push_back({CellKind::Text, std::string("a\0b", 3)});
    cells.push_back({CellKind::Text, std::string(1'000'000, 'x')});
    cells.push_back({CellKind::Json, "[1, {\"a\": 2.50}]"});
    return cells;
}

std::shared_ptr<const Chunk> chunkOf(const QString &name, const std::vector<Cell> &cells)
{
    ChunkBuilder builder;
    const int column = builder.column(name);
    for (const Cell &cell : cells) {
        builder.beginRow();
        if (cell.kind != CellKind::Null)
            builder.add(column, {cell.kind, cell.text});
    }
    return builder.seal();
}

void compare(const ColumnStore &store, const std::vector<Cell> &cells)
{
    QCOMPARE(store.rowCount(), static_cast<qsizetype>(cells.size()));
    std::string text;
    for (size_t row = 0; row < cells.size(); ++row) {
        const auto at = static_cast<qsizetype>(row);
        store.text(at, 0, text);
        QCOMPARE(static_cast<int>(store.kind(at, 0)), static_cast<int>(cells[row].kind));
        QVERIFY2(text == cells[row].text, cells[row].text.substr(0, 60).c_str());
    }
}

} // namespace

class TestColumnStore : public QObject
{
    Q_OBJECT
private slots:
    void everyCellComesBackExactly()
    {
        // Each alone with nulls around it (the typed forms), then all together (the mixed form).
        ColumnStore together;
        std::vector<Cell> all;
        for (const Cell &cell : trickyCells()) {
            const std::vector<Cell> cells{{CellKind::Null, ""}, cell, {CellKind::Null, ""}, cell};
            ColumnStore store;
            store.append(chunkOf(QStringLiteral("c"), cells));
            compare(store, cells);
            if (QTest::currentTestFailed())
                return;
            together.append(chunkOf(QStringLiteral("c"), cells));
            all.insert(all.end(), cells.begin(), cells.end());
        }
        compare(together, all);
        ColumnStore once;
        once.append(chunkOf(QStringLiteral("c"), all));
        compare(once, all);
    }

    void randomColumnsComeBackExactly()
    {
        QRandomGenerator random(20260131);
        const std::vector<Cell> pool = trickyCells();
        for (int round = 0; round < 300; ++round) {
            // A few of the values often: typed forms, dictionaries and nulls in every mixture.
            std::vector<Cell> chosen;
            for (int i = random.bounded(1, 6); i > 0; --i)
                chosen.push_back(pool[random.bounded(static_cast<quint32>(pool.size() - 2))]);
            const bool numbersOnly = round % 3 == 0;
            std::vector<Cell> cells;
            for (int i = random.bounded(1, 400); i > 0; --i) {
                if (numbersOnly)
                    cells.push_back({CellKind::Number, std::to_string(random.bounded(1 << (i % 20 + 1)) - 1000) +
                                                           (i % 2 ? "." + std::to_string(random.bounded(1000)) : "")});
                else
                    cells.push_back(chosen[random.bounded(static_cast<quint32>(chosen.size()))]);
            }
            ColumnStore store;
            store.append(chunkOf(QStringLiteral("c"), cells));
            compare(store, cells);
            if (QTest::currentTestFailed())
                return;
        }
    }

    void formsFitTheValues_data()
    {
        QTest::addColumn<QByteArrayList>("texts");
        QTest::addColumn<bool>("numbers");
        QTest::addColumn<int>("form");
        using enum Segment::Form;
        const auto row = [](const char *name, QByteArrayList texts, bool numbers, Segment::Form form) {
            QTest::newRow(name) << texts << numbers << static_cast<int>(form);
        };
        row("whole numbers", {"1", "2", "-3"}, true, Numbers);
        row("decimals of different scale", {"1", "2.5", "0.10"}, true, Numbers);
        row("an exponent keeps all as written", {"1", "1e5"}, true, Mixed);
        row("days", {"2026-01-31", "2026-02-01"}, false, Moments);
        row("a day that is none", {"2026-01-31", "2026-02-30", "x", "y"}, false, Texts);
        row("codes stay text", {"00123", "00124"}, false, Texts);
        row("repeating words", {"a", "b", "a", "b"}, false, Words);
    }
    void formsFitTheValues()
    {
        QFETCH(QByteArrayList, texts);
        QFETCH(bool, numbers);
        std::vector<Cell> cells;
        for (const QByteArray &text : texts)
            cells.push_back({numbers ? CellKind::Number : CellKind::Text, text.toStdString()});
        QTEST(static_cast<int>(chunkOf(QStringLiteral("c"), cells)->segments[0].form()), "form");
    }

    void aLaterColumnIsNullBefore()
    {
        ColumnStore store;
        QVERIFY(store.append(chunkOf(QStringLiteral("a"), {{CellKind::Number, "1"}})));
        QVERIFY(store.append(chunkOf(QStringLiteral("b"), {{CellKind::Text, "x"}})));
        QVERIFY(!store.append(chunkOf(QStringLiteral("a"), {{CellKind::Number, "2"}})));
        QCOMPARE(store.columnNames(), QStringList({QStringLiteral("a"), QStringLiteral("b")}));
        QCOMPARE(store.kind(0, 1), CellKind::Null);
        QCOMPARE(store.kind(1, 0), CellKind::Null);
        QCOMPARE(store.kind(1, 1), CellKind::Text);
        QCOMPARE(store.kind(2, 0), CellKind::Number);
        QCOMPARE(store.content(0), ColumnContent::Numbers);
        QCOMPARE(store.columnIndex(u"b"), 1);
        QCOMPARE(store.columnIndex(u"c"), -1);
    }

    void chunksOfAnySizeAreFound()
    {
        ColumnStore store;
        int number = 0;
        for (const int rows : {1, 7, 3, 3, 100, 1, 50}) {
            std::vector<Cell> cells;
            for (int i = 0; i < rows; ++i)
                cells.push_back({CellKind::Number, std::to_string(number++)});
            store.append(chunkOf(QStringLiteral("n"), cells));
        }
        std::string text;
        for (int row = 0; row < number; ++row) {
            store.text(row, 0, text);
            QCOMPARE(text, std::to_string(row));
        }
    }

    void aSnapshotStaysAsItWas()
    {
        ColumnStore store;
        store.append(chunkOf(QStringLiteral("a"), {{CellKind::Number, "1"}}));
        const TableSnapshot before = store.snapshot();
        store.append(chunkOf(QStringLiteral("b"), {{CellKind::Text, "x"}}));
        QCOMPARE(before.rowCount(), 1);
        QCOMPARE(before.columnCount(), 1);
        QCOMPARE(store.snapshot().rowCount(), 2);
    }

    void stateIsPartOfTheData()
    {
        ColumnStore store;
        QVERIFY(!store.isComplete());
        store.setStopped({ErrorKind::Network, 0, {}, QStringLiteral("gone"), {}, {}});
        QCOMPARE(store.state(), ColumnStore::State::Stopped);
        QCOMPARE(store.error()->kind, ErrorKind::Network);
        store.setLoading();
        QVERIFY(!store.error());
        store.setComplete();
        QVERIFY(store.isComplete());
    }

    void halfPairsSurviveTheWayThroughQString()
    {
        std::string half;
        appendCodePoint(half, 0xD800);
        half += "x";
        QVERIFY(hasHalfPair(half));
        const QString text = stringFromWtf8(half);
        QCOMPARE(text.size(), 2);
        QCOMPARE(text[0].unicode(), 0xD800);
        QCOMPARE(wtf8FromString(text), half);
        std::string json;
        appendJsonString(json, half + "\"\n\x01");
        QCOMPARE(QByteArray::fromStdString(json), QByteArray("\"\\ud800x\\\"\\n\\u0001\""));
        QVERIFY(!hasHalfPair("\xED\x9F\xBF\xF0\x9F\x98\x80"));
    }

    void aRefusedPageLeavesNoColumns()
    {
        ChunkBuilder builder;
        const int a = builder.column(QStringLiteral("a"));
        builder.beginRow();
        builder.add(a, {CellKind::Number, "1"});
        builder.seal();
        builder.beginRow();
        builder.add(builder.column(QStringLiteral("b")), {CellKind::Number, "2"});
        builder.discard();
        builder.beginRow();
        builder.add(a, {CellKind::Number, "3"});
        const auto chunk = builder.seal();
        QCOMPARE(*chunk->names, QStringList(QStringLiteral("a")));
        QCOMPARE(chunk->rows, 1);
    }
};

QTEST_GUILESS_MAIN(TestColumnStore)
#include "tst_columnstore.moc"
