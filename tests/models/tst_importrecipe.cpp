#include "models/importrecipe.h"

#include <QJsonDocument>
#include <QTest>

using namespace rowdesk;

namespace {

ImportRecipe sales(const QString &datasetId = QStringLiteral("7"))
{
    ImportRecipe recipe;
    recipe.fileName = QStringLiteral("sales_10.csv");
    recipe.used = QDateTime::fromString(QStringLiteral("2025-11-03T10:00:00Z"), Qt::ISODate);
    recipe.datasetId = datasetId;
    recipe.format.encoding = "windows-1252";
    recipe.format.delimiter = '\t';
    recipe.format.quote = char(0);
    recipe.format.skipLines = 3;
    recipe.format.shortRows = RaggedRows::Skip;
    recipe.format.badCells = BadCells::LeaveOut;
    recipe.format.fillMerged = true;
    recipe.format.skipHiddenRows = false;
    recipe.format.sheet = QStringLiteral("Oktober");
    ColumnRule date;
    date.type = ColumnType::Date;
    date.dateOrder = DateOrder::MonthDayYear;
    date.nullWords = {"n/a", "–"};
    recipe.columns = {{QStringLiteral("Datum"), QStringLiteral("day"), date},
                      {QStringLiteral("Région"), QStringLiteral("region"), {}},
                      {QStringLiteral("PLZ"), {}, {}}};
    recipe.layout = ImportRecipe::layoutOf({QStringLiteral("PLZ"), QStringLiteral("Datum"), QStringLiteral("Région")});
    recipe.overlapKey = QStringList{QStringLiteral("day"), QStringLiteral("region")};
    recipe.thereAnswer = 1;
    recipe.repeatsAnswer = 0;
    return recipe;
}

} // namespace

class TestImportRecipe : public QObject
{
    Q_OBJECT

private slots:
    void comesBackAsItWasWritten()
    {
        const QByteArray json = QJsonDocument(sales().toJson()).toJson();
        const auto back = ImportRecipe::fromJson(QJsonDocument::fromJson(json).object());
        QVERIFY(back);
        QCOMPARE(*back, sales());
    }

    void nonsenseIsNone()
    {
        QVERIFY(!ImportRecipe::fromJson({}));
        QJsonObject object = sales().toJson();
        object[QStringLiteral("columns")] = 7;
        QVERIFY(!ImportRecipe::fromJson(object));
        object = sales().toJson();
        object[QStringLiteral("there")] = 99;
        object[QStringLiteral("format")] =
            QJsonObject{{QStringLiteral("short_rows"), -5}, {QStringLiteral("skip"), -1}};
        const auto odd = ImportRecipe::fromJson(object);
        QVERIFY(odd);
        QCOMPARE(odd->thereAnswer, 2);
        QCOMPARE(odd->format.skipLines, 0);
        QCOMPARE(odd->format.shortRows, RaggedRows::Stop);
    }

    void theSameLayoutIsFoundInAnyOrderAndSpelling()
    {
        const QVector<ImportRecipe> kept{sales()};
        const RecipeMatch match =
            findRecipe(kept, {QStringLiteral("REGION"), QStringLiteral("plz "), QStringLiteral("datum")}, {});
        QVERIFY(match.isExact());
        QCOMPARE(match.recipe->column(QStringLiteral("region"))->target, QStringLiteral("region"));
    }

    void driftIsNamed()
    {
        const QVector<ImportRecipe> kept{sales()};
        const RecipeMatch match =
            findRecipe(kept, {QStringLiteral("Datum"), QStringLiteral("PLZ"), QStringLiteral("Area")}, {});
        QVERIFY(match.recipe && !match.isExact());
        QCOMPARE(match.gone, QStringList{QStringLiteral("Région")});
        QCOMPARE(match.added, QStringList{QStringLiteral("Area")});
        QVERIFY(!findRecipe(kept, {QStringLiteral("Datum"), QStringLiteral("x"), QStringLiteral("y")}, {}).recipe);
        QVERIFY(!findRecipe({}, {QStringLiteral("Datum")}, {}).recipe);
    }

    void theTargetDecidesBetweenEqualOnes()
    {
        const QVector<ImportRecipe> kept{sales(QStringLiteral("1")), sales(QStringLiteral("2"))};
        const QStringList names{QStringLiteral("Datum"), QStringLiteral("Région"), QStringLiteral("PLZ")};
        QCOMPARE(findRecipe(kept, names, {}).recipe->datasetId, QStringLiteral("1"));
        QCOMPARE(findRecipe(kept, names, QStringLiteral("2")).recipe->datasetId, QStringLiteral("2"));
    }

    void theNewestComesFirstAndReplacesItsLike()
    {
        QVector<ImportRecipe> kept{sales(QStringLiteral("1")), sales(QStringLiteral("2"))};
        ImportRecipe again = sales(QStringLiteral("2"));
        again.fileName = QStringLiteral("sales_11.csv");
        keepRecipe(kept, again);
        QCOMPARE(kept.size(), 2);
        QCOMPARE(kept[0].fileName, QStringLiteral("sales_11.csv"));
        keepRecipe(kept, sales(QStringLiteral("3")), 2);
        QCOMPARE(kept.size(), 2);
        QCOMPARE(kept[1].datasetId, QStringLiteral("2"));
    }
};

QTEST_GUILESS_MAIN(TestImportRecipe)
#include "tst_importrecipe.moc"
