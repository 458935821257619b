#pragma once

#include <QString>

#include <cstdint>
#include <cstdlib>
#include <sys/mman.h>
#include <unistd.h>

namespace rowdesk::test {

/// A file that exists in memory alone and has a path all the same.
class MemoryFile
{
public:
    MemoryFile() : m_file(memfd_create("fuzz", 0)), m_path(QStringLiteral("/proc/self/fd/%1").arg(m_file)) {}
    ~MemoryFile() { ::close(m_file); }

    void set(const void *bytes, size_t size)
    {
        if (::ftruncate(m_file, 0) != 0 || ::pwrite(m_file, bytes, size, 0) != static_cast<ssize_t>(size))
            std::abort();
    }
    const QString &path() const { return m_path; }

private:
    int m_file;
    QString m_path;
};

} // namespace rowdesk::test
