#include "core/columnprofile.h"
#include "core/columnquality.h"
#include "core/duplicates.h"
#include "core/randomtable.h"
#include "core/selectionstats.h"
#include "core/tablefilter.h"
#include "core/tablesearch.h"
#include "core/tablesort.h"

#include <QTest>

#include <algorithm>
#include <functional>
#include <map>
#include <set>

using namespace rowdesk;
using namespace rowdesk::test;

class TestTableFigures : public QObject
{
    Q_OBJECT
private slots:
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
        QVERIFY(!columnQualities(table, &cancelled));
        QVERIFY(!findDuplicates(table, {0}, nullptr, 10, &cancelled));
        QCOMPARE(profileTable(table, nullptr)->size(), 1u);
    }

    void qualityCountsEachRowOnce()
    {
        QRandomGenerator random(15);
        for (int round = 0; round < 70; ++round) {
            const Column cells = randomColumn(random, static_cast<size_t>(random.bounded(1, 500)), round % 7);
            const ColumnStore store = storeOf({cells}, random);
            ColumnQuality expected;
            std::map<CellKind, qint64> kinds;
            for (const Cell &cell : cells) {
                const bool blank = cell.text.find_first_not_of(' ') == std::string::npos;
                ++(blank ? expected.empty : kinds[cell.kind]);
            }
            for (const auto &[kind, count] : kinds) {
                if (count > expected.good) {
                    expected.good = count;
                    expected.kind = kind;
                }
            }
            expected.rows = static_cast<qint64>(cells.size());
            expected.other = expected.rows - expected.good - expected.empty;
            const ColumnQuality got = columnQualities(store.snapshot())->front();
            QVERIFY2(got == expected, qPrintable(QStringLiteral("round %1").arg(round)));
        }
    }

    void duplicatesLikeTheDefinition()
    {
        QRandomGenerator random(16);
        for (int round = 0; round < 70; ++round) {
            const size_t count = static_cast<size_t>(random.bounded(1, 400));
            const std::vector<Column> columns{randomColumn(random, count, round % 7), randomColumn(random, count, 2)};
            const ColumnStore store = storeOf(columns, random);
            std::vector<quint32> rows = allRows(store.snapshot());
            std::erase_if(rows, [&](quint32) { return random.bounded(4) == 0; });
            const bool both = round % 2 == 0;
            const auto found = findDuplicates(store.snapshot(), both ? std::vector{0, 1} : std::vector{0}, &rows, 1000);
            const auto isSame = [](const Cell &a, const Cell &b) {
                return a.kind == b.kind && compareCells(a, b) == 0 && (a.kind == CellKind::Number || a.text == b.text);
            };
            std::vector<std::vector<quint32>> groups;
            qint64 blank = 0;
            for (const quint32 row : rows) {
                if (columns[0][row].text.empty() && (!both || columns[1][row].text.empty())) {
                    ++blank;
                    continue;
                }
                const auto group = std::ranges::find_if(groups, [&](const std::vector<quint32> &known) {
                    return isSame(columns[0][known[0]], columns[0][row]) &&
                           (!both || isSame(columns[1][known[0]], columns[1][row]));
                });
                if (group == groups.end())
                    groups.push_back({row});
                else
                    group->push_back(row);
            }
            QCOMPARE(found->rows, qint64(rows.size()));
            QCOMPARE(found->blank, blank);
            QCOMPARE(found->keys, qint64(groups.size()));
            std::erase_if(groups, [](const std::vector<quint32> &group) { return group.size() < 2; });
            std::ranges::stable_sort(groups, std::greater(), &std::vector<quint32>::size);
            QCOMPARE(found->groups, qint64(groups.size()));
            QCOMPARE(found->largest.size(), groups.size());
            qint64 repeated = 0;
            for (size_t i = 0; i < groups.size(); ++i) {
                QCOMPARE(found->largest[i].rows, groups[i]);
                repeated += qint64(groups[i].size());
            }
            QCOMPARE(found->repeated, repeated);
            QCOMPARE(found->isKey(), groups.empty() && blank == 0);
        }
    }
};

QTEST_GUILESS_MAIN(TestTableFigures)
#include "tst_tablefigures.moc"
