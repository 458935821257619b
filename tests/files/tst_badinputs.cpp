#include "files/fileanswers.h"
#include "files/filenotes.h"
#include "files/xlsxfixture.h"

#include <QLocale>
#include <QTest>

using namespace rowdesk;
using namespace rowdesk::test;

namespace {

QByteArray utf16(const QString &text, bool bigEndian)
{
    QByteArray bytes;
    for (const QChar c : text) {
        const char high = static_cast<char>(c.unicode() >> 8);
        const char low = static_cast<char>(c.unicode() & 0xFF);
        bytes.append(bigEndian ? high : low).append(bigEndian ? low : high);
    }
    return bytes;
}

QByteArray typeWord(const ColumnFindings &column)
{
    QByteArray word = columnTypeName(column.rule.type).toLatin1();
    word += column.question == ColumnQuestion::None ? "" : "?";
    return column.problemCount > 0 ? word + '!' + QByteArray::number(column.problemCount) : word;
}

/// What a person sees of a file, in one line: "h1 r2 a:number b:text", h0 without header; a type with ? is asked about,
/// !2 counts cells that don't fit; "doubt" for each thing to look at; or the code of what is wrong, with its line.
QByteArray described(const QString &path, const FileAnswers &answers = {})
{
    const auto inspection = inspectFile(path, answers);
    if (!inspection)
        return inspection.error().code.toLatin1();
    if (inspection->damage) {
        const qint64 line = inspection->damageLine;
        return inspection->damage->code.toLatin1() + (line > 0 ? " line " + QByteArray::number(line) : QByteArray());
    }
    QByteArray text = 'h' + QByteArray::number(inspection->headerRow) + " r" + QByteArray::number(inspection->rows);
    for (const ColumnFindings &column : inspection->columns)
        text += ' ' + column.name.toUtf8() + ':' + typeWord(column);
    for (const FileDoubt &doubt : doubtsAbout(*inspection))
        text += doubt.isMild ? " likely" : " doubt";
    return text;
}

} // namespace

/// Every kind of file that people and programs really make, read as a careful person would; and every damaged one,
/// refused with its place. One row for each.
class TestBadInputs : public QObject
{
    Q_OBJECT
    FileFixture m_files;

    static void row(const char *name, const QByteArray &content, const QByteArray &expected)
    {
        QTest::newRow(name) << content << expected;
    }

private slots:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English)); }

    void texts_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QByteArray>("expected");
        // Empty or nearly.
        row("1 empty", "", "file.empty");
        row("2 only a header", "a,b\n", "h1 r0 a:text b:text");
        row("3 only a mark", "\xef\xbb\xbf", "file.empty");
        row("a line end alone", "\n", "h0 r0 Column 1:text");
        // Encodings.
        row("4 T1 mark of UTF-8", "\xef\xbb\xbfid,b\n1,2\n", "h1 r1 id:number b:number");
        row("mark and quotes", "\xef\xbb\xbf\"id\",\"b\"\n\"1\",2\n", "h1 r1 id:text b:number");
        row("5 T4 UTF-16LE", "\xff\xfe" + utf16(QStringLiteral("id,b\n1,é\n"), false), "h1 r1 id:number b:text");
        row("5 T4 UTF-16BE", "\xfe\xff" + utf16(QStringLiteral("id,b\n1,é\n"), true), "h1 r1 id:number b:text");
        row("6 T4 UTF-16LE without a mark", utf16(QStringLiteral("id,b\n1,2\n"), false),
            "h1 r1 id:number b:number doubt");
        row("6 T4 UTF-16BE without a mark", utf16(QStringLiteral("id,b\n1,2\n"), true),
            "h1 r1 id:number b:number doubt");
        row("UTF-32LE",
            QByteArray("\xff\xfe\0\0a\0\0\0,\0\0\0b\0\0\0\n\0\0\0"
                       "1\0\0\0,\0\0\0"
                       "2\0\0\0",
                       32),
            "h1 r1 a:number b:number");
        row("ISO-2022-JP", "a,b\n1,\x1b$BEl5~\x1b(B\n2,\x1b$BBg:e\x1b(B\n", "h1 r2 a:number b:text doubt");
        row("7 bytes of no encoding", "a,b\n1,\xff\xfe\xc3\x28\n", "csv.encoding line 2");
        row("7 UTF-8 with a damaged character", "a,b\n1,caf\xc3\xa9\n2,caf\xe9\n", "csv.encoding line 3");
        row("7 UTF-8 cut in a character", "a,b\n1,caf\xc3\xa9\n2,caf\xc3", "csv.encoding line 3");
        row("7 UTF-8, one byte of a letter lost", "a,b\n1,Caf\xc3,2\n", "csv.encoding line 2");
        row("T2 Windows-1252",
            "nom,ville\nH\xe9l\xe8ne,Orl\xe9"
            "ans\n",
            "h1 r1 nom:text ville:text likely");
        row("Macintosh is not read as Windows",
            "nom,ville\nH\x8el\x8fne,Orl\x8e"
            "ans\n",
            "csv.encoding line 2");
        row("DOS is not read as Windows",
            "nom,ville\nH\x82l\x8ane,Orl\x82"
            "ans\n",
            "csv.encoding line 2");
        row("8 NUL", QByteArray("a,b\n1,\0\n", 8), "csv.nul line 2");
        // Quotes.
        row("T7 line break in quotes", "a,b\n\"x\ny\",2\n3,4\n", "h1 r2 a:text b:number");
        row("header with a line break", "\"a\nb\",c\n1,2\n", "h1 r1 a\nb:number c:number");
        row("9 T8 quote that never closes", "a,b\n1,2\n3,\"4\n5,6\n", "csv.unterminated-quote line 3");
        row("10 quote inside a value", "a,b\n1,x\"y\n", "h1 r1 a:number b:text");
        row("11 text after a quote", "a,b\n1,\"x\"y\n", "csv.text-after-quote line 2");
        row("blank after a quote", "a,b\n\"1\" ,2\n", "csv.text-after-quote line 2");
        row("doubled quotes", "a,b\n1,\"say \"\"hi\"\"\"\n", "h1 r1 a:number b:text");
        row("quotes alone", "a,b\n\"\",\"\"\"\"\n", "h1 r1 a:text b:text");
        row("single quotes are text", "a,b\n'1','2'\n", "h1 r1 a:text b:text");
        // Size.
        row("12 a field of more than a megabyte", "a,b\n1," + QByteArray(1'100'000, 'x') + '\n',
            "csv.field-too-long line 2");
        row("13 50,000 columns", QByteArray("x,").repeated(50'000) + "x\n1\n", "csv.too-many-columns");
        row("T5 one column", "name\nAda\nGrace\n", "h1 r2 name:text");
        // Rows.
        row("14 T6 ragged rows", "a,b,c,d,e\n" + QByteArray("1,2,3,4\n").repeated(50) + "1,2,3,4,5\n1,2,3,4,5,6\n",
            "h1 r51 a:number b:number c:number d:number e:number doubt doubt doubt doubt doubt doubt doubt");
        row("15 names that repeat", "id,id\n1,2\n", "h1 r1 id:number id:number doubt");
        row("16 T15 a name is missing", "id,,c\n1,2,3\n", "h1 r1 id:number Column 2:number c:number doubt");
        row("T15 delimiter at the end of each line", "a,b,\n1,2,\n3,4,\n",
            "h1 r2 a:number b:number Column 3:text doubt");
        row("T15 delimiter at the end of rows only", "a,b\n1,2,\n3,4,\n", "h1 r2 a:number b:number doubt doubt");
        row("18 CR", "a,b\r1,2\r3,4\r", "h1 r2 a:number b:number");
        row("18 CRLF", "a,b\r\n1,2\r\n3,4\r\n", "h1 r2 a:number b:number");
        row("18 mixed", "a,b\r1,2\n3,4\r\n5,6", "h1 r3 a:number b:number");
        row("blank lines", "a,b\n\n1,2\n\n\n3,4\n\n", "h1 r2 a:number b:number");
        row("no line end at the end", "a,b\n1,2", "h1 r1 a:number b:number");
        row("T12 a title and a blank line", "Report 2025\n\nid,name,n\n1,x,2\n2,y,3\n",
            "h3 r2 id:number name:text n:number");
        row("T12 a title with delimiters", "Report,,\n,,\nid,name,n\n1,x,2\n2,y,3\n",
            "h3 r2 id:number name:text n:number");
        row("T12 comment lines", "# from a sensor\n# in May\na,b\n1,2\n3,4\n", "h3 r2 a:number b:number");
        row("a name that can't be seen whole", "\xe2\x80\x8bid,b\n1,2\n", "h1 r1 \xe2\x80\x8bid:number b:number doubt");
        row("a delimiter that is rare", "a b c\n1 2 3\n4 5 6\n", "h1 r2 a b c:text doubt");
        row("numbers with thousands commas beside points", "a,b\n\"1,234\",1.5\n\"5,678\",2.5\n",
            "h1 r2 a:number b:number");
        row("T13 no header", "1,2\n3,4\n", "h0 r2 Column 1:number Column 2:number");
        row("T16 accents and signs in names", "Größe (m²),Straße/Nr.\n1,2\n",
            "h1 r1 Größe (m²):number Straße/Nr.:number");
        row("days as names", "Country,2020-01-22,2020-01-23\nA,0,1\nB,2,3\n",
            "h1 r2 Country:text 2020-01-22:number 2020-01-23:number");
        row("years as names", "Country,2019,2020\nA,0,1\n", "h1 r1 Country:text 2019:number 2020:number");
        // Delimiters.
        row("19 semicolons and decimal commas alike", "1,5;2,5\n3,5;4,5\n",
            "h0 r2 Column 1:number Column 2:number doubt");
        row("tab", "a\tb\n1\t2\n", "h1 r1 a:number b:number");
        row("bar", "a|b\n1|2\n", "h1 r1 a:number b:number");
        row("codes in the first line", "A001,x\nA002,y\nA003,z\n", "h0 r3 Column 1:text Column 2:text");
        row("sep=", "sep=;\na;b\n1;2\n", "h2 r1 a:number b:number");
        row("commas in quotes", "a;b\n\"x,y\";1\n\"z,w\";2\n", "h1 r2 a:text b:number");
        // Values.
        row("20 T24 decimal comma", "a;b;c\nx;1,5;0,435\ny;2,5;1\n", "h1 r2 a:text b:number c:number");
        row("20 both marks", "a;b\nx;1,5\ny;1.5\n", "h1 r2 a:text b:text?");
        row("20 T25 a thousands mark or a decimal mark", "a;b\nx;173,900\n", "h1 r1 a:text b:text?");
        row("20 T25 1.234,56", "a;b\nx;1.234,56\ny;1.000,92\n", "h1 r2 a:text b:number");
        row("T25 no-break space",
            "a;b\nx;10\xc2\xa0"
            "237,65\n",
            "h1 r1 a:text b:number");
        row("T25 apostrophe", "a;b\nx;1'234.50\n", "h1 r1 a:text b:number");
        row("21 T19 leading zeros", "zip,n\n0805,1\n12345,2\n", "h1 r2 zip:text n:number");
        row("21 20 digits", "id,n\n11234567800033596096,1\n", "h1 r1 id:text n:number");
        row("21 T21 digits with an E", "id,n\n1E5,1\n2E5,2\n", "h1 r2 id:text n:number");
        row("T21 E and digits", "id,n\nE10078100,1\n", "h1 r1 id:text n:number");
        row("T22 19 digits", "id,n\n1234567890123456789,9.007199254740993e15\n", "h1 r1 id:number n:number");
        row("22 no numbers", "n\n" + QByteArray("1\n").repeated(60) + "NaN\ninf\n1e400\n-0\n", "h1 r64 n:number!4");
        row("T23 the type breaks at the end", "id,n\n" + QByteArray("1,0\n").repeated(500) + "2,1.1\n",
            "h1 r501 id:number n:number");
        row("T26 shares", "a;b;c\nx;12,5%;4 %\n", "h1 r1 a:text b:percentage c:percentage");
        row("T27 money", "a,b\nx,\"$1,234.56\"\ny,($987.65)\n", "h1 r2 a:text b:text");
        row("23 no such day",
            "d,n\n" + QByteArray("01/02/2025,1\n13/02/2025,1\n").repeated(30) +
                "31/02/2025,2\n0000-01-01,1\n9999-99-99,1\n",
            "h1 r63 d:date!3 n:number");
        row("23 T29 either order", "d,n\n03/04/2025,1\n05/06/2025,1\n", "h1 r2 d:text? n:number");
        row("T29 one decides", "d,n\n03/04/2025,1\n31/12/2025,1\n", "h1 r2 d:date n:number");
        row("23 two-digit years", "d,n\n2/3/24,1\n", "h1 r1 d:text? n:number");
        row("T32 not a date among dates", "d,n\n" + QByteArray("2025-04-03,1\n").repeated(20) + "2000-1-NA,1\n",
            "h1 r21 d:date!1 n:number");
        row("24 formulas", "a,b\n=1+1,+49 30 1\n@x,-\n", "h1 r2 a:text b:text");
        row("25 odd characters",
            "a,b\n1,\xe2\x80\xae"
            "abc\n2,\xe2\x80\x8b\n3,\xf0\x9f\x98\x80\n4,\xef\xbf\xbf\n",
            "h1 r4 a:number b:text");
        row("25 half a surrogate pair", "a,b\n1,\xed\xa0\x80\n", "csv.encoding line 2");
        row("T36 T38 no value in several ways", "d,n\n2025-04-03,1\n,NULL\nNA,\n", "h1 r3 d:date n:number");
        row("month names of other languages", "d,n\n3. M\xc3\xa4rz 2025,1\n14. Dez. 2024,2\n", "h1 r2 d:date n:number");
        // Other things under the name of a table.
        row("29 gzip", QByteArray("\x1f\x8b\x08\0\0\0\0\0", 8), "file.gzip");
        row("29 T11 PDF", "%PDF-1.7\n%\xe2\xe3\n", "file.pdf");
        row("29 T11 HTML", "\n<!DOCTYPE html>\n<html><table></table></html>", "file.html");
        row("T11 HTML that Excel takes for a sheet", "<table border=1><tr><td>1</td></tr></table>", "file.html");
        row("XML", "<?xml version=\"1.0\"?><Workbook/>", "file.xml");
        row("JSON", "[{\"a\":1}]", "file.json");
        row("30 truncated ZIP", "PK\x03\x04", "file.zip");
    }
    void texts()
    {
        QFETCH(QByteArray, content);
        QFETCH(QByteArray, expected);
        QCOMPARE(described(m_files.write(content)), expected);
    }

    void answersDecide()
    {
        FileAnswers answers;
        answers.csv.encoding = "MACINTOSH";
        QCOMPARE(described(m_files.write("nom,ville\nH\x8el\x8fne,Orl\x8e"
                                         "ans\n"),
                           answers),
                 "h1 r1 nom:text ville:text");
        answers = {};
        answers.csv.quotesAreText = true;
        QCOMPARE(described(m_files.write("a,b\n1,2\n3,\"4\n5,6\n"), answers), "h1 r3 a:number b:text");
        answers = {};
        answers.skipRowsAtEnd = 1;
        QCOMPARE(described(m_files.write("a,b\n1,2\n3,4\nTotals,6\n"), answers), "h1 r2 a:number b:number");
    }

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

    /// Each of these bytes of the archive is part of a checksum, a size or packed data.
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

QTEST_GUILESS_MAIN(TestBadInputs)
#include "tst_badinputs.moc"
