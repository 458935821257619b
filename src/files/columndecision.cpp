#include "files/columndecision.h"

#include "files/columnwords.h"
#include "files/shapesets.h"
#include "files/valueconverter.h"

#include <QCoreApplication>

#include <algorithm>

namespace rowdesk {
namespace {

using namespace shapeset;

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(ColumnDecision)
};

/// The thousands mark that most numbers have, given the decimal mark; 0 when none is needed.
char bestGroup(const ColumnTally &tally, char decimal)
{
    char best = 0;
    qint64 most = tally.count(withMarks({decimal, 0}));
    for (const char group : {decimal == '.' ? ',' : '.', ' ', '\''}) {
        const qint64 fit = tally.count(withMarks({decimal, group}));
        if (fit > most) {
            most = fit;
            best = group;
        }
    }
    return best;
}

/// Looks at one column; each try…() either takes it or leaves it to the next.
class Decision
{
public:
    Decision(const ColumnTally &tally, const FileEvidence &file, ColumnFindings &findings)
        : m_tally(tally), m_file(file), m_out(findings), m_values(tally.values - tally.counts[int(NullWord)])
    {
    }

    void decide()
    {
        m_out.values = m_values;
        m_out.nulls = m_tally.nulls;
        m_out.emptyTexts = m_tally.emptyTexts;
        m_out.nullWords = m_tally.counts[int(NullWord)];
        m_out.percents = m_tally.count(percents & ~shapes(ShareNumber));
        m_out.longest = static_cast<qint64>(m_tally.longest);
        if (!tryNothing() && !tryCodes() && !tryQuoted() && !tryBoolean() && !tryDates() && !tryPercent() &&
            !tryNumbers() && !tryMoney())
            beText(reasonForText(m_tally));
        addUnreadable();
        m_out.notes += notesAbout(m_tally, m_out.rule);
    }

private:
    bool most(qint64 count) const { return count * 10 >= m_values * 9; }

    bool tryNothing()
    {
        if (m_values > 0)
            return false;
        beText(Words::tr("There are no values, so nothing says what they are."));
        return true;
    }
    bool tryCodes();
    bool tryQuoted();
    bool tryBoolean();
    bool tryDates();
    bool tryNumbers();
    bool tryPercent();
    bool tryMoney();
    bool decideOrder(QString &why);
    bool decideDecimal(QString &why);
    /// Whether the rest of the file leaves it open that 1.234 is more than a thousand.
    bool mayGroupByPoint() const { return m_file.commaColumns > 0 || (m_file.semicolons && m_file.pointColumns == 0); }

    void beText(const QString &reason)
    {
        m_out.rule = {};
        m_out.reason = reason;
    }
    void be(ColumnRule rule, ShapeSet fitting, const QString &reason);
    void ask(ColumnQuestion question, ColumnRule ifAnswered, ShapeSet about, const QString &text);
    void listProblems(ShapeSet fitting);
    QString linesOf(ShapeSet set) const { return linesOfValues(m_tally, set); }
    QString counted(ShapeSet fitting, const FitWords &said) const { return fitSentence(m_tally, fitting, said); }
    void addUnreadable();

    const ColumnTally &m_tally;
    const FileEvidence &m_file;
    ColumnFindings &m_out;
    qint64 m_values;
};

void Decision::listProblems(ShapeSet fitting)
{
    fitting |= shapeBit(NullWord);
    const ValueConverter converter(m_out.rule);
    std::string scratch;
    for (const auto &sample : m_tally.samples) {
        if (fitting & shapeBit(sample.shape))
            continue;
        const auto problem = converter.convert({CellKind::Text, sample.value}, scratch).problem;
        m_out.problems.append({sample.line, QString::fromStdString(sample.value), valueProblemText(problem)});
    }
    std::sort(m_out.problems.begin(), m_out.problems.end(),
              [](const auto &a, const auto &b) { return a.line < b.line; });
    m_out.problemCount = m_values - m_tally.count(fitting & ~shapeBit(NullWord));
}

void Decision::be(ColumnRule rule, ShapeSet fitting, const QString &reason)
{
    rule.trim = m_tally.withBlanks > 0;
    for (const std::string &word : m_tally.nullWords)
        rule.nullWords.append(QByteArray::fromStdString(word));
    m_out.rule = rule;
    m_out.reason = reason;
    listProblems(fitting);
}

void Decision::ask(ColumnQuestion question, ColumnRule ifAnswered, ShapeSet about, const QString &text)
{
    be(ifAnswered, ~ShapeSet{0}, {});
    m_out.ruleIfAnswered = m_out.rule;
    m_out.question = question;
    m_out.questionText = text;
    for (const auto &sample : m_tally.samples) {
        if (!(about & shapeBit(sample.shape)))
            continue;
        m_out.questionValues.append(QString::fromStdString(sample.value));
        m_out.questionLine = m_out.questionLine == 0 ? sample.line : std::min(m_out.questionLine, sample.line);
    }
    beText(Words::tr("%1 It stays text until that is answered.").arg(text));
}

bool Decision::tryCodes()
{
    const qint64 found = m_tally.count(codes);
    if (found == 0 || !most(m_tally.count(codes | numbers | brokenNumbers)))
        return false;
    const qint64 zeros = m_tally.count(shapes(LeadingZero));
    const qint64 longs = m_tally.count(shapes(LongDigits));
    if (zeros > 0)
        beText(countOf(zeros, Words::tr("1 value has leading zeros (line %1): kept as text."),
                       Words::tr("%1 values have leading zeros (lines %2): kept as text."))
                   .arg(linesOf(shapes(LeadingZero))));
    else if (longs > 0)
        beText(countOf(longs, Words::tr("1 value has 20 digits or more (line %1): kept as text."),
                       Words::tr("%1 values have 20 digits or more (lines %2): kept as text."))
                   .arg(linesOf(shapes(LongDigits))));
    else
        beText(countOf(found, Words::tr("1 value is digits with an E, as ids have it (line %1): kept as text."),
                       Words::tr("%1 values are digits with an E, as ids have it (lines %2): kept as text."))
                   .arg(linesOf(shapes(IdWithE))));
    return true;
}

bool Decision::tryQuoted()
{
    // Numbers with a comma in them may have been quoted only because of that comma.
    const ShapeSet neverNeedQuotes = plainNumbers | shapes(PointDecimal, PointThree, PointExponent);
    if (!m_file.quotesMean || m_tally.quoted < m_tally.values || !most(m_tally.count(neverNeedQuotes)))
        return false;
    beText(Words::tr("All values are digits in quotes, while other columns have values without: kept as text."));
    return true;
}

bool Decision::tryBoolean()
{
    const ShapeSet fitting = shapes(Boolean);
    if (!most(m_tally.count(fitting)))
        return false;
    ColumnRule rule;
    rule.type = ColumnType::Checkbox;
    rule.trueWords = {"true"}; // 1 and 0 among true and false would be taken without a word
    rule.falseWords = {"false"};
    be(rule, fitting,
       counted(fitting, {Words::tr("The only value is true or false."), Words::tr("All %1 values are true or false."),
                         Words::tr("%1 values are true or false, 1 is not (line %2)."),
                         Words::tr("%1 values are true or false, %2 are not (lines %3).")}));
    return true;
}

/// Which number is the day; false when nothing decides it.
bool Decision::decideOrder(QString &why)
{
    const qint64 dayFirst = m_tally.count(shapes(DayFirstDate));
    const qint64 monthFirst = m_tally.count(shapes(MonthFirstDate));
    ColumnRule &rule = m_out.rule;
    if (dayFirst > 0 && monthFirst == 0) {
        rule.dateOrder = DateOrder::DayMonthYear;
        why = countOf(dayFirst, Words::tr("1 value only fits day-month, none only fits month-day."),
                      Words::tr("%1 values only fit day-month, none only fits month-day."));
    } else if (monthFirst > 0 && dayFirst == 0) {
        rule.dateOrder = DateOrder::MonthDayYear;
        why = countOf(monthFirst, Words::tr("1 value only fits month-day, none only fits day-month."),
                      Words::tr("%1 values only fit month-day, none only fits day-month."));
    } else if (dayFirst > 0) {
        why = Words::tr("Only day-month fits %1 of the dates and only month-day fits %2 (lines %3).")
                  .arg(number(dayFirst), number(monthFirst), linesOf(shapes(DayFirstDate, MonthFirstDate)));
        return false;
    } else if (m_tally.tellingDates == 0 && m_tally.count(orderedDates) > 0) {
        rule.dateOrder = DateOrder::DayMonthYear;
        why = Words::tr("Day-month and month-day give the same days.");
    } else if (m_tally.count(orderedDates) > 0) {
        why = countOf(m_tally.count(orderedDates), Words::tr("1 date fits day-month and month-day alike."),
                      Words::tr("%1 dates fit day-month and month-day alike."));
        return false;
    }
    return true;
}

bool Decision::tryDates()
{
    if (!most(m_tally.count(dates | shapes(ImpossibleDate))) || m_tally.count(dates) == 0)
        return false;
    m_out.rule = {};
    m_out.rule.type = m_tally.withTime > 0 ? ColumnType::DateTime : ColumnType::Date;
    QString why;
    const bool decided = decideOrder(why);
    ColumnRule rule = m_out.rule;
    const qint64 shortYears = m_tally.count(shapes(ShortYearDate));
    if (shortYears > 0) {
        rule.readShortYears = true;
        ask(ColumnQuestion::ShortYears, rule, shapes(ShortYearDate),
            countOf(shortYears, Words::tr("1 date has a year of two digits (line %1)."),
                    Words::tr("%1 dates have a year of two digits (lines %2)."))
                .arg(linesOf(shapes(ShortYearDate))));
        return true;
    }
    if (!decided) {
        ask(ColumnQuestion::DateOrder, rule, orderedDates, why);
        return true;
    }
    const QString reason =
        counted(dates, {Words::tr("The only value is a date."), Words::tr("All %1 values are dates."),
                        Words::tr("%1 values are dates, 1 is not (line %2)."),
                        Words::tr("%1 values are dates, %2 are not (lines %3).")});
    be(rule, dates, why.isEmpty() ? reason : reason + QLatin1Char(' ') + why);
    if (m_tally.withTime > 0 && m_tally.withTime < m_tally.count(dates))
        m_out.notes.append(countOf(m_tally.count(dates) - m_tally.withTime,
                                   Words::tr("1 date has no time of day: it becomes midnight."),
                                   Words::tr("%1 dates have no time of day: they become midnight.")));
    if (m_tally.withZone > 0 && m_tally.withZone < m_tally.withTime)
        m_out.notes.append(Words::tr("A zone is named with %1 of %2 times only; all stay as written.")
                               .arg(number(m_tally.withZone), number(m_tally.withTime)));
    return true;
}

/// What the decimal mark is; false when nothing decides it.
bool Decision::decideDecimal(QString &why)
{
    const qint64 point = m_tally.count(surePoint);
    const qint64 comma = m_tally.count(sureComma);
    if (point > 0 && comma > 0) {
        why = Words::tr("Only a decimal point fits %1 of the numbers and only a decimal comma fits %2 (lines %3).")
                  .arg(number(point), number(comma), linesOf(point < comma ? surePoint : sureComma));
        return false;
    }
    m_out.rule.marks.decimal = comma > 0 ? ',' : '.';
    if (comma > 0)
        why = countOf(comma, Words::tr("1 of them only fits a decimal comma."),
                      Words::tr("%1 of them only fit a decimal comma."));
    else if (point == 0 && m_tally.count(shapes(CommaThree)) > 0 && m_file.pointColumns > 0 &&
             m_file.commaColumns == 0) {
        why = Words::tr(
            "The comma in numbers like 173,900 is read as a thousands mark: other columns have decimal points.");
    } else if (point == 0 && m_tally.count(shapes(CommaThree)) > 0) {
        why = countOf(m_tally.count(shapes(CommaThree)),
                      Words::tr("1 number like 173,900 may have a decimal comma or a thousands comma."),
                      Words::tr("%1 numbers like 173,900 may have a decimal comma or a thousands comma."));
        return false;
    } else if (point == 0 && m_tally.count(shapes(PointThree)) > 0 && mayGroupByPoint()) {
        why = countOf(m_tally.count(shapes(PointThree)),
                      Words::tr("1 number like 1.234 may have a decimal point or a thousands point;"),
                      Words::tr("%1 numbers like 1.234 may have a decimal point or a thousands point;")) +
              QLatin1Char(' ') +
              (m_file.commaColumns > 0
                   ? Words::tr("other columns have decimal commas.")
                   : Words::tr("semicolons between the fields are common where the decimal mark is a comma."));
        return false;
    }
    m_out.rule.marks.group = bestGroup(m_tally, m_out.rule.marks.decimal);
    return true;
}

bool Decision::tryNumbers()
{
    if (!most(m_tally.count(numbers | brokenNumbers)) || m_tally.count(numbers) == 0)
        return false;
    m_out.rule = {};
    m_out.rule.type = ColumnType::Number;
    m_out.rule.refusesPercentSign = true;
    QString why;
    if (!decideDecimal(why)) {
        const ColumnRule rule = m_out.rule;
        ask(ColumnQuestion::DecimalMark, rule, numbers & ~plainNumbers, why);
        return true;
    }
    const ColumnRule rule = m_out.rule;
    const ShapeSet fitting = withMarks(rule.marks) | shapes(ShareNumber); // a number, whatever its sheet shows
    const QString reason =
        counted(fitting, {Words::tr("The only value is a number."), Words::tr("All %1 values are numbers."),
                          Words::tr("%1 values are numbers, 1 is not (line %2)."),
                          Words::tr("%1 values are numbers, %2 are not (lines %3).")});
    be(rule, fitting, why.isEmpty() ? reason : reason + QLatin1Char(' ') + why);
    if (const qint64 longs = m_tally.count(shapes(LongInteger)); longs > 0)
        m_out.notes.append(countOf(longs,
                                   Words::tr("1 whole number has more than 15 digits. It is sent digit for digit; if "
                                             "it is an id, choose text."),
                                   Words::tr("%1 whole numbers have more than 15 digits. They are sent digit for "
                                             "digit; if they are ids, choose text.")));
    return true;
}

bool Decision::tryPercent()
{
    const qint64 found = m_tally.count(percents);
    if (found == 0 || !most(found))
        return false;
    const qint64 comma = m_tally.count(shapes(PercentComma));
    const qint64 point = m_tally.count(shapes(PercentPoint));
    ColumnRule rule;
    rule.type = ColumnType::Percentage;
    rule.marks.decimal = comma > 0 ? ',' : '.';
    rule.needsPercentSign = m_tally.count(shapes(ShareNumber)) == 0; // a plain 5 among 4 % and 6 % is a question
    if (comma > 0 && point > 0) {
        ask(ColumnQuestion::DecimalMark, rule, percents,
            Words::tr("A decimal point stands in %1 of the shares and a decimal comma in %2.")
                .arg(number(point), number(comma)));
        return true;
    }
    be(rule, percents,
       counted(percents,
               {Words::tr("The only value is a share in percent."), Words::tr("All %1 values are shares in percent."),
                Words::tr("%1 values are shares in percent, 1 is not (line %2)."),
                Words::tr("%1 values are shares in percent, %2 are not (lines %3).")}));
    if (m_tally.count(shapes(ShareNumber)) < found)
        m_out.notes.append(Words::tr("12% becomes 0.12, the share that ClicData shows as 12 %."));
    return true;
}

bool Decision::tryMoney()
{
    const qint64 found = m_tally.count(shapes(Currency));
    if (found == 0 || !most(m_tally.count(numbers | shapes(Currency))))
        return false;
    beText(countOf(found, Words::tr("1 value is an amount with a money sign (line %1): kept as text."),
                   Words::tr("%1 values are amounts with a money sign (lines %2): kept as text."))
               .arg(linesOf(shapes(Currency))));
    m_out.notes.append(
        Words::tr("Choose Number and “read amounts of money” to send them as numbers without the sign."));
    return true;
}

void Decision::addUnreadable()
{
    m_out.unreadable = m_tally.unreadable;
    m_out.problemCount += m_tally.unreadable;
    for (const auto &sample : m_tally.unreadableSamples)
        m_out.problems.append({sample.line, QString::fromStdString(sample.value), sample.reason});
    std::sort(m_out.problems.begin(), m_out.problems.end(),
              [](const auto &a, const auto &b) { return a.line < b.line; });
}

} // namespace

ColumnFindings decideColumn(const QString &name, const ColumnTally &tally, const FileEvidence &file)
{
    ColumnFindings findings;
    findings.name = name;
    Decision(tally, file, findings).decide();
    return findings;
}

} // namespace rowdesk
