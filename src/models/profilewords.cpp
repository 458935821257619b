#include "models/profilewords.h"

#include "core/wtf8.h"
#include "models/words.h"

#include <QLocale>

#include <algorithm>
#include <cmath>

namespace rowdesk {
namespace {

constexpr qsizetype longestValue = 60;

QString line(const std::string &text)
{
    return Words::oneLine(stringFromWtf8(text), longestValue);
}

} // namespace

QString ProfileWords::content(ColumnContent content)
{
    switch (content) {
    case ColumnContent::Nothing:
        return tr("nothing");
    case ColumnContent::Numbers:
        return tr("numbers");
    case ColumnContent::Bools:
        return tr("true, false");
    case ColumnContent::Days:
        return tr("days");
    case ColumnContent::Moments:
        return tr("dates and times");
    case ColumnContent::Text:
        return tr("text");
    case ColumnContent::Mixed:
        return tr("mixed");
    }
    return {};
}

QString ProfileWords::hint(ColumnProfile::Hint hint)
{
    switch (hint) {
    case ColumnProfile::Hint::Constant:
        return tr("one value only");
    case ColumnProfile::Hint::OnlyNulls:
        return tr("no values");
    case ColumnProfile::Hint::MixedKinds:
        return tr("mixed kinds");
    case ColumnProfile::Hint::OuterSpaces:
        return tr("outer spaces");
    case ColumnProfile::Hint::PlaceholderDates:
        return tr("placeholder dates");
    case ColumnProfile::Hint::NumbersAsText:
        return tr("numbers as text");
    }
    return {};
}

QString ProfileWords::share(qint64 part, qint64 whole)
{
    if (whole <= 0)
        return Words::number(part);
    double percent = 100.0 * static_cast<double>(part) / static_cast<double>(whole);
    if (part > 0)
        percent = std::max(percent, 0.1);
    if (part < whole)
        percent = std::min(percent, 99.9);
    return tr("%1 (%2 %)")
        .arg(Words::number(part), QLocale().toString(percent, 'f', part == whole || part == 0 ? 0 : 1));
}

QString ProfileWords::rounded(double value)
{
    const double size = std::abs(value);
    // Eight digits, but no powers of ten where a person can still read the number.
    if (size >= 1e7 && size < 1e15)
        return QLocale().toString(value, 'f', value == std::floor(value) ? 0 : 1);
    return QLocale().toString(value, 'g', 8);
}

QString ProfileWords::range(const ColumnProfile::Bin &bin)
{
    return tr("%1 to %2").arg(rounded(bin.from), rounded(bin.to));
}

QVector<ProfileWords::Fact> ProfileWords::facts(const ColumnProfile &profile)
{
    QVector<Fact> facts;
    const auto add = [&facts](const QString &name, const QString &value) { facts.append({name, value}); };
    add(tr("Rows"), Words::number(profile.rows));
    add(tr("Values"), share(profile.rows - profile.values.nulls, profile.rows));
    add(tr("No value"), share(profile.values.nulls, profile.rows));
    add(tr("Different values"), Words::number(profile.values.distinct));
    add(tr("Occur once"), Words::number(profile.values.unique));
    if (profile.bools > 0)
        add(tr("True or false"), Words::number(profile.bools));
    if (profile.nested > 0)
        add(tr("Nested JSON"), Words::number(profile.nested));
    if (profile.numbers) {
        const ColumnProfile::Numbers &numbers = *profile.numbers;
        if (profile.texts)
            add(tr("Numbers"), Words::number(numbers.count));
        add(tr("Smallest"), line(numbers.min));
        add(tr("First quartile"), rounded(numbers.quartile1));
        add(tr("Median"), rounded(numbers.median));
        add(tr("Mean"), rounded(numbers.mean));
        add(tr("Third quartile"), rounded(numbers.quartile3));
        add(tr("Largest"), line(numbers.max));
        add(tr("Standard deviation"), rounded(numbers.deviation));
    }
    if (profile.texts) {
        const ColumnProfile::Texts &texts = *profile.texts;
        if (profile.numbers)
            add(tr("Texts"), Words::number(texts.count));
        add(tr("First"), line(texts.min));
        add(tr("Last"), line(texts.max));
        if (texts.empty > 0)
            add(tr("Empty text"), share(texts.empty, profile.rows));
        if (texts.blank > 0)
            add(tr("Blanks only"), share(texts.blank, profile.rows));
        add(tr("Characters"), texts.shortest == texts.longest
                                  ? Words::number(texts.shortest)
                                  : tr("%1 to %2, %3 on average")
                                        .arg(Words::number(texts.shortest), Words::number(texts.longest),
                                             QLocale().toString(texts.meanLength, 'f', 1)));
    }
    return facts;
}

QString ProfileWords::asText(const QString &column, const QString &scope, const ColumnProfile &profile)
{
    QStringList lines{tr("Column %1, %2, %3").arg(Words::oneLine(column), content(profile.content), scope)};
    for (const Fact &fact : facts(profile))
        lines.append(QStringLiteral("%1\t%2").arg(fact.name, fact.value));
    for (const ColumnProfile::Finding &finding : profile.findings)
        lines.append(findingSentence(finding));
    lines.append(tr("Most frequent values"));
    for (const ValueCount &value : profile.values.most)
        lines.append(QStringLiteral("%1\t%2").arg(value.kind == CellKind::Null ? tr("no value") : line(value.text),
                                                  share(value.count, profile.rows)));
    if (profile.numbers && !profile.numbers->histogram.empty()) {
        lines.append(tr("Distribution"));
        for (const ColumnProfile::Bin &bin : profile.numbers->histogram)
            lines.append(QStringLiteral("%1\t%2").arg(range(bin), Words::number(bin.count)));
    }
    return lines.join(u'\n') + u'\n';
}

} // namespace rowdesk
