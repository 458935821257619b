#include "models/ratemeter.h"

#include <cmath>

namespace rowdesk {
namespace {

constexpr qint64 window = 10'000;
constexpr qint64 shortest = 500;

} // namespace

void RateMeter::add(qint64 msec, qint64 total)
{
    m_samples.emplace_back(msec, total);
    while (m_samples.size() > 2 && m_samples[1].first <= msec - window)
        m_samples.pop_front();
}

std::optional<double> RateMeter::perSecond() const
{
    if (m_samples.size() < 2)
        return {};
    const auto [firstTime, firstTotal] = m_samples.front();
    const auto [lastTime, lastTotal] = m_samples.back();
    if (lastTime - firstTime < shortest)
        return {};
    return double(lastTotal - firstTotal) * 1000.0 / double(lastTime - firstTime);
}

std::optional<qint64> RateMeter::secondsFor(qint64 left) const
{
    const std::optional<double> rate = perSecond();
    if (!rate || *rate <= 0)
        return {};
    return qint64(std::ceil(double(left) / *rate));
}

} // namespace rowdesk
