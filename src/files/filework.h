#pragma once

#include <QtGlobal>

#include <atomic>

namespace rowdesk {

/// How far a long piece of work on a file is, and the wish to end it. One thread works and writes `done` and `total`;
/// any other thread reads them and may set `cancel`. Share it with a std::shared_ptr.
struct FileWork
{
    std::atomic<qint64> done{0};  ///< bytes of the file that have been dealt with
    std::atomic<qint64> total{0}; ///< bytes of the file
    std::atomic<bool> cancel{false};
};

} // namespace rowdesk
