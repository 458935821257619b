#pragma once

#include <QThreadPool>

#include <functional>

namespace rowdesk {

/// Runs `work` on a thread of the pool, and then `done` in the calling thread, from its event loop. What `work`
/// captures is its own meanwhile and is destroyed on its thread; `done` stays in the calling one. `done` is not called
/// when the calling thread's event loop has ended by then; nobody is asked whether it still matters, so let it look
/// itself.
void runInBackground(std::function<void()> work, std::function<void()> done,
                     QThreadPool &pool = *QThreadPool::globalInstance());

} // namespace rowdesk
