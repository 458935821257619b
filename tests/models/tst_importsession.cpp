#include "files/tablewriter.h"
#include "models/importfixture.h"

#include <QLocale>
#include <QSignalSpy>

using namespace rowdesk;
using namespace rowdesk::test;

/// From a file and a target to a plan: what is sent, and what keeps it from being sent.
class TestImportSession : public QObject, private ImportFiles
{
    Q_OBJECT

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

    /// Case T17.
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

    /// Case T18: what Rowdesk writes of a table goes back into it without a question, and nothing is changed.
    void anExportGoesBackIntoItsTable_data()
    {
        QTest::addColumn<QString>("file");
        QTest::newRow("CSV") << QStringLiteral("back.csv");
        QTest::newRow("workbook") << QStringLiteral("back.xlsx");
    }
    void anExportGoesBackIntoItsTable()
    {
        QFETCH(QString, file);
        const Schema schema{{{QStringLiteral("rec_id"), ColumnType::Id},
                             {QStringLiteral("name"), ColumnType::Text},
                             {QStringLiteral("amount"), ColumnType::Number},
                             {QStringLiteral("share"), ColumnType::Percentage},
                             {QStringLiteral("day"), ColumnType::Date},
                             {QStringLiteral("moment"), ColumnType::DateTime},
                             {QStringLiteral("done"), ColumnType::Checkbox}}};
        RowBatch table(7);
        const auto add = [&table](std::initializer_list<std::pair<CellKind, const char *>> cells) {
            table.beginRow(0);
            for (const auto &[kind, text] : cells)
                table.addCell(kind, text);
        };
        add({{CellKind::Text, "1"},
             {CellKind::Text, "Smith, \"Ann\""},
             {CellKind::Number, "12345678901234567890"},
             {CellKind::Number, "0.125"},
             {CellKind::Text, "2025-04-03"},
             {CellKind::Text, "2025-04-03T09:05:00"},
             {CellKind::Bool, "true"}});
        add({{CellKind::Text, "2"},
             {CellKind::Text, "00123"},
             {CellKind::Number, "-0.5"},
             {CellKind::Null, ""},
             {CellKind::Text, "2025-02-01"},
             {CellKind::Null, ""},
             {CellKind::Bool, "false"}});
        add({{CellKind::Text, "3"},
             {CellKind::Text, "é\n=1+1"},
             {CellKind::Null, ""},
             {CellKind::Number, "1"},
             {CellKind::Null, ""},
             {CellKind::Text, "1999-12-31T23:59:59"},
             {CellKind::Null, ""}});
        const QString path = m_dir.filePath(file);
        CsvExport options = csvForPrograms();
        auto writer =
            file.endsWith(QStringLiteral("csv")) ? openCsvWriter(path, schema, options) : openXlsxWriter(path, schema);
        QVERIFY(writer && (*writer)->write(table) && (*writer)->finish());

        ImportSession session({{QStringLiteral("7"), QStringLiteral("Own"), schema}});
        session.open(path);
        session.appendTo(QStringLiteral("7"));
        settle(session);
        QVERIFY(session.questions().isEmpty());
        QVERIFY(session.mapping()->leftOut().isEmpty() && session.mapping()->unfilled().isEmpty());
        QVERIFY2(session.blockedBy().isEmpty(), qPrintable(session.blockedBy()));
        QCOMPARE(session.check()->badCells, 0);
        QSignalSpy ready(&session, &ImportSession::planReady);
        session.prepare();
        QTRY_COMPARE(ready.count(), 1);
        const auto plan = ready[0][0].value<UploadPlan>();
        QCOMPARE(plan.target.names(), schema.names());
        QCOMPARE(plan.sourceColumn, QVector<int>({0, 1, 2, 3, 4, 5, 6}));
        QVERIFY(plan.sourceIsConverted);
        RowBatch sent(7);
        QCOMPARE(*plan.source->read(sent, 10), 3);
        for (int i = 0; i < 21; ++i) {
            const CellView was = table.cell(i / 7, i % 7);
            QCOMPARE(sent.cell(i / 7, i % 7).text, was.text);
            QCOMPARE(sent.cell(i / 7, i % 7).kind, was.kind);
        }
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

    /// Bad input 26.
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
