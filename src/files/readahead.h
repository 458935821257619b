#pragma once

#include "files/ziparchive.h"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <thread>

namespace rowdesk {

/// Unpacks a part on a thread of its own, some blocks ahead of whoever reads it: unpacking and parsing then take as
/// long as the slower of the two. From the first reading to its end nobody else may use the archive.
class ReadAhead
{
public:
    explicit ReadAhead(std::unique_ptr<ZipPart> part);
    ReadAhead(const ReadAhead &) = delete;
    ReadAhead &operator=(const ReadAhead &) = delete;
    ~ReadAhead();

    static constexpr qsizetype blockSize = 64 * 1024;

    /// The next block (room: blockSize); 0 at the end, or the error that ended the part.
    Result<qsizetype> read(char *to);

private:
    void run();

    std::unique_ptr<ZipPart> m_part;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::deque<QByteArray> m_blocks; // an empty one is the end
    std::optional<ApiError> m_error;
    bool m_isStopped = false;
    std::thread m_thread;
};

} // namespace rowdesk
