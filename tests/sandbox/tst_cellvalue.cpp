#include "sandbox/cellvalue.h"

#include <QTest>

using namespace rowdesk;
using namespace rowdesk::sandbox;

class TestCellValue : public QObject
{
    Q_OBJECT

private slots:
    /// An empty `stored` means: refused.
    void keepsWhatFits_data()
    {
        QTest::addColumn<ColumnType>("type");
        QTest::addColumn<QByteArray>("sent");
        QTest::addColumn<QByteArray>("stored");
        using enum ColumnType;
        const auto row = [](ColumnType type, const QByteArray &sent, const QByteArray &stored) {
            QTest::addRow("%s <- %s", qPrintable(columnTypeName(type)), sent.constData()) << type << sent << stored;
        };
        for (const ColumnType type : allColumnTypes) {
            row(type, "null", "null");
            row(type, "[1]", "");
            row(type, "{}", "");
        }
        row(Number, "9007199254740993", "9007199254740993");
        row(Number, "0.10", "0.10");
        row(Number, "\"12345678901234567890.123456789\"", "12345678901234567890.123456789");
        row(Number, "-1e3", "-1e3");
        for (const char *no :
             {"\"\"", "\"abc\"", "\" 1\"", "\"1,5\"", "\"007\"", "\"+1\"", "true", "\"NaN\"", "\"0x10\""})
            row(Number, no, "");
        row(Percentage, "0.125", "0.125");
        row(Percentage, "\"12 %\"", "");
        row(Text, "\"\"", "\"\"");
        row(Text, "\"00501\"", "\"00501\"");
        row(Text, "\"a\\u0041\\n\"", "\"aA\\n\"");
        row(Text, "501", "\"501\"");
        row(Text, "true", "\"true\"");
        row(Dropdown, "\"red\"", "\"red\"");
        row(Checkbox, "true", "true");
        row(Checkbox, "\"False\"", "false");
        row(Checkbox, "1", "true");
        row(Checkbox, "2", "");
        row(Checkbox, "\"yes\"", "");
        row(Date, "\"2024-02-29\"", "\"2024-02-29\"");
        for (const char *no :
             {"\"2023-02-29\"", "\"2024-2-29\"", "\"29.02.2024\"", "\"2024-02-29T00:00:00\"", "\"\"", "20240229"})
            row(Date, no, "");
        for (const char *yes : {"\"2024-02-29T12:30:45\"", "\"2024-02-29 12:30:45.123456\"", "\"2024-02-29T12:30:45Z\"",
                                "\"2024-02-29T12:30:45.5+05:30\"", "\"2024-02-29 12:30\"", "\"2024-02-29\""})
            row(DateTime, yes, yes);
        for (const char *no :
             {"\"2024-02-29T25:00:00\"", "\"2024-02-29T12:60\"", "\"2024-02-29x12:30\"", "\"2024-02-29T\"",
              "\"2024-02-29T12:30:45.\"", "\"2024-02-29T12:30:45+5\"", "\"12:30\"", "1709164800000"})
            row(DateTime, no, "");
        row(Id, "1234567890123456789", "1234567890123456789");
        row(Id, "\"0042\"", "\"0042\"");
        row(Id, "\"\"", "");
        row(Id, "false", "");
    }
    void keepsWhatFits()
    {
        QFETCH(ColumnType, type);
        QFETCH(QByteArray, sent);
        QFETCH(QByteArray, stored);
        const JsonDocument document(sent);
        QVERIFY(document.isValid());
        QCOMPARE(storedCell(type, document.root()).value_or(QByteArray()), stored);
    }

    void comparesNumbersByValueAndTextsByByte()
    {
        QCOMPARE(comparableCell("0.10"), comparableCell("0.1"));
        QCOMPARE(comparableCell("1e3"), comparableCell("1000"));
        QCOMPARE(comparableCell("-0"), comparableCell("0.00"));
        QCOMPARE(comparableCell("12.5E+1"), comparableCell("125"));
        QVERIFY(comparableCell("9007199254740993") != comparableCell("9007199254740992"));
        QVERIFY(comparableCell("-1") != comparableCell("1"));
        QVERIFY(comparableCell("\"1\"") != comparableCell("1"));
        QVERIFY(comparableCell("\"\"") != comparableCell("null"));
    }
};

QTEST_APPLESS_MAIN(TestCellValue)
#include "tst_cellvalue.moc"
