#pragma once

#include "core/columnstore.h"
#include "core/result.h"

#include <string>

namespace rowdesk::cli {

/// Appends row `row` as a JSON object {column:value}: numbers digit for digit, nested JSON as it was sent. `names` are
/// the columns' names as JSON strings (jsonNames()).
void appendJsonRow(std::string &out, const ColumnStore &store, qsizetype row, const std::vector<std::string> &names);
std::vector<std::string> jsonNames(const ColumnStore &store);

/// Appends the columns' names, or row `row`, as a line of CSV (RFC 4180, lines end with \n): quoted only when needed;
/// no value is nothing, empty text is "". False when a cell holds half a character, which CSV can't carry.
bool appendCsvHeader(std::string &out, const QStringList &names);
bool appendCsvRow(std::string &out, const ColumnStore &store, qsizetype row);
/// What is said then.
ApiError halfCharacterError();

} // namespace rowdesk::cli
