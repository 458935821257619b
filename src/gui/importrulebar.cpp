#include "gui/importrulebar.h"

#include "models/columnrules.h"

namespace rowdesk {
namespace {

QString orderName(DateOrder order)
{
    switch (order) {
    case DateOrder::DayMonthYear:
        return ImportRuleBar::tr("Dates: day, month, year");
    case DateOrder::MonthDayYear:
        return ImportRuleBar::tr("Dates: month, day, year");
    case DateOrder::YearMonthDay:
        break;
    }
    return ImportRuleBar::tr("Dates: year, month, day");
}

QString groupName(char group)
{
    switch (group) {
    case 0:
        return ImportRuleBar::tr("No mark between thousands");
    case ',':
        return ImportRuleBar::tr("Comma between thousands");
    case '.':
        return ImportRuleBar::tr("Point between thousands");
    case ' ':
        return ImportRuleBar::tr("Space between thousands");
    default:
        return ImportRuleBar::tr("Apostrophe between thousands");
    }
}

/// The words that are read as no value when a person says so; the converter takes them in any case.
const QVector<QByteArray> &usualNullWords()
{
    static const QVector<QByteArray> words{"null", "na", "n/a", "#n/a", "nil", "none", "-", "--"};
    return words;
}

} // namespace

ImportRuleBar::ImportRuleBar(QWidget *parent) : SettingsBar(parent)
{
    m_order = addPart(tr("Order of day, month and year"));
    m_shortYears = addPart(tr("Years of two digits"));
    m_decimal = addPart(tr("Decimal mark"));
    m_group = addPart(tr("Mark between thousands"));
    m_money = addPart(tr("Amounts of money"));
    m_percent = addPart(tr("Meaning of percent"));
    m_nullWords = addPart(tr("Words for no value"));
    m_blanks = addPart(tr("Blanks around values"));
}

void ImportRuleBar::show(const std::optional<ColumnRule> &rule)
{
    setVisible(rule.has_value());
    if (!rule)
        return;
    m_rule = *rule;
    const bool dated = rule->type == ColumnType::Date || rule->type == ColumnType::DateTime;
    const bool numeric = rule->type == ColumnType::Number || rule->type == ColumnType::Percentage;
    for (const Part &part : {m_order, m_shortYears})
        setShown(part, dated);
    for (const Part &part : {m_decimal, m_group, m_money, m_percent})
        setShown(part, numeric);
    if (dated)
        showDates();
    if (numeric) {
        showNumbers();
        showPercent();
    }
    showEmpties();
}

void ImportRuleBar::offer(const Part &part, const QString &text, const ColumnRule &rule)
{
    choice(part, text, rule == m_rule, [this, rule] { emit ruleChosen(rule); });
}

void ImportRuleBar::showDates()
{
    fill(m_order, orderName(m_rule.dateOrder), tr("Dates like 2025-12-31 are read whatever is chosen."));
    for (const DateOrder order : {DateOrder::DayMonthYear, DateOrder::MonthDayYear, DateOrder::YearMonthDay}) {
        ColumnRule rule = m_rule;
        rule.dateOrder = order;
        offer(m_order, orderName(order), rule);
    }
    const auto text = [](bool read) {
        return read ? tr("Years 69–68 are 1969–2068") : tr("Years of two digits are a problem");
    };
    fill(m_shortYears, text(m_rule.readShortYears));
    for (const bool read : {false, true}) {
        ColumnRule rule = m_rule;
        rule.readShortYears = read;
        offer(m_shortYears, text(read), rule);
    }
}

void ImportRuleBar::showNumbers()
{
    const auto decimalName = [](char mark) { return mark == ',' ? tr("Decimal comma") : tr("Decimal point"); };
    fill(m_decimal, decimalName(m_rule.marks.decimal));
    for (const char mark : {'.', ','}) {
        ColumnRule rule = m_rule;
        rule.marks.decimal = mark;
        if (rule.marks.group == mark)
            rule.marks.group = 0; // one character can't be both
        offer(m_decimal, decimalName(mark), rule);
    }
    fill(m_group, groupName(m_rule.marks.group));
    for (const char mark : {'\0', ',', '.', ' ', '\''}) {
        ColumnRule rule = m_rule;
        rule.marks.group = mark;
        if (mark != rule.marks.decimal)
            offer(m_group, groupName(mark), rule);
    }
    const auto money = [](bool read) { return read ? tr("$1.50 is 1.50") : tr("$1.50 is a problem"); };
    fill(m_money, money(m_rule.readMoney));
    for (const bool read : {false, true}) {
        ColumnRule rule = m_rule;
        rule.readMoney = read;
        offer(m_money, money(read), rule);
    }
}

void ImportRuleBar::showPercent()
{
    const auto text = [](const ColumnRule &rule) {
        if (rule.refusesPercentSign && rule.type == ColumnType::Number)
            return tr("12 % is a problem");
        return rule.percent == PercentMeaning::Share ? tr("12 % is 0.12") : tr("12 % is 12");
    };
    fill(m_percent, text(m_rule), tr("ClicData shows 0.12 in a column of percentages as 12 %."));
    for (const PercentMeaning meaning : {PercentMeaning::Share, PercentMeaning::Number}) {
        ColumnRule rule = m_rule;
        rule.percent = meaning;
        rule.refusesPercentSign = false;
        offer(m_percent, text(rule), rule);
    }
    if (m_rule.type != ColumnType::Number)
        return;
    ColumnRule refusing = m_rule;
    refusing.refusesPercentSign = true;
    offer(m_percent, text(refusing), refusing);
}

void ImportRuleBar::showEmpties()
{
    const auto words = [](bool isNull) {
        return isNull ? tr("NULL, NA and the like are no value") : tr("NULL, NA and the like are values");
    };
    fill(m_nullWords, words(!m_rule.nullWords.isEmpty()));
    ColumnRule asValues = m_rule;
    asValues.nullWords.clear();
    ColumnRule asNull = m_rule;
    if (asNull.nullWords.isEmpty())
        asNull.nullWords = usualNullWords();
    offer(m_nullWords, words(false), asValues);
    offer(m_nullWords, words(true), asNull);

    const auto blanks = [](bool trimmed) {
        return trimmed ? tr("Blanks around are ignored") : tr("Blanks around count");
    };
    fill(m_blanks, blanks(m_rule.trim));
    for (const bool trimmed : {false, true}) {
        ColumnRule rule = m_rule;
        rule.trim = trimmed;
        offer(m_blanks, blanks(trimmed), rule);
    }
}

} // namespace rowdesk
