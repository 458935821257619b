#pragma once

#include <QString>

namespace rowdesk {

/// What to do with a cell that has an error, no stored result, or lies outside of the table.
enum class BadCells {
    Stop,    ///< the reading ends there with an error
    LeaveOut ///< the cell has no value; it is counted
};

/// What is to be read of a workbook, and how. The detector fills it, a person may change every part of it.
struct XlsxFormat
{
    int sheet = 0; ///< position among the workbook's worksheets
    bool hasHeader = true;
    int headerRows = 1;  ///< rows that have the names together, when there is a header: see joinedNames()
    qint64 firstRow = 1; ///< row number of the header, or of the first row of values when there is none
    qint64 lastRow = 0;  ///< 0: to the end of the sheet
    int firstColumn = 0; ///< from 0
    int columnCount = 0;
    bool skipHiddenRows = false;
    bool fillMerged = false; ///< every cell of a merged rectangle has its value, not only the first
    BadCells badCells = BadCells::Stop;
    BadCells cellsOutside = BadCells::Stop; ///< values beside the table

    bool allowLarge = false; ///< a person has said that the file is theirs: the limits of the archive don't count

    bool headerIsSure = true; ///< false: the first row may as well be the other thing
    QString sheetReason;
    QString headerReason;
    QString rangeReason;
    QString skipReason; ///< empty when nothing stands above firstRow
};

} // namespace rowdesk
