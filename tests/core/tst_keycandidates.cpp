#include "core/keycandidates.h"
#include "diffsamples.h"

#include <QTest>

using namespace rowdesk;
using namespace rowdesk::diffsamples;

namespace {

/// Columns in the order in which a bad choice is tempting: a number that is unique but means nothing in the other
/// table, a constant, the two parts of a key, and a key with a gap.
Table sample(int rows, int shift)
{
    Table table{{QStringLiteral("stamp"), QStringLiteral("constant"), QStringLiteral("shop"), QStringLiteral("day"),
                 QStringLiteral("code")},
                {}};
    for (int row = 0; row < rows; ++row) {
        table.rows.push_back({number(row * 1000 + shift), text("x"), text("shop " + std::to_string(row % 3)),
                              number(row / 3), row == 5 ? none() : text("code " + std::to_string(row))});
    }
    return table;
}

QStringList first(const std::optional<std::vector<KeyCandidate>> &found)
{
    return found && !found->empty() ? found->front().columns : QStringList();
}

} // namespace

class TstKeyCandidates : public QObject
{
    Q_OBJECT
private slots:
    void uniqueInBothAndFoundInTheOther();
    void pairsWhenNoneAloneIsUnique();
    void knownKeyComesFirst();
    void countsAreMeasured();
    void typesMayDiffer();
    void cancelled();
};

void TstKeyCandidates::uniqueInBothAndFoundInTheOther()
{
    Table a = sample(30, 0);
    Table b = sample(33, 7);
    a.rows[5][4] = text("code 5");
    b.rows[5][4] = text("code 5");
    const auto found = findKeyCandidates(stored(a), stored(b), {});
    QCOMPARE(first(found), QStringList{QStringLiteral("code")});
    QCOMPARE(found->front().inBoth, 30);
    QCOMPARE((*found)[1].columns, QStringList{QStringLiteral("stamp")});
    QCOMPARE((*found)[1].overlap(), 0.0);
    for (const KeyCandidate &key : *found)
        QVERIFY(!key.columns.contains(QStringLiteral("constant")));
}

void TstKeyCandidates::pairsWhenNoneAloneIsUnique()
{
    const std::vector<int> order{1, 2, 3};
    const auto found =
        findKeyCandidates(stored(sample(30, 0).reordered(order)), stored(sample(33, 0).reordered(order)), {});
    QCOMPARE(first(found), QStringList({QStringLiteral("shop"), QStringLiteral("day")}));
    QVERIFY(found->front().isUnique());
}

void TstKeyCandidates::knownKeyComesFirst()
{
    const QStringList known{QStringLiteral("shop"), QStringLiteral("day")};
    const DiffTable table = stored(sample(30, 0));
    QCOMPARE(first(findKeyCandidates(table, table, known)), known);
    QCOMPARE(first(findKeyCandidates(table, table, {QStringLiteral("shop")})), QStringList{QStringLiteral("stamp")});
    QCOMPARE(first(findKeyCandidates(table, table, {QStringLiteral("none")})), QStringList{QStringLiteral("stamp")});
}

void TstKeyCandidates::countsAreMeasured()
{
    const DiffTable a = stored(sample(30, 0));
    const DiffTable b = stored(sample(32, 0));
    const std::optional<KeyCandidate> code = measureKey(a, b, {QStringLiteral("code")});
    QVERIFY(code && !code->isUnique());
    QCOMPARE(code->a.blankRows, 1);
    QCOMPARE(code->b.distinct, 31);
    QCOMPARE(code->a.repeatedRows, 0);
    const std::optional<KeyCandidate> day = measureKey(a, b, {QStringLiteral("day")});
    QCOMPARE(day->a.distinct, 10);
    QCOMPARE(day->a.repeatedRows, 30);
    QCOMPARE(day->b.repeatedRows, 32);
    QCOMPARE(day->inBoth, 10);
    QVERIFY(!measureKey(a, b, {QStringLiteral("none")}));
}

void TstKeyCandidates::typesMayDiffer()
{
    const Table a{{QStringLiteral("id")}, {{number(1)}, {number(2)}}};
    const Table b{{QStringLiteral("id")}, {{text("2")}, {text("3")}}};
    QCOMPARE(measureKey(stored(a), stored(b), {QStringLiteral("id")})->inBoth, 1);
}

void TstKeyCandidates::cancelled()
{
    const std::atomic_bool stop = true;
    const DiffTable table = stored(sample(30, 0));
    QVERIFY(!findKeyCandidates(table, table, {}, &stop));
}

QTEST_GUILESS_MAIN(TstKeyCandidates)
#include "tst_keycandidates.moc"
