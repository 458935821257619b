#pragma once

#include "core/result.h"

#include <QSaveFile>

#include <memory>
#include <string>

namespace rowdesk {

/// A file that is written aside and takes its place only when it is finished. Without finish() nothing is left.
class SavedFile
{
public:
    static Result<std::unique_ptr<SavedFile>> open(const QString &path);

    /// Writes all of `text` and empties it.
    Result<Done> write(std::string &text);
    /// Puts the file in its place.
    Result<Done> finish();

private:
    SavedFile() = default;
    QSaveFile m_file;
};

/// Why a file could not be written: the system's words, and that nothing was changed.
ApiError writeFailure(const QString &path, const QString &reason);

} // namespace rowdesk
