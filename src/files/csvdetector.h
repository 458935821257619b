#pragma once

#include "core/result.h"
#include "files/csvformat.h"

#include <optional>

namespace rowdesk {

/// Stands for "no delimiter": the ASCII unit separator, which texts don't have. The format of a file with one column.
inline constexpr char csvNoDelimiter = '\x1f';

/// Finds out how a text file is to be read, from its beginning, and says why in sentences. Reads 4 MB for the encoding
/// and some hundred rows for the rest. Errors: the file can't be read at all. Any thread.
Result<CsvFormat> detectCsvFormat(const QString &path);

/// What a person has decided about a text file; the rest is looked for.
struct CsvAnswers
{
    QByteArray encoding;             ///< empty: look
    char delimiter = 0;              ///< 0: look
    bool quotesAreText = false;      ///< quotes are characters like any others
    std::optional<qint64> headerRow; ///< line of the header, from 1; 0: there is none. Without a value: look
};

/// The same with these parts given.
Result<CsvFormat> detectCsvFormat(const QString &path, const CsvAnswers &answers);
inline Result<CsvFormat> detectCsvFormat(const QString &path, const QByteArray &encoding, char delimiter)
{
    return detectCsvFormat(path, CsvAnswers{encoding, delimiter, false, {}});
}

/// Encodings to offer, the likely ones first. Others that iconv knows work too.
QVector<QByteArray> commonEncodings();

} // namespace rowdesk
