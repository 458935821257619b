#include "models/columnrules.h"

#include "files/valueconverter.h"
#include "models/previewmodel.h"

#include <QDate>
#include <QLocale>

#include <algorithm>

namespace rowdesk {
namespace {

bool isDated(ColumnType type)
{
    return type == ColumnType::Date || type == ColumnType::DateTime;
}

bool isNumeric(ColumnType type)
{
    return type == ColumnType::Number || type == ColumnType::Percentage;
}

CellView textCell(const std::string &text)
{
    return {CellKind::Text, text};
}

/// The first of the values that the rule can read; empty when it reads none.
std::optional<QString> firstReadable(const QStringList &values, const ColumnRule &rule)
{
    const ValueConverter converter(rule);
    std::string scratch;
    for (const QString &value : values) {
        if (converter.convert(textCell(value.toStdString()), scratch).problem == ValueProblem::None)
            return value;
    }
    return {};
}

/// The values, and before them the first that is another day when month and day change places: 03/04, not 06/06.
QStringList withTellingFirst(const QStringList &values, ColumnRule rule)
{
    rule.dateOrder = DateOrder::DayMonthYear;
    const ValueConverter dayFirst(rule);
    rule.dateOrder = DateOrder::MonthDayYear;
    const ValueConverter monthFirst(rule);
    std::string day;
    std::string month;
    for (const QString &value : values) {
        const std::string text = value.toStdString();
        const bool isReadable = dayFirst.convert(textCell(text), day).problem == ValueProblem::None &&
                                monthFirst.convert(textCell(text), month).problem == ValueProblem::None;
        if (isReadable && day != month)
            return QStringList{value} + values;
    }
    return values;
}

bool hasLeadingZero(std::string_view text)
{
    return text.size() > 1 && text.front() == '0' &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

} // namespace

bool ColumnRules::isTextual(ColumnType type)
{
    return type == ColumnType::Text || type == ColumnType::Dropdown || type == ColumnType::Id;
}

ColumnRule ColumnRules::forType(const ColumnFindings &findings, ColumnType type)
{
    ColumnRule rule;
    if (!isTextual(type))
        rule = findings.question == ColumnQuestion::None ? findings.rule : findings.ruleIfAnswered;
    rule.type = type;
    return rule;
}

std::optional<RuleQuestion> ColumnRules::question(const ColumnFindings &findings, ColumnType type, bool mayBeText)
{
    const bool aboutDates =
        findings.question == ColumnQuestion::DateOrder || findings.question == ColumnQuestion::ShortYears;
    const bool aboutNumbers = findings.question == ColumnQuestion::DecimalMark;
    if (!(aboutDates && isDated(type)) && !(aboutNumbers && isNumeric(type)))
        return {};
    const ColumnRule rule = forType(findings, type);
    RuleQuestion question{findings.questionText,
                          aboutDates ? dateChoices(findings, rule) : numberChoices(findings, rule)};
    if (mayBeText)
        question.choices.append({tr("Keep as text"), ColumnRule{}});
    return question;
}

QVector<RuleChoice> ColumnRules::dateChoices(const ColumnFindings &findings, ColumnRule rule)
{
    const QStringList values = withTellingFirst(findings.questionValues, rule);
    QVector<RuleChoice> choices;
    for (const DateOrder order : {DateOrder::DayMonthYear, DateOrder::MonthDayYear, DateOrder::YearMonthDay}) {
        rule.dateOrder = order;
        if (const auto value = firstReadable(values, rule))
            choices.append({reading(textCell(value->toStdString()), rule), rule});
    }
    if (choices.size() > 1 && choices[0].label == choices[1].label) {
        choices[0].label = tr("%1 (day first)").arg(choices[0].label);
        choices[1].label = tr("%1 (month first)").arg(choices[1].label);
    }
    return choices;
}

QVector<RuleChoice> ColumnRules::numberChoices(const ColumnFindings &findings, ColumnRule rule)
{
    QVector<RuleChoice> choices;
    for (const char decimal : {',', '.'}) {
        rule.marks = {decimal, decimal == ',' ? '.' : ','};
        const auto value = firstReadable(findings.questionValues, rule);
        if (!value)
            continue;
        const QString name = decimal == ',' ? tr("decimal comma") : tr("decimal point");
        choices.append({tr("%1 (%2)").arg(reading(textCell(value->toStdString()), rule), name), rule});
    }
    return choices;
}

QString ColumnRules::shownValue(const std::string &literal, ColumnType type)
{
    const QString text = QString::fromStdString(literal);
    if (!isDated(type))
        return text;
    // The literal is always YYYY-MM-DD, with a time after it or not. A month in words leaves no doubt.
    const QDate day = QDate::fromString(text.left(10), Qt::ISODate);
    QString shown = QLocale().toString(day, QStringLiteral("d MMMM yyyy"));
    if (text.size() > 11)
        shown += u' ' + text.sliced(11);
    return shown;
}

QString ColumnRules::reading(const CellView &cell, const ColumnRule &rule)
{
    const QString raw = PreviewModel::shown(cell);
    std::string literal;
    const ValueConverter::Converted converted = ValueConverter(rule).convert(cell, literal);
    if (converted.problem != ValueProblem::None)
        return tr("%1 ⚠ %2").arg(raw, valueProblemText(converted.problem));
    if (converted.kind == CellKind::Null)
        return cell.kind == CellKind::Null ? raw : tr("%1 → no value").arg(raw);
    if (isTextual(rule.type))
        return hasLeadingZero(cell.text) ? tr("%1 (leading zeros kept)").arg(raw) : raw;
    if (!isDated(rule.type) && cell.text == literal)
        return raw;
    return tr("%1 → %2").arg(raw, shownValue(literal, rule.type));
}

} // namespace rowdesk
