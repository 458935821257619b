#pragma once

#include "files/columnrule.h"
#include "files/columntally.h"

#include <QStringList>

namespace rowdesk {

/// A number with the user's separators.
QString number(qint64 value);
/// The sentence about one, or the other one with the number put in for its first place.
QString countOf(qint64 count, const QString &one, const QString &several);

/// The lines of values with one of these shapes, the first five of those that are known: "812; 4,410".
QString linesOfValues(const ColumnTally &tally, ShapeSet set);

/// What is said of a column's values when they all fit, and when some do not.
struct FitWords
{
    QString one;       ///< the only one there is
    QString all;       ///< %1 values
    QString allButOne; ///< %1 values, line %2
    QString some;      ///< %1 values and %2 others, lines %3
};
/// "All 9,998 values are numbers." or "9,998 values are numbers, 2 are not (lines 812; 4,410)." Null words are no
/// values.
QString fitSentence(const ColumnTally &tally, ShapeSet fitting, const FitWords &said);

/// Why a column is text: words, or a mixture that is none of the types. One sentence with counts.
QString reasonForText(const ColumnTally &tally);

/// What else a person should see about the values of a column that is read by this rule.
QStringList notesAbout(const ColumnTally &tally, const ColumnRule &rule);

} // namespace rowdesk
