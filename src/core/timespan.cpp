#include "core/timespan.h"

#include <QCoreApplication>

namespace rowdesk {
namespace {

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(rowdesk::TimeSpan)
};

} // namespace

QString spanText(qint64 seconds)
{
    constexpr qint64 minute = 60;
    constexpr qint64 shortest = 90; ///< that is said in minutes
    if (seconds < shortest)
        return Texts::tr("%1 s", "seconds").arg(seconds);
    const qint64 minutes = (seconds + minute - 1) / minute;
    if (minutes < minute)
        return Texts::tr("%1 min", "minutes").arg(minutes);
    return Texts::tr("%1 h %2 min", "hours, minutes").arg(minutes / minute).arg(minutes % minute);
}

} // namespace rowdesk
