#include "files/tableplan.h"

#include <QCoreApplication>
#include <QSet>

#include <algorithm>

namespace rowdesk {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(TablePlan)
};

bool isTextual(ColumnType type)
{
    return type == ColumnType::Text || type == ColumnType::Dropdown || type == ColumnType::Id;
}

bool hasNamedMonth(const QString &value)
{
    const std::string text = value.toStdString();
    const auto date = scanDate(text);
    return date && date->namedMonth;
}

/// Gives the rule its order of day and month; false when nobody knows it.
bool answerDates(const ColumnFindings &found, const ColumnAnswers &answers, ColumnRule &rule)
{
    const auto order = answers.dateOrder.forColumn(found.name);
    if (found.question == ColumnQuestion::ShortYears) {
        if (!answers.readShortYears)
            return false;
        rule.readShortYears = true;
        const bool needsNone = std::all_of(found.questionValues.begin(), found.questionValues.end(), hasNamedMonth);
        if (!order && (needsNone || rule.dateOrder != DateOrder::YearMonthDay))
            return true;
    }
    rule.dateOrder = order.value_or(rule.dateOrder);
    return order.has_value();
}

bool answerNumbers(const ColumnFindings &found, const ColumnAnswers &answers, ColumnRule &rule)
{
    const auto mark = answers.decimalMark.forColumn(found.name);
    if (!mark)
        return false;
    rule.marks.decimal = *mark;
    if (rule.marks.group != ' ' && rule.marks.group != '\'')
        rule.marks.group = *mark == '.' ? ',' : '.';
    return true;
}

/// The rule with its question answered, or nothing.
std::optional<ColumnRule> answered(const ColumnFindings &found, const ColumnAnswers &answers)
{
    ColumnRule rule = found.ruleIfAnswered;
    const bool good = found.question == ColumnQuestion::DecimalMark ? answerNumbers(found, answers, rule)
                                                                    : answerDates(found, answers, rule);
    return good ? std::optional(rule) : std::nullopt;
}

/// What was said about this very column changes what the file shows, too.
void applyOwnAnswers(const ColumnFindings &found, const ColumnAnswers &answers, ColumnRule &rule)
{
    if (const auto order = answers.dateOrder.of.constFind(found.name); order != answers.dateOrder.of.constEnd())
        rule.dateOrder = *order;
    if (answers.decimalMark.of.contains(found.name))
        answerNumbers(found, answers, rule);
}

ColumnRule asType(ColumnRule rule, ColumnType type, const ColumnFindings &found, const ColumnAnswers &answers)
{
    if (isTextual(type))
        rule = {};
    else if (isTextual(rule.type)) {
        rule.trim = true;
        rule.refusesPercentSign = type == ColumnType::Number; // it would be a share among what are none
        rule.needsPercentSign = found.percents > 0;           // and a plain 5 among shares may be one, or 500 %
        if (found.nullWords > 0)
            rule.nullWords = {"null", "na", "n/a", "#n/a", "-", "none", "nil", "\\n", "(null)", "<null>"};
        rule.readMoney = answers.readMoney;
        if (const auto mark = answers.decimalMark.forColumn(found.name); mark && type != ColumnType::Date)
            answerNumbers(found, answers, rule);
        rule.dateOrder = answers.dateOrder.forColumn(found.name).value_or(rule.dateOrder);
        rule.readShortYears = answers.readShortYears;
    }
    rule.type = type;
    return rule;
}

PlannedColumn planColumn(const ColumnFindings &found, const ColumnAnswers &answers)
{
    PlannedColumn column{found.name, found.rule, found.reason, false, false, found.nulls};
    const auto type = answers.types.constFind(found.name);
    const bool isTyped = type != answers.types.constEnd();
    if (found.question != ColumnQuestion::None && !(isTyped && isTextual(*type))) {
        const auto rule = answered(found, answers);
        column.isOpen = !rule;
        column.isChosen = rule.has_value();
        column.rule = rule.value_or(ColumnRule{});
        if (rule)
            column.reason = found.questionText + QLatin1Char(' ') + Words::tr("You have answered that.");
    } else if (!isTextual(found.rule.type)) {
        applyOwnAnswers(found, answers, column.rule);
        column.isChosen = column.rule != found.rule;
    }
    if (isTyped && !column.isOpen) {
        column.rule = asType(column.rule, *type, found, answers);
        column.isChosen = true;
        column.reason = Words::tr("Chosen by you.");
    }
    if (!isTextual(column.rule.type))
        column.nulls += found.emptyTexts + found.nullWords;
    return column;
}

std::optional<ApiError> unknownColumn(const FileInspection &inspection, const ColumnAnswers &answers)
{
    QStringList there;
    for (const ColumnFindings &found : inspection.columns)
        there.append(found.name);
    for (const QString &name : answers.names()) {
        if (!there.contains(name))
            return ApiError{ErrorKind::Usage,
                            0,
                            {},
                            Words::tr("There is no column “%1”; there are: %2.")
                                .arg(name, there.mid(0, 50).join(QStringLiteral("; "))),
                            {},
                            {}};
    }
    return std::nullopt;
}

} // namespace

QStringList uniqueNames(const QStringList &names)
{
    QStringList unique;
    QSet<QString> taken(names.begin(), names.end());
    QSet<QString> given;
    for (const QString &name : names) {
        QString free = name;
        for (int number = 2; given.contains(free); ++number) {
            const QString next = QStringLiteral("%1 (%2)").arg(name).arg(number);
            if (!taken.contains(next) && !given.contains(next))
                free = next;
        }
        given.insert(free);
        unique.append(free);
    }
    return unique;
}

Schema TablePlan::schema() const
{
    Schema schema;
    for (const PlannedColumn &column : columns)
        schema.columns.append({column.name, column.rule.type});
    return schema;
}

QVector<ColumnRule> TablePlan::rules() const
{
    QVector<ColumnRule> rules;
    for (const PlannedColumn &column : columns)
        rules.append(column.rule);
    return rules;
}

Result<TablePlan> planTable(const FileInspection &inspection, const ColumnAnswers &answers)
{
    if (const auto unknown = unknownColumn(inspection, answers))
        return *unknown;
    TablePlan plan;
    QStringList names;
    for (const ColumnFindings &found : inspection.columns) {
        plan.columns.append(planColumn(found, answers));
        names.append(found.name);
    }
    names = uniqueNames(names);
    for (qsizetype i = 0; i < names.size(); ++i)
        plan.columns[i].name = names[i];
    return plan;
}

} // namespace rowdesk
