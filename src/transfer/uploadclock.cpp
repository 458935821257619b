#include "transfer/uploadclock.h"

#include <QTimer>

#include <ctime>

namespace rowdesk {

qint64 SystemClock::now() const
{
    timespec time = {};
    clock_gettime(CLOCK_BOOTTIME, &time);
    return qint64(time.tv_sec) * 1000 + time.tv_nsec / 1'000'000;
}

void SystemClock::after(qint64 msec, QObject *context, std::function<void()> f)
{
    QTimer::singleShot(std::chrono::milliseconds(msec), context, std::move(f));
}

} // namespace rowdesk
