#pragma once

#include "files/fileinspector.h"

#include <memory>
#include <optional>

namespace rowdesk {

/// The first look at a file: how it is to be read, and its first rows read that way.
struct FileLook
{
    FileFormat format;
    QStringList names;
    std::shared_ptr<const RowBatch> rows; ///< never null
    std::optional<ApiError> damage;       ///< why there are no further rows, when that is no proper end
};

/// Rows that a preview shows. It limits what is shown, nothing else: the upload reads the file anew.
inline constexpr qsizetype previewRows = 200;

/// Looks at the file, with its format detected or as given. An error says what the file is instead of a table. Any
/// thread.
Result<FileLook> lookAtTable(const QString &path, const std::optional<FileFormat> &format, qsizetype limit);

/// A path as people type it: quotes and outer spaces taken off, "~/" and "file://" understood.
QString cleanPath(const QString &typed);

} // namespace rowdesk
