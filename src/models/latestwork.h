#pragma once

#include "core/background.h"
#include "files/filework.h"

#include <QObject>
#include <QPointer>

#include <functional>
#include <memory>
#include <optional>

namespace rowdesk {

/// One place for a worker's answer, where only the newest question counts: starting again, or cancel(), drops the
/// answer of what ran before and asks it to stop. A member of its context, which lives in the thread that waits.
template<typename T>
class LatestWork
{
public:
    explicit LatestWork(QObject *context) : m_context(context) {}
    ~LatestWork() { cancel(); }
    Q_DISABLE_COPY_MOVE(LatestWork)

    /// Runs `work` on the thread pool, then `done` in the context's thread, unless something newer came in between or
    /// the context is gone. `work` must own all it uses.
    void start(std::function<T(FileWork &)> work, std::function<void(T)> done)
    {
        cancel();
        m_work = std::make_shared<FileWork>();
        const auto answer = std::make_shared<std::optional<T>>();
        runInBackground(
            [task = std::move(work), state = m_work, answer] { answer->emplace(task(*state)); },
            [this, context = QPointer(m_context), generation = m_generation, answer, done = std::move(done)] {
                if (!context || generation != m_generation)
                    return;
                m_work.reset();
                done(std::move(**answer));
            });
    }

    void cancel()
    {
        ++m_generation;
        if (m_work)
            m_work->cancel = true;
        m_work.reset();
    }

    /// Asks what runs to stop, and still takes its answer: it may have come to its end before it heard.
    void askToStop()
    {
        if (m_work)
            m_work->cancel = true;
    }

    bool isRunning() const { return m_work != nullptr; }
    /// 0 to 100, -1 when not running or not known.
    int percent() const
    {
        const qint64 total = m_work ? m_work->total.load() : 0;
        return total > 0 ? int(m_work->done.load() * 100 / total) : -1;
    }

private:
    QObject *m_context;
    std::shared_ptr<FileWork> m_work;
    quint64 m_generation = 0;
};

} // namespace rowdesk
