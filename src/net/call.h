#pragma once

#include "core/result.h"

#include <QCoreApplication>
#include <QObject>
#include <QPointer>

#include <functional>
#include <memory>
#include <optional>

namespace rowdesk {

template<typename T>
class Completion;

/// "The operation was given up.": what a call says that nobody can finish any more.
inline QString givenUpText()
{
    return QCoreApplication::translate("rowdesk::Call", "The operation was given up.");
}

/// The handle of one running operation.
///
/// Contract: the operation finishes exactly once, with a Result<T>. A function given to then() runs later, from the
/// event loop of its context's thread, never inside then(); it never runs once its context is gone. Handles are cheap
/// to copy; dropping them does not stop the operation, abort() does. Use from one thread.
template<typename T>
class Call
{
public:
    using Continuation = std::function<void(Result<T>)>;

    Call() = default;

    /// A call that finishes with this result at once (still asynchronously).
    static Call finished(Result<T> result)
    {
        Completion<T> completion;
        completion.finish(std::move(result));
        return completion.call();
    }

    /// Runs f with the result. One continuation per call: a second one replaces the first.
    void then(QObject *context, Continuation f) const
    {
        Q_ASSERT(m_state);
        m_state->context = context;
        m_state->continuation = std::move(f);
        m_state->deliver();
    }

    /// Asks the operation to stop. It then finishes with ErrorKind::Cancelled, unless it had finished before. A write
    /// whose last byte has left finishes with ErrorKind::OutcomeUnknown instead.
    void abort() const
    {
        if (m_state && !m_state->result && m_state->stop)
            std::exchange(m_state->stop, {})();
    }

    bool isValid() const { return m_state != nullptr; }

    /// A call with the result put through f, which may turn a value into an error. Aborting it aborts this one.
    template<typename U>
    Call<U> map(std::function<Result<U>(T)> f) const
    {
        return chain<U>([f = std::move(f)](T value) { return Call<U>::finished(f(std::move(value))); });
    }

    /// A call that goes on with what f starts once this one has a value. Aborting it aborts whichever is running.
    template<typename U>
    Call<U> chain(std::function<Call<U>(T)> f) const
    {
        struct Running
        {
            std::function<void()> abort;
            bool aborted = false;
        };
        Completion<U> outer;
        auto running = std::make_shared<Running>();
        running->abort = [call = *this] { call.abort(); };
        outer.onAbort([running] {
            running->aborted = true;
            running->abort();
        });
        // The completion itself is the context: the chain lives exactly as long as someone can still finish it.
        then(outer.guard(), [outer, running, f = std::move(f)](Result<T> result) {
            if (!result)
                return outer.finish(result.error());
            // Aborted after this call had finished and before its continuation ran: nothing more may be started.
            if (running->aborted)
                return outer.finish(ApiError{ErrorKind::Cancelled, 0, {}, givenUpText(), {}, {}});
            const Call<U> next = f(std::move(result).value());
            running->abort = [next] { next.abort(); };
            next.then(outer.guard(), [outer](Result<U> last) { outer.finish(std::move(last)); });
        });
        return outer.call();
    }

private:
    friend class Completion<T>;

    struct State
    {
        std::optional<Result<T>> result;
        QPointer<QObject> context;
        Continuation continuation;
        std::function<void()> stop;

        void deliver()
        {
            if (!result || !continuation || !context)
                return;
            // Nobody would run it any more. And Qt holds its lock while it drops the events that are left: what is let
            // go with them must not post another.
            if (QCoreApplication::closingDown())
                return;
            // Queued to the context: Qt drops the functor when the context dies first.
            QMetaObject::invokeMethod(
                context.data(),
                [f = std::exchange(continuation, {}), value = *result]() mutable { f(std::move(value)); },
                Qt::QueuedConnection);
        }
    };

    explicit Call(std::shared_ptr<State> state) : m_state(std::move(state)) {}

    std::shared_ptr<State> m_state;
};

/// The producing end of a Call. Copyable. When the last copy goes without finish(), the call finishes as Cancelled, so
/// that "finishes exactly once" holds even for an owner that is destroyed.
template<typename T>
class Completion
{
public:
    Completion() : m_state(std::make_shared<typename Call<T>::State>()), m_owner(std::make_shared<Owner>(m_state)) {}

    Call<T> call() const { return Call<T>(m_state); }
    bool isFinished() const { return m_state->result.has_value(); }

    /// Gives the result. The first one counts; later ones are dropped.
    void finish(Result<T> result) const
    {
        if (m_state->result)
            return;
        m_state->result.emplace(std::move(result));
        m_state->stop = {};
        m_state->deliver();
    }

    /// What abort() does. It must lead to finish(), and must not hold this completion (that would keep both alive).
    void onAbort(std::function<void()> stop) const
    {
        if (!m_state->result)
            m_state->stop = std::move(stop);
    }

    /// A context for continuations that must live as long as this completion can still be finished.
    QObject *guard() const { return &m_owner->guard; }

private:
    struct Owner
    {
        explicit Owner(std::shared_ptr<typename Call<T>::State> s) : state(std::move(s)) {}
        ~Owner()
        {
            if (state->result)
                return;
            state->result.emplace(ApiError{ErrorKind::Cancelled, 0, {}, givenUpText(), {}, {}});
            state->stop = {};
            state->deliver();
        }
        Q_DISABLE_COPY_MOVE(Owner)
        QObject guard;
        std::shared_ptr<typename Call<T>::State> state;
    };

    std::shared_ptr<typename Call<T>::State> m_state;
    std::shared_ptr<Owner> m_owner;
};

} // namespace rowdesk
