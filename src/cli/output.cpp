#include "cli/output.h"

#include "cli/command.h"

#include <QFile>
#include <QFileInfo>
#include <QSaveFile>

#include <cerrno>
#include <cstdio>
#include <unistd.h>

namespace rowdesk::cli {
namespace {

constexpr size_t blockSize = 1 << 20;

ApiError fileError(const QString &message)
{
    return {ErrorKind::File, 0, {}, message, {}, {}};
}

} // namespace

void printText(const QString &text)
{
    const QByteArray bytes = text.toUtf8();
    std::fwrite(bytes.constData(), 1, static_cast<size_t>(bytes.size()), stdout);
    std::fflush(stdout);
}

void printError(const QString &sentence)
{
    const QByteArray bytes = QStringLiteral("rowdesk-cli: %1\n").arg(sentence.simplified()).toUtf8();
    std::fwrite(bytes.constData(), 1, static_cast<size_t>(bytes.size()), stderr);
}

Result<std::shared_ptr<Output>> Output::open(const QString &path)
{
    if (path.isEmpty()) {
        auto standard = std::make_unique<QFile>();
        if (!standard->open(STDOUT_FILENO, QIODevice::WriteOnly | QIODevice::Unbuffered))
            return fileError(tr("stdout can't be written: %1.").arg(standard->errorString()));
        return std::shared_ptr<Output>(new Output(std::move(standard)));
    }
    // Renaming a file over a device or a pipe would destroy it.
    const QFileInfo there(path);
    if (there.exists() && !there.isFile())
        return fileError(tr("%1 is not a regular file; redirect stdout instead of using -o.").arg(path));
    auto file = std::make_unique<QSaveFile>(path);
    if (!file->open(QIODevice::WriteOnly | QIODevice::Unbuffered))
        return fileError(tr("%1 can't be written: %2.").arg(path, file->errorString()));
    return std::shared_ptr<Output>(new Output(std::move(file)));
}

bool Output::flushFull()
{
    return m_buffer.size() < blockSize ? m_failure.isEmpty() : flush();
}

bool Output::flush()
{
    const auto size = static_cast<qint64>(m_buffer.size());
    // A write that was cut short leaves its reason with the system alone.
    if (m_failure.isEmpty() && m_device->write(m_buffer.data(), size) != size)
        m_failure = m_device->error() == QFileDevice::NoError ? qt_error_string(errno) : m_device->errorString();
    m_buffer.clear();
    return m_failure.isEmpty();
}

Result<Done> Output::finish()
{
    auto *file = qobject_cast<QSaveFile *>(m_device.get());
    if (!flush() || (file && !file->commit()))
        return error();
    return Done{};
}

void Output::giveUp()
{
    if (auto *file = qobject_cast<QSaveFile *>(m_device.get()))
        file->cancelWriting();
    else
        flush();
}

ApiError Output::error() const
{
    return fileError(
        tr("The output could not be written: %1.").arg(m_failure.isEmpty() ? m_device->errorString() : m_failure));
}

} // namespace rowdesk::cli
