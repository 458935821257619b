#pragma once

#include "files/columnfindings.h"
#include "files/fileinspector.h"
#include "transfer/rowrules.h"

namespace rowdesk {

/// What the whole file holds under the rules that it will be sent with.
struct FileCheck
{
    struct Problem
    {
        qint64 line = 0;
        int column = 0;  ///< of the file
        QByteArray text; ///< of the file, or of a fix, whole
        ValueProblem reason = ValueProblem::None;
    };
    /// All problems of one column that have one reason.
    struct Group
    {
        int column = 0;
        ValueProblem reason = ValueProblem::None;
        qint64 cells = 0;
        QHash<QByteArray, qint64> values; ///< how many cells have this text; the first mostValues different ones
        QVector<Problem> problems;        ///< the first mostProblems, in the order of the file
    };
    static constexpr int mostProblems = 1000;
    static constexpr int mostValues = 1000;

    qint64 rows = 0;
    qint64 badRows = 0;
    qint64 badCells = 0;
    QVector<qint64> badCellsOf; ///< by column of the file
    /// Cells with a word that stands for no value, such as n/a, by column of the file. Empty cells are not among them.
    QVector<qint64> nullWordsOf;
    QVector<Group> groups; ///< by column, then by reason

    /// Those that are kept of all groups, in the order of the file.
    QVector<Problem> problems() const;
};

/// Reads all of a file and tries every cell that has a rule. A damaged file, and a ragged row that the format lets
/// stop the reading, end with their own error. `work` (may be null) tells how far it is and takes the wish to cancel.
/// Any thread.
Result<FileCheck> checkFile(const QString &path, const FileFormat &format, const RowRules &rules,
                            FileWork *work = nullptr);

/// What writeProblemRows() wrote.
struct ProblemRows
{
    qint64 rows = 0;
    qint64 cells = 0; ///< that do not fit
};

/// Writes every row with a cell that does not fit to a CSV file, as the row stands, with two columns more: its line in
/// the file, and what does not fit and why. The file can be repaired and imported: its columns are the file's.
/// Otherwise as checkFile().
Result<ProblemRows> writeProblemRows(const QString &path, const FileFormat &format, const RowRules &rules,
                                     const QString &problemFile, FileWork *work = nullptr);

} // namespace rowdesk
