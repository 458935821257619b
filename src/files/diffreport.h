#pragma once

#include "core/rowbatch.h"
#include "core/tablediff.h"

#include <QDateTime>

#include <functional>
#include <string>
#include <string_view>

namespace rowdesk {

/// A comparison as it is told to others: both inputs, how they were compared, when, and what came out. References: they
/// must live as long as the report is written.
struct DiffReport
{
    const DiffTable &a;
    const DiffTable &b;
    const DiffOptions &options;
    const TableDiff &diff;
    QDateTime when;
};

/// Takes the text written so far, in blocks of up to about a megabyte, and empties it. An error ends the writing.
using TextSink = std::function<Result<Done>(std::string &text)>;

/// The counts as one JSON object: rows_a, rows_b, added, removed, changed, unchanged, cells_changed, columns_added,
/// columns_removed, columns_retyped (names), per_column (changed cells of each compared column; empty without a key).
/// Only when rows could not be told apart by the key there is one more, unpaired: for each side the keys that are
/// repeated, the rows that have them, the rows whose key is blank, and the rows left without a partner.
std::string diffJson(const TableDiff &diff);

/// diffJson() as a text of one line, and with it what was compared and how: columns_renamed (from, to, same_share),
/// keys_that_look_alike (only when there are any), a and b (names), key, options (tolerance: for each column absolute,
/// relative or both), compared_at (UTC).
Result<Done> writeDiffJson(const DiffReport &report, const TextSink &sink);

/// One line a cell: change (added, removed, changed), the rows' numbers in A and B (from 1), the key's columns, column,
/// old, new. Before them, with the change "about" and as column the names of diffJson() and writeDiffJson(), what was
/// compared and how: table and rows of both, the counts, remark, key and ignored (a line for each), the options,
/// tolerance (COLUMN=0.01; 1%), compared_at. RFC 4180; no value is nothing, empty text is "". Texts that a spreadsheet
/// would run as formulas get an apostrophe.
Result<Done> writeDiffCsv(const DiffReport &report, const TextSink &sink);

/// One page that a manager can read: no script, nothing loaded from anywhere, every name and value escaped. Shows the
/// first `rowsASection` changed, added and removed rows and says how many there are.
Result<Done> writeDiffHtml(const DiffReport &report, const TextSink &sink, size_t rowsASection = 1000);

/// A workbook: a summary, and the changed, added and removed rows in colour, changed cells as "old → new". The file
/// appears as a whole or not at all; error Cancelled when it was stopped.
Result<Done> writeDiffXlsx(const DiffReport &report, const QString &path, CancelFlag cancelled = nullptr);

/// The CSV or HTML in a file that appears as a whole or not at all; error Cancelled when it was stopped.
Result<Done> saveDiff(const DiffReport &report, const QString &path,
                      Result<Done> (*write)(const DiffReport &, const TextSink &), CancelFlag cancelled = nullptr);

/// Saves it as what the file's ending says: .xlsx, .csv, .json, else HTML.
Result<Done> saveDiffAs(const DiffReport &report, const QString &path, CancelFlag cancelled = nullptr);

/// new - old with its sign ("+1", "−0.5"), exact, and behind it the share of the old one ("+1, +8 %"); empty when one
/// is no number of at most 64 bits.
QString numberChange(const CellView &old, const CellView &now);
/// numberChange(), or what a person can't see: that the accents of two texts are composed differently, that a number
/// became a text, …; empty when there is nothing to add.
QString changeNote(const CellView &old, const CellView &now);
/// "34,112 - 0 + 268 = 34,380": the line that must hold.
QString reconcilingLine(const TableDiff &diff, const QLocale &locale);
/// How it was compared and what was regarded as the same, as sentences.
QStringList diffRules(const DiffOptions &options);
/// What a person should know besides the counts, as sentences: rows that could not be told apart; columns that came,
/// went, changed their type or look renamed.
QStringList diffRemarks(const DiffReport &report, const QLocale &locale);

} // namespace rowdesk
