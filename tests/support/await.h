#pragma once

#include "net/call.h"

#include <QEventLoop>
#include <QTimer>

#include <optional>

namespace rowdesk::test {

/// Runs the event loop until the call has finished, at most a minute. For tests alone.
template<typename T>
Result<T> await(const Call<T> &call)
{
    QEventLoop loop;
    std::optional<Result<T>> got;
    call.then(&loop, [&](Result<T> result) {
        got.emplace(std::move(result));
        loop.quit();
    });
    // Not qWaitFor(): it sleeps between its looks, and servers of the test live in this thread.
    QTimer::singleShot(60'000, &loop, &QEventLoop::quit);
    loop.exec();
    if (!got)
        return ApiError{ErrorKind::Usage, 0, {}, QStringLiteral("the call never finished"), {}, {}};
    return std::move(*got);
}

} // namespace rowdesk::test
