#include "core/cellvalue.h"
#include "diffstage.h"

#include <map>
#include <set>

using namespace rowdesk;
using namespace rowdesk::diffsamples;

namespace {

Cell randomCell(QRandomGenerator &random, int column)
{
    if (random.bounded(8) == 0)
        return none();
    switch (column % 5) {
    case 0:
        return number(random.bounded(20));
    case 1:
        return number(QByteArray::number(random.bounded(1, 400) / 8.0, 'f', 3).toStdString());
    case 2:
        return text("word " + std::to_string(random.bounded(6)));
    case 3:
        return text("2026-01-" + std::to_string(random.bounded(10, 31)));
    default:
        return random.bounded(2) ? Cell{CellKind::Bool, random.bounded(2) ? "true" : "false"}
                                 : text(std::string(static_cast<size_t>(random.bounded(3)), 'x'));
    }
}

struct Edited
{
    Table a;
    Table b;
    qint64 added = 0;
    qint64 removed = 0;
    qint64 changed = 0;
    qint64 cells = 0;
    std::vector<qint64> perColumn;
};

/// Another value than any that randomCell() gives.
Cell editedCell(QRandomGenerator &random, const Cell &old, int column)
{
    switch (random.bounded(old.kind == CellKind::Null ? 2 : 3)) {
    case 0:
        return number("7777777777777" + std::to_string(column) + ".5");
    case 1:
        return text("edited " + std::to_string(column));
    default:
        return none();
    }
}

/// A random table with the key (k1, k2), and the same after random edits, its rows and columns in another order.
Edited randomEdit(QRandomGenerator &random)
{
    const int columns = random.bounded(1, 70);
    const int rows = random.bounded(0, 40);
    Edited result;
    result.perColumn.resize(static_cast<size_t>(columns));
    result.a.names = {QStringLiteral("k1"), QStringLiteral("k2")};
    for (int c = 0; c < columns; ++c)
        result.a.names.append(QStringLiteral("c%1").arg(c));
    const auto newRow = [&](int key) {
        Row row{key % 3 ? text("key " + std::to_string(key / 3)) : none(), number(key % 3 + key / 3 * 10)};
        for (int c = 0; c < columns; ++c)
            row.push_back(randomCell(random, c));
        return row;
    };
    for (int row = 0; row < rows; ++row)
        result.a.rows.push_back(newRow(row));
    result.b.names = result.a.names;
    for (const Row &row : result.a.rows) {
        if (random.bounded(6) == 0) {
            ++result.removed;
            continue;
        }
        Row edited = row;
        std::set<int> cells;
        while (random.bounded(3) == 0)
            cells.insert(random.bounded(columns));
        for (const int c : cells)
            edited[static_cast<size_t>(c) + 2] = editedCell(random, row[static_cast<size_t>(c) + 2], c);
        for (const int c : cells)
            ++result.perColumn[static_cast<size_t>(c)];
        result.changed += !cells.empty();
        result.cells += static_cast<qint64>(cells.size());
        result.b.rows.push_back(edited);
    }
    for (result.added = random.bounded(5);
         static_cast<qint64>(result.b.rows.size()) < static_cast<qint64>(rows) - result.removed + result.added;)
        result.b.rows.push_back(newRow(static_cast<int>(1000 + result.b.rows.size())));
    shuffle(result.b.rows, random);
    std::vector<int> order(static_cast<size_t>(columns) + 2);
    std::ranges::generate(order, [n = 0]() mutable { return n++; });
    shuffle(order, random);
    result.b = result.b.reordered(order);
    return result;
}

std::string asText(const Row &row)
{
    std::string all;
    for (const Cell &cell : row)
        all += std::to_string(static_cast<int>(cell.kind)) + cell.text + '|';
    return all;
}

} // namespace

class TstRandomDiff : public QObject
{
    Q_OBJECT
private slots:
    void editsAreFoundExactly();
    void wholeRowsAreAMultiset();
    void itselfAndSwapped();
    void manyRows();
};

/// ROWDESK_DIFF_ROUNDS: how many random tables to edit (another number begins with other ones).
void TstRandomDiff::editsAreFoundExactly()
{
    const int rounds = qEnvironmentVariableIntValue("ROWDESK_DIFF_ROUNDS");
    QRandomGenerator random(static_cast<quint32>(rounds + 1));
    const DiffOptions options = keyed({QStringLiteral("k1"), QStringLiteral("k2")});
    for (int round = 0; round < (rounds > 0 ? rounds : 1000); ++round) {
        const Edited edit = randomEdit(random);
        const TableDiff diff = diffOf(edit.a, edit.b, options);
        QVERIFY2(reconciles(diff), qPrintable(QString::number(round)));
        QCOMPARE(qint64(diff.added.size()), edit.added);
        QCOMPARE(qint64(diff.removed.size()), edit.removed);
        QCOMPARE(qint64(diff.changed.size()), edit.changed);
        QCOMPARE(diff.cellsChanged, edit.cells);
        for (size_t c = 0; c < edit.perColumn.size(); ++c)
            QCOMPARE(columnOf(diff, QStringLiteral("c%1").arg(c)).changed, edit.perColumn[c]);
        QVERIFY(!diff.keysA.any() && !diff.keysB.any());
        const TableDiff itself = diffOf(edit.b, edit.b, options);
        QVERIFY(reconciles(itself) && itself.isSame());
        QVERIFY(reconciles(diffOf(edit.a, edit.b, {})));
        const TableDiff back = diffOf(edit.b, edit.a, options);
        QCOMPARE(back.added, diff.removed);
        QCOMPARE(back.removed, diff.added);
        QCOMPARE(back.changed.size(), diff.changed.size());
        QCOMPARE(back.cellsChanged, diff.cellsChanged);
    }
}

void TstRandomDiff::wholeRowsAreAMultiset()
{
    QRandomGenerator random(2);
    const QStringList names{QStringLiteral("a"), QStringLiteral("b")};
    for (int round = 0; round < 2000; ++round) {
        Table a{names, {}};
        Table b{names, {}};
        std::map<std::string, int> balance;
        for (Table *table : {&a, &b}) {
            for (int rows = random.bounded(60); rows > 0; --rows) {
                table->rows.push_back({number(random.bounded(4)), text(random.bounded(2) ? "x" : "y")});
                balance[asText(table->rows.back())] += table == &a ? -1 : 1;
            }
        }
        qint64 added = 0;
        qint64 removed = 0;
        for (const auto &[row, count] : balance)
            (count > 0 ? added : removed) += std::abs(count);
        const TableDiff diff = diffOf(a, b, {});
        QVERIFY(reconciles(diff));
        QCOMPARE(qint64(diff.added.size()), added);
        QCOMPARE(qint64(diff.removed.size()), removed);
        QVERIFY(diff.changed.empty());
        QVERIFY(diff.unpairedA.empty() && diff.unpairedB.empty());
    }
}

void TstRandomDiff::itselfAndSwapped()
{
    QRandomGenerator random(3);
    for (int round = 0; round < 200; ++round) {
        const Table table = randomEdit(random).a;
        Table turned = table;
        std::ranges::reverse(turned.rows);
        for (const DiffOptions &options : {DiffOptions(), keyed({QStringLiteral("k1"), QStringLiteral("k2")}),
                                           keyed({QStringLiteral("k1")}), keyed({QStringLiteral("c0")})}) {
            for (const Table &other : {table, turned}) {
                const TableDiff diff = diffOf(table, other, options);
                QVERIFY(reconciles(diff));
                QVERIFY(diff.isSame());
                QCOMPARE(diff.unchanged, qint64(table.rows.size()));
            }
        }
    }
}

void TstRandomDiff::manyRows()
{
    // Enough rows for several workers, parts and blocks.
    QRandomGenerator random(4);
    const QStringList names{QStringLiteral("id"), QStringLiteral("v"), QStringLiteral("w")};
    Table a{names, {}};
    Table b{names, {}};
    qint64 changed = 0;
    for (int row = 0; row < 60'000; ++row) {
        const int key = row * 7;
        a.rows.push_back({number(key), text("v" + std::to_string(row)), number(row % 100)});
        if (row % 1000 == 3)
            continue;
        b.rows.push_back(a.rows.back());
        if (row % 777 == 0) {
            b.rows.back()[2] = number(row % 100 + 1);
            ++changed;
        }
    }
    for (int row = 0; row < 250; ++row)
        b.rows.push_back({number(row * 7 + 1), none(), number(1)});
    shuffle(b.rows, random);
    const Result<TableDiff> diff = compareTables(stored(a, 4000), stored(b, 1700), keyed({QStringLiteral("id")}));
    QVERIFY(diff && reconciles(*diff));
    QCOMPARE(diff->removed.size(), size_t(60));
    QCOMPARE(diff->added.size(), size_t(250));
    QCOMPARE(qint64(diff->changed.size()), changed);
    for (const TableDiff::Pair &pair : diff->changed)
        QCOMPARE(a.rows[pair.a][1].text, b.rows[pair.b][1].text);
    const Result<TableDiff> rows = compareTables(stored(a, 4000), stored(b, 1700), {});
    QVERIFY(rows && reconciles(*rows));
    QCOMPARE(qint64(rows->removed.size()), 60 + changed);
}

QTEST_GUILESS_MAIN(TstRandomDiff)
#include "tst_randomdiff.moc"
