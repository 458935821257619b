#include "files/fileinspector.h"
#include "files/readsheet.h"
#include "files/xlsxfixture.h"

#include <QTest>

using namespace rowdesk;
using namespace rowdesk::test;

/// The cells of a sheet as its reader gives them, and what it refuses.
class TestXlsxReader : public QObject
{
    Q_OBJECT

private slots:
    void cells_data()
    {
        QTest::addColumn<QByteArray>("rows");
        QTest::addColumn<QByteArray>("shownRows");
        const auto row = [](const char *name, const QByteArray &rows, const QByteArray &expected) {
            QTest::newRow(name) << rows << expected;
        };
        row("number", "<row r=\"1\"><c r=\"A1\"><v>1.50</v></c></row>", "1.50|~|~");
        row("long number", "<row r=\"1\"><c r=\"A1\"><v>12345678901234567890</v></c></row>",
            "12345678901234567890|~|~");
        row("exponent", "<row r=\"1\"><c r=\"A1\"><v>1.5E-7</v></c></row>", "1.5E-7|~|~");
        row("shared", "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row>", "first|~|~");
        row("rich, phonetic left out", "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>1</v></c></row>", "rich text|~|~");
        row("escaped", "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>2</v></c></row>", "a\rb_x00|~|~");
        row("inline", "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>in</t></is></c></row>", "in|~|~");
        row("inline rich",
            "<row r=\"1\"><c r=\"A1\" "
            "t=\"inlineStr\"><is><r><t>a</t></r><r><t>b</t></r><rPh><t>x</t></rPh></is></c></row>",
            "ab|~|~");
        row("formula text", "<row r=\"1\"><c r=\"A1\" t=\"str\"><f>B1</f><v>text</v></c></row>", "text|~|~");
        row("boolean", "<row r=\"1\"><c r=\"A1\" t=\"b\"><v>1</v></c><c r=\"B1\" t=\"b\"><v>0</v></c></row>",
            "true|false|~");
        row("boolean in letters",
            "<row r=\"1\"><c r=\"A1\" t=\"b\"><v>true</v></c><c r=\"B1\" t=\"b\"><v>false</v></c></row>",
            "true|false|~");
        row("ISO time cell", "<row r=\"1\"><c r=\"A1\" t=\"d\"><v>10:00:00.25</v></c></row>", "10:00:00.25|~|~");
        row("no ISO time", "<row r=\"1\"><c r=\"A1\" t=\"d\"><v>10:00:0x</v></c></row>", "error xlsx.bad-cell");
        row("ISO date cell", "<row r=\"1\"><c r=\"A1\" t=\"d\"><v>2025-04-03</v></c></row>", "2025-04-03|~|~");
        row("no names of cells", "<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>", "1|2|~/3|~|~");
        row("cells out of order", "<row r=\"1\"><c r=\"B1\"><v>2</v></c><c r=\"A1\"><v>1</v></c></row>", "1|2|~");
        row("gap in rows", "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"9\"><c r=\"C9\"><v>2</v></c></row>",
            "1|~|~/~|~|2");
        row("cells without values", "<row r=\"1\"><c r=\"A1\" s=\"0\"/><c r=\"B1\"><v>2</v></c></row>", "~|2|~");
        row("rows without values",
            "<row r=\"1\"/><row r=\"2\"><c r=\"A2\"/></row><row r=\"3\"><c r=\"A3\"><v>1</v></c></row>", "1|~|~");
        row("empty text", "<row r=\"1\"><c r=\"A1\" t=\"str\"><f>B1</f><v></v></c><c r=\"B1\"><v>1</v></c></row>",
            "|1|~");
        row("percent", "<row r=\"1\"><c r=\"A1\" s=\"3\"><v>0.72</v></c></row>", "0.72|~|~");
        row("date", "<row r=\"1\"><c r=\"A1\" s=\"1\"><v>45000</v></c><c r=\"B1\"><v>45000</v></c></row>",
            "2023-03-15|45000|~");
        row("date with time", "<row r=\"1\"><c r=\"A1\" s=\"2\"><v>45000.5</v></c></row>", "2023-03-15T12:00:00|~|~");
        row("postcode", "<row r=\"1\"><c r=\"A1\" s=\"4\"><v>501</v></c></row>", "00501|~|~");
        row("nothing", "", "");
    }
    void cells()
    {
        QFETCH(QByteArray, rows);
        QFETCH(QByteArray, shownRows);
        XlsxFixture book;
        book.parts["xl/styles.xml"] = XlsxFixture::styles({"14", "dd.mm.yyyy hh:mm", "10", "00000"});
        book.parts["xl/sharedStrings.xml"] = XlsxFixture::strings(
            {"first",
             "<r><t>rich</t></r><r><t xml:space=\"preserve\"> text</t></r><rPh sb=\"0\" eb=\"1\"><t>no</t></rPh>",
             "a_x000D_b_x00"});
        book.parts["xl/worksheets/sheet1.xml"] = XlsxFixture::sheet(rows);
        QCOMPARE(readAll(book.write(), plainFormat(3)), shownRows);
    }

    void namesInSeveralRowsAreJoined()
    {
        XlsxFixture book;
        book.parts["xl/worksheets/sheet1.xml"] = XlsxFixture::sheet(
            "<row r=\"2\"><c r=\"A2\" t=\"str\"><v>Region</v></c><c r=\"B2\"><v>2024</v></c></row>"
            "<row r=\"3\"><c r=\"B3\" t=\"str\"><v>Q1</v></c><c r=\"C3\" t=\"str\"><v>Q2</v></c></row>"
            "<row r=\"4\"><c r=\"A4\" t=\"str\"><v>North</v></c><c r=\"B4\"><v>1</v></c><c "
            "r=\"C4\"><v>2</v></c></row>",
            "<mergeCells><mergeCell ref=\"A2:A3\"/><mergeCell ref=\"B2:C2\"/></mergeCells>");
        XlsxFormat format = plainFormat(3);
        format.hasHeader = true;
        format.firstRow = 2;
        format.headerRows = 2;
        const QString path = book.write();
        QCOMPARE(readAll(path, format), "North|1|2");
        // The same by way of the helper program.
        FileFormat file;
        file.kind = FileKind::Xlsx;
        file.xlsx = format;
        const auto opened = openFile(path, file);
        QVERIFY(opened);
        QCOMPARE((*opened)->columnNames().join(u'|').toUtf8(), "Region|2024 Q1|2024 Q2");
    }

    void prefixesAndStrictFilesAreTheSame()
    {
        XlsxFixture book;
        book.parts["xl/worksheets/sheet1.xml"] =
            "<?xml version=\"1.0\"?><x:worksheet "
            "xmlns:x=\"http://purl.oclc.org/ooxml/spreadsheetml/main\"><x:sheetData><x:row r=\"1\"><x:c r=\"A1\" "
            "t=\"inlineStr\"><x:is><x:t>p</x:t></x:is></x:c>"
            "</x:row></x:sheetData><extLst xmlns=\"urn:other\"><row "
            "r=\"7\"><c><v>9</v></c></row></extLst></x:worksheet>";
        book.parts["xl/_rels/workbook.xml.rels"].replace("worksheets/sheet1.xml", "/xl/worksheets/sheet1.xml");
        book.parts["_rels/.rels"].replace(relationSpace, "http://purl.oclc.org/ooxml/officeDocument/relationships");
        QCOMPARE(readAll(book.write(), plainFormat(1)), "p");
    }

    void faults_data()
    {
        QTest::addColumn<QByteArray>("part");
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QByteArray>("outcome");
        const QByteArray sheet = "xl/worksheets/sheet1.xml";
        const auto row = [&](const char *name, const QByteArray &content, const char *outcome) {
            QTest::newRow(name) << sheet << XlsxFixture::sheet("<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>" + content)
                                << QByteArray(outcome);
        };
        row("shared text that is not there", "<row r=\"2\"><c r=\"A2\" t=\"s\"><v>999999999</v></c></row>",
            "error xlsx.shared-text");
        row("shared text -1", "<row r=\"2\"><c r=\"A2\" t=\"s\"><v>-1</v></c></row>", "error xlsx.shared-text");
        row("beyond the last character", "<row r=\"2\"><c r=\"A2\" t=\"str\"><v>&#x110000;</v></c></row>",
            "error xlsx.xml");
        row("character 0", "<row r=\"2\"><c r=\"A2\" t=\"str\"><v>&#0;</v></c></row>", "error xlsx.xml");
        row("surrogate", "<row r=\"2\"><c r=\"A2\" t=\"str\"><v>&#xD800;</v></c></row>", "error xlsx.xml");
        row("entity", "<row r=\"2\"><c r=\"A2\" t=\"str\"><v>&bogus;</v></c></row>", "error xlsx.xml");
        row("nested deeply",
            "<row><c><is>" + QByteArray("<r>").repeated(70) + QByteArray("</r>").repeated(70) + "</is></c></row>",
            "error xlsx.depth");
        row("duplicate cell", "<row r=\"2\"><c r=\"A2\"><v>1</v></c><c r=\"A2\"><v>2</v></c></row>",
            "error xlsx.duplicate-cell");
        row("duplicate row", "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>", "error xlsx.row-order");
        row("column beyond the last", "<row r=\"2\"><c r=\"XFE2\"><v>1</v></c></row>", "error xlsx.cell-name");
        row("row beyond the last", "<row r=\"1048577\"/>", "error xlsx.row");
        row("cell of another row", "<row r=\"2\"><c r=\"A3\"><v>1</v></c></row>", "error xlsx.cell-name");
        row("type that is not known", "<row r=\"2\"><c r=\"A2\" t=\"q\"><v>1</v></c></row>", "error xlsx.cell-type");
        row("text that is too long",
            "<row r=\"2\"><c r=\"A2\" t=\"str\"><v>" + QByteArray(32768, 'x') + "</v></c></row>",
            "error xlsx.cell-too-long");
        const QByteArray whole = XlsxFixture::sheet(
            "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"2\"><c r=\"A2\"><v>2</v></c></row>");
        QTest::newRow("cut in the middle") << sheet << whole.left(whole.indexOf("A2")) << QByteArray("error xlsx.xml");
        QTest::newRow("document type") << sheet << ("<!DOCTYPE worksheet [<!ENTITY x \"y\">]>" + whole)
                                       << QByteArray("error xlsx.doctype");
        QTest::newRow("external entity")
            << QByteArray("xl/sharedStrings.xml")
            << QByteArray("<!DOCTYPE sst [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><sst><si><t>&x;</t></si></sst>")
            << QByteArray("error xlsx.doctype");
        QTest::newRow("attribute that lost its prefix")
            << QByteArray("xl/workbook.xml")
            << XlsxFixture::workbook("<sheets><sheet name=\"Data\" sheetId=\"1\" r:id=\"r1\"/></sheets>")
                   .replace("xmlns:r=", ":r=")
            << QByteArray("error xlsx.xml-name");
        QTest::newRow("element with two colons")
            << sheet << XlsxFixture::sheet("<x::row/>") << QByteArray("error xlsx.xml-name");
        QTest::newRow("another root") << sheet << QByteArray("<workbook/>") << QByteArray("error xlsx.root");
        QTest::newRow("sheet part missing") << sheet << QByteArray() << QByteArray("error xlsx.damaged");
        QTest::newRow("workbook missing")
            << QByteArray("xl/workbook.xml") << QByteArray() << QByteArray("error xlsx.missing-part");
        QTest::newRow("relations missing")
            << QByteArray("xl/_rels/workbook.xml.rels") << QByteArray() << QByteArray("error xlsx.damaged");
        QTest::newRow("strings missing") << QByteArray("xl/sharedStrings.xml") << QByteArray()
                                         << QByteArray("error xlsx.missing-part");
        QTest::newRow("shared text too long")
            << QByteArray("xl/sharedStrings.xml") << XlsxFixture::strings({QByteArray(40000, 'x')})
            << QByteArray("error xlsx.damaged");
    }
    void faults()
    {
        QFETCH(QByteArray, part);
        QFETCH(QByteArray, content);
        QFETCH(QByteArray, outcome);
        XlsxFixture book;
        if (content.isEmpty())
            book.parts.remove(part);
        else
            book.parts[part] = content;
        const QByteArray rows = readAll(book.write(), plainFormat(2));
        QVERIFY2(rows.endsWith(outcome), rows.constData());
        FileFormat format;
        format.kind = FileKind::Xlsx;
        format.xlsx = plainFormat(2);
        const auto inspection = inspectFile(book.write(), format);
        QVERIFY(inspection);
        QVERIFY(inspection->damage);
        QVERIFY(!inspection->isReadable());
    }

    void badCellsAreCountedAndNeverSentAsText()
    {
        XlsxFixture book;
        book.parts["xl/styles.xml"] = XlsxFixture::styles({"14"});
        book.parts["xl/worksheets/sheet1.xml"] =
            XlsxFixture::sheet("<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>n</t></is></c></row><row r=\"2\"><c "
                               "r=\"A2\"><v>1</v></c></row>"
                               "<row r=\"3\"><c r=\"A3\" t=\"e\"><v>#REF!</v></c></row><row r=\"4\"><c "
                               "r=\"A4\"><f>B1</f></c></row><row r=\"5\"><c r=\"A5\"><v>1e999</v></c></row>"
                               "<row r=\"6\"><c r=\"A6\"><v>nan</v></c></row><row r=\"7\"><c r=\"A7\" "
                               "t=\"b\"><v>7</v></c></row><row r=\"8\"><c r=\"A8\"><v/></c></row>"
                               "<row r=\"9\"><c r=\"A9\" s=\"1\"><v>60</v></c></row><row r=\"10\"><c "
                               "r=\"A10\"><f>1+1</f><v>2</v></c></row>");
        const QString path = book.write();
        const auto format = detectFormat(path);
        QVERIFY(format);
        const auto inspection = inspectFile(path, *format);
        QVERIFY(inspection);
        QCOMPARE(inspection->xlsxCounts.badCells, 7);
        QCOMPARE(inspection->xlsxCounts.badCellNames,
                 QStringList({QStringLiteral("A3"), QStringLiteral("A4"), QStringLiteral("A5"), QStringLiteral("A6"),
                              QStringLiteral("A7")}));
        QCOMPARE(inspection->xlsxCounts.formulas, 2);
        QCOMPARE(inspection->columns[0].unreadable, 7);
        QCOMPARE(inspection->columns[0].problems[0].value, QStringLiteral("#REF!"));
        QVERIFY(!inspection->isReadable());
        QCOMPARE(readAll(path, format->xlsx), "1/error xlsx.bad-cell");
        XlsxFormat lenient = format->xlsx;
        lenient.badCells = BadCells::LeaveOut;
        QCOMPARE(readAll(path, lenient), "1/~/~/~/~/~/~/~/2");
    }

    void mergedCellsCanBeFilled()
    {
        XlsxFixture book;
        book.parts["xl/worksheets/sheet1.xml"] =
            XlsxFixture::sheet("<row r=\"1\"><c r=\"A1\"><v>7</v></c><c r=\"B1\"><v>1</v></c></row><row r=\"2\"><c "
                               "r=\"A2\"/><c r=\"B2\"><v>2</v></c></row><row r=\"3\"><c r=\"B3\"><v>3</v></c></row>",
                               "<mergeCells count=\"1\"><mergeCell ref=\"A1:A2\"/></mergeCells>");
        XlsxFormat format = plainFormat(2);
        QCOMPARE(readAll(book.write(), format), "7|1/~|2/~|3");
        format.fillMerged = true;
        QCOMPARE(readAll(book.write(), format), "7|1/7|2/~|3");
    }
};

QTEST_GUILESS_MAIN(TestXlsxReader)
#include "tst_xlsxreader.moc"
