#pragma once

#include "files/columnrule.h"
#include "files/columntally.h"

#include <QStringList>

namespace rowdesk {

/// Why a column is text: words, or a mixture that is none of the types. One sentence with counts.
QString reasonForText(const ColumnTally &tally);

/// What else a person should see about the values of a column that is read by this rule.
QStringList notesAbout(const ColumnTally &tally, const ColumnRule &rule);

} // namespace rowdesk
