#pragma once

#include <QObject>

#include <functional>

namespace rowdesk {

/// Time as an upload sees it; tests bring their own.
class UploadClock
{
public:
    virtual ~UploadClock() = default;
    /// Milliseconds that never jump.
    virtual qint64 now() const = 0;
    /// Runs `f` after so many milliseconds, unless `context` is gone by then.
    virtual void after(qint64 msec, QObject *context, std::function<void()> f) = 0;
};

/// The computer's own clock; goes on while the computer sleeps.
class SystemClock final : public UploadClock
{
public:
    qint64 now() const override;
    void after(qint64 msec, QObject *context, std::function<void()> f) override;
};

} // namespace rowdesk
