#include "support/await.h"
#include "transfer/listsource.h"
#include "transfer/plancheck.h"
#include "transfer/uploadplanner.h"

#include <QTest>

using namespace rowdesk;
using namespace rowdesk::test;

namespace {

Schema table(const QStringList &names)
{
    Schema schema;
    for (const QString &name : names)
        schema.columns.append({name, ColumnType::Text});
    return schema;
}

QStringList words(const char *text)
{
    return QString::fromUtf8(text).split(QLatin1Char('|'), Qt::SkipEmptyParts);
}

} // namespace

class TestUploadPlanner : public QObject
{
    Q_OBJECT
private slots:
    void maps_data();
    void maps();
    void mapsInOrder();
    void checkFindsEveryMisfit();
    void checkOfAGuessedTableIsLenient();
    void checkEndsWithTheFilesError();
    void checkCanBeAborted();
};

void TestUploadPlanner::maps_data()
{
    QTest::addColumn<QStringList>("source");
    QTest::addColumn<QStringList>("target");
    QTest::addColumn<QStringList>("pairs"); // target=source position
    QTest::addColumn<QStringList>("unmapped");
    QTest::addColumn<QStringList>("unfilled");
    QTest::newRow("same") << words("a|b") << words("a|b") << words("a=0|b=1") << QStringList() << QStringList();
    QTest::newRow("other order") << words("b|a") << words("a|b") << words("a=1|b=0") << QStringList() << QStringList();
    QTest::newRow("case, space, punctuation, accents")
        << words("Cost Total $|ÉTAT_civil") << words("cost_total|etat civil") << words("cost_total=0|etat civil=1")
        << QStringList() << QStringList();
    QTest::newRow("exact wins") << words("Name|name") << words("name") << words("name=1") << words("Name")
                                << QStringList();
    QTest::newRow("two alike sources") << words("N A|n-a") << words("na") << QStringList() << words("N A|n-a")
                                       << words("na");
    QTest::newRow("two alike targets") << words("na") << words("N A|n-a") << QStringList() << words("na")
                                       << words("N A|n-a");
    QTest::newRow("left over") << words("a|x") << words("a|y") << words("a=0") << words("x") << words("y");
    QTest::newRow("no letters") << words("?|!") << words("!|?") << words("!=1|?=0") << QStringList() << QStringList();
    QTest::newRow("punctuation alone is not alike")
        << words("?") << words("!") << QStringList() << words("?") << words("!");
}

void TestUploadPlanner::maps()
{
    QFETCH(QStringList, source);
    QFETCH(QStringList, target);
    const ColumnMapping mapping = mapColumns(source, table(target));
    QStringList pairs;
    for (int i = 0; i < mapping.sourceColumn.size(); ++i)
        pairs << QStringLiteral("%1=%2").arg(mapping.target.columns[i].name).arg(mapping.sourceColumn[i]);
    QTEST(pairs, "pairs");
    QTEST(mapping.unmapped, "unmapped");
    QTEST(mapping.unfilled, "unfilled");
}

void TestUploadPlanner::mapsInOrder()
{
    const ColumnMapping mapping = mapInOrder(table(words("x|y")));
    QVERIFY(mapping.isWhole());
    QCOMPARE(mapping.sourceColumn, QVector<int>({0, 1}));
}

void TestUploadPlanner::checkFindsEveryMisfit()
{
    UploadPlan plan;
    plan.target.columns = {{QStringLiteral("number"), ColumnType::Number}, {QStringLiteral("day"), ColumnType::Date}};
    plan.sourceColumn = {0, 1};
    auto source = std::make_shared<ListSource>(words("n|d"));
    for (int i = 0; i < 300; ++i)
        source->rows.append({i % 2 ? QStringLiteral("x%1").arg(i) : QString::number(i), QStringLiteral("2024-01-01")});
    source->rows[1][1] = QStringLiteral("31/12/2024");
    source->rows[0][0] = QString();
    const Result<PlanCheck> check = await(checkPlan(source, plan));
    QVERIFY(check);
    QCOMPARE(check->rows, 300);
    QCOMPARE(check->badCells, 151);
    QCOMPARE(check->badRows, 150);
    QCOMPARE(check->badCellsOf[QStringLiteral("number")], 150);
    QCOMPARE(check->badCellsOf[QStringLiteral("day")], 1);
    QCOMPARE(check->problems.size(), 100);
    QCOMPARE(check->problems[0].line, 3);
    QCOMPARE(check->problems[0].column, QStringLiteral("number"));
    QCOMPARE(check->problems[0].value, QStringLiteral("x1"));
    const ApiError error = misfitError(check->problems[1]);
    QCOMPARE(error.kind, ErrorKind::File);
    QVERIFY(error.message.startsWith(QStringLiteral("Line 3, column day: \"31/12/2024\" does not fit. ")));
}

void TestUploadPlanner::checkOfAGuessedTableIsLenient()
{
    UploadPlan plan;
    plan.target.columns = {{QStringLiteral("number"), ColumnType::Number}};
    plan.sourceColumn = {0};
    plan.targetGuessed = true;
    auto source = std::make_shared<ListSource>(words("n"));
    source->rows = {{QStringLiteral("abc")}};
    const Result<PlanCheck> check = await(checkPlan(source, plan));
    QVERIFY(check);
    QVERIFY(check->isFine());
}

void TestUploadPlanner::checkEndsWithTheFilesError()
{
    UploadPlan plan;
    plan.target = table(words("n"));
    plan.sourceColumn = {0};
    auto source = ListSource::numbered(10);
    source->failAt = 5;
    const Result<PlanCheck> check = await(checkPlan(source, plan));
    QVERIFY(!check);
    QCOMPARE(check.error().kind, ErrorKind::File);
}

void TestUploadPlanner::checkCanBeAborted()
{
    UploadPlan plan;
    plan.target = table(words("n"));
    plan.sourceColumn = {0};
    /// A file without end: only an abort ends its check.
    class EndlessSource : public RowSource
    {
        QStringList columnNames() const override { return {QStringLiteral("n")}; }
        Result<qsizetype> read(RowBatch &batch, qsizetype) override
        {
            batch.beginRow(2);
            batch.addCell(CellKind::Text, "x");
            return qsizetype(1);
        }
    };
    const Call<PlanCheck> call = checkPlan(std::make_shared<EndlessSource>(), plan);
    QTest::qWait(1);
    call.abort();
    const Result<PlanCheck> check = await(call);
    QVERIFY(!check);
    QCOMPARE(check.error().kind, ErrorKind::Cancelled);
}

QTEST_GUILESS_MAIN(TestUploadPlanner)
#include "tst_uploadplanner.moc"
