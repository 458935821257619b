#pragma once

#include "core/background.h"
#include "net/call.h"

#include <atomic>

namespace rowdesk {

/// Runs `work` on a thread of the pool and finishes in the caller's. The work sees an abort() in its argument and ends
/// then in its own time; what it captures must not belong to anyone else meanwhile.
template<typename T, typename Work>
Call<T> runOnWorker(Work work)
{
    Completion<T> completion;
    const auto cancelled = std::make_shared<std::atomic_bool>(false);
    completion.onAbort([cancelled] { *cancelled = true; });
    const auto result = std::make_shared<std::optional<Result<T>>>();
    runInBackground([work = std::move(work), cancelled, result] { result->emplace(work(*cancelled)); },
                    [completion, result] { completion.finish(std::move(**result)); });
    return completion.call();
}

} // namespace rowdesk
