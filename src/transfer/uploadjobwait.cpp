// UploadJob: trouble that passes. The job waits, says so, and goes on by itself.
#include "transfer/uploadjobprivate.h"

#include <algorithm>

namespace rowdesk {
namespace {

constexpr qint64 firstWait = 1'000;    // msec
constexpr qint64 longestWait = 30'000; // msec
/// Answers 429 in a row after which the service means it.
constexpr int mostRateLimits = 10;

/// Kinds of trouble in which the same request may go well a little later.
bool mayPass(ErrorKind kind)
{
    return kind == ErrorKind::Network || kind == ErrorKind::Timeout || kind == ErrorKind::Server ||
           kind == ErrorKind::RateLimited;
}

} // namespace

/// Waits and then calls `again`. False when waiting is no use (any more): nothing was done then.
bool UploadJob::Private::waitsOut(const ApiError &error, std::function<void()> again)
{
    const std::optional<std::chrono::milliseconds> asked = std::exchange(trouble.askedToWait, std::nullopt);
    if (cancelled)
        return false;
    if (error.kind == ErrorKind::Credentials) {
        // Renewed once; a service that refuses the new ones too means it.
        if (!asked || std::exchange(trouble.renewed, true))
            return false;
        waitFor(0, error.message, std::move(again));
        return true;
    }
    if (!mayPass(error.kind))
        return false;
    const qint64 now = tools.clock->now();
    const bool limited = error.kind == ErrorKind::RateLimited;
    if (!limited)
        trouble.from = trouble.from.value_or(now);
    const bool enough = limited ? trouble.limits >= mostRateLimits
                                : now - *trouble.from >= std::chrono::milliseconds(tools.patience).count();
    if (enough)
        return false;
    int &count = limited ? trouble.limits : trouble.count;
    const qint64 backoff = std::min(longestWait, firstWait << std::min(count, 10));
    ++count;
    waitFor(asked && asked->count() > 0 ? asked->count() : backoff, error.message, std::move(again));
    return true;
}

void UploadJob::Private::waitFor(qint64 msec, const QString &why, std::function<void()> again)
{
    state = State::Waiting;
    waiting = Wait{why, tools.clock->now() + msec};
    tools.clock->after(msec, q, [this, again = std::move(again)] {
        if (state != State::Waiting) // cancelled: then it does not wait again
            return;
        waiting.reset();
        again();
    });
    emit q->progressed();
}

/// It answers; whether it does what it is asked is another matter.
void UploadJob::Private::serviceIsBack()
{
    trouble.from.reset();
    trouble.count = 0;
}

/// A computer that slept while an answer was awaited will not get it: the connection is gone, and nobody says so. Looks
/// at the clock that goes on in sleep, and gives the call up when it jumped. Whether the rows arrived is then found
/// out.
void UploadJob::Private::watchForSleep(int turn, qint64 from)
{
    constexpr qint64 every = 5'000;  // msec
    constexpr qint64 late = 20'000;  // more than a busy computer is late
    constexpr qint64 grace = 10'000; // for an answer that came before the sleep
    tools.clock->after(every, q, [this, turn, from] {
        if (turn != sends || !sending.isValid())
            return;
        const qint64 now = tools.clock->now();
        if (now - from < every + late)
            return watchForSleep(turn, now);
        tools.clock->after(grace, q, [this, turn] {
            if (turn == sends && sending.isValid())
                sending.abort();
        });
    });
}

} // namespace rowdesk
