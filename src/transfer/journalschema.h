#pragma once

#include <QStringList>

namespace rowdesk {

inline constexpr int journalApplicationId = 0x43444A31; ///< "CDJ1"
inline constexpr int journalVersion = 2;

/// The statements that make an empty journal.
QStringList journalSchema();

/// The statements that make a journal of version 1, the only older one, one of journalVersion; nothing in it is lost.
QStringList journalMigration();

} // namespace rowdesk
