#pragma once

#include "core/result.h"
#include "core/rowbatch.h"
#include "core/schema.h"
#include "files/textencoder.h"

#include <QLocale>

#include <memory>

namespace rowdesk {

/// How a table becomes a file. Rows go in batch by batch, in memory that does not grow with them. The file appears
/// under its name only when finish() has succeeded: until then, and after an error or without finish(), whatever was
/// there before is untouched and nothing is left behind. Use from one thread at a time.
class TableWriter
{
public:
    virtual ~TableWriter() = default;
    /// Appends rows; each batch has as many columns as the schema.
    virtual Result<Done> write(const RowBatch &batch) = 0;
    /// Puts the file in its place. Nothing may be written afterwards.
    virtual Result<Done> finish() = 0;
    /// Texts that were changed so that spreadsheet programs don't take them for formulas.
    virtual qint64 guardedCells() const { return 0; }
};

/// Which texts of a CSV file stand in quotes. Empty texts always do: nothing at all is "no value".
enum class QuoteRule {
    WhenNeeded, ///< those that would be read differently without: delimiters, quotes, line ends, digits of a text
                ///< column
    AllTexts
};

/// How a CSV file is written.
struct CsvExport
{
    char delimiter = ',';
    TextEncoding encoding = TextEncoding::Utf8;
    bool byteOrderMark = false;  ///< for UTF-8, where it is a matter of taste
    bool carriageReturns = true; ///< lines end with CRLF, as RFC 4180 has it
    QuoteRule quotes = QuoteRule::WhenNeeded;
    QByteArray nullText; ///< for cells without a value
    char decimalMark = '.';
    bool formulaGuard = true; ///< an apostrophe before texts that a spreadsheet program would run as formulas
};

/// UTF-8, comma, decimal point: what every program reads.
CsvExport csvForPrograms();
/// What Excel opens with a double click on a machine with this locale.
CsvExport csvForExcel(const QLocale &locale);

/// The writers. Errors: the file can't be created; at the end of a CSV file, characters that its encoding does not have
/// ("csv.unencodable", all of them listed; nothing is left behind). The names of the columns are the first row (CSV,
/// XLSX) or the keys of each object (JSON, an array of objects).
Result<std::unique_ptr<TableWriter>> openCsvWriter(const QString &path, const Schema &schema, const CsvExport &options);
Result<std::unique_ptr<TableWriter>> openJsonWriter(const QString &path, const Schema &schema);
/// One sheet. Numbers of more than 15 digits and texts stay texts; days and times are real ones where Excel has them.
Result<std::unique_ptr<TableWriter>> openXlsxWriter(const QString &path, const Schema &schema);

/// A file name for a dataset's name: no separators, control or direction characters, no name that a system reserves, at
/// most 200 bytes with the suffix ("csv", "xlsx", "json").
QString exportFileName(const QString &datasetName, const QString &suffix);

} // namespace rowdesk
