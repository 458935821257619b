#include "core/parallel.h"

#include <algorithm>
#include <thread>
#include <vector>

namespace rowdesk {

unsigned workerCount()
{
    return std::clamp(std::thread::hardware_concurrency(), 1u, 8u);
}

void parallelRanges(size_t count, size_t grain, const std::function<void(size_t, size_t, unsigned)> &work)
{
    const size_t most = std::max<size_t>(count / std::max<size_t>(grain, 1), 1);
    const auto workers = static_cast<unsigned>(std::min<size_t>(workerCount(), most));
    if (count == 0)
        return;
    const auto part = [&](unsigned worker) { work(count * worker / workers, count * (worker + 1) / workers, worker); };
    std::vector<std::jthread> others;
    for (unsigned worker = 1; worker < workers; ++worker)
        others.emplace_back(part, worker);
    part(0);
}

} // namespace rowdesk
