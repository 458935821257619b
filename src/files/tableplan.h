#pragma once

#include "core/schema.h"
#include "files/fileanswers.h"

namespace rowdesk {

/// What becomes of one column of a file.
struct PlannedColumn
{
    QString name;          ///< as in the file, with a number behind it where the file has the name twice
    ColumnRule rule;       ///< text as long as a question is open
    QString reason;        ///< why this type
    bool isOpen = false;   ///< only a person can say what it is, and nobody has
    bool isChosen = false; ///< a person has said something about it
    qint64 nulls = 0;      ///< cells without a value under this rule
};

/// How the cells of a file become a table.
struct TablePlan
{
    QVector<PlannedColumn> columns;

    Schema schema() const;
    QVector<ColumnRule> rules() const;
};

/// Puts what the file shows and what a person has said together. ErrorKind::Usage when an answer names a column that
/// the file does not have.
Result<TablePlan> planTable(const FileInspection &inspection, const ColumnAnswers &answers = {});

/// Names that differ: the second "a" becomes "a (2)".
QStringList uniqueNames(const QStringList &names);

/// A cell that is no value by the rule of its column.
struct CellProblem
{
    qint64 line = 0; ///< line (CSV) or row (spreadsheet) where its row begins
    int column = 0;  ///< position
    QString value;   ///< the first 100 characters
    QString reason;  ///< one sentence
};

/// All that does not fit.
struct CellProblems
{
    QVector<CellProblem> first;   ///< the first of them, in the file's order
    QVector<qint64> countOf;      ///< by column
    QVector<qint64> unreadableOf; ///< of those, spreadsheet cells with an error or without a result, by column
    qint64 count() const;
};

/// Reads the file to its end and tries every cell by its column's rule; keeps the first `most` problems. Ragged rows
/// and cells beside the table are passed over. A damaged file gives the problems up to there. For a worker; `work` (may
/// be null) can cancel.
Result<CellProblems> findProblems(const QString &path, const FileFormat &format, const QVector<ColumnRule> &rules,
                                  FileWork *work = nullptr, qsizetype most = 1000);

} // namespace rowdesk
