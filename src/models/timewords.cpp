#include "models/timewords.h"

#include <QCoreApplication>
#include <QTimeZone>

namespace rowdesk {

QDateTime serviceTime(const QString &told)
{
    QDateTime time = QDateTime::fromString(told.trimmed(), Qt::ISODateWithMs);
    if (time.isValid() && time.timeSpec() == Qt::LocalTime)
        time.setTimeSpec(Qt::UTC);
    return time;
}

QString timeWords(const QString &told, const QDateTime &now, const QLocale &locale)
{
    const QDateTime time = serviceTime(told).toTimeZone(now.timeZone());
    if (!time.isValid())
        return told;
    const QString clock = locale.toString(time.time(), QLocale::ShortFormat);
    const qint64 days = time.date().daysTo(now.date());
    if (days == 0)
        return QCoreApplication::translate("timeWords", "today %1").arg(clock);
    if (days == 1)
        return QCoreApplication::translate("timeWords", "yesterday %1").arg(clock);
    // Short forms with two digits leave the century, and in some places the order, to guessing.
    QString date = locale.dateFormat(QLocale::ShortFormat);
    if (!date.contains(QStringLiteral("yyyy")))
        date.replace(QStringLiteral("yy"), QStringLiteral("yyyy"));
    return locale.toString(time.date(), date) + QLatin1Char(' ') + clock;
}

QString ageWords(const QString &told, const QDateTime &now)
{
    const QDateTime time = serviceTime(told);
    const qint64 seconds = time.isValid() ? time.secsTo(now) : -1;
    if (seconds < 0)
        return {};
    // Each unit from two on, so that no sentence speaks of one.
    constexpr qint64 minute = 60, hour = 60 * minute, day = 24 * hour, month = 30 * day, year = 365 * day;
    const auto words = [seconds](qint64 unit, const char *text) {
        return QCoreApplication::translate("timeWords", text).arg(seconds / unit);
    };
    if (seconds < 2 * minute)
        return QCoreApplication::translate("timeWords", "just now");
    if (seconds < 2 * hour)
        return words(minute, QT_TRANSLATE_NOOP("timeWords", "%1 minutes ago"));
    if (seconds < 2 * day)
        return words(hour, QT_TRANSLATE_NOOP("timeWords", "%1 hours ago"));
    if (seconds < 2 * month)
        return words(day, QT_TRANSLATE_NOOP("timeWords", "%1 days ago"));
    if (seconds < 2 * year)
        return words(month, QT_TRANSLATE_NOOP("timeWords", "%1 months ago"));
    return words(year, QT_TRANSLATE_NOOP("timeWords", "%1 years ago"));
}

QString timeInUtc(const QString &told)
{
    const QDateTime time = serviceTime(told).toUTC();
    return time.isValid() ? time.toString(QStringLiteral("yyyy-MM-dd HH:mm:ss 'UTC'")) : QString();
}

} // namespace rowdesk
