#pragma once

#include "files/fileinspector.h"
#include "files/xlsxworkbook.h"

namespace rowdesk {

/// Something about a whole file that a person should look at before its rows are used.
struct FileDoubt
{
    qint64 line = 0;            ///< where; 0: everywhere or unknown
    QString column;             ///< null: it concerns no single column
    QString text;               ///< one or two sentences
    bool isMild = false;        ///< nearly certain: worth a note, no reason to stop
    bool isAboutHeader = false; ///< whether the first row, or several, have the names
};

/// What was decided on evidence that leaves room for another reading, what has to be mended, and what would end a
/// strict reading: a likely encoding, a tie of delimiters, a first line that may be a row, names that are missing or
/// repeat, ragged rows, cells beside a table.
QVector<FileDoubt> doubtsAbout(const FileInspection &inspection);

/// What a person should know of a workbook besides its cells: which of several sheets is read, and what is in it that
/// is not.
QStringList notesAbout(const XlsxWorkbook &workbook, int sheetRead);

} // namespace rowdesk
