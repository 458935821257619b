#include "models/importfixture.h"

#include <QAbstractItemModelTester>
#include <QLocale>
#include <QSignalSpy>

using namespace rowdesk;
using namespace rowdesk::test;

/// Cells that do not fit: counted, shown, saved, repaired, left out.
class TestImportProblems : public QObject, private ImportFiles
{
    Q_OBJECT

private slots:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }

    void misfitsNeedADecision()
    {
        QByteArray bytes("n,note\n");
        for (int i = 0; i < 100; ++i)
            bytes += (i == 7 || i == 50 ? QByteArray("abc") : QByteArray::number(i)) + ",x\n";
        ImportSession session({});
        session.createTable(QStringLiteral("T"));
        session.open(write(QStringLiteral("bad.csv"), bytes));
        settle(session);
        QCOMPARE(session.check()->badCells, 2);
        QCOMPARE(session.problems()->rowCount(), 2);
        QCOMPARE(session.problems()->problem(0).line, 9);
        QVERIFY(session.preview()->index(7, 0).data().toString().startsWith(u'⚠'));
        QVERIFY(session.blockedBy().contains(u'2'));
        session.setPolicy(Misfits::LeaveOut);
        QCOMPARE(session.rowsToSend(), 98);
        QVERIFY(session.blockedBy().isEmpty());
        session.setPolicy(Misfits::SendEmpty);
        QCOMPARE(session.rowsToSend(), 100);
        // Another type, other problems: the decision was about these cells.
        session.mapping()->setData(session.mapping()->index(0, MappingModel::TypeSection), int(ColumnType::Text));
        settle(session);
        QCOMPARE(session.check()->badCells, 0);
        QCOMPARE(session.policy(), Misfits::Stop);
        QVERIFY(session.blockedBy().isEmpty());
    }

    void rowsLeftOutAreNotInThePlan()
    {
        ImportSession session({});
        session.createTable(QStringLiteral("T"));
        QByteArray bytes("n\n");
        for (int i = 0; i < 99; ++i)
            bytes += "5\n";
        session.open(write(QStringLiteral("bad2.csv"), bytes + "abc\n"));
        settle(session);
        session.setPolicy(Misfits::LeaveOut);
        QSignalSpy ready(&session, &ImportSession::planReady);
        session.prepare();
        QTRY_COMPARE(ready.count(), 1);
        const auto plan = ready[0][0].value<UploadPlan>();
        QCOMPARE(plan.rowsExpected, 99);
        QCOMPARE(plan.rowsLeftOut, 1);
        QCOMPARE(countRows(*plan.source), 99);
    }

    void problemsAreSavedButNeverOverTheSource()
    {
        ImportSession session({});
        session.createTable(QStringLiteral("T"));
        const QByteArray bytes = "n\n" + QByteArray("5\n").repeated(50) + "abc\n";
        const QString path = write(QStringLiteral("bad3.csv"), bytes);
        session.open(path);
        settle(session);
        session.saveProblems(path);
        QTRY_VERIFY(session.problemsNote().contains(QStringLiteral("another name")));
        QFile source(path);
        QVERIFY(source.open(QIODevice::ReadOnly));
        QCOMPARE(source.readAll(), bytes);
        const QString to = m_dir.filePath(QStringLiteral("problems.csv"));
        session.saveProblems(to);
        QTRY_COMPARE(session.problemsNote(), QStringLiteral("Written to “problems.csv”: 1 row."));
        QVERIFY(QFile::exists(to));
    }

    void oneCellIsRepairedThenAllAlike()
    {
        ImportSession session({});
        session.createTable(QStringLiteral("T"));
        session.open(
            write(QStringLiteral("fix.csv"), "n,t\n" + QByteArray("5,x\n").repeated(97) + "O5,a\nO5,b\nzz,c\n"));
        settle(session);
        QCOMPARE(session.check()->badCells, 3);
        QVERIFY(session.problems()->setData(session.problems()->index(0, ProblemModel::ValueSection),
                                            QStringLiteral("05"), Qt::EditRole));
        settle(session);
        QCOMPARE(session.check()->badCells, 2);
        session.fixAlike(0, "O5", QStringLiteral("5"));
        settle(session);
        QCOMPARE(session.check()->badCells, 1);
        QCOMPARE(session.problems()->problem(0).text, QByteArray("zz"));
        session.fixCell(session.problems()->problem(0).line, 0, QString());
        settle(session);
        QCOMPARE(session.check()->badCells, 0);
        QVERIFY(session.blockedBy().isEmpty());
        QSignalSpy ready(&session, &ImportSession::planReady);
        session.prepare();
        QTRY_COMPARE(ready.count(), 1);
        const auto plan = ready[0][0].value<UploadPlan>();
        QVERIFY(plan.sourceIsConverted);
        RowBatch batch(2);
        QCOMPARE(*plan.source->read(batch, 200), 100);
        QCOMPARE(batch.cell(97, 0).text, "5");
        QCOMPARE(batch.cell(98, 0).text, "5");
        QCOMPARE(batch.cell(99, 0).kind, CellKind::Null);
        session.undoFixes();
        settle(session);
        QCOMPARE(session.check()->badCells, 3);
    }

    void problemsAreGroupedByColumnAndReason()
    {
        ImportSession session({});
        session.createTable(QStringLiteral("T"));
        const QAbstractItemModelTester groups(session.problemGroups());
        const QAbstractItemModelTester cells(session.problems());
        session.open(write(QStringLiteral("groups.csv"),
                           "n,d\n" + QByteArray("5,2025-01-01\n").repeated(97) + "a,2025-01-01\nb,2025-02-30\n6,x\n"));
        settle(session);
        const ProblemGroupModel &shown = *session.problemGroups();
        QCOMPARE(shown.rowCount(), 4); // all, and three groups
        QCOMPARE(shown.index(0, ProblemGroupModel::CellsSection).data(), QStringLiteral("4"));
        QCOMPARE(session.problems()->rowCount(), 4);
        session.showGroup(1);
        QCOMPARE(session.problems()->rowCount(), 2);
        session.showGroup(0);
        QCOMPARE(session.problems()->rowCount(), 4);
    }
};

QTEST_GUILESS_MAIN(TestImportProblems)
#include "tst_importproblems.moc"
