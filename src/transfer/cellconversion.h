#pragma once

#include "core/columntype.h"
#include "core/rowbatch.h"

#include <optional>
#include <string>

namespace rowdesk {

/// What a file's cell is sent as in a column of this type; empty when it does not fit. The view refers to the cell's
/// own characters or to `scratch`.
///
/// Null stays Null. Text, Dropdown and Id take any cell, character for character. In the other types blank text is Null
/// and spaces around the value are dropped: Number and Percentage take decimal numbers with "." (written as JSON has
/// them: "+.50" becomes 0.50, "007" becomes 7); Checkbox true and false in any case; Date a calendar day YYYY-MM-DD;
/// DateTime that, or with a time (T or a space, HH:MM, seconds, fraction, Z or an offset).
std::optional<CellView> convertCell(const CellView &cell, ColumnType type, std::string &scratch);

/// One sentence for a person: what a column of this type takes.
QString expectedForm(ColumnType type);

} // namespace rowdesk
