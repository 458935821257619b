#include "files/describedfile.h"
#include "files/xlsxfixture.h"

#include <QLocale>
#include <QTest>

using namespace rowdesk;
using namespace rowdesk::test;

/// Every kind of workbook that people and programs really make, read as a careful person would; and every damaged one,
/// refused with its reason. One row for each.
class TestBadWorkbooks : public QObject
{
    Q_OBJECT

    static void row(const char *name, const QByteArray &content, const QByteArray &expected)
    {
        QTest::newRow(name) << content << expected;
    }

private slots:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English)); }

    void books_data()
    {
        QTest::addColumn<QByteArray>("rows");
        QTest::addColumn<QByteArray>("expected");
        const QByteArray head = "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>a</t></is></c><c r=\"B1\" "
                                "t=\"inlineStr\"><is><t>b</t></is></c></row>";
        const auto cell = [&head](const QByteArray &a, const QByteArray &b) {
            return head + "<row r=\"2\">" + a + b + "</row>";
        };
        const QByteArray one = "<c r=\"A2\"><v>1</v></c>";
        row("no cells", "", "h0 r0");
        row("46 inline, string, rich, phonetic",
            cell("<c r=\"A2\" t=\"inlineStr\"><is><r><t>x</t></r><r><rPr><b/></rPr><t>y</t></r><rPh sb=\"0\" "
                 "eb=\"1\"><t>z</t></rPh></is></c>",
                 "<c r=\"B2\" t=\"str\"><f>1</f><v>w</v></c>"),
            "h1 r1 a:text b:text");
        row("47 rows and cells without names",
            "<row><c t=\"inlineStr\"><is><t>a</t></is></c></row><row><c><v>1</v></c></row>", "h1 r1 a:number");
        row("47 cells out of order", head + "<row r=\"2\"><c r=\"B2\"><v>2</v></c><c r=\"A2\"><v>1</v></c></row>",
            "h1 r1 a:number b:number");
        row("47 a cell twice", cell(one, one), "xlsx.duplicate-cell");
        row("47 a row twice", head + "<row r=\"2\">" + one + "</row><row r=\"2\">" + one + "</row>", "xlsx.row-order");
        row("48 the last cell alone", "<row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row>",
            "h0 r1 Column 1:number");
        row("48 beyond the last", "<row r=\"1048577\"><c r=\"A1048577\"><v>1</v></c></row>", "xlsx.row");
        row("50 1e999", cell(one, "<c r=\"B2\"><v>1e999</v></c>"), "h1 r1 a:number b:text!1");
        row("50 nan", cell(one, "<c r=\"B2\"><v>nan</v></c>"), "h1 r1 a:number b:text!1");
        row("50 seven as a boolean", cell(one, "<c r=\"B2\" t=\"b\"><v>7</v></c>"), "h1 r1 a:number b:text!1");
        row("50 an error", cell(one, "<c r=\"B2\" t=\"e\"><v>#REF!</v></c>"), "h1 r1 a:number b:text!1");
        row("50 an empty value", cell(one, "<c r=\"B2\"><v/></c>"), "h1 r1 a:number b:text!1");
        row("50 an empty shared text", cell(one, "<c r=\"B2\" t=\"s\"><v/></c>"), "h1 r1 a:number b:text!1");
        row("40 a shared text that is not there", cell(one, "<c r=\"B2\" t=\"s\"><v>999999999</v></c>"),
            "xlsx.shared-text");
        row("40 a negative shared text", cell(one, "<c r=\"B2\" t=\"s\"><v>-1</v></c>"), "xlsx.shared-text");
        row("51 T41 a formula with its result", cell(one, "<c r=\"B2\"><f>A2</f><v>5</v></c>"),
            "h1 r1 a:number b:number");
        row("51 T41 a formula without", cell(one, "<c r=\"B2\"><f>A2</f></c>"), "h1 r1 a:number b:text!1");
        row("52 T34 29 February 1900", cell(one, "<c r=\"B2\" s=\"1\"><v>60</v></c>"), "h1 r1 a:number b:text!1");
        row("52 T34 a day", cell(one, "<c r=\"B2\" s=\"1\"><v>45000</v></c>"), "h1 r1 a:number b:date");
        row("T34 the same number without a format", cell(one, "<c r=\"B2\"><v>45000</v></c>"),
            "h1 r1 a:number b:number");
        row("53 T26 a share", cell(one, "<c r=\"B2\" s=\"2\"><v>0.72</v></c>"), "h1 r1 a:number b:percentage");
        row("a boolean", cell(one, "<c r=\"B2\" t=\"b\"><v>1</v></c>"), "h1 r1 a:number b:checkbox");
        row("an ISO date", cell(one, "<c r=\"B2\" t=\"d\"><v>2025-04-03</v></c>"), "h1 r1 a:number b:date");
        row("54 T39 a hidden row", head + "<row r=\"2\" hidden=\"1\">" + one + "</row>", "h1 r1 a:number b:text");
        row("a value far below and to the right",
            head +
                QByteArray("<row>"
                           "<c><v>1</v></c></row>")
                    .repeated(400) +
                "<row><c/><c/><c><v>9</v></c></row>",
            "h1 r401 a:number b:text Column 3:number doubt");
        row("42 a character that is none", cell(one, "<c r=\"B2\" t=\"str\"><v>&#xD800;</v></c>"), "xlsx.xml");
        row("42 an entity that is none", cell(one, "<c r=\"B2\" t=\"str\"><v>&bogus;</v></c>"), "xlsx.xml");
        row("an escaped line end", cell(one, "<c r=\"B2\" t=\"str\"><v>x_x000D_y</v></c>"), "h1 r1 a:number b:text");
        row("a style that is none", cell(one, "<c r=\"B2\" s=\"1x\"><v>45000</v></c>"), "xlsx.style");
        row("an element that does not belong there", head + "<row r=\"2\"><d r=\"A2\"><v>1</v></d></row>",
            "xlsx.element");
        row("an attribute that does not belong there", head + "<row r=\"2\"><c r=\"A2\" u=\"s\"><v>1</v></c></row>",
            "xlsx.attribute");
        row("all words, one missing",
            "<row r=\"1\"><c r=\"A1\" t=\"str\"><v>id1</v></c></row><row r=\"2\"><c r=\"A2\" "
            "t=\"str\"><v>id2</v></c><c r=\"B2\" t=\"str\"><v>x</v></c></row><row r=\"3\"><c r=\"A3\" "
            "t=\"str\"><v>id3</v></c><c r=\"B3\" t=\"str\"><v>y</v></c></row>",
            "h0 r3 Column 1:text Column 2:text");
    }
    void books()
    {
        QFETCH(QByteArray, rows);
        QFETCH(QByteArray, expected);
        XlsxFixture book;
        book.parts["xl/styles.xml"] = XlsxFixture::styles({"14", "10"});
        book.parts["xl/worksheets/sheet1.xml"] = XlsxFixture::sheet(rows);
        QCOMPARE(described(book.write()), expected);
    }

    void packages_data()
    {
        QTest::addColumn<QByteArray>("part");
        QTest::addColumn<QByteArray>("content"); // null: the part is missing
        QTest::addColumn<QByteArray>("expected");
        const auto part = [](const char *name, const char *which, const QByteArray &content, const char *expected) {
            QTest::newRow(name) << QByteArray(which) << content << QByteArray(expected);
        };
        const char *const sheet = "xl/worksheets/sheet1.xml";
        const char *const texts = "xl/sharedStrings.xml";
        const QByteArray good = XlsxFixture::sheet("<row><c><v>1</v></c></row>");
        part("good", sheet, good, "h0 r1 Column 1:number");
        part("36 a bomb", sheet, XlsxFixture::sheet(QByteArray(3'000'000, ' ')), "zip.limit");
        part("38 a text that is too long", texts, XlsxFixture::strings({QByteArray(40'000, 'x')}), "xlsx.damaged");
        part("41 a document type", sheet, "<!DOCTYPE x [<!ENTITY a \"b\">]>" + good, "xlsx.doctype");
        part("41 a document type in the texts", texts, "<!DOCTYPE x>" + XlsxFixture::strings({}), "xlsx.doctype");
        part("43 nested without end", sheet, XlsxFixture::sheet("<row><c><is>" + QByteArray("<r>").repeated(2000)),
             "xlsx.depth");
        part("44 cut", sheet, good.left(good.size() - 30), "xlsx.xml");
        part("45 no sheet", sheet, {}, "xlsx.damaged");
        part("45 a sheet that is a workbook", sheet, XlsxFixture::workbook(""), "xlsx.root");
        part("no rows at all", sheet, "<worksheet xmlns=\"" + QByteArray(mainSpace) + "\"/>", "xlsx.no-rows");
        part("a lost shared text", texts, XlsxFixture::strings({"a"}).replace("<si>", "<sj>").replace("</si>", "</sj>"),
             "xlsx.damaged");
        part("a lost style", "xl/styles.xml",
             XlsxFixture::styles({"14"}).replace("<xf numFmtId=\"14\"/></cellXfs>", "<yf/></cellXfs>"), "xlsx.damaged");
        part("35 a part that would climb", "../../etc/passwd", "x", "h0 r0");
        part("35 another", "C:\\x", "x", "h0 r0");
        part("37 a ZIP within", "xl/embeddings/a.zip", "PK\x05\x06" + QByteArray(18, '\0'), "h0 r0");
        part("57 content types that are wrong", "[Content_Types].xml", "<Types/>", "h0 r0");
    }
    void packages()
    {
        QFETCH(QByteArray, part);
        QFETCH(QByteArray, content);
        QFETCH(QByteArray, expected);
        XlsxFixture book;
        if (content.isNull())
            book.parts.remove(part);
        else
            book.parts[part] = content;
        QCOMPARE(described(book.write()), expected);
    }

    void aBombIsReadWhenSomebodyAnswersForIt()
    {
        XlsxFixture book;
        book.parts["xl/worksheets/sheet1.xml"] =
            XlsxFixture::sheet("<row><c><v>1</v></c></row>" + QByteArray(3'000'000, ' '));
        FileAnswers answers;
        answers.allowLarge = true;
        QCOMPARE(described(book.write(), answers), "h0 r1 Column 1:number");
    }

    /// Bad input 55.
    void manySheetsWithOddNames()
    {
        XlsxFixture book;
        QByteArray sheets;
        QByteArray relations;
        for (int i = 0; i < 300; ++i) {
            const QByteArray number = QByteArray::number(i);
            sheets += "<sheet name=\"&lt;b&gt;/" + number + QByteArray(40, 'x') + "\" sheetId=\"" + number +
                      "\" r:id=\"s" + number + "\"/>";
            relations += XlsxFixture::relation("s" + number, "worksheet", "worksheets/sheet1.xml");
        }
        book.parts["xl/workbook.xml"] = XlsxFixture::workbook("<sheets>" + sheets + "</sheets>");
        book.parts["xl/_rels/workbook.xml.rels"].replace("</Relationships>", relations + "</Relationships>");
        book.parts["xl/worksheets/sheet1.xml"] = XlsxFixture::sheet("<row><c><v>1</v></c></row>");
        FileAnswers answers;
        answers.sheet = QStringLiteral("<b>/299") + QString(40, QLatin1Char('x'));
        QCOMPARE(described(book.write(), answers), "h0 r1 Column 1:number");
    }

    /// Bad inputs 30 and 33. Each of these bytes of the archive is part of a checksum, a size or packed data.
    void damagedArchivesAreRefused()
    {
        XlsxFixture book;
        book.parts["xl/worksheets/sheet1.xml"] =
            XlsxFixture::sheet(QByteArray("<row><c><v>12345</v></c></row>").repeated(50));
        QFile file(book.write());
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray bytes = file.readAll();
        const qsizetype sheet = bytes.indexOf("xl/worksheets/sheet1.xml");
        for (const qsizetype at : {sheet - 16, sheet - 12, sheet - 8, sheet + 30, sheet + 60}) {
            QByteArray damaged = bytes;
            damaged[at] = static_cast<char>(damaged[at] ^ 0x55);
            const QByteArray found = described(book.writeBytes(damaged));
            QVERIFY2(found.startsWith("zip.") || found.startsWith("xlsx."), found.constData());
        }
        for (const qsizetype size : {qsizetype(30), sheet, bytes.size() / 2, bytes.size() - 1}) {
            const QByteArray found = described(book.writeBytes(bytes.left(size)));
            QVERIFY2(found.startsWith("zip.") || found == "file.zip", found.constData());
        }
    }
};

QTEST_GUILESS_MAIN(TestBadWorkbooks)
#include "tst_badworkbooks.moc"
