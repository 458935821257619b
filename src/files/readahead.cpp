#include "files/readahead.h"

#include <cstring>

namespace rowdesk {
namespace {

constexpr size_t mostBlocks = 16;
constexpr qint64 worthAThread = 1024 * 1024;

} // namespace

ReadAhead::ReadAhead(std::unique_ptr<ZipPart> part) : m_part(std::move(part)) {}

ReadAhead::~ReadAhead()
{
    {
        const std::lock_guard lock(m_mutex);
        m_isStopped = true;
    }
    m_changed.notify_all();
    if (m_thread.joinable())
        m_thread.join();
}

void ReadAhead::run()
{
    while (true) {
        QByteArray block(blockSize, Qt::Uninitialized);
        auto got = m_part->read(block.data(), blockSize);
        block.truncate(got ? *got : 0);
        const bool isLast = block.isEmpty();
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [this] { return m_isStopped || m_blocks.size() < mostBlocks; });
        if (m_isStopped)
            return;
        if (!got)
            m_error = got.error();
        m_blocks.push_back(std::move(block));
        lock.unlock();
        m_changed.notify_all();
        if (isLast)
            return;
    }
}

Result<qsizetype> ReadAhead::read(char *to)
{
    if (!m_thread.joinable() && m_part->size() >= worthAThread)
        m_thread = std::thread([this] { run(); });
    if (!m_thread.joinable())
        return m_part->read(to, blockSize);
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [this] { return !m_blocks.empty(); });
    if (m_blocks.front().isEmpty()) // stays there: the end is the end, however often it is asked for
        return m_error ? Result<qsizetype>(*m_error) : Result<qsizetype>(0);
    const QByteArray block = std::move(m_blocks.front());
    m_blocks.pop_front();
    lock.unlock();
    m_changed.notify_all();
    std::memcpy(to, block.constData(), static_cast<size_t>(block.size()));
    return block.size();
}

} // namespace rowdesk
