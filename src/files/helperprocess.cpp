#include "files/helperprocess.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>

#include <array>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

namespace rowdesk {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(HelperProcess)
};

/// The program beside this one, or in the folder of programs of the same installation or build.
QString helperPath()
{
    const QString here = QCoreApplication::applicationDirPath();
    for (const char *const folder : {"/", "/../bin/", "/../libexec/"}) {
        const QString path = here + QLatin1StringView(folder) + QStringLiteral("rowdesk-filehelper");
        if (QFileInfo(path).isExecutable())
            return path;
    }
    return {};
}

/// A pipe that other programs started meanwhile don't inherit.
struct Pipe
{
    int from = -1;
    int to = -1;
    bool open()
    {
        std::array<int, 2> ends{};
        if (pipe2(ends.data(), O_CLOEXEC) != 0)
            return false;
        from = ends[0];
        to = ends[1];
        return true;
    }
    void closeAll()
    {
        for (int *end : {&from, &to}) {
            if (*end >= 0)
                ::close(*end);
            *end = -1;
        }
    }
    ~Pipe() { closeAll(); }
};

pid_t spawn(const QByteArray &program, int questions, int answers)
{
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, questions, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, answers, STDOUT_FILENO);
    QByteArray name = program;
    std::array<char *, 2> arguments{name.data(), nullptr};
    pid_t process = -1;
    const int failure = posix_spawn(&process, program.constData(), &actions, nullptr, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    return failure == 0 ? process : -1;
}

bool writeAll(int file, QByteArrayView bytes)
{
    while (!bytes.isEmpty()) {
        const ssize_t written = ::write(file, bytes.data(), static_cast<size_t>(bytes.size()));
        if (written < 0 && errno != EINTR)
            return false;
        bytes = bytes.sliced(std::max<ssize_t>(written, 0));
    }
    return true;
}

ApiError cannotStart(const QString &why)
{
    return {ErrorKind::Local,
            0,
            QStringLiteral("helper.missing"),
            Words::tr("Workbooks can't be read: %1").arg(why),
            Words::tr("Install Rowdesk again, or save the sheet as CSV."),
            {}};
}

} // namespace

Result<std::unique_ptr<HelperProcess>> HelperProcess::start(const Frame &question)
{
    const QString path = helperPath();
    if (path.isEmpty())
        return cannotStart(Words::tr("the program “rowdesk-filehelper” is missing."));
    Pipe questions;
    Pipe answers;
    if (!questions.open() || !answers.open())
        return cannotStart(qt_error_string(errno));
    // Room for some blocks: with less, both sides wait for each other at every one. Without the wish it works too.
    fcntl(answers.to, F_SETPIPE_SZ, 1 << 20);
    const quint32 size = static_cast<quint32>(question.bytes.size());
    QByteArray all(reinterpret_cast<const char *>(&question.kind), sizeof question.kind);
    all.append(reinterpret_cast<const char *>(&size), sizeof size).append(question.bytes);
    // The question fits into the pipe (4 KB at least), so it is written before there is anyone who might be gone again.
    if (all.size() > 4096 || !writeAll(questions.to, all))
        return cannotStart(Words::tr("the question is too long."));
    const pid_t process = spawn(QFile::encodeName(path), questions.from, answers.to);
    if (process < 0)
        return cannotStart(qt_error_string(errno));
    return std::unique_ptr<HelperProcess>(new HelperProcess(process, std::exchange(answers.from, -1)));
}

HelperProcess::~HelperProcess()
{
    ::close(m_answers);
    if (m_process > 0) {
        ::kill(m_process, SIGKILL);
        while (::waitpid(m_process, nullptr, 0) < 0 && errno == EINTR) {
        }
    }
}

bool HelperProcess::readAll(char *to, size_t size)
{
    while (size > 0) {
        const ssize_t got = ::read(m_answers, to, size);
        if (got == 0 || (got < 0 && errno != EINTR))
            return false;
        const auto count = static_cast<size_t>(std::max<ssize_t>(got, 0));
        to += count;
        size -= count;
    }
    return true;
}

Result<Frame> HelperProcess::next()
{
    Frame frame;
    quint32 size = 0;
    if (!readAll(reinterpret_cast<char *>(&frame.kind), sizeof frame.kind) ||
        !readAll(reinterpret_cast<char *>(&size), sizeof size))
        return died();
    if (size > largestFrame)
        return nonsense();
    frame.bytes.resize(static_cast<qsizetype>(size));
    if (!readAll(frame.bytes.data(), size))
        return died();
    if (frame.kind != FrameKind::Fault)
        return frame;
    Unpacker unpacker(frame.bytes);
    return unpackError(unpacker);
}

ApiError HelperProcess::nonsense()
{
    return {ErrorKind::File,
            0,
            QStringLiteral("helper.nonsense"),
            Words::tr("The workbook could not be read: its reader gave an answer that makes no sense."),
            Words::tr("Nothing was sent. Open the file in a spreadsheet program and save it again."),
            {}};
}

ApiError HelperProcess::died()
{
    int status = 0;
    while (m_process > 0 && ::waitpid(m_process, &status, 0) < 0 && errno == EINTR) {
    }
    m_process = -1;
    const bool tookTooLong = WIFSIGNALED(status) && (WTERMSIG(status) == SIGXCPU || WTERMSIG(status) == SIGKILL);
    return {
        ErrorKind::File,
        0,
        QStringLiteral("helper.died"),
        tookTooLong
            ? Words::tr("The workbook could not be read: it takes more time or memory than any workbook should.")
            : Words::tr("The workbook could not be read: its reader had to stop."),
        Words::tr(
            "Nothing was sent. Open the file in a spreadsheet program and save it again, or save the sheet as CSV."),
        {}};
}

} // namespace rowdesk
