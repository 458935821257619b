#include "models/previewmodel.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace rowdesk;

class TestPreviewModel : public QObject
{
    Q_OBJECT

    static std::shared_ptr<RowBatch> rows()
    {
        auto batch = std::make_shared<RowBatch>(2);
        batch->beginRow(2);
        batch->addCell(CellKind::Text, "01067");
        batch->addCell(CellKind::Null, {});
        batch->beginRow(5); // a cell before it had line breaks
        batch->addCell(CellKind::Text, "");
        batch->addCell(CellKind::Text, "  ");
        return batch;
    }

private slots:
    void keepsTheModelContract()
    {
        PreviewModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setRows({QStringLiteral("a"), QStringLiteral("b")}, rows());
        model.setMarks({{5, 1, QStringLiteral("why")}});
        model.setNumberColumns({1});
        model.setRows({}, nullptr);
        QCOMPARE(model.rowCount(), 0);
    }

    void showsCellsAsTheyStandInTheFile()
    {
        PreviewModel model;
        model.setRows({QStringLiteral("a"), QStringLiteral("b")}, rows());
        QCOMPARE(model.index(0, 0).data().toString(), QStringLiteral("01067"));
        QCOMPARE(model.index(0, 1).data().toString(), QStringLiteral("–"));
        QCOMPARE(model.index(1, 0).data().toString(), QStringLiteral("“”"));
        QCOMPARE(model.index(1, 1).data().toString(), QStringLiteral("␣␣"));
        QCOMPARE(model.headerData(1, Qt::Vertical, Qt::DisplayRole).toInt(), 5);
        QCOMPARE(model.rowOfLine(5), 1);
        QCOMPARE(model.rowOfLine(3), -1);
    }

    void marksSayWhy()
    {
        PreviewModel model;
        model.setRows({QStringLiteral("a"), QStringLiteral("b")}, rows());
        model.setMarks({{2, 0, QStringLiteral("<b>no</b>")}, {99, 0, QStringLiteral("not shown")}});
        QCOMPARE(model.index(0, 0).data().toString(), QStringLiteral("⚠ 01067"));
        QVERIFY(model.index(0, 0).data(Qt::ToolTipRole).toString().contains(QStringLiteral("&lt;b&gt;")));
        model.setMarks({});
        QCOMPARE(model.index(0, 0).data().toString(), QStringLiteral("01067"));
    }

    void aHugeCellIsCut()
    {
        const std::string text(5'000'000, 'x');
        QVERIFY(PreviewModel::shown({CellKind::Text, text}).size() <= 200);
    }
};

QTEST_GUILESS_MAIN(TestPreviewModel)
#include "tst_previewmodel.moc"
