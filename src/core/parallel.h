#pragma once

#include <atomic>
#include <cstddef>
#include <functional>

namespace rowdesk {

/// Set by whoever wants an operation to end soon; looked at between pieces of work. Null: can't be cancelled.
using CancelFlag = const std::atomic_bool *;

inline bool isCancelled(CancelFlag flag)
{
    return flag && flag->load(std::memory_order_relaxed);
}

/// Threads that operations of core use: the machine's, at most 8.
unsigned workerCount();

/// Calls work(begin, end, worker) for parts that cover [0, count) once each, on workerCount() threads (the caller's is
/// one of them), and returns when all are done. A part has at least `grain` items; parts of one worker come in order.
void parallelRanges(size_t count, size_t grain, const std::function<void(size_t, size_t, unsigned)> &work);

} // namespace rowdesk
