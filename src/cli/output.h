#pragma once

#include "core/result.h"

#include <QFileDevice>
#include <QString>

#include <memory>
#include <string>
#include <string_view>

namespace rowdesk::cli {

/// Prints text to stdout.
void printText(const QString &text);
/// Prints one sentence to stderr.
void printError(const QString &sentence);

/// Where rows go: stdout, or a file that appears as a whole or not at all. Writes in blocks of a megabyte.
class Output
{
public:
    /// `path` empty: stdout. ErrorKind::File when the file can't be made there.
    static Result<std::shared_ptr<Output>> open(const QString &path);

    /// The buffer to append to; call flushFull() between rows.
    std::string &buffer() { return m_buffer; }
    /// Writes the buffer when it holds a block. False once a write has failed; error() says why.
    bool flushFull();

    /// Writes what is left and, for a file, puts it in its place.
    Result<Done> finish();
    /// Writes what is left to stdout as it is; a file is given up.
    void giveUp();
    ApiError error() const;

private:
    explicit Output(std::unique_ptr<QFileDevice> device) : m_device(std::move(device)) {}
    bool flush();

    std::unique_ptr<QFileDevice> m_device;
    std::string m_buffer;
    QString m_failure; ///< why a write failed; empty: none has
};

} // namespace rowdesk::cli
