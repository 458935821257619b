#include "core/background.h"

#include "core/handover.h"

#include <QCoreApplication>
#include <QEvent>
#include <QRunnable>

namespace rowdesk {
namespace {

/// Lives in the thread that waits, and ends with the event that says that the work is done.
class Waiting : public QObject
{
public:
    explicit Waiting(std::function<void()> done) : m_done(std::move(done)) {}

    /// On the worker's thread: the last that it does.
    void finish()
    {
        m_finished.give();
        QCoreApplication::postEvent(this, new QEvent(QEvent::User));
    }

protected:
    bool event(QEvent *event) override
    {
        if (event->type() != QEvent::User)
            return QObject::event(event);
        m_finished.take();
        deleteLater(); // not before `done` is through, which may run an event loop of its own
        m_done();
        return true;
    }

private:
    std::function<void()> m_done;
    Handover m_finished;
};

class Errand : public QRunnable
{
public:
    Errand(std::function<void()> work, Waiting *waiting) : m_work(std::move(work)), m_waiting(waiting)
    {
        m_given.give();
    }

    void run() override
    {
        m_given.take();
        m_work();
        m_work = nullptr; // before the other side goes on: what it holds may be shared
        m_waiting->finish();
    }

private:
    std::function<void()> m_work;
    Waiting *m_waiting;
    Handover m_given;
};

} // namespace

void runInBackground(std::function<void()> work, std::function<void()> done, QThreadPool &pool)
{
    pool.start(new Errand(std::move(work), new Waiting(std::move(done)))); // both end by themselves
}

} // namespace rowdesk
