#pragma once

#include "net/call.h"

#include <QFutureWatcher>
#include <QtConcurrentRun>

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
    auto *watcher = new QFutureWatcher<Result<T>>;
    QObject::connect(watcher, &QFutureWatcherBase::finished, watcher, [watcher, completion] {
        completion.finish(watcher->result());
        watcher->deleteLater();
    });
    watcher->setFuture(
        QtConcurrent::run([work = std::move(work), cancelled]() -> Result<T> { return work(*cancelled); }));
    return completion.call();
}

} // namespace rowdesk
