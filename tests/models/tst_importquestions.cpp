#include "core/columnstore.h"
#include "models/importfixture.h"

#include <QLocale>
#include <QSignalSpy>

using namespace rowdesk;
using namespace rowdesk::test;

/// What only a person can answer, and what becomes of the answer.
class TestImportQuestions : public QObject, private ImportFiles
{
    Q_OBJECT

    /// All rows of a table, as a service gives them.
    static WholeTable wholeTable(const QVector<QStringList> &rows)
    {
        RowBatch batch(3);
        for (const QStringList &row : rows) {
            batch.beginRow(1);
            for (const QString &cell : row)
                batch.addCell(CellKind::Text, cell.toStdString());
        }
        ColumnStore store;
        store.append(chunkFromBatch(birds().names(), batch));
        store.setComplete();
        return {DiffTable::of(QStringLiteral("Birds"), store), {}};
    }

private slots:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }

    void anAmbiguousDateIsAsked()
    {
        ImportSession session({});
        session.createTable(QStringLiteral("T"));
        session.open(write(QStringLiteral("dates.csv"), "day,n\n03/04/2025,1\n05/06/2025,2\n"));
        settle(session);
        const auto questions = session.questions();
        QCOMPARE(questions.size(), 1);
        QVERIFY(session.typeReason(0).contains(QStringLiteral("It stays text until that is answered.")));
        QVERIFY2(questions[0].choices.contains(QStringLiteral("03/04/2025 → 3 April 2025")),
                 qPrintable(questions[0].choices.join(u'|')));
        QVERIFY(session.blockedBy().contains(QStringLiteral("day")));
        session.answer(0, int(questions[0].choices.indexOf(QStringLiteral("03/04/2025 → 3 April 2025"))));
        settle(session);
        QVERIFY2(session.blockedBy().isEmpty(), qPrintable(session.blockedBy()));
        QCOMPARE(session.questions()[0].answer, 0);
        QCOMPARE(session.typeReason(0),
                 QStringLiteral("2 dates fit day-month and month-day alike. You have answered that."));
        QSignalSpy ready(&session, &ImportSession::planReady);
        session.prepare();
        QTRY_COMPARE(ready.count(), 1);
        const auto plan = ready[0][0].value<UploadPlan>();
        RowBatch batch(2);
        QCOMPARE(*plan.source->read(batch, 10), 2);
        QCOMPARE(batch.cell(0, 0).text, "2025-04-03");
        QCOMPARE(plan.target.columns[0].type, ColumnType::Date);
    }

    void theChoicesShowADateThatTellsThemApart()
    {
        ImportSession session({});
        session.createTable(QStringLiteral("T"));
        session.open(write(QStringLiteral("dates3.csv"), "day,n\n06/06/2025,1\n05/06/2025,2\n"));
        settle(session);
        QCOMPARE(session.questions()[0].choices.first(2),
                 (QStringList{QStringLiteral("05/06/2025 → 5 June 2025"), QStringLiteral("05/06/2025 → 6 May 2025")}));
        // Also when it comes late.
        QByteArray late("day,n\n");
        for (const char *day : {"01/01", "02/02", "03/03", "04/04", "05/05", "06/06", "07/07", "05/06"})
            late += QByteArray(day) + "/2025,1\n";
        session.open(write(QStringLiteral("dates4.csv"), late));
        settle(session);
        QCOMPARE(session.questions()[0].choices.first(2),
                 (QStringList{QStringLiteral("05/06/2025 → 5 June 2025"), QStringLiteral("05/06/2025 → 6 May 2025")}));
    }

    void datesThatAreTheSameEitherWayAreNotAsked()
    {
        ImportSession session({});
        session.createTable(QStringLiteral("T"));
        session.open(write(QStringLiteral("dates5.csv"), "day,n\n06/06/2025,1\n07/07/2025,2\n"));
        settle(session);
        QVERIFY(session.questions().isEmpty());
        QCOMPARE(session.typeReason(0), QStringLiteral("All 2 values are dates. Day-month and month-day give the same "
                                                       "days."));
    }

    void anAmbiguousDateMayStayText()
    {
        ImportSession session({});
        session.createTable(QStringLiteral("T"));
        session.open(write(QStringLiteral("dates2.csv"), "day,n\n03/04/2025,1\n05/06/2025,2\n"));
        settle(session);
        session.answer(0, int(session.questions()[0].choices.size()) - 1);
        settle(session);
        QVERIFY(session.questions().isEmpty());
        QCOMPARE(session.mapping()->target().columns[0].type, ColumnType::Text);
        QVERIFY(session.blockedBy().isEmpty());
    }

    void aRuleThatAPersonSetsIsUsed()
    {
        ImportSession session({});
        session.createTable(QStringLiteral("T"));
        session.open(write(QStringLiteral("rule.csv"), "n;t\n$1.50;x\n$2.50;y\n"));
        settle(session);
        ColumnRule rule;
        rule.type = ColumnType::Number;
        rule.readMoney = true;
        session.setRule(0, rule);
        settle(session);
        QCOMPARE(session.mapping()->target().columns[0].type, ColumnType::Number);
        QCOMPARE(session.check()->badCells, 0);
        QCOMPARE(session.mapping()->index(0, MappingModel::ReadingSection).data().toString(),
                 QStringLiteral("$1.50 → 1.50"));
        rule.readMoney = false;
        session.setRule(0, rule);
        settle(session);
        QCOMPARE(session.check()->badCells, 2);
    }

    void numbersThatMayBeTwoThingsAreAsked()
    {
        ImportSession session({});
        session.createTable(QStringLiteral("T"));
        session.open(write(QStringLiteral("marks.csv"), "n;t\n173,900;x\n174,100;y\n"));
        settle(session);
        QCOMPARE(session.questions().size(), 1);
        const QStringList choices = session.questions()[0].choices;
        QVERIFY2(choices.contains(QStringLiteral("173,900 → 173.900 (decimal comma)")), qPrintable(choices.join(u'|')));
        QVERIFY(choices.contains(QStringLiteral("173,900 → 173900 (decimal point)")));
        QCOMPARE(session.mapping()->index(0, MappingModel::ReadingSection).data().toString(),
                 QStringLiteral("173,900 → ?"));
    }

    void raggedRowsNeedADecision()
    {
        ImportSession session({});
        session.createTable(QStringLiteral("T"));
        session.open(write(QStringLiteral("ragged.csv"), "a,b,c\n1,2,3\n1,2\n4,5,6\n7,8,9\n1,1,1\n"));
        settle(session);
        QCOMPARE(session.preview()->rowCount(), 5); // the preview goes on behind it
        QVERIFY(!session.blockedBy().isEmpty());
        QCOMPARE(session.questions().size(), 1);
        QVERIFY2(session.fileNotes().isEmpty(), qPrintable(session.fileNotes().join(u'|'))); // not said twice
        session.answer(0, 1);                                                                // leave them out
        settle(session);
        QCOMPARE(session.rowsToSend(), 4);
        QSignalSpy ready(&session, &ImportSession::planReady);
        session.prepare();
        QTRY_COMPARE(ready.count(), 1);
        QCOMPARE(ready[0][0].value<UploadPlan>().rowsLeftOut, 1);
        session.answer(0, 0); // fill
        settle(session);
        QCOMPARE(session.rowsToSend(), 5);
        QVERIFY2(session.blockedBy().isEmpty(), qPrintable(session.blockedBy()));
    }

    void raggedRowsAreShown()
    {
        QByteArray content("id,name,city\n1,Ann,Lille,=\n2,Bob\n3,\"C\nc\",Bonn,x,y,z,u\n");
        for (int i = 0; i < 6; ++i)
            content += "4,D,Ulm,\n";
        content += QByteArray("5,E,Rom\n").repeated(20);
        ImportSession session({});
        session.open(write(QStringLiteral("which.csv"), content));
        session.createTable(QStringLiteral("Which"));
        QTRY_VERIFY(session.inspection());
        const QVector<ImportSession::Question> questions = session.questions();
        QCOMPARE(questions.size(), 2);
        QCOMPARE(questions[0].text, QStringLiteral("1 row with too few fields (line 3).\n"
                                                   "Line 3: “2”, “Bob”; 2 of 3 fields"));
        QCOMPARE(questions[1].text, QStringLiteral("8 rows with too many fields (lines 2, 4, 6, 7, 8, …).\n"
                                                   "Line 2: “1”, “Ann”, “Lille”; too many: “=”\n"
                                                   "Line 4: “3”, “C↵c”, “Bonn”; too many: “x”, “y”, “z”, …\n"
                                                   "Line 6: “4”, “D”, “Ulm”; too many: “”"));
    }

    void rowsThatAreThereAlreadyAreAskedAbout()
    {
        ImportSession session({known});
        QSignalSpy wanted(&session, &ImportSession::tableWanted);
        session.open(write(QStringLiteral("again.csv"), "Species,day,place\nOwl,2025-01-31,Lille\n"
                                                        "Crow,2025-02-01,Lille\nJay,2025-02-01,Lille\n"
                                                        "Jay,2025-02-02,Lille\n"));
        session.appendTo(QStringLiteral("1"));
        settle(session);
        QVERIFY(session.blockedBy().isEmpty());
        session.setOverlapKey({QStringLiteral("Species")});
        QCOMPARE(wanted.count(), 1);
        QVERIFY(!session.blockedBy().isEmpty());
        QVERIFY(session.isReadingTable());
        session.setTable(QStringLiteral("9"), wholeTable({})); // about another one
        QVERIFY(session.isReadingTable());
        session.setTable(
            QStringLiteral("1"),
            wholeTable({{QStringLiteral("Owl"), QStringLiteral("2025-01-31T00:00:00"), QStringLiteral("Lille")},
                        {QStringLiteral("Crow"), QStringLiteral("2025-02-01"), QStringLiteral("Roubaix")}}));
        QTRY_VERIFY(session.overlap());
        QCOMPARE(session.overlap()->same, 1);
        QCOMPARE(session.overlap()->different, 1);
        QCOMPARE(session.overlap()->newRows, 1);
        QCOMPARE(session.overlapQuestions().size(), 2);
        QVERIFY(!session.blockedBy().isEmpty());
        session.answerOverlap(0, 1); // the same ones stay out
        session.answerOverlap(1, 0); // the first of each key goes
        QVERIFY2(session.blockedBy().isEmpty(), qPrintable(session.blockedBy()));
        QCOMPARE(session.rowsToSend(), 2);
        QCOMPARE(session.sumSentence(),
                 QStringLiteral("4 rows read: 2 to send, 2 left out (2 already there or repeated)."));
        QSignalSpy ready(&session, &ImportSession::planReady);
        session.prepare();
        QTRY_COMPARE(ready.count(), 1);
        const auto plan = ready[0][0].value<UploadPlan>();
        QCOMPARE(plan.rowsExpected, 2);
        QCOMPARE(plan.rowsLeftOut, 2);
        QCOMPARE(countRows(*plan.source), 2);
        session.setOverlapKey({});
        QVERIFY(session.blockedBy().isEmpty());
        QCOMPARE(session.rowsToSend(), 4);
    }

    void anIncompleteTableIsNoAnswer()
    {
        ImportSession session({known});
        QSignalSpy wanted(&session, &ImportSession::tableWanted);
        session.open(write(QStringLiteral("again2.csv"), "Species,day\nOwl,2025-01-31\n"));
        session.appendTo(QStringLiteral("1"));
        settle(session);
        session.setOverlapKey({QStringLiteral("Species")});
        session.setTable(QStringLiteral("1"),
                         ApiError{ErrorKind::Network, 0, {}, QStringLiteral("Page 7 did not come."), {}, {}});
        QVERIFY(session.overlapError());
        QVERIFY(!session.blockedBy().isEmpty());
        session.lookUpAgain();
        QCOMPARE(wanted.count(), 2);
        QVERIFY(!session.overlapError());
        QSignalSpy unwanted(&session, &ImportSession::tableUnwanted);
        session.stopInspecting(); // looks no more
        QCOMPARE(unwanted.count(), 1);
        QVERIFY(session.overlapKey().isEmpty());
        QVERIFY(session.blockedBy().isEmpty());
    }

    void aKeyThatGetsNoValueIsSaid()
    {
        ImportSession session({});
        session.createTable(QStringLiteral("T"));
        session.open(write(QStringLiteral("twice.csv"), "id,n\n1,a\n1,b\n2,c\n"));
        settle(session);
        session.setOverlapKey({QStringLiteral("id")});
        QTRY_VERIFY(session.overlap());
        QCOMPARE(session.overlap()->repeats, 1);
        session.mapping()->setData(session.mapping()->index(0, MappingModel::TargetSection), Qt::Unchecked,
                                   Qt::CheckStateRole);
        settle(session);
        QVERIFY2(session.blockedBy().contains(QStringLiteral("id")), qPrintable(session.blockedBy()));
    }
};

QTEST_GUILESS_MAIN(TestImportQuestions)
#include "tst_importquestions.moc"
