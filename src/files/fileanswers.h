#pragma once

#include "files/csvdetector.h"
#include "files/fileinspector.h"

#include <QHash>

namespace rowdesk {

/// What a person says about a file instead of leaving it to the detectors; what is empty is looked for.
struct FileAnswers
{
    CsvAnswers csv; ///< its headerRow counts for workbooks too
    std::optional<RaggedRows> shortRows;
    std::optional<RaggedRows> longRows;
    int headerRows = 1;       ///< rows that have the names together
    qint64 skipRowsAtEnd = 0; ///< rows at the end of a text file that are totals and the like

    QString sheet; ///< of a workbook: its name, or its position from 1; empty: the first one with cells
    std::optional<BadCells> badCells;
    std::optional<BadCells> cellsBeside; ///< values outside of the table's columns
    bool skipHiddenRows = false;
    bool fillMerged = false;
    bool allowLarge = false; ///< see XlsxFormat
};

/// As detectFormat(path), with these parts given. ErrorKind::Usage when an answer makes no sense for this file: a sheet
/// that it does not have, a delimiter for a workbook, an encoding that is not known.
Result<FileFormat> detectFormat(const QString &path, const FileAnswers &answers);

/// Detects the format and reads all of the file. The columns of a sheet are all that have a value, however far down. As
/// inspectFile(), for a worker.
Result<FileInspection> inspectFile(const QString &path, const FileAnswers &answers, FileWork *work = nullptr);

/// An answer for all columns, and others for some.
template<typename T>
struct ColumnAnswer
{
    std::optional<T> everywhere;
    QHash<QString, T> of; ///< by the column's name

    std::optional<T> forColumn(const QString &name) const
    {
        const auto own = of.constFind(name);
        return own != of.constEnd() ? std::optional<T>(*own) : everywhere;
    }
};

/// What a person says about columns.
struct ColumnAnswers
{
    ColumnAnswer<DateOrder> dateOrder;
    ColumnAnswer<char> decimalMark; ///< '.' or ','
    QHash<QString, ColumnType> types;
    bool readShortYears = false; ///< years of two digits are 1969 to 2068
    bool readMoney = false;      ///< amounts with a money sign are numbers

    /// Every column that is named somewhere.
    QStringList names() const;
};

} // namespace rowdesk
