#include "models/comparememory.h"

#include <QJsonDocument>
#include <QTest>

using namespace rowdesk;

namespace {

QStringList names(const char *words)
{
    return QString::fromLatin1(words).split(QLatin1Char(' '), Qt::SkipEmptyParts);
}

DiffOptions options()
{
    DiffOptions made;
    made.key = names("location date");
    made.ignored = names("wind");
    made.trim = made.nullIsEmpty = true;
    made.tolerances = {{QStringLiteral("temp"), {Decimal{5, 1}, 0.01}}, {QStringLiteral("rain"), {std::nullopt, 0.5}}};
    return made;
}

} // namespace

/// The same again next time: what is remembered of a comparison, and what of it fits tables that have changed.
class TstCompareMemory : public QObject
{
    Q_OBJECT
private slots:
    void comesBackAsItWas();
    void nonsenseIsLeftOut();
    void newestFirst();
    void tooMuchIsForgotten();
    void fitsTheSameTables();
    void columnsThatAreGone();
};

void TstCompareMemory::comesBackAsItWas()
{
    DiffOptions other;
    other.ignoreCase = other.datesOnly = other.asWritten = true;
    const QVector<CompareMemory> kept{{QStringLiteral("2"), options()}, {QStringLiteral("1"), other}};
    QCOMPARE(readComparisons(comparisonsToJson(kept)), kept);
    QCOMPARE(lastOptions(kept, QStringLiteral("1")), std::optional(other));
    QVERIFY(!lastOptions(kept, QStringLiteral("3")));
}

void TstCompareMemory::nonsenseIsLeftOut()
{
    const QJsonArray array = QJsonDocument::fromJson(R"([7, {"key": ["a"]},
        {"dataset": "1", "key": [3, "a", "a"], "ignored": "b", "trim": 1, "tolerance": {"c": "much", "d": "1%"}}])")
                                 .array();
    const QVector<CompareMemory> memories = readComparisons(array);
    QCOMPARE(memories.size(), 1);
    DiffOptions expected;
    expected.key = names("a");
    expected.tolerances = {{QStringLiteral("d"), {std::nullopt, 0.01}}};
    QCOMPARE(memories.first(), (CompareMemory{QStringLiteral("1"), expected}));
}

void TstCompareMemory::newestFirst()
{
    QVector<CompareMemory> memories;
    for (int i = 0; i < 4; ++i)
        keepComparison(memories, {QString::number(i), {}}, 3);
    keepComparison(memories, {QStringLiteral("2"), options()}, 3);
    QStringList ids;
    for (const CompareMemory &memory : memories)
        ids.append(memory.datasetId);
    QCOMPARE(ids, names("2 3 1"));
    QCOMPARE(memories.first().options, options());
}

/// Ten thousand names would be a burden for every start of the program, and old words would be wrong.
void TstCompareMemory::tooMuchIsForgotten()
{
    QVector<CompareMemory> memories{{QStringLiteral("1"), options()}, {QStringLiteral("2"), options()}};
    DiffOptions large;
    for (int i = 0; i < 10'000; ++i)
        large.ignored.append(QStringLiteral("column %1").arg(i));
    keepComparison(memories, {QStringLiteral("1"), large});
    QCOMPARE(memories, (QVector<CompareMemory>{{QStringLiteral("2"), options()}}));
}

void TstCompareMemory::fitsTheSameTables()
{
    const QStringList columns = names("location date temp rain wind");
    const FittedOptions fitted = FittedOptions::of(options(), columns, columns + names("more"));
    QCOMPARE(fitted.options, options());
    QVERIFY(fitted.gone.isEmpty() && !fitted.keyIsGone);
    QVERIFY(fitted.sentence().startsWith(QStringLiteral("Key and options are those of the last comparison")));
}

void TstCompareMemory::columnsThatAreGone()
{
    // One of what is compared: the rest stays.
    FittedOptions fitted = FittedOptions::of(options(), names("location date temp rain"), names("location date temp"));
    DiffOptions expected = options();
    expected.ignored.clear();
    expected.tolerances.remove(QStringLiteral("rain"));
    QCOMPARE(fitted.options, expected);
    QCOMPARE(fitted.gone, names("wind rain"));
    QVERIFY(!fitted.keyIsGone);
    QVERIFY(fitted.sentence().contains(QStringLiteral("wind, rain")));
    // One of the key: a part of a key tells other rows apart.
    fitted = FittedOptions::of(options(), names("location temp rain wind"), names("location date temp rain wind"));
    QVERIFY(fitted.keyIsGone && fitted.options.key.isEmpty());
    QCOMPARE(fitted.options.ignored, names("wind"));
    QVERIFY(fitted.sentence().contains(QStringLiteral("the key is not")));
    QVERIFY(fitted.sentence().contains(QStringLiteral("date")));
}

QTEST_GUILESS_MAIN(TstCompareMemory)
#include "tst_comparememory.moc"
