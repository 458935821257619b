#include "core/cellmatcher.h"
#include "core/randomtable.h"
#include "core/tablefilter.h"
#include "core/tablesearch.h"
#include "core/tablesort.h"

#include <QTest>

#include <algorithm>

using namespace rowdesk;
using namespace rowdesk::test;

class TestTableFilter : public QObject
{
    Q_OBJECT
private slots:
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
};

QTEST_GUILESS_MAIN(TestTableFilter)
#include "tst_tablefilter.moc"
