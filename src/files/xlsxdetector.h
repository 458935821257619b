#pragma once

#include "files/xlsxformat.h"
#include "files/xlsxworkbook.h"

namespace rowdesk {

/// The sheets, tables and names of a workbook, for a person to choose from. `allowLarge`: see XlsxFormat.
Result<XlsxWorkbook> readXlsxOutline(const QString &path, bool allowLarge = false);

/// How many rows of each sheet have a cell with something in it, names included. Quick and for the eye only: the
/// sheets are unpacked and not parsed, so a damaged one may be counted wrong. -1 for a sheet that can't be unpacked.
Result<QVector<qint64>> countXlsxRows(const QString &path, bool allowLarge = false);

/// Finds the table in a sheet (-1: the first visible sheet that has cells) from its first rows, and says why.
Result<XlsxFormat> detectXlsxFormat(const QString &path, int sheet = -1, bool allowLarge = false);

/// The format that reads exactly a table or a named range of the workbook.
Result<XlsxFormat> xlsxFormatOfRange(const XlsxWorkbook &workbook, int range);

} // namespace rowdesk
