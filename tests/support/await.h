#pragma once

#include "net/call.h"

#include <QTest>

#include <optional>

namespace rowdesk::test {

/// Runs the event loop until the call has finished, at most a minute. For tests alone.
template<typename T>
Result<T> await(const Call<T> &call)
{
    QObject context;
    std::optional<Result<T>> got;
    call.then(&context, [&](Result<T> result) { got.emplace(std::move(result)); });
    if (!QTest::qWaitFor([&] { return got.has_value(); }, 60'000))
        return ApiError{ErrorKind::Usage, 0, {}, QStringLiteral("the call never finished"), {}, {}};
    return std::move(*got);
}

} // namespace rowdesk::test
