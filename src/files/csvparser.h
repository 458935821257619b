#pragma once

#include "files/csvfault.h"
#include "files/csvformat.h"
#include "files/textblocks.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace rowdesk {

/// One field of a CSV row: a view into the parser, good until the next row.
struct CsvField
{
    const char *data;
    std::uint32_t size;
    bool quoted;

    std::string_view text() const { return {data, size}; }
    bool isNull() const { return size == 0 && !quoted; }
};

/// Splits text into rows and fields by RFC 4180, strictly, in memory that does not grow with the file.
///
/// Rows end with LF, CRLF or CR, in any mixture; the last one needs no end. A quote opens a field only as its first
/// character; elsewhere in an unquoted field it is text (and counted). It knows nothing of headers or column counts.
/// How it works: a block of text is searched once for the four characters that matter, sixteen bytes at a time; rows
/// are then put together from the positions found.
class CsvParser
{
public:
    CsvParser(std::unique_ptr<TextBlocks> text, char delimiter, char quote);

    /// Takes the next row; false at the end or at a fault.
    bool next();

    /// The row last taken. A line with nothing on it is a row of one null field.
    std::span<const CsvField> fields() const { return m_fields; }
    qint64 line() const { return m_rowLine; } ///< the line it begins in, from 1
    bool isBlank() const { return m_fields.size() == 1 && m_fields[0].isNull(); }

    /// Why there are no more rows; empty at a proper end.
    const std::optional<CsvFault> &fault() const { return m_fault; }

    /// Where the row last taken begins, for faults that others find in it.
    CsvFault faultInRow(CsvFaultKind kind) const;

    qint64 strayQuotes() const { return m_strayQuotes; } ///< quotes inside unquoted fields, so far
    qint64 firstStrayQuoteLine() const { return m_firstStrayQuoteLine; }
    qint64 cellsWithLineBreaks() const { return m_cellsWithLineBreaks; }
    qint64 bytesRead() const { return m_text->bytesRead(); }
    qint64 size() const { return m_text->size(); }

private:
    enum class Step { Row, Incomplete, Fault };
    Step parseRow();
    Step quotedField(size_t &at, size_t &mark);
    Step plainField(size_t &at, size_t &mark);
    Step endOfField(size_t end, size_t mark, size_t &at, size_t &nextMark);
    bool addField(size_t begin, size_t end, bool quoted);
    void finishRow();
    void unescape(CsvField &field) const;
    bool refill();
    void index();
    bool isQuote(char c) const { return c == m_quote && m_quote != m_delimiter; }
    Step fail(CsvFaultKind kind, size_t at, qint64 openedAt = -1);
    void endWithoutRow();
    CsvFault faultAt(CsvFaultKind kind, size_t at) const;
    qint64 byteOf(size_t at) const;

    std::unique_ptr<TextBlocks> m_text;
    char m_delimiter;
    char m_quote;

    std::unique_ptr<char[]> m_buffer;
    size_t m_capacity = 0;
    size_t m_end = 0;   // text in the buffer
    size_t m_begin = 0; // where the next row starts in it
    size_t m_rowStart = 0;
    std::unique_ptr<std::uint32_t[]> m_marks; // where delimiters, quotes and line ends are
    size_t m_markCount = 0;
    size_t m_nextMark = 0; // the first one of the next row
    bool m_atEnd = false;  // no more text will come

    std::vector<CsvField> m_fields;
    std::vector<std::uint32_t> m_escaped; // fields with doubled quotes
    qint64 m_rowLine = 0;
    qint64 m_nextLine = 1;
    qint64 m_breaks = 0; // line ends inside the row being parsed
    qint64 m_rowStrayQuotes = 0;
    qint64 m_rowCellsWithBreaks = 0;
    bool m_rowEnded = false;

    qint64 m_strayQuotes = 0;
    qint64 m_firstStrayQuoteLine = 0;
    qint64 m_cellsWithLineBreaks = 0;
    std::optional<CsvFault> m_fault;
};

} // namespace rowdesk
