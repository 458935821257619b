#pragma once

#include "files/fileinspector.h"

#include <QStringList>

namespace rowdesk {

/// A question about rows and cells that don't make a proper table: what is to be done with them?
struct RowsQuestion
{
    enum class About {
        ShortRows,
        LongRows,
        BadCells,    ///< of a workbook: errors, formulas without a result
        CellsOutside ///< of a workbook: values beside the table
    };
    About about = About::ShortRows;
    QString text;
    QStringList choices;
    int answer = -1; ///< position in choices; -1: open
};

/// The questions that a file raises, with the answers that the format holds.
QVector<RowsQuestion> rowsQuestions(const FileInspection &inspection, const FileFormat &format);

/// Writes an answer into the format.
void answerRowsQuestion(RowsQuestion::About about, int choice, FileFormat &format);

} // namespace rowdesk
