#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <algorithm>
#include <ctime>
#include <vector>

namespace rowdesk::bench {

/// Beats as often as the event loop of its thread comes round, a millisecond apart at least, and keeps the pauses: by
/// the clock, and by the processor time that the thread itself used in them (the rest is other programs' doing).
class Heartbeat : public QObject
{
public:
    struct Pauses
    {
        std::vector<double> milliseconds;

        double longest() const { return milliseconds.empty() ? 0 : *std::ranges::max_element(milliseconds); }
        /// The pause that 99 of 100 don't exceed.
        double p99() const
        {
            if (milliseconds.empty())
                return 0;
            std::vector<double> sorted = milliseconds;
            const auto place = sorted.begin() + static_cast<std::ptrdiff_t>((sorted.size() - 1) * 99 / 100);
            std::ranges::nth_element(sorted, place);
            return *place;
        }
    };

    Heartbeat()
    {
        m_timer.setTimerType(Qt::PreciseTimer);
        m_timer.setInterval(1);
        connect(&m_timer, &QTimer::timeout, this, &Heartbeat::beat);
        m_timer.start();
    }
    void restart()
    {
        m_byClock.milliseconds.clear();
        m_busy.milliseconds.clear();
        m_clock.start();
        m_used = threadMilliseconds();
    }
    const Pauses &byClock() const { return m_byClock; }
    const Pauses &busy() const { return m_busy; }

private:
    static double threadMilliseconds()
    {
        timespec now{};
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
        return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
    }
    void beat()
    {
        const double used = threadMilliseconds();
        m_byClock.milliseconds.push_back(static_cast<double>(m_clock.nsecsElapsed()) / 1e6);
        m_busy.milliseconds.push_back(used - m_used);
        m_clock.start();
        m_used = used;
    }

    QTimer m_timer;
    QElapsedTimer m_clock;
    double m_used = 0;
    Pauses m_byClock;
    Pauses m_busy;
};

} // namespace rowdesk::bench
