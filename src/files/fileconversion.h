#pragma once

#include "files/tableplan.h"
#include "files/tablewriter.h"

namespace rowdesk {

/// What a conversion has done.
struct FileConversion
{
    qint64 rows = 0;
    qint64 leftOutCells = 0; ///< values that do not fit and were written as no value
    CsvCounts counts;        ///< what else there was, for text files
    XlsxCounts xlsxCounts;   ///< … and for workbooks
};

/// Reads the file to its end and writes every row with the values that the plan makes of its cells. The writer is not
/// finished: the caller does that when all is well. A value that does not fit its column is an error unless
/// `badValuesAreNull`. For a worker; `work` (may be null) can cancel.
Result<FileConversion> convertFile(const QString &path, const FileFormat &format, const TablePlan &plan,
                                   TableWriter &writer, bool badValuesAreNull, const FileWork *work = nullptr);

} // namespace rowdesk
