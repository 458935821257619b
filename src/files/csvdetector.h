#pragma once

#include "core/result.h"
#include "files/csvformat.h"

namespace rowdesk {

/// Stands for "no delimiter": the ASCII unit separator, which texts don't have. The format of a file with one column.
inline constexpr char csvNoDelimiter = '\x1f';

/// Finds out how a text file is to be read, from its beginning, and says why in sentences. Reads 16 MB for the encoding
/// and some hundred rows for the rest. Errors: the file can't be read at all. Any thread.
Result<CsvFormat> detectCsvFormat(const QString &path);

/// The same, with parts that a person has decided: an encoding and a delimiter that are not looked for (empty, 0:
/// look).
Result<CsvFormat> detectCsvFormat(const QString &path, const QByteArray &encoding, char delimiter);

/// Encodings to offer, the likely ones first. Others that iconv knows work too.
QVector<QByteArray> commonEncodings();

} // namespace rowdesk
