#pragma once

#include <QString>

namespace rowdesk {

/// Text for a tooltip, shown exactly as it is: Qt guesses whether a tooltip is HTML, so foreign text is escaped and
/// marked as HTML here. Empty text stays empty (no tooltip).
QString plainToolTip(const QString &text);

/// Text for a menu item, a tab or a button, where "&" would otherwise mark a keyboard letter.
QString withoutMnemonic(QString text);

} // namespace rowdesk
