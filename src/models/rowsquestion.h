#pragma once

#include "files/fileinspector.h"

#include <QStringList>

namespace rowdesk {

/// A question about rows that have more or fewer fields than there are columns.
struct RowsQuestion
{
    QString text;
    QStringList choices;
    int answer = -1;
};

/// The questions that a file's ragged rows raise, with the answers that the format holds.
QVector<RowsQuestion> rowsQuestions(const FileInspection &inspection, const CsvFormat &format);

/// Writes the answer to question `number` of rowsQuestions() into the format.
void answerRowsQuestion(const FileInspection &inspection, CsvFormat &format, int number, int choice);

} // namespace rowdesk
