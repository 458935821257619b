#include "core/cellmatcher.h"
#include "core/columnprofile.h"
#include "core/columnstore.h"
#include "core/numberorder.h"
#include "core/selectionstats.h"
#include "core/sortkeys.h"
#include "core/tablefilter.h"
#include "core/tablesearch.h"
#include "core/tablesort.h"

#include <QRandomGenerator>
#include <QTest>

#include <algorithm>
#include <set>

using namespace rowdesk;

namespace {

struct Cell
{
    CellKind kind = CellKind::Null;
    std::string text;
};

using Column = std::vector<Cell>;

/// A table whose rows are spread over chunks of random sizes.
ColumnStore storeOf(const std::vector<Column> &columns, QRandomGenerator &random)
{
    ColumnStore store;
    ChunkBuilder builder;
    const size_t rows = columns.front().size();
    size_t end = 0;
    for (size_t row = 0; row < rows; ++row) {
        builder.beginRow();
        for (size_t c = 0; c < columns.size(); ++c) {
            const int index = builder.column(QStringLiteral("c%1").arg(c));
            if (columns[c][row].kind != CellKind::Null)
                builder.add(index, {columns[c][row].kind, columns[c][row].text});
        }
        if (row == end || row + 1 == rows) {
            store.append(builder.seal());
            end = row + static_cast<size_t>(random.bounded(1, 200));
        }
    }
    return store;
}

/// Columns of every form and mixture.
Column randomColumn(QRandomGenerator &random, size_t rows, int kind)
{
    static const std::vector<std::string> words{"apple",
                                                "Apple",
                                                "APPLE",
                                                "banana",
                                                "b",
                                                "",
                                                " ",
                                                "äpfel",
                                                "Äpfel",
                                                "zebra",
                                                "apples and oranges of a long kind",
                                                "apples and oranges of a long king",
                                                "42"};
    static const std::vector<std::string> odd{"1e400",
                                              "-1e400",
                                              "1e2",
                                              "-0",
                                              "0.000000000000000000001",
                                              "9007199254740993",
                                              "9007199254740992.5",
                                              "123456789012345678901234567890"};
    Column column(rows);
    for (Cell &cell : column) {
        const int pick = kind == 6 ? random.bounded(6) : kind;
        if (random.bounded(10) == 0)
            continue;
        switch (pick) {
        case 0:
            cell = {CellKind::Number, std::to_string(random.bounded(-50, 50))};
            break;
        case 1: {
            const int value = random.bounded(1000);
            cell = {CellKind::Number, std::to_string(random.bounded(-9, 9)) + '.' + std::to_string(value)};
            break;
        }
        case 2:
            cell = {CellKind::Text, words[random.bounded(static_cast<quint32>(words.size()))]};
            break;
        case 3:
            cell = {CellKind::Text, "text number " + std::to_string(random.bounded(1000000))};
            break;
        case 4: {
            std::string day;
            formatMoment(random.bounded(20000), {}, day);
            cell = {CellKind::Text, day};
            break;
        }
        case 5:
            cell = random.bounded(2) ? Cell{CellKind::Bool, random.bounded(2) ? "true" : "false"}
                                     : Cell{CellKind::Number, odd[random.bounded(static_cast<quint32>(odd.size()))]};
            break;
        default:
            break;
        }
    }
    return column;
}

int groupOf(CellKind kind)
{
    return kind == CellKind::Bool ? 0 : kind == CellKind::Number ? 1 : kind == CellKind::Text ? 2 : 3;
}

int compareCells(const Cell &a, const Cell &b)
{
    if (groupOf(a.kind) != groupOf(b.kind))
        return groupOf(a.kind) - groupOf(b.kind);
    if (a.kind == CellKind::Number) {
        const auto order = compareNumberTexts(a.text, b.text);
        return order < 0 ? -1 : order > 0 ? 1 : 0;
    }
    return a.kind == CellKind::Bool ? a.text.compare(b.text) : compareTexts(a.text, b.text);
}

} // namespace

class TestTableOperations : public QObject
{
    Q_OBJECT
private slots:
    void numbersCompareExactly()
    {
        const std::vector<std::string> ascending{"-1e400",
                                                 "-123456789012345678901234567890",
                                                 "-2",
                                                 "-1.5",
                                                 "-0.10",
                                                 "0",
                                                 "1e-400",
                                                 "0.1",
                                                 "0.11",
                                                 "1",
                                                 "99",
                                                 "1e2",
                                                 "100.5",
                                                 "9007199254740992",
                                                 "9007199254740992.5",
                                                 "9007199254740993",
                                                 "1E30",
                                                 "1e400"};
        for (size_t i = 0; i < ascending.size(); ++i) {
            for (size_t j = 0; j < ascending.size(); ++j)
                QCOMPARE(compareNumberTexts(ascending[i], ascending[j]) < 0, i < j);
        }
        QVERIFY(compareNumberTexts("1e2", "100.00") == 0);
        QVERIFY(compareNumberTexts("-0", "0.0") == 0);
        QVERIFY(compareDecimals({10, 2}, {1, 1}) == 0);
        QVERIFY(compareDecimals({9223372036854775807, 0}, {1, 18}) > 0);
    }

    void sortsLikeTheDefinition()
    {
        QRandomGenerator random(11);
        for (int round = 0; round < 120; ++round) {
            const size_t rows = static_cast<size_t>(random.bounded(1, 600));
            const std::vector<Column> columns{randomColumn(random, rows, round % 7),
                                              randomColumn(random, rows, random.bounded(7)),
                                              randomColumn(random, rows, 0)};
            const ColumnStore store = storeOf(columns, random);
            const std::vector<SortKey> keys{{0, random.bounded(2) == 1}, {2, random.bounded(2) == 1}};
            const auto sorted = sortRows(store.snapshot(), keys, allRows(store.snapshot()));
            std::vector<quint32> expected = allRows(store.snapshot());
            std::ranges::stable_sort(expected, [&](quint32 a, quint32 b) {
                for (const SortKey &key : keys) {
                    const Cell &left = columns[static_cast<size_t>(key.column)][a];
                    const Cell &right = columns[static_cast<size_t>(key.column)][b];
                    if ((left.kind == CellKind::Null) != (right.kind == CellKind::Null))
                        return right.kind == CellKind::Null;
                    if (left.kind == CellKind::Null)
                        continue;
                    const int order = compareCells(left, right);
                    if (order != 0)
                        return key.descending ? order > 0 : order < 0;
                }
                return false;
            });
            QVERIFY(sorted.has_value());
            QCOMPARE(*sorted, expected);
        }
    }

    void longEqualTextsSort()
    {
        QRandomGenerator random(1);
        Column column(100, {CellKind::Text, std::string(200000, 'x')});
        column[50].text.back() = 'a';
        const ColumnStore store = storeOf({column}, random);
        const SortKey key{0, false};
        QCOMPARE(sortRows(store.snapshot(), {&key, 1}, allRows(store.snapshot()))->front(), 50u);
    }

    void filtersLikeTheDefinition()
    {
        QRandomGenerator random(12);
        const QStringList operands{QStringLiteral("0"),          QStringLiteral("-1.50"),
                                   QStringLiteral("42"),         QStringLiteral("9007199254740993"),
                                   QStringLiteral("1e2"),        QStringLiteral("apple"),
                                   QStringLiteral("äpfel"),      QStringLiteral("text number 5"),
                                   QStringLiteral("1990-05-05"), QStringLiteral("true"),
                                   QStringLiteral("e"),          QStringLiteral("99999999999999999999")};
        for (int round = 0; round < 400; ++round) {
            const size_t rows = static_cast<size_t>(random.bounded(1, 300));
            const std::vector<Column> columns{randomColumn(random, rows, round % 7)};
            const ColumnStore store = storeOf(columns, random);
            Filter filter;
            filter.op = static_cast<Filter::Op>(round % 15);
            filter.matchCase = random.bounded(2) == 1;
            for (int i = 0; i < 2; ++i)
                filter.operands << operands[random.bounded(static_cast<int>(operands.size()))];
            const auto got = filterRows(store.snapshot(), {&filter, 1});
            const CellMatcher matcher(filter);
            std::vector<quint32> expected;
            for (size_t row = 0; row < rows; ++row) {
                if (matcher.matches({columns[0][row].kind, columns[0][row].text}))
                    expected.push_back(static_cast<quint32>(row));
            }
            QVERIFY2(*got == expected,
                     qPrintable(QStringLiteral("op %1, %2").arg(round % 15).arg(filter.operands.join(u' '))));
        }
    }

    void oneCellMatches_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("op");
        QTest::addColumn<QStringList>("operands");
        QTest::addColumn<bool>("matches");
        using Op = Filter::Op;
        const auto row = [](CellKind kind, const char *text, Op op, QStringList operands, bool matches) {
            QTest::addRow("%s %d %s", text, static_cast<int>(op), qPrintable(operands.join(u' ')))
                << static_cast<int>(kind) << QByteArray(text) << static_cast<int>(op) << operands << matches;
        };
        const QString day = QStringLiteral("2026-01-31");
        row(CellKind::Number, "0.10", Op::Equals, {QStringLiteral("0.1")}, true);
        row(CellKind::Number, "100", Op::Equals, {QStringLiteral("1e2")}, true);
        row(CellKind::Text, "0.10", Op::Equals, {QStringLiteral("0.1")}, false);
        row(CellKind::Text, "Apple", Op::Equals, {QStringLiteral("apple")}, false);
        row(CellKind::Text, "Apple", Op::Contains, {QStringLiteral("PPL")}, true);
        row(CellKind::Text, "ÄPFEL", Op::Contains, {QStringLiteral("äpf")}, true);
        row(CellKind::Text, "ÄPFEL", Op::StartsWith, {QStringLiteral("ä")}, true);
        row(CellKind::Number, "9007199254740993", Op::Greater, {QStringLiteral("9007199254740992")}, true);
        row(CellKind::Number, "1e400", Op::Greater, {QStringLiteral("5")}, true);
        row(CellKind::Number, "5", Op::Greater, {QStringLiteral("abc")}, false);
        row(CellKind::Number, "5", Op::Between, {QStringLiteral("5"), QStringLiteral("6")}, true);
        row(CellKind::Text, "2026-01-31T10:00:00", Op::Equals, {day}, true);
        row(CellKind::Text, "2026-01-31T10:00:00", Op::Greater, {day}, false);
        row(CellKind::Text, "2026-02-01T00:00:00", Op::Greater, {day}, true);
        row(CellKind::Text, "2026-01-31", Op::In, {QStringLiteral("x"), day}, true);
        row(CellKind::Null, "", Op::Empty, {}, true);
        row(CellKind::Text, "  ", Op::Empty, {}, true);
        row(CellKind::Text, "  ", Op::Null, {}, false);
        row(CellKind::Null, "", Op::NotEquals, {day}, true);
        row(CellKind::Null, "", Op::Equals, {QString()}, false);
    }
    void oneCellMatches()
    {
        QFETCH(int, kind);
        QFETCH(QByteArray, text);
        QFETCH(int, op);
        QFETCH(QStringList, operands);
        const CellMatcher matcher({0, static_cast<Filter::Op>(op), operands, false});
        QTEST(matcher.matches(
                  {static_cast<CellKind>(kind), std::string_view(text.constData(), static_cast<size_t>(text.size()))}),
              "matches");
    }

    void badOperandsAreNamed()
    {
        using Op = Filter::Op;
        QVERIFY(!checkFilter({0, Op::Greater, {QStringLiteral("abc")}, false}, ColumnContent::Numbers));
        QVERIFY(!checkFilter({0, Op::Greater, {QStringLiteral("31.1.2026")}, false}, ColumnContent::Days));
        QVERIFY(!checkFilter({0, Op::Between, {QStringLiteral("1")}, false}, ColumnContent::Numbers));
        QVERIFY(!checkFilter({0, Op::Equals, {}, false}, ColumnContent::Text));
        QVERIFY(checkFilter({0, Op::Greater, {QStringLiteral("-1.5e3")}, false}, ColumnContent::Numbers));
        QVERIFY(checkFilter({0, Op::Greater, {QStringLiteral("abc")}, false}, ColumnContent::Text));
        QVERIFY(checkFilter({0, Op::Empty, {}, false}, ColumnContent::Numbers));
        QVERIFY(!checkFilter({0, Op::Equals, {QStringLiteral("abc")}, false}, ColumnContent::Numbers));
        QVERIFY(checkFilter({0, Op::Equals, {QStringLiteral("1e400")}, false}, ColumnContent::Numbers));
        QVERIFY(!checkFilter({0, Op::In, {QStringLiteral("9")}, false}, ColumnContent::Days));
    }

    void searchCountsAndWalks()
    {
        QRandomGenerator random(13);
        for (int round = 0; round < 60; ++round) {
            const size_t rows = static_cast<size_t>(random.bounded(1, 300));
            const std::vector<Column> columns{randomColumn(random, rows, round % 7),
                                              randomColumn(random, rows, random.bounded(7))};
            const ColumnStore store = storeOf(columns, random);
            const Search search{round % 2 ? QStringLiteral("A") : QStringLiteral("1"), false, -1};
            std::shared_ptr<const std::vector<quint32>> order;
            if (round % 3 == 0) {
                std::vector<quint32> reversed = allRows(store.snapshot());
                std::ranges::reverse(reversed);
                reversed.resize((reversed.size() + 1) / 2);
                order = std::make_shared<const std::vector<quint32>>(reversed);
            }
            const auto result = searchCells(store.snapshot(), order, search);
            const CellMatcher matcher({0, Filter::Op::Contains, {search.text}, false});
            std::vector<SearchResult::Place> expected;
            const qsizetype count = order ? static_cast<qsizetype>(order->size()) : static_cast<qsizetype>(rows);
            for (qsizetype index = 0; index < count; ++index) {
                const size_t row = order ? (*order)[static_cast<size_t>(index)] : static_cast<size_t>(index);
                for (int column = 0; column < 2; ++column) {
                    const Cell &cell = columns[static_cast<size_t>(column)][row];
                    if (matcher.matches({cell.kind, cell.text}))
                        expected.push_back({index, column});
                }
            }
            QCOMPARE(result->count(), static_cast<qint64>(expected.size()));
            SearchResult::Place place;
            for (const SearchResult::Place &next : expected) {
                place = result->next(place);
                QVERIFY(place == next);
                QVERIFY(result->isHit(place));
            }
            if (!expected.empty()) {
                QVERIFY(result->next(place) == expected.front()); // from the top again
                QVERIFY(result->previous(expected.front()) == expected.back());
            } else {
                QVERIFY(!result->next({}).isValid());
            }
        }
    }

    void countsLikeTheDefinition()
    {
        QRandomGenerator random(14);
        for (int round = 0; round < 70; ++round) {
            const size_t rows = static_cast<size_t>(random.bounded(1, 800));
            const std::vector<Column> columns{randomColumn(random, rows, round % 7)};
            const ColumnStore store = storeOf(columns, random);
            const auto counts = countValues(store.snapshot(), 0, nullptr, 1000);
            std::vector<std::pair<Cell, qint64>> expected;
            for (const Cell &cell : columns[0]) {
                const auto same = std::ranges::find_if(expected, [&](const auto &e) {
                    return e.first.kind == cell.kind &&
                           (cell.kind == CellKind::Number ? compareCells(e.first, cell) == 0
                                                          : e.first.text == cell.text);
                });
                if (same == expected.end())
                    expected.push_back({cell, 1});
                else
                    ++same->second;
            }
            const auto nulls =
                std::ranges::count_if(columns[0], [](const Cell &c) { return c.kind == CellKind::Null; });
            QCOMPARE(counts->nulls, static_cast<qint64>(nulls));
            QCOMPARE(counts->distinct, static_cast<qint64>(expected.size()) - (nulls > 0));
            QCOMPARE(static_cast<qint64>(counts->most.size()), static_cast<qint64>(expected.size()));
            for (size_t i = 0; i < counts->most.size(); ++i) {
                const ValueCount &value = counts->most[i];
                QVERIFY(i == 0 || counts->most[i - 1].count >= value.count);
                const auto same = std::ranges::find_if(expected, [&](const auto &e) {
                    return e.first.kind == value.kind && compareCells(e.first, {value.kind, value.text}) == 0;
                });
                QVERIFY(same != expected.end());
                QCOMPARE(value.count, same->second);
            }
        }
    }

    void aProfileTellsTheNumbers()
    {
        QRandomGenerator random(1);
        Column column;
        for (const char *number : {"1", "2", "3", "4", "10.50", "9007199254740993"})
            column.push_back({CellKind::Number, number});
        column.push_back({});
        const ColumnStore store = storeOf({column}, random);
        const auto profile = profileColumn(store.snapshot(), 0, nullptr);
        QCOMPARE(profile->rows, 7);
        QCOMPARE(profile->values.nulls, 1);
        QCOMPARE(profile->values.distinct, 6);
        QCOMPARE(profile->values.unique, 6);
        QCOMPARE(profile->numbers->count, 6);
        QCOMPARE(profile->numbers->min, std::string("1"));
        QCOMPARE(profile->numbers->max, std::string("9007199254740993"));
        QCOMPARE(profile->numbers->median, 3.5);
        QCOMPARE(profile->numbers->quartile1, 2.25);
        QCOMPARE(profile->numbers->quartile3, 8.875);
        QCOMPARE(profile->numbers->histogram.size(), 20u);
        QCOMPARE(profile->numbers->histogram.front().count, 5);
        QCOMPARE(profile->numbers->histogram.back().count, 1);
        const std::vector<quint32> some{0, 1};
        QCOMPARE(profileColumn(store.snapshot(), 0, &some)->numbers->mean, 1.5);
        QCOMPARE(profileColumn(store.snapshot(), 0, &some)->rows, 2);
    }

    void aProfileTellsTextAndHints()
    {
        QRandomGenerator random(1);
        using Hint = ColumnProfile::Hint;
        const auto hints = [&](const Column &column) -> std::set<Hint> {
            std::set<Hint> found;
            const ColumnStore store = storeOf({column}, random);
            const ColumnProfile profile = profileColumn(store.snapshot(), 0, nullptr).value();
            for (const auto &finding : profile.findings) {
                if (!findingSentence(finding).isEmpty())
                    found.insert(finding.hint);
            }
            return found;
        };
        const auto texts = [](std::initializer_list<const char *> list) {
            Column column;
            for (const char *text : list)
                column.push_back({CellKind::Text, text});
            return column;
        };
        const ColumnStore store = storeOf({texts({"b", "Äh", "", "  ", "abc "})}, random);
        const auto profile = profileColumn(store.snapshot(), 0, nullptr);
        QCOMPARE(profile->texts->count, 5);
        QCOMPARE(profile->texts->empty, 1);
        QCOMPARE(profile->texts->blank, 1);
        QCOMPARE(profile->texts->shortest, 0);
        QCOMPARE(profile->texts->longest, 4);
        QCOMPARE(profile->texts->min, std::string());
        QCOMPARE(profile->texts->max, std::string("Äh"));
        QCOMPARE(hints(texts({"b", "abc "})), std::set{Hint::OuterSpaces});
        QCOMPARE(hints(texts({"b", "b"})), std::set{Hint::Constant});
        QCOMPARE(hints({{}, {}}), std::set{Hint::OnlyNulls});
        QCOMPARE(hints(texts({"1", "2"})), std::set{Hint::NumbersAsText});
        QCOMPARE(hints(texts({"01", "2"})), std::set<Hint>{});
        QCOMPARE(hints(texts({"1900-01-01", "2026-01-31"})), std::set{Hint::PlaceholderDates});
        QCOMPARE(hints(texts({"2026-01-31T00:00:00", "9999-12-31T23:59:59"})), std::set{Hint::PlaceholderDates});
        QCOMPARE(hints({{CellKind::Number, "1"}, {CellKind::Text, "x"}}), std::set{Hint::MixedKinds});
    }

    void selectionSumsExactly()
    {
        QRandomGenerator random(1);
        Column column;
        for (const char *number : {"9223372036854775807", "9223372036854775807", "0.10", "-1.1", "2"})
            column.push_back({CellKind::Number, number});
        column.push_back({CellKind::Text, ""});
        column.push_back({});
        column.push_back({CellKind::Number, "1e400"});
        const ColumnStore store = storeOf({column}, random);
        const auto stats = [&](qsizetype first, qsizetype last) {
            const CellRange range{first, last, 0, 0};
            return *selectionStats(store.snapshot(), nullptr, {&range, 1});
        };
        QCOMPARE(stats(0, 1).sum, std::string("18446744073709551614"));
        QCOMPARE(stats(0, 4).sum, std::string("18446744073709551615.00"));
        QCOMPARE(stats(2, 3).sum, std::string("-1.00"));
        QCOMPARE(stats(2, 3).max, std::string("0.10"));
        const SelectionStats all = stats(2, 6);
        QCOMPARE(all.cells, 5);
        QCOMPARE(all.nulls, 1);
        QCOMPARE(all.empty, 1);
        QCOMPARE(all.numbers, 3);
        QCOMPARE(*all.distinct, 4);
        QVERIFY(all.isExact);
        QVERIFY(!stats(0, 7).isExact);
        QCOMPARE(stats(0, 7).max, std::string("1e400"));
        QVERIFY(stats(5, 6).sum.empty());
    }

    void cancelEndsEverything()
    {
        QRandomGenerator random(1);
        const ColumnStore store = storeOf({randomColumn(random, 500, 3)}, random);
        const TableSnapshot table = store.snapshot();
        const std::atomic_bool cancelled = true;
        const SortKey key{0, false};
        const Filter filter{0, Filter::Op::Contains, {QStringLiteral("1")}, false};
        const CellRange range{0, 10, 0, 0};
        QVERIFY(!sortRows(table, {&key, 1}, allRows(table), &cancelled));
        QVERIFY(!filterRows(table, {&filter, 1}, &cancelled));
        QVERIFY(!searchCells(table, nullptr, {QStringLiteral("1"), false, -1}, &cancelled));
        QVERIFY(!countValues(table, 0, nullptr, 10, &cancelled));
        QVERIFY(!profileTable(table, nullptr, &cancelled));
        QVERIFY(!selectionStats(table, nullptr, {&range, 1}, &cancelled));
        QCOMPARE(profileTable(table, nullptr)->size(), 1u);
    }
};

QTEST_GUILESS_MAIN(TestTableOperations)
#include "tst_tableoperations.moc"
