#include "core/randomtable.h"
#include "core/tablesort.h"

#include <QTest>

#include <algorithm>

using namespace rowdesk;
using namespace rowdesk::test;

class TestTableSort : public QObject
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
};

QTEST_GUILESS_MAIN(TestTableSort)
#include "tst_tablesort.moc"
