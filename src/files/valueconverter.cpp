#include "files/valueconverter.h"

#include "files/valueshape.h"

#include <QCoreApplication>

#include <algorithm>

namespace rowdesk {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(ValueConverter)
};

std::string_view trimmed(std::string_view text)
{
    const auto isBlank = [](char c) { return c == ' ' || c == '\t'; };
    while (!text.empty() && isBlank(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && isBlank(text.back()))
        text.remove_suffix(1);
    return text;
}

bool isOneOf(const QVector<QByteArray> &words, std::string_view text)
{
    return std::any_of(words.begin(), words.end(), [text](const QByteArray &word) {
        return static_cast<size_t>(word.size()) == text.size() &&
               qstrnicmp(word.constData(), text.data(), static_cast<size_t>(word.size())) == 0;
    });
}

ValueProblem problemOf(NumberProblem problem)
{
    switch (problem) {
    case NumberProblem::None:
        return ValueProblem::None;
    case NumberProblem::OtherMarks:
        return ValueProblem::OtherMarks;
    case NumberProblem::NotFinite:
        return ValueProblem::NotFinite;
    case NumberProblem::NegativeZero:
        return ValueProblem::NegativeZero;
    case NumberProblem::NotANumber:
        break;
    }
    return ValueProblem::NotANumber;
}

bool isMidnight(const DateText &date)
{
    return date.hour == 0 && date.minute == 0 && date.seconds == 0 && date.zone.empty() &&
           date.fraction.find_first_not_of('0') == std::string_view::npos;
}

bool isDayInAnyOrder(const DateText &date)
{
    return dayOfWithShortYear(date, DateOrder::DayMonthYear) || dayOfWithShortYear(date, DateOrder::MonthDayYear);
}

} // namespace

QString valueProblemText(ValueProblem problem)
{
    switch (problem) {
    case ValueProblem::None:
        return {};
    case ValueProblem::NotANumber:
        return Words::tr("This is not a number.");
    case ValueProblem::OtherMarks:
        return Words::tr("This number has other decimal or thousands marks than its column.");
    case ValueProblem::NotFinite:
        return Words::tr("This is not a finite number.");
    case ValueProblem::NegativeZero:
        return Words::tr("This is a zero with a minus sign.");
    case ValueProblem::NotADate:
        return Words::tr("This is not a date.");
    case ValueProblem::ImpossibleDate:
        return Words::tr("There is no such day.");
    case ValueProblem::OtherDateOrder:
        return Words::tr("There is no such day, read as the other dates of the column.");
    case ValueProblem::ShortYear:
        return Words::tr("The year has two digits, so the century is open.");
    case ValueProblem::HasTime:
        return Words::tr("This has a time of day; the column holds days.");
    case ValueProblem::NoPercentSign:
        return Words::tr("This has no percent sign, unlike the rest of its column.");
    case ValueProblem::PercentSign:
        return Words::tr("This is a share in percent, unlike the rest of its column.");
    case ValueProblem::NotTrueOrFalse:
        return Words::tr("This is neither true nor false.");
    case ValueProblem::NotAllowed:
        return Words::tr("This is not one of the dropdown's values.");
    }
    return {};
}

ValueConverter::ValueConverter(ColumnRule rule) : m_rule(std::move(rule)) {}

ValueConverter::Converted ValueConverter::convert(CellView cell, std::string &out) const
{
    out.clear();
    if (cell.kind == CellKind::Null)
        return {};
    const std::string_view text = m_rule.trim ? trimmed(cell.text) : cell.text;
    const bool isText =
        m_rule.type == ColumnType::Text || m_rule.type == ColumnType::Dropdown || m_rule.type == ColumnType::Id;
    if (text.empty() && (m_rule.emptyIsNull || !isText))
        return {};
    if (isOneOf(m_rule.nullWords, text))
        return {CellKind::Null, ValueProblem::None, true};
    if (cell.kind == CellKind::Number && (m_rule.type == ColumnType::Number || m_rule.type == ColumnType::Percentage)) {
        // The reader of the file has taken it for a number already: its marks are the canonical ones.
        const ValueProblem problem = problemOf(writeNumber(text, {}, out));
        return {problem == ValueProblem::None ? CellKind::Number : CellKind::Null, problem};
    }
    Converted converted = convertText(text, out);
    if (converted.problem != ValueProblem::None) {
        out.clear();
        converted.kind = CellKind::Null;
    }
    return converted;
}

ValueConverter::Converted ValueConverter::convertText(std::string_view text, std::string &out) const
{
    switch (m_rule.type) {
    case ColumnType::Number:
    case ColumnType::Percentage:
        return {CellKind::Number, writeNumberValue(text, out)};
    case ColumnType::Date:
    case ColumnType::DateTime:
        return {CellKind::Text, writeDateValue(text, out)};
    case ColumnType::Checkbox:
        return {CellKind::Bool, writeBool(text, out)};
    case ColumnType::Dropdown:
        if (!m_rule.allowedValues.isEmpty() &&
            !m_rule.allowedValues.contains(QByteArray(text.data(), static_cast<qsizetype>(text.size()))))
            return {CellKind::Text, ValueProblem::NotAllowed};
        break;
    case ColumnType::Text:
    case ColumnType::Id:
        break;
    }
    out.assign(text);
    return {CellKind::Text, ValueProblem::None};
}

ValueProblem ValueConverter::writeNumberValue(std::string_view text, std::string &out) const
{
    bool negative = false;
    const bool isShare = text.ends_with('%');
    if (isShare) {
        text = amountOfShare(text);
    } else if (m_rule.readMoney) {
        const std::string_view amount = amountOfMoney(text, negative);
        text = amount.empty() ? text : amount;
    }
    std::string plain(negative ? "-" : "");
    const NumberProblem problem = writeNumber(text, m_rule.marks, plain);
    if (problem != NumberProblem::None)
        return problemOf(problem);
    if (negative && plain.find_first_of("123456789") == std::string::npos)
        return ValueProblem::NegativeZero;
    if (!isShare && m_rule.needsPercentSign && m_rule.type == ColumnType::Percentage)
        return ValueProblem::NoPercentSign;
    if (isShare && m_rule.refusesPercentSign && m_rule.type == ColumnType::Number)
        return ValueProblem::PercentSign;
    if (isShare && m_rule.percent == PercentMeaning::Share)
        writeHundredth(plain, out);
    else
        out = std::move(plain);
    return ValueProblem::None;
}

ValueProblem ValueConverter::writeDateValue(std::string_view text, std::string &out) const
{
    const auto date = scanDate(text);
    if (!date)
        return ValueProblem::NotADate;
    if (date->twoDigitYear && !m_rule.readShortYears)
        return ValueProblem::ShortYear;
    const auto day = dayOfWithShortYear(*date, m_rule.dateOrder);
    if (!day)
        return isDayInAnyOrder(*date) ? ValueProblem::OtherDateOrder : ValueProblem::ImpossibleDate;
    if (m_rule.type == ColumnType::DateTime) {
        writeDayTime(*day, *date, out);
        return ValueProblem::None;
    }
    if (date->hasTime && !isMidnight(*date))
        return ValueProblem::HasTime;
    writeDay(*day, out);
    return ValueProblem::None;
}

ValueProblem ValueConverter::writeBool(std::string_view text, std::string &out) const
{
    const bool isTrue = isOneOf(m_rule.trueWords, text);
    if (!isTrue && !isOneOf(m_rule.falseWords, text))
        return ValueProblem::NotTrueOrFalse;
    out = isTrue ? "true" : "false";
    return ValueProblem::None;
}

} // namespace rowdesk
