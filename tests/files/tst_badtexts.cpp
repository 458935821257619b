#include "files/describedfile.h"
#include "files/filefixture.h"

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

} // namespace

/// Every kind of text file that people and programs really make, read as a careful person would; and every damaged one,
/// refused with its place. One row for each.
class TestBadTexts : public QObject
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
};

QTEST_GUILESS_MAIN(TestBadTexts)
#include "tst_badtexts.moc"
