#pragma once

#include "files/xlsxformat.h"
#include "files/xlsxworkbook.h"

namespace rowdesk {

/// What readXlsxOutline(), countXlsxRows() and detectXlsxFormat() do, in this process: for the helper program and for
/// tests. Everyone else uses those, which a damaged workbook can't take down.
Result<XlsxWorkbook> outlineInside(const QString &path, bool allowLarge = false);
Result<QVector<qint64>> rowCountsInside(const QString &path, bool allowLarge = false);
Result<XlsxFormat> formatInside(const QString &path, int sheet, bool allowLarge = false);

} // namespace rowdesk
