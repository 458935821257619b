#include "files/sha256.h"
#include "files/valueconverter.h"
#include "files/valueshape.h"

#include <QTest>

using namespace rowdesk;

namespace {

ColumnRule ruleOf(ColumnType type, NumberMarks marks = {}, DateOrder order = DateOrder::YearMonthDay)
{
    ColumnRule rule;
    rule.type = type;
    rule.marks = marks;
    rule.dateOrder = order;
    return rule;
}

} // namespace

class TestValues : public QObject
{
    Q_OBJECT
private slots:
    void shapes_data()
    {
        using enum ValueShape;
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<int>("shape");
        const auto row = [](const char *value, ValueShape shape) {
            QTest::newRow(value) << QByteArray(value) << static_cast<int>(shape);
        };
        row("0", Integer);
        row("42", Integer);
        row("-42", Integer);
        row("123456789012345", Integer);
        row("1234567890123456", LongInteger);
        row("1234567890123456789", LongInteger);
        row("11234567800033596096", LongDigits);
        row("007", LeadingZero);
        row("0600000", LeadingZero);
        row("00.5", LeadingZero);
        row("1E5", IdWithE);
        row("12e10", IdWithE);
        row("E10078100", Text);
        row("9.007199254740993e15", PointExponent);
        row("1e-5", Exponent);
        row("1,23457E+11", CommaExponent);
        row(",5E2", CommaExponent);
        row("1,5e400", NotFinite);
        row("1.234,5e3", Text);
        row("1,234e3", CommaExponent);
        row("1e400", NotFinite);
        row("NaN", NotFinite);
        row("-inf", NotFinite);
        row("-0", NegativeZero);
        row("-0.00", NegativeZero);
        row("1.5", PointDecimal);
        row(".5", PointDecimal);
        row("0.435", PointDecimal);
        row("-122.123", PointThree);
        row("40.922326", PointDecimal);
        row("5.", Text);
        row(".", Text);
        row("1,5", CommaDecimal);
        row("0,435", CommaDecimal);
        row("173,900", CommaThree);
        row("1,234,567", CommaGrouped);
        row("1,234.50", CommaGrouped);
        row("1.000,92", PointGrouped);
        row("1.234.567", PointGrouped);
        row("12,34,567", Text);
        row("10 237", SpacedInteger);
        row("10\xc2\xa0"
            "237,65",
            SpacedComma);
        row("10\xe2\x80\xaf"
            "237.65",
            SpacedPoint);
        row("1'234", QuotedInteger);
        row("1'234.50", QuotedPoint);
        row("1'234,50", QuotedComma);
        row("12%", PercentInteger);
        row("12.5%", PercentPoint);
        row("4,3 %", PercentComma);
        row("%", Text);
        row("$1,234.56", Currency);
        row("($987.65)", Currency);
        row("1.234,56 \xe2\x82\xac", Currency);
        row("-$5", Currency);
        row("$", Text);
        row("true", Boolean);
        row("FALSE", Boolean);
        row("yes", Text);
        row("NULL", NullWord);
        row("n/a", NullWord);
        row("-", NullWord);
        row("2025-04-03", IsoDate);
        row("2025-04-03T09:05:00Z", IsoDate);
        row("2025-04-03 09:05:00.123+02:00", IsoDate);
        row("2024-02-29", IsoDate);
        row("2025-02-29", ImpossibleDate);
        row("9999-99-99", ImpossibleDate);
        row("0000-01-01", ImpossibleDate);
        row("2025/4/3", YearFirstDate);
        row("31/12/2025", DayFirstDate);
        row("12/31/2025", MonthFirstDate);
        row("31.12.2025 23:59", DayFirstDate);
        row("31.12.2025", DayFirstDate);
        row("01.31.2025", MonthFirstDate);
        row("3.4.2025", EitherDate);
        row("01.02.2025", EitherDate);
        row("2025.04.03", YearFirstDate);
        row("31.02.2025", ImpossibleDate);
        row("01.02.25", ShortYearDate);
        row("1.2.10", Text);
        row("01.2.3.4", LeadingZero);
        row("03/04/2025", EitherDate);
        row("31/02/2025", ImpossibleDate);
        row("31/31/2025", ImpossibleDate);
        row("2/3/24", ShortYearDate);
        row("3 Apr 2025", NamedDate);
        row("03-April-2025", NamedDate);
        row("Apr 3, 2025", NamedDate);
        row("2000-1-NA", Text);
        row("12:30", Text);
        row("192.168.0.1", Text);
        row("+49123456", Text);
        row("1-2", Text);
        row("=1+1", Text);
        row("2025-04-03T25:00:00", Text);
        row("1 2", Text);
    }
    void shapes()
    {
        QFETCH(QByteArray, value);
        QFETCH(int, shape);
        QCOMPARE(static_cast<int>(shapeOf({value.constData(), static_cast<size_t>(value.size())}).shape()), shape);
    }

    void anImpossibleDayIsToldFromOneOfAnotherOrder()
    {
        std::string out;
        const auto problem = [&out](std::string_view text, DateOrder order) {
            ColumnRule rule;
            rule.type = ColumnType::Date;
            rule.dateOrder = order;
            return ValueConverter(rule).convert({CellKind::Text, text}, out).problem;
        };
        QCOMPARE(problem("2025-02-30", DateOrder::DayMonthYear), ValueProblem::ImpossibleDate);
        QCOMPARE(problem("31/02/2025", DateOrder::DayMonthYear), ValueProblem::ImpossibleDate);
        QCOMPARE(problem("31/02/2025", DateOrder::MonthDayYear), ValueProblem::ImpossibleDate);
        QCOMPARE(problem("12/31/2025", DateOrder::DayMonthYear), ValueProblem::OtherDateOrder);
        QCOMPARE(problem("31/12/2025", DateOrder::MonthDayYear), ValueProblem::OtherDateOrder);
        QCOMPARE(problem("31/12/2025", DateOrder::DayMonthYear), ValueProblem::None);
        QCOMPARE(valueProblemText(ValueProblem::ImpossibleDate), QStringLiteral("There is no such day."));
    }

    void converts_data()
    {
        using enum ColumnType;
        QTest::addColumn<ColumnRule>("rule");
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<QByteArray>("literal"); // empty: a problem or null
        const auto row = [](const ColumnRule &rule, const char *value, const char *literal) {
            QTest::addRow("%s %s", qPrintable(columnTypeName(rule.type)), value)
                << rule << QByteArray(value) << QByteArray(literal);
        };
        const ColumnRule plain = ruleOf(Number);
        row(plain, "0.10", "0.10");
        row(plain, "1234567890123456789", "1234567890123456789");
        row(plain, "11234567800033596096", "11234567800033596096");
        row(plain, "9.007199254740993e15", "9.007199254740993e15");
        row(plain, ".5", "0.5");
        row(plain, "-.5", "-0.5");
        row(plain, "+7", "");
        row(plain, "007", "7");
        row(plain, "000", "0");
        row(plain, "1,5", "");
        row(plain, "E10078100", "");
        row(ruleOf(Number, {',', '.'}), "1.000,92", "1000.92");
        row(ruleOf(Number, {',', '.'}), "-1.234.567,0", "-1234567.0");
        row(ruleOf(Number, {',', 0}), "0,435", "0.435");
        row(ruleOf(Number, {',', 0}), "1.234", "");
        row(ruleOf(Number, {',', '.'}), "1,23457E+11", "1.23457E+11");
        row(ruleOf(Number, {',', '.'}), "1E+5", "1E+5");
        row(ruleOf(Number, {',', '.'}), "1.500E+3", ""); // not 1500 thousands, nor 1.5
        row(ruleOf(Number, {'.', ','}), "173,900", "173900");
        row(ruleOf(Number, {',', ' '}),
            "10\xc2\xa0"
            "237,65",
            "10237.65");
        row(ruleOf(Number, {'.', '\''}), "1'234.50", "1234.50");
        row(ruleOf(Number, {'.', ','}), "1,23", "");
        ColumnRule money = ruleOf(Number, {'.', ','});
        money.readMoney = true;
        row(money, "$1,234.56", "1234.56");
        row(money, "($987.65)", "-987.65");
        row(money, "12", "12");
        row(ruleOf(Percentage), "12.5%", "0.125");
        row(ruleOf(Percentage), "12%", "0.12");
        row(ruleOf(Percentage), "100%", "1");
        row(ruleOf(Percentage), "150 %", "1.5");
        row(ruleOf(Percentage), "-0.5%", "-0.005");
        row(ruleOf(Percentage), "0.1200%", "0.001200");
        row(ruleOf(Percentage, {',', 0}), "4,3%", "0.043");
        row(ruleOf(Percentage), "0.72", "0.72");
        ColumnRule number = ruleOf(Percentage);
        number.percent = PercentMeaning::Number;
        row(number, "12.50%", "12.50");
        row(ruleOf(Date), "2025-04-03", "2025-04-03");
        row(ruleOf(Date), "2025-04-03 00:00:00", "2025-04-03");
        row(ruleOf(Date), "2025-04-03 09:00", "");
        row(ruleOf(Date), "03/04/2025", "");
        row(ruleOf(Date, {}, DateOrder::DayMonthYear), "03/04/2025", "2025-04-03");
        row(ruleOf(Date, {}, DateOrder::MonthDayYear), "03/04/2025", "2025-03-04");
        row(ruleOf(Date, {}, DateOrder::DayMonthYear), "12/31/2025", "");
        row(ruleOf(Date, {}, DateOrder::DayMonthYear), "2025-04-03", "2025-04-03");
        row(ruleOf(Date), "Apr 3, 2025", "2025-04-03");
        row(ruleOf(Date, {}, DateOrder::DayMonthYear), "2/3/24", "");
        ColumnRule brief = ruleOf(Date, {}, DateOrder::DayMonthYear);
        brief.readShortYears = true;
        row(brief, "2/3/24", "2024-03-02");
        row(brief, "2/3/69", "1969-03-02");
        row(ruleOf(DateTime), "2025-03-30 02:30", "2025-03-30T02:30:00");
        row(ruleOf(DateTime), "2025-04-03T09:05:00.120Z", "2025-04-03T09:05:00.120Z");
        row(ruleOf(DateTime), "2025-04-03T09:05:00+02:00", "2025-04-03T09:05:00+02:00");
        row(ruleOf(DateTime), "2025-04-03", "2025-04-03T00:00:00");
        row(ruleOf(DateTime, {}, DateOrder::MonthDayYear), "4/3/2025 9:05 PM", "2025-04-03T21:05:00");
        row(ruleOf(DateTime, {}, DateOrder::MonthDayYear), "4/3/2025 12:05 am", "2025-04-03T00:05:00");
        row(ruleOf(Checkbox), "TRUE", "true");
        row(ruleOf(Checkbox), "0", "false");
        row(ruleOf(Checkbox), "7", "");
        ColumnRule dropdown = ruleOf(Dropdown);
        dropdown.allowedValues = {"red", "blue"};
        row(dropdown, "red", "red");
        row(dropdown, "Red", "");
        row(ruleOf(Text), "007", "007");
        row(ruleOf(Text), "=1+1", "=1+1");
        row(ruleOf(Id), "E10078100", "E10078100");
    }
    void converts()
    {
        QFETCH(ColumnRule, rule);
        QFETCH(QByteArray, value);
        QFETCH(QByteArray, literal);
        std::string out = "left over";
        const ValueConverter converter(rule);
        const auto converted =
            converter.convert({CellKind::Text, {value.constData(), static_cast<size_t>(value.size())}}, out);
        QCOMPARE(QByteArray::fromStdString(out), literal);
        QCOMPARE(converted.problem == ValueProblem::None, !literal.isEmpty());
        QCOMPARE(valueProblemText(converted.problem).isEmpty(), !literal.isEmpty());
    }

    void emptyAndNullWords()
    {
        ColumnRule rule = ruleOf(ColumnType::DateTime);
        rule.nullWords = {"NULL"};
        std::string out;
        const auto kind = [&](CellKind cell, std::string_view text) {
            const auto converted = ValueConverter(rule).convert({cell, text}, out);
            return converted.problem == ValueProblem::None ? static_cast<int>(converted.kind) : -1;
        };
        QCOMPARE(kind(CellKind::Null, ""), int(CellKind::Null));
        QCOMPARE(kind(CellKind::Text, ""), int(CellKind::Null));
        QCOMPARE(kind(CellKind::Text, "null"), int(CellKind::Null));
        QCOMPARE(kind(CellKind::Text, " 2025-01-01"), -1);
        rule.trim = true;
        QCOMPARE(kind(CellKind::Text, " 2025-01-01"), int(CellKind::Text));
        rule = ruleOf(ColumnType::Text);
        QCOMPARE(kind(CellKind::Text, ""), int(CellKind::Text));
        rule.emptyIsNull = true;
        QCOMPARE(kind(CellKind::Text, ""), int(CellKind::Null));
    }

    void cellsThatAreNumbersKeepTheirMarks()
    {
        std::string out;
        const auto converted =
            ValueConverter(ruleOf(ColumnType::Number, {',', '.'})).convert({CellKind::Number, "1.234"}, out);
        QCOMPARE(converted.kind, CellKind::Number);
        QCOMPARE(out, std::string("1.234"));
    }

    /// Every length around the ends of blocks, in pieces of several sizes.
    void sha256IsWhatQtSays()
    {
        QByteArray bytes;
        for (int size = 0; size < 300; ++size) {
            bytes.resize(size);
            for (int i = 0; i < size; ++i)
                bytes[i] = static_cast<char>(i * 7 + size);
            for (const int piece : {1, 3, 64, 100, 1000}) {
                Sha256 hash;
                for (int at = 0; at < size; at += piece)
                    hash.add(bytes.constData() + at, static_cast<size_t>(std::min(piece, size - at)));
                QCOMPARE(hash.finish(), QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex());
            }
        }
        if (!Sha256::isFast())
            QSKIP("this processor has no instructions for it, so Qt was compared with itself");
    }

    /// Every day of some years, against Qt's calendar.
    void everyDayOfTheCalendar()
    {
        for (int year : {1, 4, 100, 1600, 1900, 2000, 2023, 2024, 2100, 9999}) {
            for (int month = 0; month <= 13; ++month) {
                for (int day = 0; day <= 32; ++day)
                    QCOMPARE(isDay(year, month, day), QDate::isValid(year, month, day));
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestValues)
#include "tst_values.moc"
