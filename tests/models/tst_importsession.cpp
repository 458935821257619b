#include "models/importsession.h"

#include "core/columnstore.h"
#include "files/xlsxfixture.h"

#include <QAbstractItemModelTester>
#include <QFile>
#include <QLocale>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace rowdesk;
using rowdesk::test::XlsxFixture;

namespace {

Schema birds()
{
    return {{{QStringLiteral("Species"), ColumnType::Text},
             {QStringLiteral("day"), ColumnType::Date},
             {QStringLiteral("place"), ColumnType::Text}}};
}

const ImportSession::Dataset known{QStringLiteral("1"), QStringLiteral("Birds"), birds()};
const ImportSession::Dataset untold{QStringLiteral("2"), QStringLiteral("Untold"), {}};

} // namespace

class TestImportSession : public QObject
{
    Q_OBJECT

    QTemporaryDir m_dir;

    QString write(const QString &name, const QByteArray &bytes) const
    {
        QFile file(m_dir.filePath(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            qFatal("can't write the test's file");
        return file.fileName();
    }

    /// A session that has gone as far as it can on its own.
    static void settle(ImportSession &session)
    {
        QTRY_VERIFY_WITH_TIMEOUT(session.fileState() != ImportSession::FileState::Looking && !session.isInspecting() &&
                                     !session.isChecking(),
                                 60'000);
    }

    /// Does something once, at the moment when the inspection has begun: no machine is fast enough to miss it.
    static void whenInspecting(ImportSession &session, const std::function<void()> &act)
    {
        connect(&session, &ImportSession::changed, &session, [&session, act, done = false]() mutable {
            if (!session.isInspecting() || std::exchange(done, true))
                return;
            act();
        });
    }

    static QByteArray manyRows(int rows)
    {
        QByteArray bytes("id,amount\n");
        for (int i = 0; i < rows; ++i)
            bytes += QByteArray::number(i) + ',' + QByteArray::number(i) + ".5\n";
        return bytes;
    }

    static qint64 countRows(RowSource &source)
    {
        qint64 rows = 0;
        RowBatch batch(int(source.columnNames().size()));
        for (;;) {
            batch.clear();
            const Result<qsizetype> read = source.read(batch, 500);
            if (!read || *read == 0)
                return read ? rows : -1;
            rows += *read;
        }
    }

private slots:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }

    void thePreviewsLimitNeverReachesTheUpload()
    {
        ImportSession session({known});
        QSignalSpy ready(&session, &ImportSession::planReady);
        session.open(write(QStringLiteral("many.csv"), manyRows(10'000)));
        session.createTable(QStringLiteral("Many"));
        settle(session);
        QCOMPARE(session.preview()->rowCount(), 200);
        QCOMPARE(session.rowsToSend(), 10'000);
        QVERIFY2(session.blockedBy().isEmpty(), qPrintable(session.blockedBy()));
        session.prepare();
        QTRY_COMPARE(ready.count(), 1);
        const auto plan = ready[0][0].value<UploadPlan>();
        QCOMPARE(plan.rowsExpected, 10'000);
        QCOMPARE(plan.newTable.name, QStringLiteral("Many"));
        QCOMPARE(plan.newTable.schema.columns[1].type, ColumnType::Number);
        QVERIFY(plan.datasetId.isEmpty());
        QCOMPARE(countRows(*plan.source), 10'000);
    }

    void nothingCanBeSentBeforeEverythingIsKnown()
    {
        ImportSession session({known});
        QVERIFY(!session.blockedBy().isEmpty());
        session.open(write(QStringLiteral("a.csv"), "a,b\n1,x\n"));
        QVERIFY(!session.blockedBy().isEmpty());
        settle(session);
        QCOMPARE(session.blockedBy(), QStringLiteral("Choose where the rows go."));
        session.createTable(QStringLiteral(" birds "));
        QVERIFY(session.blockedBy().contains(QStringLiteral("birds"))); // the name is taken
        session.createTable(QStringLiteral("New"));
        QTRY_VERIFY2(session.blockedBy().isEmpty(), qPrintable(session.blockedBy()));
    }

    void aForeignFileIsRefusedInWords()
    {
        ImportSession session({});
        session.open(write(QStringLiteral("report.csv"), "%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n"));
        settle(session);
        QCOMPARE(session.fileState(), ImportSession::FileState::Refused);
        QVERIFY(session.fileError()->message.contains(QStringLiteral("PDF")));
        QVERIFY(!session.fileError()->hint.isEmpty());
        session.open(m_dir.filePath(QStringLiteral("missing.csv")));
        settle(session);
        QCOMPARE(session.fileState(), ImportSession::FileState::Refused);
        session.open(QString());
        QCOMPARE(session.fileState(), ImportSession::FileState::None);
    }

    void aTypedPathIsTheSameAsABrowsedOne()
    {
        const QString path = write(QStringLiteral("typed.csv"), "a\n1\n");
        for (const QString &typed : {path, u'"' + path + u'"', QStringLiteral("file://") + path, u' ' + path + u' '}) {
            ImportSession session({});
            session.open(typed);
            settle(session);
            QCOMPARE(session.path(), path);
            QCOMPARE(session.fileState(), ImportSession::FileState::Ready);
        }
        QCOMPARE(cleanPath(QStringLiteral("~/x.csv")), QDir::homePath() + QStringLiteral("/x.csv"));
    }

    void aSettingRedrawsThePreview()
    {
        ImportSession session({});
        session.open(write(QStringLiteral("semi.csv"), "name;n\nA;1\nB;2\n"));
        settle(session);
        QCOMPARE(session.preview()->columnCount(), 2);
        CsvFormat format = session.format().csv;
        format.hasHeader = false;
        session.setCsvFormat(format);
        settle(session);
        QCOMPARE(session.preview()->rowCount(), 3);
        QCOMPARE(session.mapping()->rowCount(), 2);
        session.detectAgain("UTF-8", ',');
        settle(session);
        QCOMPARE(session.preview()->columnCount(), 1);
    }

    void theNewestQuestionIsTheOneThatCounts()
    {
        ImportSession session({});
        session.createTable(QStringLiteral("T"));
        const QString big = write(QStringLiteral("big.csv"), manyRows(200'000));
        const QString small = write(QStringLiteral("small.csv"), "x\n1\n2\n");
        whenInspecting(session, [&] { session.open(small); });
        session.open(big);
        QTRY_COMPARE(session.path(), small);
        settle(session);
        QCOMPARE(session.columnNames(), QStringList{QStringLiteral("x")});
        QCOMPARE(session.inspection()->rows, 2);
        // The answers about the big file would come now, if they were not dropped.
        QVERIFY(QThreadPool::globalInstance()->waitForDone(60'000));
        QTest::qWait(1);
        QCOMPARE(session.inspection()->rows, 2);
        QCOMPARE(session.rowsToSend(), 2);
    }

    void goingAwayWhileTheWorkersWork()
    {
        const QString big = write(QStringLiteral("big2.csv"), manyRows(200'000));
        for (int wait : {0, 1, 20, 60}) {
            ImportSession session({});
            session.createTable(QStringLiteral("T"));
            session.open(big);
            QTest::qWait(wait);
        }
        QVERIFY(QThreadPool::globalInstance()->waitForDone(60'000));
    }

    void appendMapsAndNamesWhatIsMissing()
    {
        ImportSession session({known});
        session.open(write(QStringLiteral("b.csv"), "Day,species,Note\n2025-01-31,Owl,x\n"));
        session.appendTo(QStringLiteral("1"));
        settle(session);
        QCOMPARE(session.mapping()->target().names(), (QStringList{QStringLiteral("Species"), QStringLiteral("day")}));
        QCOMPARE(session.mapping()->sourceColumns(), (QVector<int>{1, 0}));
        QCOMPARE(session.mapping()->leftOut(), QStringList{QStringLiteral("Note")});
        QCOMPARE(session.mapping()->unfilled(), QStringList{QStringLiteral("place")});
        QSignalSpy ready(&session, &ImportSession::planReady);
        session.prepare();
        QTRY_COMPARE(ready.count(), 1);
        const auto plan = ready[0][0].value<UploadPlan>();
        QCOMPARE(plan.datasetId, QStringLiteral("1"));
        QCOMPARE(plan.newTable.name, QStringLiteral("Birds"));
    }

    void theColumnsOfATableAreAskedForOnce()
    {
        ImportSession session({known, untold});
        QSignalSpy wanted(&session, &ImportSession::schemaWanted);
        session.open(write(QStringLiteral("c.csv"), "species,day\nOwl,2025-01-31\n"));
        session.appendTo(QStringLiteral("2"));
        settle(session);
        QCOMPARE(wanted.count(), 1);
        QVERIFY(session.blockedBy().contains(QStringLiteral("Untold")));
        session.setSchema(QStringLiteral("2"),
                          ApiError{ErrorKind::Network, 0, {}, QStringLiteral("No network."), {}, {}});
        QVERIFY(session.schemaError());
        session.askSchemaAgain();
        QCOMPARE(wanted.count(), 2);
        session.setSchema(QStringLiteral("2"), DataService::TableSchema{birds(), true});
        settle(session);
        QVERIFY2(session.blockedBy().isEmpty(), qPrintable(session.blockedBy()));
        QVERIFY(session.mapping()->mayChangeType()); // the service did not tell the types
        session.appendTo(QStringLiteral("1"));
        QCOMPARE(wanted.count(), 2);
        QVERIFY(!session.mapping()->mayChangeType());
    }

    void anAnswerAboutAnotherTableIsKeptForLater()
    {
        ImportSession session({known, untold});
        session.open(write(QStringLiteral("d.csv"), "species,day\nOwl,2025-01-31\n"));
        session.appendTo(QStringLiteral("2"));
        session.appendTo(QStringLiteral("1"));
        settle(session);
        session.setSchema(QStringLiteral("2"),
                          DataService::TableSchema{{{{QStringLiteral("z"), ColumnType::Text}}}, false});
        QCOMPARE(session.mapping()->target().names(), (QStringList{QStringLiteral("Species"), QStringLiteral("day")}));
        QSignalSpy wanted(&session, &ImportSession::schemaWanted);
        session.appendTo(QStringLiteral("2"));
        QCOMPARE(wanted.count(), 0);
    }

    void anAmbiguousDateIsAsked()
    {
        ImportSession session({});
        session.createTable(QStringLiteral("T"));
        session.open(write(QStringLiteral("dates.csv"), "day,n\n03/04/2025,1\n05/06/2025,2\n"));
        settle(session);
        const auto questions = session.questions();
        QCOMPARE(questions.size(), 1);
        QVERIFY2(questions[0].choices.contains(QStringLiteral("03/04/2025 → 3 April 2025")),
                 qPrintable(questions[0].choices.join(u'|')));
        QVERIFY(session.blockedBy().contains(QStringLiteral("day")));
        session.answer(0, int(questions[0].choices.indexOf(QStringLiteral("03/04/2025 → 3 April 2025"))));
        settle(session);
        QVERIFY2(session.blockedBy().isEmpty(), qPrintable(session.blockedBy()));
        QCOMPARE(session.questions()[0].answer, 0);
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
        session.open(write(QStringLiteral("dates4.csv"), "day,n\n06/06/2025,1\n07/07/2025,2\n"));
        settle(session);
        if (session.questions().isEmpty())
            return; // there is nothing to ask: both orders give the same days
        QVERIFY(session.questions()[0].choices[0] != session.questions()[0].choices[1]);
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

    void anyRowMayHaveTheNames()
    {
        ImportSession session({});
        session.open(write(QStringLiteral("title.csv"), "Report,2025\nx,y\nid,name\n1,a\n2,b\n"));
        settle(session);
        session.useAsHeader(3);
        settle(session);
        QCOMPARE(session.columnNames(), (QStringList{QStringLiteral("id"), QStringLiteral("name")}));
        QCOMPARE(session.preview()->rowCount(), 2);
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

    void aWorkbookIsReadLikeAnyTable()
    {
        XlsxFixture book;
        book.parts["xl/worksheets/sheet1.xml"] =
            XlsxFixture::sheet("<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>id</t></is></c><c r=\"B1\" "
                               "t=\"inlineStr\"><is><t>n</t></is></c></row>"
                               "<row r=\"2\"><c r=\"A2\"><v>1</v></c><c r=\"B2\"><v>2.5</v></c></row>"
                               "<row r=\"3\"><c r=\"A3\"><v>2</v></c><c r=\"B3\" t=\"e\"><v>#DIV/0!</v></c></row>");
        ImportSession session({});
        session.createTable(QStringLiteral("T"));
        session.open(book.write());
        settle(session);
        QCOMPARE(session.fileState(), ImportSession::FileState::Ready);
        QCOMPARE(session.look().sheets, QStringList{QStringLiteral("Data")});
        QCOMPARE(session.preview()->rowCount(), 2);
        QCOMPARE(session.questions().size(), 1); // the error cell
        session.answer(0, 0);
        settle(session);
        QVERIFY2(session.blockedBy().isEmpty(), qPrintable(session.blockedBy()));
        QCOMPARE(session.rowsToSend(), 2);
        session.useSheet(0);
        settle(session);
        QVERIFY(!session.blockedBy().isEmpty()); // asked anew
    }

    void sheetsAreListedWithTheirRows()
    {
        XlsxFixture book;
        book.parts["xl/workbook.xml"] =
            XlsxFixture::workbook("<sheets><sheet name=\"Data\" sheetId=\"1\" r:id=\"r1\"/><sheet name=\"None\" "
                                  "sheetId=\"2\" state=\"hidden\" "
                                  "r:id=\"r9\"/></sheets>");
        book.parts["xl/_rels/workbook.xml.rels"].replace(
            "</Relationships>", XlsxFixture::relation("r9", "worksheet", "worksheets/sheet2.xml") + "</Relationships>");
        QByteArray rows("<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>id</t></is></c></row><row r=\"2\"><c r=\"A2\" "
                        "s=\"0\"/></row>");
        for (int row = 3; row < 9003; ++row)
            rows += "<row r=\"" + QByteArray::number(row) + "\"><c r=\"A" + QByteArray::number(row) + "\"><v>" +
                    QByteArray::number(row) + "</v></c></row>";
        book.parts["xl/worksheets/sheet1.xml"] = XlsxFixture::sheet(rows);
        book.parts["xl/worksheets/sheet2.xml"] = XlsxFixture::sheet("");
        ImportSession session({});
        session.open(book.write());
        settle(session);
        QTRY_COMPARE(session.look().sheetRows, (QVector<qint64>{9001, 0})); // the names and 9,000 rows
        session.useSheet(0);
        settle(session);
        QCOMPARE(session.look().sheetRows, (QVector<qint64>{9001, 0})); // not counted again
    }

    void aLargeWorkbookIsReadWhenAPersonSaysSo()
    {
        XlsxFixture book;
        book.parts["xl/worksheets/sheet1.xml"] = XlsxFixture::sheet(
            QByteArray(3'000'000, ' ') + "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>id</t></is></c></row>"
                                         "<row r=\"2\"><c r=\"A2\"><v>1</v></c></row>");
        ImportSession session({});
        session.createTable(QStringLiteral("T"));
        session.open(book.write());
        settle(session);
        QCOMPARE(session.fileState(), ImportSession::FileState::Refused);
        QVERIFY(session.canAllowLarge());
        session.allowLarge();
        settle(session);
        QCOMPARE(session.fileState(), ImportSession::FileState::Ready);
        QVERIFY2(session.blockedBy().isEmpty(), qPrintable(session.blockedBy()));
        QCOMPARE(session.rowsToSend(), 1);
        QVERIFY(!session.canAllowLarge());
        session.useSheet(0); // is still allowed
        settle(session);
        QCOMPARE(session.fileState(), ImportSession::FileState::Ready);
        session.open(session.path()); // a file that is opened anew is asked about anew
        settle(session);
        QVERIFY(session.canAllowLarge());
    }

    void namesInTwoRowsAreJoined()
    {
        ImportSession session({});
        session.createTable(QStringLiteral("T"));
        session.open(
            write(QStringLiteral("two.csv"), "Region,2024,,2025,\n,Q1,Q2,Q1,Q2\nNorth,1,2,3,4\nSouth,5,6,7,8\n"));
        settle(session);
        CsvFormat csv = session.format().csv;
        csv.hasHeader = true;
        csv.headerRows = 2;
        session.setCsvFormat(csv);
        settle(session);
        QCOMPARE(session.mapping()->target().names().join(u'|'),
                 QStringLiteral("Region|2024 Q1|2024 Q2|2025 Q1|2025 Q2"));
        QCOMPARE(session.mapping()->target().columns[1].type, ColumnType::Number);
        QVERIFY2(session.blockedBy().isEmpty(), qPrintable(session.blockedBy()));
        QCOMPARE(session.rowsToSend(), 2);
        QCOMPARE(session.recipe().format.headerRows, std::optional(2));
        QCOMPARE(ImportRecipe::fromJson(session.recipe().toJson())->format.headerRows, std::optional(2));
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

    void aFileThatChangedIsNoticedBeforeSending()
    {
        ImportSession session({});
        session.createTable(QStringLiteral("T"));
        const QString path = write(QStringLiteral("changing.csv"), "n\n1\n2\n");
        session.open(path);
        settle(session);
        QVERIFY(session.blockedBy().isEmpty());
        write(QStringLiteral("changing.csv"), "n\n1\n3\n"); // same size
        QSignalSpy ready(&session, &ImportSession::planReady);
        QSignalSpy changed(&session, &ImportSession::fileChanged);
        session.prepare();
        QTRY_COMPARE(changed.count(), 1);
        QCOMPARE(ready.count(), 0);
        settle(session);
        QVERIFY(session.blockedBy().isEmpty()); // read again, and may be sent now
        session.prepare();
        QTRY_COMPARE(ready.count(), 1);
    }

    void aDamagedFileIsNeverHalfSent()
    {
        ImportSession session({});
        session.createTable(QStringLiteral("T"));
        session.open(write(QStringLiteral("quote.csv"), "a,b\n1,x\n2,\"never closed\n3,y\n4,z\n"));
        settle(session);
        QVERIFY(session.fileError());
        QVERIFY(!session.blockedBy().isEmpty());
        CsvFormat format = session.format().csv;
        format.quote = 0; // quotes are text
        session.setCsvFormat(format);
        settle(session);
        QVERIFY2(session.blockedBy().isEmpty(), qPrintable(session.blockedBy()));
        QCOMPARE(session.rowsToSend(), 4);
    }

    void theCheckCanBeStoppedAndTakenUpAgain()
    {
        ImportSession session({});
        session.createTable(QStringLiteral("T"));
        whenInspecting(session, [&] { session.stopInspecting(); });
        session.open(write(QStringLiteral("big3.csv"), manyRows(200'000)));
        QTRY_VERIFY(session.blockedBy().contains(QStringLiteral("stopped")));
        QVERIFY(!session.isInspecting());
        session.inspectAgain();
        settle(session);
        QCOMPARE(session.rowsToSend(), 200'000);
    }

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

    void theNextFileOfTheSameKindNeedsNothing()
    {
        ImportSession first({known});
        first.open(
            write(QStringLiteral("october.csv"), "bird;seen on;where\nOwl;03/04/2025;Lille\nJay;05/06/2025;Lille\n"));
        first.appendTo(QStringLiteral("1"));
        settle(first);
        const auto goes = [&first](int column, const QString &target) {
            return first.mapping()->setData(first.mapping()->index(column, MappingModel::TargetSection), target);
        };
        QVERIFY(goes(0, QStringLiteral("Species")) && goes(1, QStringLiteral("day")));
        settle(first);
        QCOMPARE(first.questions().size(), 1);
        first.answer(0, int(first.questions()[0].choices.indexOf(QStringLiteral("03/04/2025 → 3 April 2025"))));
        settle(first);
        QVERIFY2(first.blockedBy().isEmpty(), qPrintable(first.blockedBy()));
        const ImportRecipe recipe = first.recipe();

        ImportSession next({known});
        next.setRecipes({recipe});
        next.open(
            write(QStringLiteral("november.csv"), "Where;bird;seen on\nLille;Owl;04/05/2025\nLille;Jay;06/07/2025\n"));
        settle(next);
        QVERIFY(next.usesRecipe());
        QVERIFY(next.recipeSentence().contains(QStringLiteral("october.csv")));
        QCOMPARE(next.datasetId(), QStringLiteral("1"));
        QVERIFY2(next.blockedBy().isEmpty(), qPrintable(next.blockedBy()));
        QCOMPARE(next.mapping()->target().names(), (QStringList{QStringLiteral("Species"), QStringLiteral("day")}));
        QCOMPARE(next.mapping()->index(2, MappingModel::ReadingSection).data().toString(),
                 QStringLiteral("04/05/2025 → 4 May 2025"));
        next.startAfresh();
        settle(next);
        QVERIFY(next.recipeSentence().isEmpty());
        QVERIFY(!next.blockedBy().isEmpty());

        ImportSession drifted({known});
        drifted.setRecipes({recipe});
        drifted.open(write(QStringLiteral("december.csv"), "bird;seen on;area\nOwl;04/05/2025;x\nJay;06/07/2025;y\n"));
        settle(drifted);
        QVERIFY(!drifted.usesRecipe());
        QVERIFY2(drifted.recipeSentence().contains(QStringLiteral("column “where” is gone, “area” is new")),
                 qPrintable(drifted.recipeSentence()));
        drifted.useOffer();
        settle(drifted);
        QVERIFY2(drifted.blockedBy().isEmpty(), qPrintable(drifted.blockedBy()));
        QCOMPARE(drifted.rowsToSend(), 2);
    }

    void howAFileIsReadIsRememberedToo()
    {
        ImportSession first({});
        first.open(write(QStringLiteral("r1.csv"), "a,b,c\n1,2,3\n1,2\n4,5,6\n7,8,9\n"));
        first.createTable(QStringLiteral("T"));
        settle(first);
        CsvFormat csv = first.format().csv;
        csv.hasHeader = false;
        first.setCsvFormat(csv);
        settle(first);
        first.answer(0, 1); // the short row stays out
        settle(first);
        first.setOverlapKey({first.columnNames().first()});
        QTRY_VERIFY(first.overlap());
        ImportSession next({});
        next.setRecipes({first.recipe()});
        next.open(write(QStringLiteral("r2.csv"), "a,b,c\n1,2,3\n1,2\n4,5,6\n"));
        settle(next);
        QVERIFY(next.usesRecipe());
        QCOMPARE(next.target(), ImportSession::Target::Create);
        QVERIFY(!next.format().csv.hasHeader);
        QCOMPARE(next.format().csv.shortRows, RaggedRows::Skip);
        QCOMPARE(next.overlapKey(), QStringList{QStringLiteral("Column 1")});
        QTRY_VERIFY2(next.blockedBy().isEmpty(), qPrintable(next.blockedBy()));
        QCOMPARE(next.rowsToSend(), 3);
    }

    void namesASuggestionThatIsFree()
    {
        ImportSession session({known});
        session.open(write(QStringLiteral("birds.csv"), "a\n1\n"));
        QCOMPARE(session.suggestedName(), QStringLiteral("birds 2"));
        session.open(write(QStringLiteral("sales_2025_11.csv"), "a\n1\n"));
        QCOMPARE(session.suggestedName(), QStringLiteral("sales 2025 11"));
    }
};

QTEST_GUILESS_MAIN(TestImportSession)
#include "tst_importsession.moc"
