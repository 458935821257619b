#pragma once

#include <QStringList>

namespace rowdesk {

inline constexpr int journalApplicationId = 0x43444A31; ///< "CDJ1"
inline constexpr int journalVersion = 1;

/// The statements that make an empty journal.
QStringList journalSchema();

} // namespace rowdesk
