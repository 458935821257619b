#pragma once

#include "core/result.h"

#include <QByteArray>

namespace rowdesk {

/// What makes a CSV file unreadable from some place on.
enum class CsvFaultKind {
    UnterminatedQuote,
    TextAfterQuote,
    NulByte,
    InvalidBytes, ///< bytes that the encoding does not have
    FieldTooLong,
    RowTooLong,
    TooManyColumns,
    ShortRow,
    LongRow,
    ReadError
};

/// Where and why the reading of a CSV file ended before its end.
struct CsvFault
{
    CsvFaultKind kind = CsvFaultKind::ReadError;
    qint64 line = 0;       ///< from 1
    qint64 column = 0;     ///< character in that line, from 1; 0 when it concerns the whole line
    qint64 field = 0;      ///< field of the row, from 1
    qint64 byte = 0;       ///< offset in the file, from 0
    qint64 openedLine = 0; ///< where the quote opened, when that is what went wrong
    qint64 found = 0;      ///< fields found, for ShortRow and LongRow
    qint64 expected = 0;   ///< fields expected
    QByteArray detail;     ///< the encoding's name, the bad bytes in hex, or the system's words

    /// Message and hint; code is "csv." and the kind. No row after the fault was given to anybody.
    ApiError toError() const;
};

/// Limits of the reader: beyond them a file is taken for damaged instead of filling the memory.
inline constexpr qsizetype csvLongestField = 1024 * 1024;    ///< bytes of UTF-8
inline constexpr qsizetype csvLongestRow = 16 * 1024 * 1024; ///< bytes of UTF-8
inline constexpr qsizetype csvMostColumns = 16384;           ///< as many as a worksheet can have

} // namespace rowdesk
