#include "core/cellvalue.h"
#include "core/tablediff.h"
#include "diffsamples.h"

#include <QTest>

#include <map>
#include <set>

using namespace rowdesk;
using namespace rowdesk::diffsamples;

namespace {

DiffOptions keyed(const QStringList &key)
{
    DiffOptions options;
    options.key = key;
    return options;
}

TableDiff diffOf(const Table &a, const Table &b, const DiffOptions &options)
{
    Result<TableDiff> result = compareTables(stored(a), stored(b, 5), options);
    if (!result) {
        qWarning() << result.error().text();
        return {};
    }
    return std::move(result).value();
}

/// What the counts promise whatever was compared.
bool reconciles(const TableDiff &diff)
{
    const auto count = [](const auto &list) { return static_cast<qint64>(list.size()); };
    qint64 cells = 0;
    qint64 bits = 0;
    for (const DiffColumn &column : diff.columns)
        cells += column.changed;
    for (size_t i = 0; i < diff.changed.size(); ++i) {
        qint64 ofRow = 0;
        for (size_t c = 0; c < diff.columns.size(); ++c)
            ofRow += diff.isCellChanged(i, c);
        if (ofRow == 0)
            return false;
        bits += ofRow;
    }
    const auto isSubset = [](const auto &part, const auto &whole) { return std::ranges::includes(whole, part); };
    return diff.rowsA - count(diff.removed) + count(diff.added) == diff.rowsB &&
           diff.unchanged + count(diff.changed) + count(diff.removed) == diff.rowsA && cells == diff.cellsChanged &&
           bits == cells && isSubset(diff.unpairedA, diff.removed) && isSubset(diff.unpairedB, diff.added);
}

const DiffColumn &columnOf(const TableDiff &diff, const QString &name)
{
    return *std::ranges::find(diff.columns, name, &DiffColumn::name);
}

/// Two tables of one row and the columns id and v.
TableDiff diffOfCells(const Cell &a, const Cell &b, DiffOptions options = {})
{
    options.key = {QStringLiteral("id")};
    const QStringList names{QStringLiteral("id"), QStringLiteral("v")};
    // A second row keeps the columns of one kind: what a cell is held against is the rule, not the column's type.
    return diffOf({names, {{number(1), a}, {number(2), b}}}, {names, {{number(1), b}, {number(2), a}}}, options);
}

bool isEqual(const Cell &a, const Cell &b, const DiffOptions &options = {})
{
    return diffOfCells(a, b, options).cellsChanged == 0;
}

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

class TstTableDiff : public QObject
{
    Q_OBJECT
private slots:
    void editsAreFoundExactly();
    void wholeRowsAreAMultiset();
    void itselfAndSwapped();
    void valuesThatAreEqual();
    void valuesThatAreNot();
    void longNumbers();
    void tolerance();
    void texts();
    void days();
    void repeatedKeys();
    void blankKeys();
    void oneKeyForAll();
    void columnsComeAndGo();
    void renamedColumn();
    void retypedColumn();
    void retypedKey();
    void ignoredColumns();
    void incompleteIsRefused();
    void wrongNamesAreRefused();
    void tablesWithoutRows();
    void keysOfOneHash();
    void mixedForms();
    void asWritten();
    void manyRows();
    void cancelled();
};

/// ROWDESK_DIFF_ROUNDS: how many random tables to edit (another number begins with other ones).
void TstTableDiff::editsAreFoundExactly()
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

void TstTableDiff::wholeRowsAreAMultiset()
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

void TstTableDiff::itselfAndSwapped()
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

void TstTableDiff::valuesThatAreEqual()
{
    QVERIFY(isEqual(number("0.10"), number("0.1")));
    QVERIFY(isEqual(number("100"), number("1e2")));
    QVERIFY(isEqual(number("-0"), number("0.000")));
    QVERIFY(isEqual(number("1.50e1"), number("15")));
    QVERIFY(isEqual(text("2026-01-31T10:00:00"), text("2026-01-31 10:00:00.000")));
    QVERIFY(isEqual(none(), none()));
    QVERIFY(isEqual(text("x"), text("x")));
}

void TstTableDiff::valuesThatAreNot()
{
    QVERIFY(!isEqual(none(), text("")));
    QVERIFY(!isEqual(none(), number(0)));
    QVERIFY(!isEqual(number(1), text("1")));
    QVERIFY(!isEqual(number(1), Cell{CellKind::Bool, "true"}));
    QVERIFY(!isEqual(text("a"), text("A")));
    QVERIFY(!isEqual(text("a"), text("a ")));
    QVERIFY(!isEqual(text("2026-01-31T10:00:00"), text("2026-01-31T10:00:00Z")));
    QVERIFY(!isEqual(text("2026-01-31"), text("2026-01-31T00:00:00")));
    QVERIFY(!isEqual(text("01"), text("1")));
    QVERIFY(!isEqual(Cell{CellKind::Json, "[1]"}, text("[1]")));
    QVERIFY(!isEqual(number("0.1"), number("0.10000000000000001")));
}

void TstTableDiff::longNumbers()
{
    // Each of these pairs is one double.
    QVERIFY(!isEqual(number("9007199254740993"), number("9007199254740992")));
    QVERIFY(!isEqual(number("9223372036854775807"), number("9223372036854775806")));
    QVERIFY(!isEqual(number("123456789012345678901234567890"), number("123456789012345678901234567891")));
    QVERIFY(!isEqual(number("0.1234567890123456789012"), number("0.1234567890123456789013")));
    QVERIFY(!isEqual(number("1e400"), number("2e400")));
    QVERIFY(isEqual(number("1e400"), number("10e399")));
    QVERIFY(isEqual(number("123456789012345678901234567890"), number("123456789012345678901234567890.0")));
    QVERIFY(isEqual(number("-9223372036854775808"), number("-9223372036854775808.0")));
}

void TstTableDiff::tolerance()
{
    DiffOptions options;
    options.tolerances.insert(QStringLiteral("v"), {Decimal{1, 1}, 0});
    QVERIFY(isEqual(number("0.3"), number("0.2"), options));
    QVERIFY(isEqual(number("0.25"), number("0.2"), options));
    QVERIFY(!isEqual(number("0.31"), number("0.2"), options));
    QVERIFY(isEqual(number("-0.05"), number("0.05"), options));
    QVERIFY(isEqual(number("9007199254740993.1"), number("9007199254740993"), options));
    QVERIFY(!isEqual(number("9007199254740993.2"), number("9007199254740993"), options));
    QVERIFY(!isEqual(number("9223372036854775807"), number("-9223372036854775807"), options));
    QVERIFY(!isEqual(none(), number("0"), options));
    options.tolerances.insert(QStringLiteral("v"), {std::nullopt, 0.01});
    QVERIFY(isEqual(number("100"), number("99.5"), options));
    QVERIFY(!isEqual(number("100"), number("98.5"), options));
    options.tolerances = {{QStringLiteral("id"), {Decimal{5, 0}, 0}}};
    QVERIFY(!isEqual(number("100"), number("99"), options));
}

void TstTableDiff::texts()
{
    DiffOptions options;
    options.trim = true;
    QVERIFY(isEqual(text("  Paris\t"), text("Paris"), options));
    QVERIFY(isEqual(text("Paris\xC2\xA0 "), text("Paris"), options));
    QVERIFY(!isEqual(text("Pa ris"), text("Paris"), options));
    QVERIFY(!isEqual(text(" "), none(), options));
    options = {};
    options.ignoreCase = true;
    QVERIFY(isEqual(text("RUE \u00c9"), text("rue \u00e9"), options));
    QVERIFY(!isEqual(text("a"), text("b"), options));
    options = {};
    options.nullIsEmpty = true;
    QVERIFY(isEqual(none(), text(""), options));
    QVERIFY(!isEqual(none(), text(" "), options));
    options.trim = true;
    QVERIFY(isEqual(none(), text(" "), options));
    // Whole rows follow the same rules.
    const Table a{{QStringLiteral("v")}, {{text(" ")}, {text("x ")}}};
    const Table b{{QStringLiteral("v")}, {{text("x")}, {none()}}};
    QVERIFY(diffOf(a, b, options).isSame());
    QCOMPARE(diffOf(a, b, {}).added.size(), size_t(2));
}

void TstTableDiff::days()
{
    DiffOptions options;
    options.datesOnly = true;
    QVERIFY(isEqual(text("2026-01-31T10:00:00"), text("2026-01-31T23:59:59.9Z"), options));
    QVERIFY(isEqual(text("2026-01-31"), text("2026-01-31 00:00:00"), options));
    QVERIFY(isEqual(text("2026-01-31"), text("2026-01-31T23:00:00+02:00"), options));
    QVERIFY(!isEqual(text("2026-01-31T00:00:00"), text("2026-02-01T00:00:00"), options));
    QVERIFY(isEqual(text("1969-12-31T01:00:00"), text("1969-12-31"), options));
    const QStringList names{QStringLiteral("id"), QStringLiteral("v")};
    const Table a{names, {{number(1), text("2026-01-31")}}};
    const Table b{names, {{number(1), text("2026-01-31T00:00:00")}}};
    options.key = {QStringLiteral("id")};
    QVERIFY(diffOf(a, b, options).isSame());
    QVERIFY(columnOf(diffOf(a, b, keyed(options.key)), QStringLiteral("v")).retyped);
}

void TstTableDiff::repeatedKeys()
{
    const QStringList names{QStringLiteral("id"), QStringLiteral("v")};
    const Table a{names, {{number(1), text("a")}, {number(1), text("b")}, {number(2), text("c")}, {number(3), none()}}};
    const Table b{names,
                  {{number(1), text("b")},
                   {number(1), text("x")},
                   {number(2), text("d")},
                   {number(2), text("c")},
                   {number(3), none()}}};
    const TableDiff diff = diffOf(a, b, keyed({QStringLiteral("id")}));
    QVERIFY(reconciles(diff));
    QCOMPARE(diff.keysA.repeatedKeys, 1);
    QCOMPARE(diff.keysA.repeatedRows, 2);
    QCOMPARE(diff.keysB.repeatedKeys, 2);
    QCOMPARE(diff.keysB.repeatedRows, 4);
    // (1, b), (2, c) and (3, null) are in both as whole rows; the others are not held against any row.
    QCOMPARE(diff.unchanged, 3);
    QVERIFY(diff.changed.empty());
    QCOMPARE(diff.removed, std::vector<quint32>({0}));
    QCOMPARE(diff.added, std::vector<quint32>({1, 2}));
    QCOMPARE(diff.unpairedA, diff.removed);
    QCOMPARE(diff.unpairedB, diff.added);
}

void TstTableDiff::blankKeys()
{
    const QStringList names{QStringLiteral("id"), QStringLiteral("part"), QStringLiteral("v")};
    const Table a{names, {{none(), none(), text("a")}, {none(), number(1), text("b")}}};
    const Table b{names, {{none(), text(""), text("c")}, {none(), number(1), text("d")}}};
    const TableDiff diff = diffOf(a, b, keyed({QStringLiteral("id"), QStringLiteral("part")}));
    QVERIFY(reconciles(diff));
    QCOMPARE(diff.keysA.blankRows, 1);
    QCOMPARE(diff.keysB.blankRows, 1);
    QCOMPARE(diff.unpairedA, std::vector<quint32>({0}));
    QCOMPARE(diff.unpairedB, std::vector<quint32>({0}));
    QCOMPARE(diff.changed.size(), size_t(1));
}

void TstTableDiff::oneKeyForAll()
{
    const QStringList names{QStringLiteral("id"), QStringLiteral("v")};
    Table a{names, {}};
    Table b{names, {}};
    for (int row = 0; row < 20'000; ++row) {
        a.rows.push_back({text("same"), number(row)});
        b.rows.push_back({text("same"), number(row + 5)});
    }
    const Result<TableDiff> diff = compareTables(stored(a, 1000), stored(b, 1000), keyed({QStringLiteral("id")}));
    QVERIFY(diff && reconciles(*diff));
    QCOMPARE(diff->unchanged, 19'995);
    QCOMPARE(diff->unpairedA.size(), size_t(5));
}

void TstTableDiff::columnsComeAndGo()
{
    const Table a{{QStringLiteral("id"), QStringLiteral("old"), QStringLiteral("v")},
                  {{number(1), text("p"), number(5)}}};
    const Table b{{QStringLiteral("new"), QStringLiteral("v"), QStringLiteral("id")},
                  {{text("q"), number(5), number(1)}}};
    for (const DiffOptions &options : {keyed({QStringLiteral("id")}), DiffOptions()}) {
        const TableDiff diff = diffOf(a, b, options);
        QVERIFY(reconciles(diff));
        QCOMPARE(diff.unchanged, 1);
        QVERIFY(!diff.isSame());
        QCOMPARE(columnOf(diff, QStringLiteral("old")).role, DiffColumn::Role::Removed);
        QCOMPARE(columnOf(diff, QStringLiteral("new")).role, DiffColumn::Role::Added);
        QVERIFY(diff.renames.empty());
    }
    const Table apart{{QStringLiteral("w")}, {{number(1)}, {number(2)}}};
    const TableDiff diff = diffOf(a, apart, {});
    QVERIFY(reconciles(diff));
    QCOMPARE(diff.added.size(), size_t(2));
    QCOMPARE(diff.removed.size(), size_t(1));
}

void TstTableDiff::renamedColumn()
{
    Table a{{QStringLiteral("id"), QStringLiteral("Region"), QStringLiteral("empty")}, {}};
    Table b{{QStringLiteral("id"), QStringLiteral("other"), QStringLiteral("Area")}, {}};
    for (int row = 0; row < 100; ++row) {
        const Cell region = text("region " + std::to_string(row % 7));
        a.rows.push_back({number(row), region, none()});
        b.rows.push_back({number(row), none(), row == 50 ? text("moved") : region});
    }
    const TableDiff diff = diffOf(a, b, keyed({QStringLiteral("id")}));
    QCOMPARE(diff.renames.size(), size_t(1));
    QCOMPARE(diff.columns[static_cast<size_t>(diff.renames[0].removed)].name, QStringLiteral("Region"));
    QCOMPARE(diff.columns[static_cast<size_t>(diff.renames[0].added)].name, QStringLiteral("Area"));
    QCOMPARE(diff.renames[0].share, 0.99);
}

void TstTableDiff::retypedColumn()
{
    const QStringList names{QStringLiteral("id"), QStringLiteral("v")};
    const Table a{names, {{number(1), number(1)}, {number(2), number("0.10")}, {number(3), none()}}};
    const Table b{names, {{number(1), text("1")}, {number(2), text("0.1")}, {number(3), none()}}};
    const TableDiff diff = diffOf(a, b, keyed({QStringLiteral("id")}));
    QVERIFY(columnOf(diff, QStringLiteral("v")).retyped);
    QVERIFY(!columnOf(diff, QStringLiteral("id")).retyped);
    QCOMPARE(diff.changed.size(), size_t(1));
    QCOMPARE(diff.changed[0].b, 1u);
    QVERIFY(!diff.isSame());
    QCOMPARE(diffOf(a, b, {}).unchanged, 2);
}

void TstTableDiff::retypedKey()
{
    const QStringList names{QStringLiteral("id"), QStringLiteral("v")};
    const Table a{names, {{number(1), text("a")}, {number(20), text("b")}}};
    const Table b{names, {{text("20"), text("b")}, {text("1"), text("c")}}};
    const TableDiff diff = diffOf(a, b, keyed({QStringLiteral("id")}));
    QVERIFY(columnOf(diff, QStringLiteral("id")).retyped);
    QCOMPARE(diff.unchanged, 1);
    QCOMPARE(diff.changed.size(), size_t(1));
}

void TstTableDiff::ignoredColumns()
{
    const QStringList names{QStringLiteral("id"), QStringLiteral("v"), QStringLiteral("loaded")};
    const Table a{names, {{number(1), text("a"), text("yesterday")}}};
    const Table b{names, {{number(1), text("a"), text("today")}}};
    DiffOptions options = keyed({QStringLiteral("id")});
    QCOMPARE(diffOf(a, b, options).cellsChanged, 1);
    options.ignored = {QStringLiteral("loaded")};
    QCOMPARE(diffOf(a, b, options).unchanged, 1);
    QCOMPARE(columnOf(diffOf(a, b, options), QStringLiteral("loaded")).role, DiffColumn::Role::Ignored);
    options.key.clear();
    QVERIFY(diffOf(a, b, options).isSame());
}

void TstTableDiff::incompleteIsRefused()
{
    ColumnStore store;
    const DiffTable whole = stored({{QStringLiteral("id")}, {{number(1)}}});
    const DiffTable loading = DiffTable::of(QStringLiteral("Sales"), store);
    for (const auto &[a, b] : {std::pair(loading, whole), std::pair(whole, loading)}) {
        const Result<TableDiff> diff = compareTables(a, b, {});
        QVERIFY(!diff);
        QCOMPARE(diff.error().kind, ErrorKind::Rejected);
        QVERIFY(diff.error().message.contains(QStringLiteral("Sales")));
    }
    store.setStopped({ErrorKind::Network, 0, {}, QStringLiteral("The line went dead."), {}, {}});
    const Result<TableDiff> diff = compareTables(whole, DiffTable::of(QStringLiteral("Sales"), store), {});
    QVERIFY(!diff && diff.error().message.contains(QStringLiteral("The line went dead.")));
}

void TstTableDiff::wrongNamesAreRefused()
{
    const DiffTable a = stored({{QStringLiteral("id"), QStringLiteral("v")}, {{number(1), number(2)}}});
    const DiffTable b = stored({{QStringLiteral("v")}, {{number(2)}}});
    const auto kindOf = [&](const DiffOptions &options) {
        const Result<TableDiff> diff = compareTables(a, b, options);
        return diff ? std::nullopt : std::optional(diff.error().kind);
    };
    QCOMPARE(kindOf(keyed({QStringLiteral("id")})), ErrorKind::Usage);
    QCOMPARE(kindOf(keyed({QStringLiteral("w")})), ErrorKind::Usage);
    DiffOptions options = keyed({QStringLiteral("v")});
    options.ignored = {QStringLiteral("v")};
    QCOMPARE(kindOf(options), ErrorKind::Usage);
    options.ignored = {QStringLiteral("w")};
    QCOMPARE(kindOf(options), ErrorKind::Usage);
    options.ignored = {QStringLiteral("id")};
    QCOMPARE(kindOf(options), std::nullopt);
}

void TstTableDiff::tablesWithoutRows()
{
    ColumnStore store;
    store.setComplete();
    const DiffTable empty = DiffTable::of(QStringLiteral("empty"), store);
    const DiffTable full = stored({{QStringLiteral("id")}, {{number(1)}, {number(2)}}});
    for (const DiffOptions &options : {keyed({QStringLiteral("id")}), DiffOptions()}) {
        const Result<TableDiff> grown = compareTables(empty, full, options);
        QVERIFY(grown && reconciles(*grown));
        QCOMPARE(grown->added.size(), size_t(2));
        const Result<TableDiff> emptied = compareTables(full, empty, options);
        QVERIFY(emptied && reconciles(*emptied));
        QCOMPARE(emptied->removed.size(), size_t(2));
        const Result<TableDiff> nothing = compareTables(empty, empty, options);
        QVERIFY(nothing && nothing->isSame());
    }
}

/// hashOfWhole() undone: the whole number of this hash.
std::int64_t wholeOfHash(std::uint64_t hash)
{
    std::uint64_t x = hash ^ (hash >> 29) ^ (hash >> 58);
    std::uint64_t inverse = 0x9E3779B97F4A7C15ULL;
    for (int i = 0; i < 6; ++i)
        inverse *= 2 - 0x9E3779B97F4A7C15ULL * inverse;
    x *= inverse;
    return static_cast<std::int64_t>(x ^ (x >> 32));
}

void TstTableDiff::keysOfOneHash()
{
    QCOMPARE(wholeOfHash(hashOfWhole(123'456'789'012)), 123'456'789'012);
    // (1, 2) and (3, other) get the same hash as keys of two columns, and as whole rows.
    const std::uint64_t rest = hashOfWhole(1) * 31 + hashOfWhole(2) - hashOfWhole(3) * 31;
    const std::int64_t other = wholeOfHash(rest);
    QCOMPARE(hashOfWhole(3) * 31 + hashOfWhole(other), hashOfWhole(1) * 31 + hashOfWhole(2));
    const QStringList names{QStringLiteral("x"), QStringLiteral("y")};
    const Table a{names, {{number(1), number(2)}, {number(5), number(6)}}};
    const Table b{names, {{number(5), number(6)}, {number(3), number(std::to_string(other))}}};
    for (const DiffOptions &options : {DiffOptions(), keyed(names)}) {
        const TableDiff diff = diffOf(a, b, options);
        QVERIFY(reconciles(diff));
        QCOMPARE(diff.unchanged, 1);
        QCOMPARE(diff.removed, std::vector<quint32>({0}));
        QCOMPARE(diff.added, std::vector<quint32>({1}));
        QVERIFY(!diff.keysA.any() && !diff.keysB.any());
    }
}

/// Values of one column that are stored in different ways: row i of A against row i of B.
void TstTableDiff::mixedForms()
{
    const std::vector<std::pair<Cell, Cell>> same{
        {number("1"), number("1.000")},
        {number("9223372036854775807"), number("9223372036854775807.0")},
        {number("-9223372036854775808"), number("-9223372036854775808")},
        {number("0.000000000000000001"), number("1e-18")},
        {text("2026-01-31T10:00:00"), text("2026-01-31 10:00:00.000")},
        {text("2026-01-31T10:00:00Z"), text("2026-01-31T10:00:00.0Z")},
        {text("2026-01-31"), text("2026-01-31")},
        {text(""), text("")},
        {none(), none()},
    };
    const std::vector<std::pair<Cell, Cell>> different{
        {number("1"), number("1.001")},
        {number("9223372036854775807"), number("9223372036854775806")},
        {number("-9223372036854775808"), none()},
        {text("2026-01-31T10:00:00"), text("2026-01-31T10:00:00Z")},
        {text("2026-01-31"), text("2026-01-31T00:00:00")},
        {text(""), none()},
        {text("a"), text("b")},
        {Cell{CellKind::Bool, "true"}, Cell{CellKind::Bool, "false"}},
    };
    const QStringList names{QStringLiteral("id"), QStringLiteral("v")};
    // Alone a pair is stored in its own form; beside others in theirs. All must tell the same.
    for (const auto &[pairs, differ] : {std::pair(same, false), std::pair(different, true)}) {
        for (const auto &[inA, inB] : pairs) {
            Table a{names, {}};
            Table b{names, {}};
            // Five rows a chunk in B: the first ones are stored alone, the last ones among other kinds.
            for (int i = 0; i < 5; ++i) {
                a.rows.push_back({number(i), inA});
                b.rows.push_back({number(i), inB});
            }
            const Cell kinds[]{text("x"), number(7), Cell{CellKind::Bool, "true"}, none()};
            for (int i = 0; i < 4; ++i) {
                a.rows.push_back({number(10 + i), kinds[i]});
                b.rows.push_back({number(10 + i), kinds[i]});
            }
            a.rows.push_back({number(20), inA});
            b.rows.push_back({number(20), inB});
            const TableDiff diff = diffOf(a, b, keyed({QStringLiteral("id")}));
            QCOMPARE(diff.cellsChanged, differ ? 6 : 0);
            QCOMPARE(diff.unchanged, differ ? 4 : 10);
            // The same pair with nothing else in the column.
            a.rows.resize(5);
            b.rows.resize(5);
            QCOMPARE(diffOf(a, b, keyed({QStringLiteral("id")})).cellsChanged, differ ? 5 : 0);
            QCOMPARE(diffOf(a, b, {}).added.size(), size_t(differ ? 5 : 0));
        }
    }
}

void TstTableDiff::asWritten()
{
    DiffOptions options;
    options.asWritten = true;
    QVERIFY(!isEqual(number("1"), number("1.0"), options));
    QVERIFY(!isEqual(number("100"), number("1e2"), options));
    QVERIFY(isEqual(number("1.0"), number("1.0"), options));
    QVERIFY(!isEqual(text("2026-01-31T10:00:00"), text("2026-01-31 10:00:00"), options));
    QVERIFY(!isEqual(none(), text(""), options));
    options.trim = true;
    QVERIFY(isEqual(text("a "), text("a"), options));
    // Keys too, and whole rows.
    const QStringList names{QStringLiteral("id"), QStringLiteral("v")};
    const Table a{names, {{number(1), text("x")}}};
    const Table b{names, {{number("1.0"), text("x")}}};
    options.key = {QStringLiteral("id")};
    QCOMPARE(diffOf(a, b, options).added.size(), size_t(1));
    options.key.clear();
    QCOMPARE(diffOf(a, b, options).added.size(), size_t(1));
    QCOMPARE(diffOf(a, b, {}).added.size(), size_t(0));
}

void TstTableDiff::manyRows()
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

void TstTableDiff::cancelled()
{
    const DiffTable table = stored({{QStringLiteral("id")}, {{number(1)}, {number(2)}}});
    const std::atomic_bool stop = true;
    for (const DiffOptions &options : {keyed({QStringLiteral("id")}), DiffOptions()}) {
        const Result<TableDiff> diff = compareTables(table, table, options, &stop);
        QVERIFY(!diff);
        QCOMPARE(diff.error().kind, ErrorKind::Cancelled);
    }
}

QTEST_GUILESS_MAIN(TstTableDiff)
#include "tst_tablediff.moc"
