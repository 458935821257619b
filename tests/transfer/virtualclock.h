#pragma once

#include "transfer/uploadclock.h"

#include <QCoreApplication>
#include <QPointer>
#include <QThread>
#include <QThreadPool>

#include <algorithm>
#include <map>

namespace rowdesk::test {

/// Time that passes only when nothing else is to be done.
class VirtualClock final : public UploadClock
{
public:
    qint64 now() const override { return m_now; }
    void after(qint64 msec, QObject *context, std::function<void()> f) override
    {
        m_timers.emplace(m_now + msec, Timer{context, std::move(f)});
    }
    bool isEmpty() const { return m_timers.empty(); }
    /// As when the computer slept: time passes and nothing was done meanwhile.
    void sleep(qint64 msec) { m_now += msec; }
    /// Goes on to the next timer and runs it.
    void advance()
    {
        const auto next = m_timers.begin();
        m_now = std::max(m_now, next->first);
        const Timer timer = next->second;
        m_timers.erase(next);
        if (timer.context)
            timer.f();
    }

private:
    struct Timer
    {
        QPointer<QObject> context;
        std::function<void()> f;
    };
    std::multimap<qint64, Timer> m_timers;
    qint64 m_now = 0;
};

/// Lets everything happen until `isOver` says so.
inline void runSimulation(VirtualClock &clock, const std::function<bool()> &isOver)
{
    while (!isOver()) {
        const bool working = QThreadPool::globalInstance()->activeThreadCount() > 0;
        QCoreApplication::processEvents();
        if (isOver())
            return;
        if (working)
            QThread::yieldCurrentThread();
        else if (QThreadPool::globalInstance()->activeThreadCount() == 0) {
            QCoreApplication::processEvents();
            if (!isOver() && !clock.isEmpty() && QThreadPool::globalInstance()->activeThreadCount() == 0)
                clock.advance();
        }
    }
}

} // namespace rowdesk::test
