#pragma once

#include <QtGlobal>

#include <deque>
#include <optional>
#include <utility>

namespace rowdesk {

/// How fast something grows, over the last ten seconds. Knows no clock: times are given to it.
class RateMeter
{
public:
    /// `total` is the amount reached at `msec`; both never fall.
    void add(qint64 msec, qint64 total);

    /// Amount a second; empty while there is too little to go by (less than half a second).
    std::optional<double> perSecond() const;
    /// Whole seconds until `left` more are reached, rounded up; empty when unknown or when nothing moves.
    std::optional<qint64> secondsFor(qint64 left) const;

private:
    std::deque<std::pair<qint64, qint64>> m_samples;
};

} // namespace rowdesk
