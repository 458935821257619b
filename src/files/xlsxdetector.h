#pragma once

#include "files/xlsxformat.h"
#include "files/xlsxworkbook.h"

namespace rowdesk {

/// The sheets, tables and names of a workbook, for a person to choose from. `allowLarge`: see XlsxFormat.
Result<XlsxWorkbook> readXlsxOutline(const QString &path, bool allowLarge = false);

/// Finds the table in a sheet (-1: the first visible sheet that has cells) from its first rows, and says why.
Result<XlsxFormat> detectXlsxFormat(const QString &path, int sheet = -1, bool allowLarge = false);

/// The format that reads exactly a table or a named range of the workbook.
Result<XlsxFormat> xlsxFormatOfRange(const XlsxWorkbook &workbook, int range);

} // namespace rowdesk
