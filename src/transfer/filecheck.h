#pragma once

#include "files/columnfindings.h"
#include "files/fileinspector.h"
#include "transfer/ruledsource.h"

namespace rowdesk {

/// What the whole file holds under the rules that it will be sent with.
struct FileCheck
{
    struct Problem
    {
        qint64 line = 0;
        int column = 0; ///< of the file
        QString value;  ///< the first characters
        QString reason;
    };
    static constexpr int mostProblems = 1000;

    qint64 rows = 0;
    qint64 badRows = 0;
    qint64 badCells = 0;
    QVector<qint64> badCellsOf; ///< by column of the file
    QVector<Problem> problems;  ///< the first mostProblems, in the order of the file
};

/// Reads all of a file and tries every cell that has a rule. A damaged file, and a ragged row that the format lets
/// stop the reading, end with their own error. `work` (may be null) tells how far it is and takes the wish to cancel.
/// Any thread.
Result<FileCheck> checkFile(const QString &path, const FileFormat &format,
                            const QVector<std::optional<ColumnRule>> &rules, FileWork *work = nullptr);

/// Writes every cell that does not fit to a CSV file, one line each: line of the file, column, value, reason. Gives how
/// many there are. Otherwise as checkFile().
Result<qint64> writeProblems(const QString &path, const FileFormat &format,
                             const QVector<std::optional<ColumnRule>> &rules, const QString &problemFile,
                             FileWork *work = nullptr);

} // namespace rowdesk
