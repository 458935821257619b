#pragma once

#include <QDateTime>
#include <QLocale>
#include <QString>

namespace rowdesk {

/// Reads a time that the service told (ISO 8601; without a zone it means UTC). Invalid when it can't be read.
QDateTime serviceTime(const QString &told);

/// A service time for people, in the machine's zone: "today 09:12", "yesterday 17:40", else the locale's short form.
/// Text that can't be read as a time is given back as it was told.
QString timeWords(const QString &told, const QDateTime &now, const QLocale &locale = QLocale());

/// How long ago that was: "just now", "5 minutes ago", "3 days ago", "10 years ago". Empty when it can't be read or is
/// still to come.
QString ageWords(const QString &told, const QDateTime &now);

/// The same moment in UTC, for a tooltip: "2025-11-24 09:12:00 UTC". Empty when it can't be read.
QString timeInUtc(const QString &told);

} // namespace rowdesk
