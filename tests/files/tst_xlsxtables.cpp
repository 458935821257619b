#include "files/fileinspector.h"
#include "files/readsheet.h"
#include "files/xlsxdetector.h"
#include "files/xlsxfixture.h"

#include <QTest>

using namespace rowdesk;
using namespace rowdesk::test;

/// Where the tables of a workbook are: sheets, named ranges, titles above, cells far away.
class TestXlsxTables : public QObject
{
    Q_OBJECT

private slots:
    void aLonelyCellAtTheEndOfTheSheetNeedsNoRectangle()
    {
        XlsxFixture book;
        book.parts["xl/worksheets/sheet1.xml"] =
            XlsxFixture::sheet("<row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row>");
        const QString path = book.write();
        const auto format = detectXlsxFormat(path);
        QVERIFY(format);
        QCOMPARE(format->firstColumn, 16383);
        QCOMPARE(format->columnCount, 1);
        QCOMPARE(readAll(path, *format), "1");
    }

    void theTableIsFound()
    {
        XlsxFixture book;
        const auto text = [](const char *cell, const char *value) {
            return QByteArray("<c r=\"") + cell + "\" t=\"inlineStr\"><is><t>" + value + "</t></is></c>";
        };
        book.parts["xl/worksheets/sheet1.xml"] = XlsxFixture::sheet(
            "<row r=\"2\">" + text("B2", "Report") + "</row><row r=\"4\">" + text("B4", "id") + text("C4", "name") +
            text("D4", "town") + "</row><row r=\"5\"><c r=\"B5\"><v>1</v></c>" + text("C5", "x") + text("D5", "u") +
            "</row><row r=\"6\" hidden=\"1\"><c r=\"B6\"><v>2</v></c>" + text("C6", "y") + text("D6", "v") + "</row>");
        const QString path = book.write();
        const auto format = detectFormat(path);
        QVERIFY(format);
        QCOMPARE(format->kind, FileKind::Xlsx);
        QCOMPARE(format->xlsx.firstRow, 4);
        QCOMPARE(format->xlsx.firstColumn, 1);
        QVERIFY(format->xlsx.hasHeader);
        const auto inspection = inspectFile(path, *format);
        QCOMPARE(inspection->rows, 2);
        QCOMPARE(inspection->columns[0].name, QStringLiteral("id"));
        QCOMPARE(inspection->columns[0].rule.type, ColumnType::Number);
        QCOMPARE(inspection->columns[1].rule.type, ColumnType::Text);
        QCOMPARE(inspection->xlsxCounts.hiddenRows, 1);
        QVERIFY(inspection->isReadable());
        XlsxFormat shownOnly = format->xlsx;
        shownOnly.skipHiddenRows = true;
        QCOMPARE(readAll(path, shownOnly), "1|x|u");
        QVERIFY(inspection->notes.contains(QStringLiteral("Lines 1–3 above the header row 4 were left out.")));
    }

    void aFirstRowWithOneCellIsNotLost()
    {
        XlsxFixture book;
        const auto text = [](const char *cell, const char *value) {
            return QByteArray("<c r=\"") + cell + "\" t=\"inlineStr\"><is><t>" + value + "</t></is></c>";
        };
        book.parts["xl/worksheets/sheet1.xml"] = XlsxFixture::sheet(
            "<row r=\"1\">" + text("A1", "id1") + "</row><row r=\"2\">" + text("A2", "id2") + text("B2", "x") +
            "</row><row r=\"3\">" + text("A3", "id3") + text("B3", "y") + "</row>");
        const QString path = book.write();
        const auto format = detectXlsxFormat(path);
        QVERIFY(format);
        QCOMPARE(format->firstRow, 1);
        QCOMPARE(format->columnCount, 2);
        QVERIFY(format->skipReason.isEmpty());
    }

    void theOutlineNamesSheetsTablesAndRanges()
    {
        XlsxFixture book;
        book.parts["xl/workbook.xml"] = XlsxFixture::workbook(
            "<workbookPr date1904=\"1\"/><sheets><sheet name=\"Hidden\" sheetId=\"1\" state=\"hidden\" "
            "r:id=\"r1\"/><sheet name=\"&lt;b&gt;It's/\" sheetId=\"2\" r:id=\"r4\"/></sheets>"
            "<definedNames><definedName name=\"mine\">'&lt;b&gt;It''s/'!$A$1:$B$3</definedName><definedName "
            "name=\"_xlnm.Print_Area\">Hidden!$A$1</definedName></definedNames>");
        book.parts["xl/_rels/workbook.xml.rels"].replace(
            "</Relationships>", XlsxFixture::relation("r4", "worksheet", "worksheets/sheet2.xml") + "</Relationships>");
        book.parts["xl/worksheets/sheet2.xml"] =
            XlsxFixture::sheet("<row r=\"1\"><c r=\"A1\"><v>1</v></c><c r=\"D1\"><v>9</v></c></row>");
        book.parts["xl/worksheets/_rels/sheet2.xml.rels"] =
            "<Relationships>" + XlsxFixture::relation("r1", "table", "../tables/table1.xml") + "</Relationships>";
        book.parts["xl/tables/table1.xml"] = "<table displayName=\"Sales\" ref=\"A1:B2\"/>";
        const QString path = book.write();
        const auto outline = readXlsxOutline(path);
        QVERIFY2(outline, outline ? "" : qPrintable(outline.error().text()));
        QCOMPARE(outline->sheets.size(), 2);
        QVERIFY(outline->sheets[0].hidden);
        QCOMPARE(outline->sheets[1].name, QStringLiteral("<b>It's/"));
        QVERIFY(outline->from1904);
        QCOMPARE(outline->ranges.size(), 2);
        QCOMPARE(outline->ranges[0].name, QStringLiteral("mine"));
        QCOMPARE(outline->ranges[0].sheet, 1);
        QCOMPARE(outline->ranges[0].cells, QStringLiteral("A1:B3"));
        QCOMPARE(outline->ranges[1].name, QStringLiteral("Sales"));
        QVERIFY(outline->ranges[1].isTable);
        const auto detected = detectXlsxFormat(path);
        QCOMPARE(detected->sheet, 1);
        auto made = xlsxFormatOfRange(*outline, 1);
        QVERIFY(made);
        XlsxFormat range = *made;
        range.hasHeader = false;
        QCOMPARE(readAll(path, range), "1|~");
    }
};

QTEST_GUILESS_MAIN(TestXlsxTables)
#include "tst_xlsxtables.moc"
