#include "files/valueshape.h"

#include "files/datevalue.h"
#include "files/numbervalue.h"

#include <algorithm>
#include <array>

namespace rowdesk {
namespace {

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}
bool isLetter(char c)
{
    return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

bool isWord(std::string_view value, std::string_view lower)
{
    const auto same = [](char a, char b) { return a == b || (a >= 'A' && a <= 'Z' && (a | 0x20) == b); };
    return value.size() == lower.size() && std::equal(value.begin(), value.end(), lower.begin(), same);
}

constexpr std::array<std::string_view, 10> nullWords{"null", "na",  "n/a", "#n/a",   "-",
                                                     "none", "nil", "\\n", "(null)", "<null>"};
constexpr std::array<std::string_view, 9> moneySigns{"$", "€", "£", "¥", "₹", "CHF", "EUR", "USD", "GBP"};

ValueShape integerShape(std::string_view digits, bool negative)
{
    if (digits.size() > 1 && digits.front() == '0')
        return ValueShape::LeadingZero;
    if (negative && digits == "0")
        return ValueShape::NegativeZero;
    if (digits.size() > 15)
        return digits.size() < 20 ? ValueShape::LongInteger : ValueShape::LongDigits;
    return ValueShape::Integer;
}

/// One mark: 1.5, 1.234, 1,5, 173,900.
ValueShape oneMarkShape(const NumberText &number)
{
    const std::string_view whole = number.digits(0);
    const char mark = number.runs[0].markAfter;
    const bool three = number.digits(1).size() == 3 && !whole.empty() && whole.size() <= 3 && whole.front() != '0';
    if (mark == '.')
        return three ? ValueShape::PointThree : ValueShape::PointDecimal;
    if (mark == ',')
        return three ? ValueShape::CommaThree : ValueShape::CommaDecimal;
    if (!three)
        return ValueShape::Text;
    return mark == ' ' ? ValueShape::SpacedInteger : ValueShape::QuotedInteger;
}

/// Several marks: the meanings are clear or it is no number.
ValueShape manyMarksShape(const NumberText &number)
{
    struct Reading
    {
        NumberMarks marks;
        ValueShape shape;
    };
    static constexpr std::array readings{
        Reading{{'.', ','}, ValueShape::CommaGrouped}, Reading{{',', '.'}, ValueShape::PointGrouped},
        Reading{{'.', ' '}, ValueShape::SpacedPoint},  Reading{{',', ' '}, ValueShape::SpacedComma},
        Reading{{'.', '\''}, ValueShape::QuotedPoint}, Reading{{',', '\''}, ValueShape::QuotedComma},
    };
    std::string scratch;
    for (const Reading &reading : readings) {
        if (writeNumber(number, reading.marks, scratch) != NumberProblem::None)
            continue;
        const bool hasDecimal = number.hasMarks(reading.marks.decimal);
        if (reading.shape == ValueShape::SpacedPoint && !hasDecimal)
            return ValueShape::SpacedInteger;
        if (reading.shape == ValueShape::QuotedPoint && !hasDecimal)
            return ValueShape::QuotedInteger;
        return reading.shape;
    }
    return ValueShape::Text;
}

ValueShape exponentShape(const NumberText &number)
{
    const bool signedExponent = number.exponent[1] == '-' || number.exponent[1] == '+';
    const char mark = number.runCount == 1 ? '.' : number.runs[0].markAfter;
    if (number.runCount > 2 || (mark != '.' && mark != ','))
        return ValueShape::Text;
    std::string scratch;
    switch (writeNumber(number, {mark, 0}, scratch)) {
    case NumberProblem::None:
        if (number.runCount == 1)
            return signedExponent ? ValueShape::Exponent : ValueShape::IdWithE;
        return mark == '.' ? ValueShape::PointExponent : ValueShape::CommaExponent;
    case NumberProblem::NotFinite:
        return ValueShape::NotFinite;
    case NumberProblem::NegativeZero:
        return ValueShape::NegativeZero;
    default:
        return ValueShape::Text;
    }
}

/// Leading zeros, as in 00.5 or 01 234: a code of some kind.
bool hasNeedlessZero(const NumberText &number)
{
    return number.digits(0).size() > 1 && number.digits(0).front() == '0';
}

ValueShape numberShape(const NumberText &number)
{
    if (number.sign == '+') // a telephone number more often than an amount: its sign would be lost
        return ValueShape::Text;
    if (!number.exponent.empty())
        return exponentShape(number);
    if (number.runCount == 1)
        return integerShape(number.digits(0), number.sign == '-');
    if (hasNeedlessZero(number))
        return ValueShape::LeadingZero;
    const ValueShape shape = number.runCount == 2 ? oneMarkShape(number) : manyMarksShape(number);
    const bool zero = number.sign == '-' && number.text.find_first_of("123456789") == std::string_view::npos;
    return zero && shape != ValueShape::Text ? ValueShape::NegativeZero : shape;
}

ValueShape shapeOfDate(const DateText &date)
{
    ValueShape shape = ValueShape::ImpossibleDate;
    if (date.twoDigitYear) {
        const bool possible =
            dayOfWithShortYear(date, DateOrder::DayMonthYear) || dayOfWithShortYear(date, DateOrder::MonthDayYear);
        shape = possible ? ValueShape::ShortYearDate : ValueShape::ImpossibleDate;
    } else if (date.yearFirst) {
        if (dayOf(date, DateOrder::YearMonthDay))
            shape = date.isIso ? ValueShape::IsoDate : ValueShape::YearFirstDate;
    } else if (date.namedMonth) {
        if (dayOf(date, DateOrder::DayMonthYear))
            shape = ValueShape::NamedDate;
    } else {
        const bool dayFirst = dayOf(date, DateOrder::DayMonthYear).has_value();
        const bool monthFirst = dayOf(date, DateOrder::MonthDayYear).has_value();
        if (dayFirst || monthFirst)
            shape = dayFirst && monthFirst ? ValueShape::EitherDate
                    : dayFirst             ? ValueShape::DayFirstDate
                                           : ValueShape::MonthFirstDate;
    }
    return shape;
}

ShapedValue dateShape(const DateText &date)
{
    return {shapeOfDate(date), date.hasTime, !date.zone.empty()};
}

ValueShape percentShape(std::string_view value)
{
    const auto number = scanNumber(amountOfShare(value));
    if (!number || number->runCount > 2)
        return ValueShape::Text;
    const char mark = number->runCount == 1 ? '.' : number->runs[0].markAfter;
    if (mark != '.' && mark != ',')
        return ValueShape::Text;
    std::string scratch;
    switch (writeNumber(*number, {mark, 0}, scratch)) {
    case NumberProblem::None:
        break;
    case NumberProblem::NotFinite:
        return ValueShape::NotFinite;
    case NumberProblem::NegativeZero:
        return ValueShape::NegativeZero;
    default:
        return ValueShape::Text;
    }
    return number->runCount == 1 ? ValueShape::PercentInteger
           : mark == '.'         ? ValueShape::PercentPoint
                                 : ValueShape::PercentComma;
}

bool isCurrency(std::string_view value)
{
    bool negative = false;
    const std::string_view amount = amountOfMoney(value, negative);
    const auto number = amount.empty() ? std::nullopt : scanNumber(amount);
    return number && number->exponent.empty() && numberShape(*number) != ValueShape::Text;
}

/// Digits with two points that no number has, but a date may: 31.10.2025, 2025.10.31, 31.10.25. A version such as
/// 1.2.10 is left alone.
bool mayBePointDate(const NumberText &number)
{
    if (number.sign != 0 || number.runCount != 3 || !number.exponent.empty() || number.runs[0].markAfter != '.' ||
        number.runs[1].markAfter != '.')
        return false;
    const size_t first = number.digits(0).size();
    const size_t middle = number.digits(1).size();
    const size_t last = number.digits(2).size();
    return (last == 4 && first <= 2 && middle <= 2) || (first == 4 && middle <= 2 && last <= 2) ||
           (first == 2 && middle == 2 && last == 2);
}

/// Whether a value that starts so may be one of the words that mean something: true, nan, NULL, …
bool mayBeKeyword(char first)
{
    return first != 0 && std::string_view("tTfFnNiI-+#\\(<").find(first) != std::string_view::npos;
}

/// Whether a value that starts so may be an amount of money: with a sign, a bracket, or one of the abbreviations.
bool mayBeMoney(char first)
{
    return !isLetter(first) || std::string_view("CEUG").find(first) != std::string_view::npos;
}

/// Whether a value that starts so may be a month's name.
bool mayBeMonth(char first)
{
    return first != 0 && std::string_view("jfmasondJFMASOND").find(first) != std::string_view::npos;
}

/// A value that is neither a number nor a share nor a date in digits.
ShapedValue wordShape(std::string_view value)
{
    const char first = value.front();
    if (value.size() <= 9 && mayBeKeyword(first)) {
        if (isWord(value, "true") || isWord(value, "false"))
            return {ValueShape::Boolean};
        if (isNotFiniteWord(value))
            return {ValueShape::NotFinite};
        if (isNullWord(value))
            return {ValueShape::NullWord};
    }
    if (value.size() >= 9 && value.size() <= 40 && mayBeMonth(first) && isDigit(value.back())) {
        if (const auto date = scanDate(value))
            return dateShape(*date);
    }
    return mayBeMoney(first) && value.size() < 64 && isCurrency(value) ? ShapedValue{ValueShape::Currency}
                                                                       : ShapedValue{};
}

/// The most frequent numbers: digits, perhaps with a decimal point. Count when it is not one of them.
ValueShape plainNumberShape(std::string_view value)
{
    const bool negative = value.front() == '-';
    const std::string_view digits = negative ? value.substr(1) : value;
    size_t at = 0;
    while (at < digits.size() && isDigit(digits[at]))
        ++at;
    const size_t whole = at;
    if (whole == 0 || whole > 15)
        return ValueShape::Count;
    if (at == digits.size())
        return integerShape(digits, negative);
    const bool zero = digits.front() == '0'; // 00.5 and -0.0 are looked at more closely
    if (digits[at] != '.' || (zero && (whole > 1 || negative)))
        return ValueShape::Count;
    while (++at < digits.size() && isDigit(digits[at])) {
    }
    const size_t fraction = at - whole - 1;
    if (at < digits.size() || fraction == 0)
        return ValueShape::Count;
    return fraction == 3 && whole <= 3 && !zero ? ValueShape::PointThree : ValueShape::PointDecimal;
}

} // namespace

bool isNullWord(std::string_view value)
{
    return value.size() <= 6 &&
           std::any_of(nullWords.begin(), nullWords.end(), [value](auto word) { return isWord(value, word); });
}

std::string_view amountOfShare(std::string_view value)
{
    if (!value.ends_with('%'))
        return {};
    value.remove_suffix(1);
    constexpr std::array<std::string_view, 4> blanks{" ", "\t", "\xc2\xa0", "\xe2\x80\xaf"};
    while (true) {
        const auto *blank = std::find_if(blanks.begin(), blanks.end(), [value](auto b) { return value.ends_with(b); });
        if (blank == blanks.end())
            return value;
        value.remove_suffix(blank->size());
    }
}

std::string_view amountOfMoney(std::string_view value, bool &negative)
{
    negative = false;
    const auto trim = [&value] {
        while (value.starts_with(' ') || value.starts_with("\xc2\xa0"))
            value.remove_prefix(value.front() == ' ' ? 1 : 2);
        while (value.ends_with(' ') || value.ends_with("\xc2\xa0"))
            value.remove_suffix(value.back() == ' ' ? 1 : 2);
    };
    if (value.starts_with('(') && value.ends_with(')')) {
        negative = true;
        value = value.substr(1, value.size() - 2);
    } else if (value.starts_with('-') && value.size() > 1 && !isDigit(value[1])) {
        negative = true;
        value.remove_prefix(1);
    }
    bool found = false;
    for (const std::string_view sign : moneySigns) {
        if (!found && value.starts_with(sign)) {
            value.remove_prefix(sign.size());
            found = true;
        } else if (!found && value.ends_with(sign)) {
            value.remove_suffix(sign.size());
            found = true;
        }
    }
    trim();
    const bool signedTwice = negative && (value.starts_with('-') || value.starts_with('+'));
    return found && !signedTwice ? value : std::string_view();
}

ShapedValue shapeOf(std::string_view value)
{
    const char first = value.front();
    const bool numeric = isDigit(first) || first == '-' || first == '+' || first == '.' || first == ',';
    if (!numeric)
        return wordShape(value);
    if (const ValueShape plain = plainNumberShape(value); plain != ValueShape::Count)
        return {plain};
    const bool maybeIso = value.size() >= 10 && value[4] == '-' && value[7] == '-';
    if (maybeIso) {
        if (const auto date = scanDate(value))
            return dateShape(*date);
    }
    if (const auto number = scanNumber(value)) {
        if (mayBePointDate(*number)) {
            if (const auto date = scanDate(value))
                return dateShape(*date);
        }
        return {numberShape(*number)};
    }
    if (value.back() == '%')
        return {percentShape(value)};
    if (!maybeIso) {
        if (const auto date = scanDate(value))
            return dateShape(*date);
    }
    return wordShape(value);
}

} // namespace rowdesk
