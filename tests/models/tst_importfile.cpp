#include "files/xlsxfixture.h"
#include "models/importfixture.h"

#include <QLocale>

using namespace rowdesk;
using namespace rowdesk::test;

/// How a file is opened and laid out: its path, settings, sheets, names, preview.
class TestImportFile : public QObject, private ImportFiles
{
    Q_OBJECT

private slots:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }

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

    /// Case T10.
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

    void theSheetThatIsReadIsNamed()
    {
        XlsxFixture book;
        book.makeTwoSheets();
        ImportSession session({});
        session.open(book.write());
        settle(session);
        QCOMPARE(session.fileNotes().value(0), QStringLiteral("Sheet 1 of 2 is read: “Data”."));
        session.useSheet(1);
        settle(session);
        QCOMPARE(session.fileNotes().value(0), QStringLiteral("Sheet 2 of 2 is read: “Old”."));
    }

    /// Bad input 56: what a workbook has besides cells is not touched, and said.
    void macrosAndLinksAreSaid()
    {
        XlsxFixture book;
        book.parts["xl/worksheets/sheet1.xml"] = XlsxFixture::sheet("<row><c><f>[1]x!A1</f><v>7</v></c></row>");
        book.parts["xl/vbaProject.bin"] = "\xd0\xcf\x11\xe0";
        book.parts["xl/embeddings/oleObject1.bin"] = "\xd0\xcf\x11\xe0";
        book.parts["xl/externalLinks/externalLink1.xml"] = "<externalLink/>";
        book.parts["xl/_rels/workbook.xml.rels"].replace(
            "</Relationships>",
            "<Relationship Id=\"m\" Type=\"http://schemas.microsoft.com/office/2006/relationships/vbaProject\" "
            "Target=\"vbaProject.bin\"/>" +
                XlsxFixture::relation("l", "externalLink", "externalLinks/externalLink1.xml") + "</Relationships>");
        ImportSession session({});
        session.createTable(QStringLiteral("T"));
        session.open(book.write(QStringLiteral("macros.xlsm")));
        settle(session);
        const QString notes = session.fileNotes().join(u'\n');
        QVERIFY2(notes.contains(QStringLiteral("macros; they are not run")), qPrintable(notes));
        QVERIFY2(notes.contains(QStringLiteral("links to other files; they are not followed")), qPrintable(notes));
        QCOMPARE(session.preview()->index(0, 0).data().toString(), QStringLiteral("7"));
        QVERIFY2(session.blockedBy().isEmpty(), qPrintable(session.blockedBy()));
    }

    void numbersOfThePreviewStandBelowEachOther()
    {
        ImportSession session({});
        session.open(write(QStringLiteral("right.csv"), "name;n;share\nA;1,5;2%\nB;22,5;10%\n"));
        settle(session);
        const auto isRight = [&session](int column) {
            const QVariant cell = session.preview()->index(1, column).data(Qt::TextAlignmentRole);
            const QVariant name = session.preview()->headerData(column, Qt::Horizontal, Qt::TextAlignmentRole);
            return cell == name && cell.value<Qt::Alignment>().testFlag(Qt::AlignRight);
        };
        QVERIFY(!isRight(0) && isRight(1) && isRight(2));
        session.mapping()->setData(session.mapping()->index(1, MappingModel::TypeSection), int(ColumnType::Text));
        settle(session);
        QVERIFY(!isRight(1) && isRight(2));
    }
};

QTEST_GUILESS_MAIN(TestImportFile)
#include "tst_importfile.moc"
