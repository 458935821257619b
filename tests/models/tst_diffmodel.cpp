#include "core/diffsamples.h"
#include "models/diffcolumnmodel.h"
#include "models/diffmodel.h"
#include "models/diffwords.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace rowdesk;
using namespace rowdesk::diffsamples;

namespace {

std::shared_ptr<const Comparison> comparison(const QStringList &key)
{
    const Table a{{QStringLiteral("v"), QStringLiteral("id"), QStringLiteral("old")},
                  {{number("1.50"), number(1), text("o")},
                   {number("9007199254740993"), number(2), none()},
                   {none(), number(3), none()},
                   {text(""), number(4), none()}}};
    const Table b{{QStringLiteral("id"), QStringLiteral("v")},
                  {{number(5), number(7)}, {number(1), number("1.25")}, {number(3), text("")}, {number(4), text("")}}};
    Comparison made{stored(a), stored(b), {}, {}};
    made.options.key = key;
    made.diff = *compareTables(made.a, made.b, made.options);
    return std::make_shared<const Comparison>(made);
}

QString textAt(const QAbstractItemModel &model, int row, int column)
{
    return model.index(row, column).data().toString();
}

} // namespace

class TstDiffModel : public QObject
{
    Q_OBJECT
private slots:
    void rowsInTheirOrder();
    void filters();
    void walks();
    void columnsMostChangedFirst();
    void numberChanges();
    void evidence();
};

void TstDiffModel::rowsInTheirOrder()
{
    DiffModel model(comparison({QStringLiteral("id")}));
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QCOMPARE(model.rowCount(), 4);
    QCOMPARE(model.headerData(1, Qt::Horizontal).toString(), QStringLiteral("id"));
    QCOMPARE(textAt(model, 0, 0), QStringLiteral("+ added"));
    QCOMPARE(textAt(model, 0, 2), QStringLiteral("7"));
    QCOMPARE(textAt(model, 1, 0), QStringLiteral("~ changed"));
    QCOMPARE(textAt(model, 1, 2), QStringLiteral("1.50 \u2192 1.25 (\u22120.25)"));
    QCOMPARE(textAt(model, 1, 3), QStringLiteral("o"));
    QCOMPARE(textAt(model, 2, 2), QStringLiteral("null \u2192 empty"));
    QCOMPARE(textAt(model, 3, 0), QStringLiteral("\u2212 removed"));
    QCOMPARE(model.index(3, 2).data(DiffModel::OldTextRole).toString(), QStringLiteral("9007199254740993"));
    QVERIFY(model.index(3, 2).data(DiffModel::NewTextRole).toString().isNull());
    QCOMPARE(model.headerData(3, Qt::Vertical).toString(), QStringLiteral("2"));
}

void TstDiffModel::filters()
{
    DiffModel model(comparison({QStringLiteral("id")}));
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setFilter({true, false, false, -1});
    QCOMPARE(model.rowCount(), 2);
    model.setFilter({false, true, true, -1});
    QCOMPARE(model.rowCount(), 2);
    QCOMPARE(model.change(1), DiffModel::Change::Removed);
    int v = 0;
    while (model.comparison().diff.columns[static_cast<size_t>(v)].name != QLatin1String("v"))
        ++v;
    model.setFilter({true, true, true, v});
    QCOMPARE(model.rowCount(), 2);
    model.setFilter({false, false, false, -1});
    QCOMPARE(model.rowCount(), 0);
    QVERIFY(!model.nextChange({}, true).isValid());
}

void TstDiffModel::walks()
{
    const DiffModel model(comparison({QStringLiteral("id")}));
    QList<std::pair<int, int>> places;
    for (QModelIndex at = model.nextChange({}, true); at.isValid(); at = model.nextChange(at, true))
        places.append({at.row(), at.column()});
    QCOMPARE(places, (QList<std::pair<int, int>>{{0, 0}, {1, 2}, {2, 2}, {3, 0}}));
    QList<std::pair<int, int>> back;
    for (QModelIndex at = model.nextChange({}, false); at.isValid(); at = model.nextChange(at, false))
        back.prepend({at.row(), at.column()});
    QCOMPARE(back, places);
}

void TstDiffModel::columnsMostChangedFirst()
{
    for (const QStringList &key : {QStringList{QStringLiteral("id")}, QStringList()}) {
        DiffColumnModel model(comparison(key));
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QCOMPARE(model.rowCount(), 4);
        QCOMPARE(model.diffColumn(0), -1);
    }
    const DiffColumnModel model(comparison({QStringLiteral("id")}));
    QCOMPARE(textAt(model, 1, 0), QStringLiteral("v"));
    QCOMPARE(textAt(model, 1, 1), QStringLiteral("2"));
    QVERIFY(textAt(model, 1, 2).startsWith(QStringLiteral("33.33")));
    QCOMPARE(textAt(model, 2, 1), QStringLiteral("column gone"));
    QCOMPARE(textAt(model, 3, 1), QStringLiteral("key"));
}

void TstDiffModel::numberChanges()
{
    const auto change = [](const char *old, const char *now) {
        return numberChange({CellKind::Number, old}, {CellKind::Number, now});
    };
    QCOMPARE(change("25.0", "35.0"), QStringLiteral("+10"));
    QCOMPARE(change("0.1", "0.3"), QStringLiteral("+0.2"));
    QCOMPARE(change("9007199254740993", "9007199254740992"), QStringLiteral("\u22121"));
    QVERIFY(change("9223372036854775807", "-9223372036854775807").isEmpty());
    QVERIFY(change("1", "123456789012345678901234567890").isEmpty());
    QVERIFY(numberChange({CellKind::Text, "1"}, {CellKind::Number, "2"}).isEmpty());
}

void TstDiffModel::evidence()
{
    KeyCandidate key{{QStringLiteral("id")}, {10, 10, 0, 0}, {12, 12, 0, 0}, 9};
    QCOMPARE(DiffWords::evidence(key), QStringLiteral("id: unique in both (10 / 12), 9 in both tables"));
    key.b = {12, 9, 2, 1};
    QCOMPARE(DiffWords::evidence(key), QStringLiteral("id: 0 / 2 rows repeat a key, 0 / 1 rows have none"));
}

QTEST_GUILESS_MAIN(TstDiffModel)
#include "tst_diffmodel.moc"
