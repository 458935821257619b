#pragma once

#include "core/result.h"
#include "files/filework.h"

#include <QByteArray>

namespace rowdesk {

/// SHA-256 of a file's bytes, in hex. Reads all of it; `work` (may be null) can cancel it. Any thread.
Result<QByteArray> sha256OfFile(const QString &path, const FileWork *work = nullptr);

} // namespace rowdesk
