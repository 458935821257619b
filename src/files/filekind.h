#pragma once

#include "core/result.h"

#include <QDateTime>

#include <optional>

namespace rowdesk {

/// What a file is, by its content. Its name and extension play no part.
enum class FileKind {
    Text,          ///< characters: CSV, TSV, or whatever the CSV detector makes of it
    Xlsx,          ///< an Excel workbook (OOXML), also with macros
    EncryptedXlsx, ///< an Excel workbook that needs a password
    Xls,           ///< an Excel workbook of the years before 2007
    Ods,           ///< a LibreOffice spreadsheet
    OldOffice,     ///< another document in the container that .xls uses
    Zip,
    Gzip,
    Pdf,
    Html,
    SpreadsheetXml, ///< Excel 2003 XML
    Json,
    Parquet,
    Sqlite,
    Image,
    Empty ///< no bytes, or a byte order mark alone
};

/// A file that can be opened and read, before anything in it was understood.
struct FileFacts
{
    FileKind kind = FileKind::Text;
    qint64 size = 0; ///< bytes
    QDateTime modified;
};

/// Looks at a file without reading more than a few kilobytes. Never hangs: directories, pipes, devices, files of the
/// kernel, links in a circle and files without permission are errors (kind File) that name what is there.
Result<FileFacts> lookAtFile(const QString &path);

/// Why a file of this kind can't be imported and what to do about it; empty for Text and Xlsx.
std::optional<ApiError> refusalOf(FileKind kind, const QString &path);

} // namespace rowdesk
