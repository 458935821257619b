#pragma once

#include <atomic>

namespace rowdesk {

/// The moment in which one thread has finished with something that another goes on with. Threads that pass it by way of
/// Qt's events and pools are ordered by Qt's locks already; this says the same in terms of the language, so that a
/// thread sanitizer knows it too: distributions build Qt without one, and what happens inside is hidden from it.
class Handover
{
public:
    /// Last thing that the giving thread does with it.
    void give() { m_given.store(true, std::memory_order_release); }
    /// First thing that the taking thread does, once it has been told.
    void take() const { (void)m_given.load(std::memory_order_acquire); }

private:
    std::atomic_bool m_given = false;
};

} // namespace rowdesk
