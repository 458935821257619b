#pragma once

#include "files/fileinspector.h"

#include <QSet>
#include <QStringList>

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

    QStringList sheets;        ///< of a workbook
    QSet<int> hiddenSheets;    ///< positions in `sheets`
    QStringList workbookNotes; ///< see notesAbout()
    QVector<XlsxRange> ranges; ///< tables and named ranges of a workbook
    QVector<qint64> sheetRows; ///< rows with cells, names included, by sheet; empty: not counted, -1: unknown
};

/// Rows that a preview shows. It limits what is shown, nothing else: the upload reads the file anew.
inline constexpr qsizetype previewRows = 200;

/// Looks at the file, read in this way. An error says what the file is instead of a table. Any thread.
Result<FileLook> lookAtTable(const QString &path, const FileFormat &format, qsizetype limit);

/// As many rows, read in the same way, among which is the one that begins in this line (or the last ones, when none
/// does). Reads the file up to there. Any thread; `work` takes the wish to cancel.
Result<std::shared_ptr<const RowBatch>> rowsAroundLine(const QString &path, const FileFormat &format, qint64 line,
                                                       qsizetype limit, const FileWork &work);

/// A path as people type it, made absolute: quotes and outer spaces taken off, "~/" and "file://" understood.
QString cleanPath(const QString &typed);

} // namespace rowdesk
