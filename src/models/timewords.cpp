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

QString timeInUtc(const QString &told)
{
    const QDateTime time = serviceTime(told).toUTC();
    return time.isValid() ? time.toString(QStringLiteral("yyyy-MM-dd HH:mm:ss 'UTC'")) : QString();
}

} // namespace rowdesk
