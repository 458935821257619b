#pragma once

#include "files/columnrule.h"
#include "files/columntally.h"

#include <QStringList>

namespace rowdesk {

/// A number with the user's separators.
QString number(qint64 value);
/// The sentence about one, or the other one with the number put in for its first place.
QString countOf(qint64 count, const QString &one, const QString &several);

/// Why a column is text: words, or a mixture that is none of the types. One sentence with counts.
QString reasonForText(const ColumnTally &tally);

/// What else a person should see about the values of a column that is read by this rule.
QStringList notesAbout(const ColumnTally &tally, const ColumnRule &rule);

} // namespace rowdesk
