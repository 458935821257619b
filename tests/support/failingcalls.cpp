// Stands between a program and the system (LD_PRELOAD, or linked into a test: failingcalls.h) and lets one of its calls
// go wrong.
//
//   FAIL_KIND    "disk": open for writing, write, pwrite, fsync, fdatasync, ftruncate and unlink of files below
//                FAIL_FOLDER; "net": connect, send, write and read of TCP sockets; "lock": taking a lock on such a
//                file, and from then on each, as when another program keeps it (SQLite's SQLITE_BUSY); waiting for it
//                takes no time; "handle": flock and fstat of such files
//   FAIL_AT      the number of the call that goes wrong, from 1; 0: none
//   FAIL_HOW     "kill": the program is killed before the call; else the error of the call: ENOSPC, EIO, EINTR,
//   ECONNRESET FAIL_COUNT   file that is told, at the end of the program, how many such calls there were
#include "support/failingcalls.h"

#include <atomic>
#include <cerrno>
#include <climits>
#include <csignal>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <dlfcn.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

namespace {

std::atomic<long> calls = 0;

const char *setting(const char *name)
{
    const char *value = getenv(name);
    return value ? value : "";
}

bool isKind(const char *kind)
{
    return strcmp(setting("FAIL_KIND"), kind) == 0;
}

int errorOf(const char *name)
{
    if (strcmp(name, "ENOSPC") == 0)
        return ENOSPC;
    if (strcmp(name, "EINTR") == 0)
        return EINTR;
    if (strcmp(name, "ECONNRESET") == 0)
        return ECONNRESET;
    return EIO;
}

/// Counts the call; true: it must fail, errno is set.
bool fails()
{
    const long number = ++calls;
    if (number != atol(setting("FAIL_AT")))
        return false;
    if (strcmp(setting("FAIL_HOW"), "kill") == 0)
        kill(getpid(), SIGKILL);
    errno = errorOf(setting("FAIL_HOW"));
    return true;
}

bool isLockedElsewhere()
{
    const long number = ++calls;
    const long from = atol(setting("FAIL_AT"));
    if (from == 0 || number < from)
        return false;
    errno = EAGAIN;
    return true;
}

bool isBelow(const char *path)
{
    const char *folder = setting("FAIL_FOLDER");
    return path && *folder && strncmp(path, folder, strlen(folder)) == 0;
}

bool isInFolder(int file)
{
    char link[64];
    char path[PATH_MAX];
    std::snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    const ssize_t length = readlink(link, path, sizeof path - 1);
    if (length <= 0)
        return false;
    path[length] = '\0';
    return isBelow(path);
}

bool isWatchedFile(int file)
{
    return isKind("disk") && isInFolder(file);
}

bool isWatchedSocket(int file)
{
    sockaddr_in address = {};
    socklen_t length = sizeof address;
    if (!isKind("net"))
        return false;
    return getsockname(file, reinterpret_cast<sockaddr *>(&address), &length) == 0 &&
           (address.sin_family == AF_INET || address.sin_family == AF_INET6);
}

template<typename F>
F *real(const char *name)
{
    return reinterpret_cast<F *>(dlsym(RTLD_NEXT, name));
}

int opens(const char *name, const char *path, int flags, mode_t mode)
{
    if (isKind("disk") && (flags & O_ACCMODE) != O_RDONLY && isBelow(path) && fails())
        return -1;
    return real<int(const char *, int, ...)>(name)(path, flags, mode);
}

int controls(const char *name, int file, int command, void *argument)
{
    const bool takes = command == F_SETLK && static_cast<const struct flock *>(argument)->l_type != F_UNLCK;
    if (takes && isKind("lock") && isInFolder(file) && isLockedElsewhere())
        return -1;
    return real<int(int, int, ...)>(name)(file, command, argument);
}

} // namespace

#define FAILING_CALL(type, name, parameters, arguments, watched)                                                       \
    type name parameters                                                                                               \
    {                                                                                                                  \
        if ((watched) && fails())                                                                                      \
            return -1;                                                                                                 \
        return real<type parameters>(#name) arguments;                                                                 \
    }
#define FAILING_OPEN(name)                                                                                             \
    int name(const char *path, int flags, ...)                                                                         \
    {                                                                                                                  \
        va_list more;                                                                                                  \
        va_start(more, flags);                                                                                         \
        const mode_t mode = va_arg(more, mode_t);                                                                      \
        va_end(more);                                                                                                  \
        return opens(#name, path, flags, mode);                                                                        \
    }

#define FAILING_CONTROL(name)                                                                                          \
    int name(int file, int command, ...)                                                                               \
    {                                                                                                                  \
        va_list more;                                                                                                  \
        va_start(more, command);                                                                                       \
        void *argument = va_arg(more, void *);                                                                         \
        va_end(more);                                                                                                  \
        return controls(#name, file, command, argument);                                                               \
    }

extern "C" {

long restartFailingCalls()
{
    return calls.exchange(0);
}

FAILING_CALL(ssize_t, write, (int file, const void *data, size_t size), (file, data, size),
             isWatchedFile(file) || isWatchedSocket(file))
FAILING_CALL(ssize_t, pwrite, (int file, const void *data, size_t size, off_t at), (file, data, size, at),
             isWatchedFile(file))
FAILING_CALL(ssize_t, pwrite64, (int file, const void *data, size_t size, off64_t at), (file, data, size, at),
             isWatchedFile(file))
FAILING_CALL(int, fsync, (int file), (file), isWatchedFile(file))
FAILING_CALL(int, fdatasync, (int file), (file), isWatchedFile(file))
FAILING_CALL(int, ftruncate, (int file, off_t size) noexcept, (file, size), isWatchedFile(file))
FAILING_CALL(int, ftruncate64, (int file, off64_t size) noexcept, (file, size), isWatchedFile(file))
FAILING_CALL(int, unlink, (const char *path) noexcept, (path), isKind("disk") && isBelow(path))
FAILING_CALL(int, flock, (int file, int what) noexcept, (file, what), isKind("handle") && isInFolder(file))
FAILING_CALL(int, fstat, (int file, struct stat *facts) noexcept, (file, facts), isKind("handle") && isInFolder(file))
FAILING_CALL(int, connect, (int file, const sockaddr *to, socklen_t size), (file, to, size), isWatchedSocket(file))
FAILING_CALL(ssize_t, send, (int file, const void *data, size_t size, int flags), (file, data, size, flags),
             isWatchedSocket(file))
FAILING_CALL(ssize_t, sendmsg, (int file, const msghdr *message, int flags), (file, message, flags),
             isWatchedSocket(file))
FAILING_CALL(ssize_t, read, (int file, void *data, size_t size), (file, data, size), isWatchedSocket(file))
FAILING_CALL(ssize_t, recv, (int file, void *data, size_t size, int flags), (file, data, size, flags),
             isWatchedSocket(file))
FAILING_OPEN(open)
FAILING_OPEN(open64)
FAILING_CONTROL(fcntl)
FAILING_CONTROL(fcntl64)

int usleep(useconds_t time)
{
    return isKind("lock") ? 0 : real<int(useconds_t)>("usleep")(time);
}

int nanosleep(const timespec *time, timespec *left)
{
    return isKind("lock") ? 0 : real<int(const timespec *, timespec *)>("nanosleep")(time, left);
}

} // extern "C"

namespace {

__attribute__((destructor)) void tell()
{
    const char *path = setting("FAIL_COUNT");
    FILE *file = *path ? std::fopen(path, "w") : nullptr;
    if (!file)
        return;
    std::fprintf(file, "%ld\n", calls.load());
    std::fclose(file);
}

} // namespace
