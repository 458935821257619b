#pragma once

#include "transfer/uploadclock.h"

#include <algorithm>

namespace rowdesk::test {

/// Waits are short.
class HastyClock final : public UploadClock
{
public:
    qint64 now() const override { return m_time.now(); }
    void after(qint64 msec, QObject *context, std::function<void()> f) override
    {
        m_time.after(std::min<qint64>(msec, 10), context, std::move(f));
    }

private:
    SystemClock m_time;
};

} // namespace rowdesk::test
