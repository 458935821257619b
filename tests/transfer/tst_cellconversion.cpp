#include "transfer/cellconversion.h"

#include <QTest>

using namespace rowdesk;

Q_DECLARE_METATYPE(rowdesk::ColumnType)
Q_DECLARE_METATYPE(rowdesk::CellKind)

class TestCellConversion : public QObject
{
    Q_OBJECT
private slots:
    void converts_data();
    void converts();
    void refuses_data();
    void refuses();
    void nullStaysNull();
    void invalidUnicodeNeverFits();
};

void TestCellConversion::converts_data()
{
    using enum ColumnType;
    QTest::addColumn<ColumnType>("type");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<CellKind>("kind");
    QTest::addColumn<QByteArray>("sent");
    const auto row = [](ColumnType type, const char *text, CellKind kind, const char *sent) {
        QTest::addRow("%s <%s>", qPrintable(columnTypeName(type)), text)
            << type << QByteArray(text) << kind << QByteArray(sent);
    };
    for (const ColumnType type : {Text, Dropdown, Id}) {
        row(type, "007", CellKind::Text, "007");
        row(type, "", CellKind::Text, "");
        row(type, "  a ", CellKind::Text, "  a ");
    }
    for (const ColumnType type : {Number, Percentage}) {
        row(type, "0.10", CellKind::Number, "0.10");
        row(type, "9223372036854775808", CellKind::Number, "9223372036854775808");
        row(type, " 12 ", CellKind::Number, "12");
        row(type, "+5", CellKind::Number, "5");
        row(type, "-.5", CellKind::Number, "-0.5");
        row(type, "+.50e3", CellKind::Number, "0.50e3");
        row(type, "5.", CellKind::Number, "5");
        row(type, "007", CellKind::Number, "7");
        row(type, "-000.5", CellKind::Number, "-0.5");
        row(type, "00", CellKind::Number, "0");
        row(type, "1E-5", CellKind::Number, "1E-5");
        row(type, "", CellKind::Null, "");
        row(type, "  ", CellKind::Null, "");
    }
    row(Checkbox, "TRUE", CellKind::Bool, "true");
    row(Checkbox, "false", CellKind::Bool, "false");
    row(Checkbox, "", CellKind::Null, "");
    row(Date, "2024-02-29", CellKind::Text, "2024-02-29");
    row(DateTime, "2024-02-29", CellKind::Text, "2024-02-29");
    row(DateTime, "2024-02-29T23:59", CellKind::Text, "2024-02-29T23:59");
    row(DateTime, "2024-02-29 23:59:58.123", CellKind::Text, "2024-02-29 23:59:58.123");
    row(DateTime, "2024-02-29T23:59:58Z", CellKind::Text, "2024-02-29T23:59:58Z");
    row(DateTime, "2024-02-29T23:59:58+05:30", CellKind::Text, "2024-02-29T23:59:58+05:30");
}

void TestCellConversion::converts()
{
    QFETCH(ColumnType, type);
    QFETCH(QByteArray, text);
    QFETCH(CellKind, kind);
    QFETCH(QByteArray, sent);
    std::string scratch;
    const auto cell =
        convertCell({CellKind::Text, std::string_view(text.constData(), size_t(text.size()))}, type, scratch);
    QVERIFY(cell);
    QCOMPARE(cell->kind, kind);
    QCOMPARE(QByteArray(cell->text.data(), qsizetype(cell->text.size())), sent);
}

void TestCellConversion::refuses_data()
{
    using enum ColumnType;
    QTest::addColumn<ColumnType>("type");
    QTest::addColumn<QByteArray>("text");
    const auto row = [](ColumnType type, const char *text) {
        QTest::addRow("%s <%s>", qPrintable(columnTypeName(type)), text) << type << QByteArray(text);
    };
    for (const char *text :
         {"abc", "1,5", "1.2.3", ".", "-", "+", "12%", "NaN", "inf", "0x10", "1 2", "--1", "e5", ".e5", "+-1"})
        row(Number, text);
    for (const char *text : {"yes", "1", "truee", "tru"})
        row(Checkbox, text);
    for (const char *text : {"2023-02-29", "2024-2-1", "31/12/2024", "0000-01-01", "2024-01-01T00:00", "2024-01-01x"})
        row(Date, text);
    for (const char *text : {"2024-01-01T", "2024-01-01T24:00", "2024-01-01T10:60", "2024-01-01T10:00:60",
                             "2024-01-01T10:00:00.", "2024-01-01T10:00+25:00", "10:00", "2024-01-01T10"})
        row(DateTime, text);
}

void TestCellConversion::refuses()
{
    QFETCH(ColumnType, type);
    QFETCH(QByteArray, text);
    std::string scratch;
    QVERIFY(!convertCell({CellKind::Text, std::string_view(text.constData(), size_t(text.size()))}, type, scratch));
    QVERIFY(!expectedForm(type).isEmpty());
}

void TestCellConversion::nullStaysNull()
{
    std::string scratch;
    for (const ColumnType type : allColumnTypes)
        QCOMPARE(convertCell({}, type, scratch)->kind, CellKind::Null);
}

void TestCellConversion::invalidUnicodeNeverFits()
{
    std::string scratch;
    for (const ColumnType type : allColumnTypes)
        QVERIFY(!convertCell({CellKind::Text, "\xed\xa0\x80"}, type, scratch));
}

QTEST_GUILESS_MAIN(TestCellConversion)
#include "tst_cellconversion.moc"
