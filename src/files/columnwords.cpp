#include "files/columnwords.h"

#include "files/shapesets.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

namespace rowdesk {
namespace {

using namespace shapeset;

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(ColumnWords)
};

} // namespace

QString number(qint64 value)
{
    return QLocale().toString(value);
}

QString countOf(qint64 count, const QString &one, const QString &several)
{
    return count == 1 ? one : several.arg(number(count));
}

QString linesOfValues(const ColumnTally &tally, ShapeSet set)
{
    QStringList lines;
    std::vector<qint64> sorted;
    for (const auto &sample : tally.samples) {
        if (set & shapeBit(sample.shape))
            sorted.push_back(sample.line);
    }
    std::sort(sorted.begin(), sorted.end());
    for (size_t i = 0; i < sorted.size() && i < 5; ++i)
        lines.append(number(sorted[i]));
    return lines.join(QStringLiteral("; "));
}

QString fitSentence(const ColumnTally &tally, ShapeSet fitting, const FitWords &said)
{
    const qint64 values = tally.values - tally.counts[static_cast<int>(ValueShape::NullWord)];
    const qint64 fit = tally.count(fitting);
    if (fit == values)
        return fit == 1 ? said.one : said.all.arg(number(fit));
    const QString lines = linesOfValues(tally, ~(fitting | shapeBit(ValueShape::NullWord)));
    if (values - fit == 1)
        return said.allButOne.arg(number(fit), lines);
    return said.some.arg(number(fit), number(values - fit), lines);
}

QString reasonForText(const ColumnTally &tally)
{
    const qint64 values = tally.values - tally.counts[int(NullWord)];
    const qint64 words = tally.count(shapes(Text));
    const qint64 numeric = tally.count(numbers | brokenNumbers);
    const qint64 dated = tally.count(dates);
    const qint64 shares = tally.count(percents);
    QStringList parts;
    const auto part = [&parts](qint64 count, const QString &one, const QString &several) {
        if (count > 0)
            parts.append(count == 1 ? one : several.arg(number(count)));
    };
    part(numeric, Words::tr("1 number"), Words::tr("%1 numbers"));
    part(dated, Words::tr("1 date"), Words::tr("%1 dates"));
    part(shares, Words::tr("1 share in percent"), Words::tr("%1 shares in percent"));
    part(tally.count(shapes(Boolean)), Words::tr("once true or false"), Words::tr("%1 times true or false"));
    part(tally.count(codes), Words::tr("1 code in digits"), Words::tr("%1 codes in digits"));
    part(tally.count(shapes(Currency)), Words::tr("1 amount of money"), Words::tr("%1 amounts of money"));
    if (parts.isEmpty() || words * 10 >= values * 9)
        return values == 1 ? Words::tr("The only value is a word.")
                           : Words::tr("The %1 values are words.").arg(number(values));
    part(words, Words::tr("1 other text"), Words::tr("%1 other texts"));
    return Words::tr("The values are mixed: %1.").arg(parts.join(QStringLiteral("; ")));
}

QStringList notesAbout(const ColumnTally &tally, const ColumnRule &rule)
{
    QStringList notes;
    const qint64 nullWords = tally.counts[int(NullWord)];
    if (nullWords > 0) {
        QStringList words;
        for (const std::string &word : tally.nullWords)
            words.append(QString::fromStdString(word));
        const QString list = words.join(QStringLiteral("; "));
        const bool isKept = rule.nullWords.isEmpty();
        if (nullWords == 1)
            notes.append((isKept ? Words::tr("1 cell holds a word that often stands for no value (%1): kept as text.")
                                 : Words::tr("1 cell holds a word that stands for no value (%1): read as empty."))
                             .arg(list));
        else
            notes.append((isKept ? Words::tr("%1 cells hold a word that often stands for no value (%2): kept as text.")
                                 : Words::tr("%1 cells hold a word that stands for no value (%2): read as empty."))
                             .arg(number(nullWords), list));
    }
    const qint64 withExponent = tally.count(shapes(Exponent, PointExponent, CommaExponent));
    if (rule.type == ColumnType::Number && withExponent > 0)
        notes.append(
            countOf(withExponent,
                    Words::tr("1 number has an exponent, as in 1.23457E+11. If it was a long id, the program that "
                              "wrote the file has cut its digits."),
                    Words::tr("%1 numbers have an exponent, as in 1.23457E+11. If they were long ids, the program that "
                              "wrote the file has cut their digits.")));
    if (tally.withBlanks == 1)
        notes.append(rule.trim ? Words::tr("1 value has blanks around it, which are ignored.")
                               : Words::tr("1 value has blanks around it, which are kept."));
    else if (tally.withBlanks > 0)
        notes.append((rule.trim ? Words::tr("%1 values have blanks around them, which are ignored.")
                                : Words::tr("%1 values have blanks around them, which are kept."))
                         .arg(number(tally.withBlanks)));
    return notes;
}

} // namespace rowdesk
