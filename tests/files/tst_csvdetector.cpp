#include "files/csvdetector.h"
#include "files/filefixture.h"

#include <QTest>

using namespace rowdesk;
using namespace rowdesk::test;

class TestCsvDetector : public QObject
{
    Q_OBJECT
    FileFixture m_files;

    CsvFormat detect(const QByteArray &content)
    {
        auto format = detectCsvFormat(m_files.write(content));
        return format ? *format : CsvFormat{};
    }

private slots:
    void encoding_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QByteArray>("encoding");
        QTest::addColumn<bool>("sure");
        QTest::newRow("ASCII") << QByteArray("a,b\n1,2\n") << QByteArray("UTF-8") << true;
        QTest::newRow("UTF-8") << QByteArray("a,b\n\xc3\xa9,2\n") << QByteArray("UTF-8") << true;
        QTest::newRow("UTF-8 mark") << QByteArray("\xef\xbb\xbf"
                                                  "a\n1\n")
                                    << QByteArray("UTF-8") << true;
        QTest::newRow("UTF-16LE mark") << QByteArray("\xff\xfe"
                                                     "a\0\n\0",
                                                     6)
                                       << QByteArray("UTF-16LE") << true;
        QTest::newRow("UTF-16BE mark") << QByteArray("\xfe\xff\0a\0\n", 6) << QByteArray("UTF-16BE") << true;
        QTest::newRow("UTF-16LE") << QByteArray("a\0,\0b\0\n\0"
                                                "1\0,\0"
                                                "2\0\n\0",
                                                16)
                                  << QByteArray("UTF-16LE") << false;
        QTest::newRow("UTF-16BE") << QByteArray("\0a\0,\0b\0\n\0"
                                                "1\0,\0"
                                                "2\0\n",
                                                16)
                                  << QByteArray("UTF-16BE") << false;
        QTest::newRow("Windows-1252") << QByteArray(
                                             "name,price\nCaf\xe9,5 \x80\nM\xfcller,6\nna\xefve \x93quoted\x94,7\n")
                                      << QByteArray("WINDOWS-1252") << false;
        QTest::newRow("not even that") << QByteArray("a,b\n\xff\xfe\x81\xc3\x28,\x8d\n").mid(0) << QByteArray("UTF-8")
                                       << false; // its reading stops and asks
    }
    void encoding()
    {
        QFETCH(QByteArray, content);
        QFETCH(QByteArray, encoding);
        QFETCH(bool, sure);
        const CsvFormat format = detect(content);
        QCOMPARE(format.encoding, encoding);
        QCOMPARE(format.encodingIsSure, sure);
        QVERIFY(!format.encodingReason.isEmpty());
        QCOMPARE(format.otherEncoding.isEmpty(), sure);
    }

    void delimiter_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<char>("delimiter");
        QTest::addColumn<bool>("sure");
        const auto row = [](const char *name, const char *content, char delimiter, bool sure = true) {
            QTest::newRow(name) << QByteArray(content) << delimiter << sure;
        };
        row("comma", "a,b\n1,2\n3,4\n", ',');
        row("semicolon", "a;b\n1;2\n", ';');
        row("tab", "a\tb\n1\t2\n", '\t');
        row("bar", "a|b\n1|2\n", '|');
        row("semicolon with decimal commas", "a;b\n1,5;2,5\n3,5;4,5\n", ';');
        row("comma in quotes", "a;b\n\"x,y\";1\n\"z,w\";2\n", ';');
        row("comma within tabbed text", "a\tb\nx, y\t1\nz, w\t2\n", '\t');
        row("semicolon with one decimal comma", "Datum;Betrag\n01.02.2024;1,5\n02.02.2024;2,5\n", ';');
        row("semicolon with one decimal comma and no names", "01.02.2024;1,5\n02.02.2024;2,5\n", ';', false);
        row("tie", "a;b,c\n1;2,3\n4;5,6\n", ';', false);
        row("one column", "name\nAnna\nBob\n", csvNoDelimiter);
        row("one column of sentences", "text\nHello, world\nfoo\nbar; baz\n", csvNoDelimiter);
        row("Excel's own", "sep=;\na;b\n1;2\n", ';');
        row("one ragged row", "a,b,c\n1,2,3\n1,2\n1,2,3\n1,2,3\n", ',');
    }
    void delimiter()
    {
        QFETCH(QByteArray, content);
        QFETCH(char, delimiter);
        QFETCH(bool, sure);
        const CsvFormat format = detect(content);
        QCOMPARE(format.delimiter, delimiter);
        QCOMPARE(format.delimiterIsSure, sure);
        QVERIFY(!format.delimiterReason.isEmpty());
    }

    void header_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<bool>("hasHeader");
        QTest::addColumn<int>("skipLines");
        QTest::addColumn<int>("columns");
        const auto row = [](const char *name, const char *content, bool header, int skip, int columns) {
            QTest::newRow(name) << QByteArray(content) << header << skip << columns;
        };
        row("names over values", "id,name\n1,x\n2,y\n", true, 0, 2);
        row("values at once", "1,x\n2,y\n", false, 0, 2);
        row("dates at once", "2025-01-01,x\n2025-01-02,y\n", false, 0, 2);
        row("words over words", "city,state\nSeattle,WA\nPortland,OR\n", true, 0, 2);
        row("repeating words", "yes,yes\nno,yes\nyes,no\n", false, 0, 2);
        row("only a header", "id,name\n", true, 0, 2);
        row("years as names", "region,2019,2020\nnorth,1.5,2\n", true, 0, 3);
        row("years as names above whole numbers", "region,2019,2020\nnorth,1,2\nsouth,3,4\nwest,500,6\n", true, 0, 3);
        row("years among years are values", "Ann,1999\nBob,2001\nCyd,2003\n", false, 0, 2);
        row("title above", "Report of May\n\nid,name,n\n1,x,2\n2,y,3\n", true, 2, 3);
        row("one text above two columns is a row", "id1\nid2,x\nid3,y\n", false, 0, 2);
        row("a header of one name", "key\na,5\nb,6\n", true, 0, 2);
        row("one text above a single row", "id1\nid2,x,1\n", true, 0, 3);
        row("two texts above", "Report,May\nid,name,n\n1,x,2\n2,y,3\n", true, 0, 3);
        row("header longer than the first rows", "a,b,c,d,e\n1,2,3,4\n1,2,3,4\n1,2,3,4,5\n", true, 0, 5);
        row("header shorter than the rows", "a,b\n1,2,3\n4,5,6\n", true, 0, 3);
        row("delimiter at the end of rows", "a,b\n1,2,\n4,5,\n", true, 0, 2);
        row("delimiter at the end everywhere", "a,b,\n1,2,\n4,5,\n", true, 0, 3);
        row("empty", "", true, 0, 0);
    }
    void header()
    {
        QFETCH(QByteArray, content);
        QFETCH(bool, hasHeader);
        QFETCH(int, skipLines);
        QFETCH(int, columns);
        const CsvFormat format = detect(content);
        QCOMPARE(format.hasHeader, hasHeader);
        QCOMPARE(format.skipLines, skipLines);
        QCOMPARE(format.columnCount, columns);
        QCOMPARE(format.headerReason.isEmpty(), content.isEmpty());
        QCOMPARE(format.skipReason.isEmpty(), skipLines == 0);
    }

    void aSingleYearAmongNamesIsAsked()
    {
        QVERIFY(!detect("product,1950\nnut,7\nbolt,12\n").headerIsSure); // a year, or as many products
        QVERIFY(detect("product,1950,1951\nnut,7,8\nbolt,12,3\n").headerIsSure);
        QVERIFY(detect("product,price,1950\nnut,7,8\nbolt,12,3\n").headerIsSure);
    }

    void aSecondRowOfNamesIsAsked_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QString>("says"); // empty: the first row is the header, surely
        const QString both = QStringLiteral("it and the line above may have the names together.");
        const QString title = QStringLiteral("the line above may be a title");
        const QByteArray many = QByteArray("A,1,2020-01-01\n").repeated(40);
        const auto row = [](const char *name, const QByteArray &content, const QString &says) {
            QTest::newRow(name) << content << says;
        };
        row("units", "name,amount,day\ntext,EUR,UTC\n" + many, both);
        row("units above few rows", "name,amount\ntext,EUR\nA,1\nB,2\n", both);
        row("merged cells", "Region,Sales,Sales\nname,EUR,USD\nNorth,1,2\nSouth,3,4\n", both);
        row("years below merged cells", ",Sales,,Costs,\nRegion,2023,2024,2023,2024\nN,1,2,3,4\nS,5,6,7,8\n", both);
        row("title above two columns", "Sales report\nname,amount\nA,1\nB,2\n", title);
        row("title with delimiters", "Sales report,\nname,amount\nA,1\nB,2\n", title);
        row("a single header", "name,amount,day\n" + many, {});
        row("a word for no value", "name,amount\nA,n/a\nB,2\nC,3\n", {});
        row("a year in the first row of values", "name,amount\nA,2020\nB,17\nC,1500\n", {});
        row("a value beside a word", "name,amount,price\nA,free,2\nB,3,4\nC,5,6\n", {});
    }
    void aSecondRowOfNamesIsAsked()
    {
        QFETCH(QByteArray, content);
        QFETCH(QString, says);
        const CsvFormat format = detect(content);
        QCOMPARE(format.headerIsSure, says.isEmpty());
        QVERIFY2(format.headerReason.contains(says), qPrintable(format.headerReason));
    }

    void whatAPersonChoseIsNotLookedFor()
    {
        const auto format = detectCsvFormat(m_files.write("a;b,c\n1;2,3\n"), "ISO-8859-1", ',');
        QVERIFY(format);
        QCOMPARE(format->encoding, "ISO-8859-1");
        QCOMPARE(format->delimiter, ',');
        QCOMPARE(format->columnCount, 2);
    }
};

QTEST_GUILESS_MAIN(TestCsvDetector)
#include "tst_csvdetector.moc"
