#pragma once

#include <QStringList>

namespace rowdesk {

/// The column names in a pasted text: its first line split at tabs, semicolons or commas (whichever comes first in this
/// order), quotes taken off; or, when no line has a separator, one name a line. Outer spaces go. Empty for blank text.
QStringList namesFromHeaderText(const QString &text);

} // namespace rowdesk
