#include "core/cellvalue.h"
#include "diffstage.h"

using namespace rowdesk;
using namespace rowdesk::diffsamples;

class TstTableDiff : public QObject
{
    Q_OBJECT
private slots:
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
    void cancelled();
};

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
