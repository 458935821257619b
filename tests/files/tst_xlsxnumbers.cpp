#include "files/fileinspector.h"
#include "files/readsheet.h"
#include "files/xlsxfixture.h"

#include <QTest>

using namespace rowdesk;
using namespace rowdesk::test;

/// What the number of a cell means under its format: a day, a time, a share, digits, or a number.
class TestXlsxNumbers : public QObject
{
    Q_OBJECT

private slots:
    void literals_data()
    {
        QTest::addColumn<QByteArray>("literal");
        QTest::addColumn<int>("style");
        QTest::addColumn<QByteArray>("outcome"); // the cell, or why it has no value
        const auto row = [](const char *name, const char *literal, int style, const char *outcome) {
            QTest::newRow(name) << QByteArray(literal) << style << QByteArray(outcome);
        };
        row("number", "1.50", 0, "1.50");
        row("zero with a sign", "-0", 0, "0");
        row("zero with a sign and a fraction", "-0.00", 0, "0.00");
        row("zero with a sign and an exponent", "-0E0", 0, "0E0");
        row("zero with a sign as a share", "-0", 1, "0");
        row("zero with a sign as digits", "-0", 2, "0");
        row("plus", "+5", 0, "5");
        row("two signs", "+-5", 0, "This is not a number.");
        row("a sign alone", "-", 0, "This is not a number.");
        row("digits", "501", 2, "00501");
        row("larger than any", "1e999", 0, "This is not a finite number.");
        row("smaller than any", "-1e999", 0, "This is not a finite number.");
        row("nan", "nan", 0, "This is not a finite number.");
        row("INF", "INF", 0, "This is not a finite number.");
        row("letters", "abc", 0, "This is not a number.");
        row("nothing", "", 0, "This is not a number.");
        row("nothing as digits", "", 2, "This is not a number.");
        row("nothing as a day", "", 3, "This is not a number.");
        row("letters as a day", "abc", 3, "This is not a number.");
        row("no day", "-1", 3, "There is no such day.");
    }
    void literals()
    {
        QFETCH(QByteArray, literal);
        QFETCH(int, style);
        QFETCH(QByteArray, outcome);
        XlsxFixture book;
        book.parts["xl/styles.xml"] = XlsxFixture::styles({"10", "00000", "14"});
        book.parts["xl/worksheets/sheet1.xml"] =
            XlsxFixture::sheet("<row r=\"1\"><c r=\"A1\" s=\"" + QByteArray::number(style) + "\"><v>" + literal +
                               "</v></c><c r=\"B1\"><v>1</v></c></row>");
        FileFormat format;
        format.kind = FileKind::Xlsx;
        format.xlsx = plainFormat(2);
        const auto inspection = inspectFile(book.write(), format);
        QVERIFY(inspection);
        const QVector<ColumnProblem> &problems = inspection->columns[0].problems;
        QCOMPARE(problems.isEmpty() ? shown(inspection->sample).chopped(2) : problems[0].reason.toUtf8(), outcome);
    }

    void serials_data()
    {
        QTest::addColumn<double>("serial");
        QTest::addColumn<QByteArray>("code");
        QTest::addColumn<bool>("from1904");
        QTest::addColumn<QByteArray>("text"); // empty: no such day
        const auto row = [](const char *name, double serial, const char *code, bool from1904, const char *text) {
            QTest::newRow(name) << serial << QByteArray(code) << from1904 << QByteArray(text);
        };
        row("first", 1, "dd/mm/yy", false, "1900-01-01");
        row("59", 59, "d.m.yyyy", false, "1900-02-28");
        row("60", 60, "yyyy-mm-dd", false, "");
        row("61", 61, "yyyy-mm-dd", false, "1900-03-01");
        row("today", 45000, "yyyy\\-mm\\-dd", false, "2023-03-15");
        row("leap", 45351, "mmm d, yyyy", false, "2024-02-29");
        row("last", 2958465, "yyyy", false, "9999-12-31");
        row("too large", 2958466, "yyyy", false, "");
        row("negative", -1, "yyyy", false, "");
        row("noon", 45000.5, "d/m/yy h:mm", false, "2023-03-15T12:00:00");
        row("midnight", 45000, "d/m/yy h:mm", false, "2023-03-15T00:00:00");
        row("hidden time", 45000.75, "d/m/yy", false, "2023-03-15T18:00:00");
        row("second", 45000.123456, "d/m/yy h:mm:ss", false, "2023-03-15T02:57:46.598");
        row("time only", 0.5, "h:mm AM/PM", false, "12:00:00");
        row("zero", 0, "h:mm", false, "00:00:00");
        row("elapsed", 1.5, "[h]:mm:ss", false, "36:00:00");
        row("elapsed long", 100, "[hh]:mm", false, "2400:00:00");
        row("1904 zero", 0, "yyyy-mm-dd", true, "1904-01-01");
        row("1904", 43538, "yyyy-mm-dd", true, "2023-03-15");
        row("1904 sixty", 60, "yyyy-mm-dd", true, "1904-03-01");
    }
    void serials()
    {
        QFETCH(double, serial);
        QFETCH(QByteArray, code);
        QFETCH(bool, from1904);
        QFETCH(QByteArray, text);
        std::string out;
        const auto problem = writeSerial(serial, formatOfCode(code.toStdString()), from1904, out);
        QCOMPARE(QByteArray::fromStdString(out), text);
        QCOMPARE(problem == SerialProblem::None, !text.isEmpty());
    }

    void formats_data()
    {
        using enum NumberFormat;
        QTest::addColumn<QByteArray>("code");
        QTest::addColumn<int>("format");
        const auto row = [](const char *code, NumberFormat format) {
            QTest::newRow(code) << QByteArray(code) << int(format);
        };
        row("General", Plain);
        row("0.00", Plain);
        row("#,##0.00", Plain);
        row("0.00E+00", Plain);
        row("@", Plain);
        row("0%", Percent);
        row("0.00%", Percent);
        row("\"%\"0", Plain);
        row("0\\%", Plain);
        row("\"day\" 0", Plain);
        row("[Red]0.0", Plain);
        row("[$-409]d-mmm-yy", Date);
        row("[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", Date);
        row("yyyy\"T\"", Date);
        row("mmm", Date);
        row("h:mm", Time);
        row("mm:ss.0", Time);
        row("m/d/yyyy h:mm", DateTime);
        row("[h]:mm", Elapsed);
        row("[Blue]General", Plain);
        row("_-* #,##0.00\\ [$€-1]_-", Plain);
        row("yyyy;@", Date);
    }
    void formats()
    {
        QFETCH(QByteArray, code);
        QFETCH(int, format);
        QCOMPARE(int(formatOfCode(code.toStdString())), format);
    }

    void sharesInPercentAreAPercentageColumn()
    {
        XlsxFixture book;
        book.parts["xl/styles.xml"] = XlsxFixture::styles({"10"});
        book.parts["xl/worksheets/sheet1.xml"] =
            XlsxFixture::sheet("<row r=\"1\"><c r=\"A1\" s=\"1\"><v>0.72</v></c></row><row r=\"2\"><c r=\"A2\" "
                               "s=\"1\"><v>1.234</v></c></row>");
        FileFormat format;
        format.kind = FileKind::Xlsx;
        format.xlsx = plainFormat(1);
        const auto inspection = inspectFile(book.write(), format);
        QCOMPARE(inspection->columns[0].rule.type, ColumnType::Percentage);
        QCOMPARE(inspection->columns[0].problemCount, 0);
    }
};

QTEST_GUILESS_MAIN(TestXlsxNumbers)
#include "tst_xlsxnumbers.moc"
