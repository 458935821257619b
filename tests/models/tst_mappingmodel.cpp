#include "models/mappingmodel.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace rowdesk;

namespace {

const QStringList fileNames{QStringLiteral("Datum"), QStringLiteral("PLZ"), QStringLiteral("Notiz")};

Schema table()
{
    return {{{QStringLiteral("zip"), ColumnType::Text},
             {QStringLiteral("shop"), ColumnType::Text},
             {QStringLiteral("day"), ColumnType::Date}}};
}

} // namespace

class TestMappingModel : public QObject
{
    Q_OBJECT
private slots:
    void keepsTheModelContract()
    {
        MappingModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.startNewTable(fileNames);
        model.setTypes({ColumnType::Date, ColumnType::Text, ColumnType::Text});
        model.setReadings({QStringLiteral("x"), QString()});
        model.setProblemCounts({1, 0, -1});
        model.startAppend(fileNames, table(), {1, -1, 0});
        model.startNewTable({});
    }

    void aNewTableTakesAllColumns()
    {
        MappingModel model;
        model.startNewTable(fileNames);
        model.setTypes({ColumnType::Date, ColumnType::Number, ColumnType::Text});
        QCOMPARE(model.target().names(), fileNames);
        QCOMPARE(model.sourceColumns(), (QVector<int>{0, 1, 2}));
        QCOMPARE(model.typeOf(0), ColumnType::Date);
        QVERIFY(model.problem().isEmpty());
    }

    void aChosenTypeOutlivesTheInspection()
    {
        MappingModel model;
        model.startNewTable(fileNames);
        QVERIFY(model.setData(model.index(1, MappingModel::TypeSection), int(ColumnType::Text)));
        model.setTypes({ColumnType::Date, ColumnType::Number, ColumnType::Number});
        QCOMPARE(model.typeOf(1), ColumnType::Text);
        QCOMPARE(model.typeOf(2), ColumnType::Number);
    }

    void aColumnLeftOutIsNotSent()
    {
        MappingModel model;
        model.startNewTable(fileNames);
        QSignalSpy changed(&model, &MappingModel::mappingChanged);
        QVERIFY(model.setData(model.index(1, MappingModel::TargetSection), Qt::Unchecked, Qt::CheckStateRole));
        QCOMPARE(changed.count(), 1);
        QCOMPARE(model.sourceColumns(), (QVector<int>{0, 2}));
        QCOMPARE(model.leftOut(), QStringList{QStringLiteral("PLZ")});
        QCOMPARE(model.typeOf(1), std::nullopt);
        model.setData(model.index(0, MappingModel::TargetSection), Qt::Unchecked, Qt::CheckStateRole);
        model.setData(model.index(2, MappingModel::TargetSection), Qt::Unchecked, Qt::CheckStateRole);
        QVERIFY(!model.problem().isEmpty());
    }

    void aRenamedColumnIsChecked()
    {
        MappingModel model;
        model.startNewTable(fileNames);
        QVERIFY(model.setData(model.index(1, MappingModel::TargetSection), QStringLiteral("datum")));
        QVERIFY2(model.problem().contains(QStringLiteral("PLZ")),
                 qPrintable(model.problem())); // names the file's column
        QVERIFY(model.setData(model.index(1, MappingModel::TargetSection), QStringLiteral("postcode")));
        QVERIFY(model.problem().isEmpty());
        QCOMPARE(model.target().columns[1].name, QStringLiteral("postcode"));
    }

    void appendKeepsTheTablesOrderAndTypes()
    {
        MappingModel model;
        model.startAppend(fileNames, table(), {1, -1, 0});
        QCOMPARE(model.target().names(), (QStringList{QStringLiteral("zip"), QStringLiteral("day")}));
        QCOMPARE(model.sourceColumns(), (QVector<int>{1, 0}));
        QCOMPARE(model.leftOut(), QStringList{QStringLiteral("Notiz")});
        QCOMPARE(model.unfilled(), QStringList{QStringLiteral("shop")});
        QCOMPARE(model.typeOf(0), ColumnType::Date);
        QVERIFY(
            !model.setData(model.index(0, MappingModel::TypeSection), int(ColumnType::Text))); // the table's to decide
    }

    void theLaterChoiceTakesAColumn()
    {
        MappingModel model;
        model.startAppend(fileNames, table(), {1, -1, 0});
        const QModelIndex note = model.index(2, MappingModel::TargetSection);
        QCOMPARE(note.data(MappingModel::ChoicesRole).toStringList(), table().names());
        QVERIFY(model.setData(note, QStringLiteral("zip")));
        QCOMPARE(model.sourceColumns(), (QVector<int>{2, 0}));
        QCOMPARE(model.leftOut(), QStringList{QStringLiteral("PLZ")});
        QVERIFY(!model.setData(note, QStringLiteral("nowhere")));
        QVERIFY(model.setData(note, QString()));
        QCOMPARE(model.sourceColumns(), (QVector<int>{0}));
    }
};

QTEST_GUILESS_MAIN(TestMappingModel)
#include "tst_mappingmodel.moc"
