#include "core/cellvalue.h"
#include "diffstage.h"

using namespace rowdesk;
using namespace rowdesk::diffsamples;

class TstDiffValues : public QObject
{
    Q_OBJECT
private slots:
    void valuesThatAreEqual();
    void valuesThatAreNot();
    void longNumbers();
    void tolerance();
    void texts();
    void days();
    void mixedForms();
    void asWritten();
};

void TstDiffValues::valuesThatAreEqual()
{
    QVERIFY(isEqual(number("0.10"), number("0.1")));
    QVERIFY(isEqual(number("100"), number("1e2")));
    QVERIFY(isEqual(number("-0"), number("0.000")));
    QVERIFY(isEqual(number("1.50e1"), number("15")));
    QVERIFY(isEqual(text("2026-01-31T10:00:00"), text("2026-01-31 10:00:00.000")));
    QVERIFY(isEqual(none(), none()));
    QVERIFY(isEqual(text("x"), text("x")));
}

void TstDiffValues::valuesThatAreNot()
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

void TstDiffValues::longNumbers()
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

void TstDiffValues::tolerance()
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

void TstDiffValues::texts()
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

void TstDiffValues::days()
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

/// Values of one column that are stored in different ways: row i of A against row i of B.
void TstDiffValues::mixedForms()
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

void TstDiffValues::asWritten()
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

QTEST_GUILESS_MAIN(TstDiffValues)
#include "tst_diffvalues.moc"
