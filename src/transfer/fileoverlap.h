#pragma once

#include "core/schema.h"
#include "core/tablesnapshot.h"
#include "files/fileinspector.h"

#include <QStringList>

#include <memory>
#include <optional>
#include <vector>

namespace rowdesk {

enum class Misfits;
struct RowRules;

/// Which rows are sent although the table, or the file before them, has their key.
struct OverlapChoice
{
    bool sendSame = true;      ///< rows that the table has with the same values
    bool sendDifferent = true; ///< rows whose key the table has with other values
    bool sendRepeats = true;   ///< rows whose key an earlier row of the file has

    bool operator==(const OverlapChoice &) const = default;
};

/// What the rows of a file are to those that are in the table, and to each other, by a key.
struct FileOverlap
{
    enum Standing : std::uint8_t {
        Bad = 1,         ///< has a cell that does not fit
        NoKey = 2,       ///< no value in any column of the key: never the same as another row
        There = 4,       ///< the table has a row with this key
        Differs = 8,     ///< … and none of those has the same values (set together with There)
        Repeats = 16,    ///< an earlier row of the file has this key
        RepeatsGood = 32 ///< … and that one has no cell that does not fit
    };

    qint64 tableRows = 0;
    std::vector<std::uint8_t> rows; ///< Standing bits, one a row in the order of the file

    qint64 newRows = 0;   ///< neither in the table nor repeated
    qint64 same = 0;      ///< in the table, with the same values in all columns that the file fills
    qint64 different = 0; ///< in the table, with other values
    qint64 repeats = 0;   ///< not in the table, but earlier in the file
    qint64 withoutKey = 0;

    qint64 there() const { return same + different; }
    /// Whether row `row` (from 0) is left out for being there already. A row that is left out as a misfit counts as
    /// that, and is not the first of its key.
    bool leavesOut(qsizetype row, const OverlapChoice &choice, Misfits misfits) const;
    qint64 rowsLeftOut(const OverlapChoice &choice, Misfits misfits) const;
};

/// What a file's rows are looked for in, and by what.
struct OverlapQuestion
{
    Schema target;             ///< the table's columns that the file fills
    QVector<int> sourceColumn; ///< for each of them, the column of the file
    QStringList key;           ///< names of target columns, at least one
    /// All rows of the table; empty: a new table, only the file itself is looked at.
    std::optional<TableSnapshot> table;
};

/// Reads all of a file and looks every row up. Values are compared as the upload would store them: 5.0 is 5, midnight
/// is its day. Errors as checkFile(). Any thread; needs about 40 bytes a row of either side.
Result<FileOverlap> findOverlap(const QString &path, const FileFormat &format, const RowRules &rules,
                                const OverlapQuestion &question, FileWork *work = nullptr);

} // namespace rowdesk
