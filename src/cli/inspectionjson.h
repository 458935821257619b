#pragma once

#include "files/tableplan.h"
#include "files/xlsxworkbook.h"

#include <string>

namespace rowdesk::cli {

/// All that `file inspect` has found out.
struct InspectionReport
{
    FileInspection inspection;
    TablePlan plan;
    CellProblems problems;
    XlsxWorkbook workbook;      ///< sheets and what else is in it; for workbooks only
    QVector<qint64> filledRows; ///< of each sheet: rows that have a value, with the header; -1 or missing: not counted
};

/// The report as one JSON object (see README.md), without a line end.
std::string inspectionJson(const InspectionReport &report);

/// What a person should know besides the columns' types, as sentences.
QStringList notesOf(const InspectionReport &report);

} // namespace rowdesk::cli
