#pragma once

#include "core/columnstore.h"
#include "core/difftolerance.h"
#include "core/parallel.h"

#include <QHash>

#include <vector>

namespace rowdesk {

/// One of the two tables that are compared. A is the earlier one: "added" is what only B has.
struct DiffTable
{
    QString name;       ///< for sentences: "Weather, version 3"
    TableSnapshot rows; ///< all of them
    /// Why `rows` can't be compared: a table that is still being read, or whose reading stopped. Empty: they can.
    QString incomplete;

    /// The table as it is in the store now.
    static DiffTable of(const QString &name, const ColumnStore &store);
};

/// What is compared, and what counts as the same.
struct DiffOptions
{
    /// The columns that tell which row of A is which row of B. Empty: whole rows are compared, as many of each as there
    /// are; an edited row is one removed and one added then, and tolerances are not regarded.
    QStringList key;
    QStringList ignored;                      ///< columns that are not compared
    bool trim = false;                        ///< blanks at both ends of texts don't count
    bool ignoreCase = false;                  ///< "ÉTÉ" equals "été", however its accents are composed
    bool nullIsEmpty = false;                 ///< no value equals empty text
    bool datesOnly = false;                   ///< of moments only the day counts
    bool asWritten = false;                   ///< every character counts: 1.0 is not 1
    QHash<QString, DiffTolerance> tolerances; ///< by column

    bool operator==(const DiffOptions &) const = default;
};

/// What became of a column.
struct DiffColumn
{
    enum class Role {
        Key,
        Compared,
        Ignored,
        Removed, ///< only A has it
        Added    ///< only B has it
    };

    QString name;
    int inA = -1;
    int inB = -1;
    Role role = Role::Compared;
    /// The kind of its values changed: 1 in A, "1" in B; or all days in A, and any text in B.
    bool retyped = false;
    bool asText =
        false;          ///< its cells are compared by their written characters, since the kinds have no value in common
    qint64 changed = 0; ///< cells that differ, among the rows that are in both tables

    bool isCompared() const { return role == Role::Compared; }
};

/// A removed and an added column whose cells are (nearly) the same: perhaps it was renamed.
struct DiffRename
{
    int removed = 0; ///< index in TableDiff::columns
    int added = 0;
    double share = 0; ///< of the rows in both tables that were looked at, those where they are the same
};

/// What keeps rows of one side from being told apart by the key.
struct DiffKeyProblems
{
    qint64 repeatedKeys = 0; ///< different keys that more than one row of this side has
    qint64 repeatedRows = 0; ///< the rows that have them
    qint64 blankRows = 0;    ///< rows whose key is null or empty in all its columns

    bool any() const { return repeatedRows > 0 || blankRows > 0; }
};

/// What differs between two tables. Row numbers are those of the tables; lists are ascending.
///
/// Always rowsA - removed + added == rowsB and unchanged + changed + removed == rowsA. A row whose key is blank, or
/// that shares its key with another row of its side or of the other one, is never paired by its key: when the other
/// side has an equal whole row, one of each is unchanged; what is left is removed and added, and listed in unpairedA
/// and unpairedB too.
struct TableDiff
{
    struct Pair
    {
        quint32 a = 0;
        quint32 b = 0;
    };

    qint64 rowsA = 0;
    qint64 rowsB = 0;
    qint64 unchanged = 0;
    qint64 cellsChanged = 0;
    bool byKey = false;
    std::vector<DiffColumn> columns; ///< those of B in its order, then those that only A has
    std::vector<quint32> removed;    ///< rows of A
    std::vector<quint32> added;      ///< rows of B
    std::vector<Pair> changed;       ///< in the order of B

    DiffKeyProblems keysA;
    DiffKeyProblems keysB;
    std::vector<quint32> unpairedA; ///< rows of A, also in `removed`
    std::vector<quint32> unpairedB; ///< rows of B, also in `added`
    std::vector<DiffRename> renames;
    qint64 lookAlikes = 0; ///< keys that only A has and keys that only B has which look the same (countLookAlikes())

    /// Whether the cell of changed[index] in columns[column] differs.
    bool isCellChanged(size_t index, size_t column) const
    {
        return (changedBits[index * wordsARow() + column / 64] >> (column % 64) & 1) != 0;
    }
    size_t wordsARow() const { return (columns.size() + 63) / 64; }
    /// Rows that are in both tables: the whole of a column's match share.
    qint64 paired() const { return unchanged + static_cast<qint64>(changed.size()); }
    bool isSame() const;  ///< no row and no column differs
    size_t bytes() const; ///< of the lists

    std::vector<std::uint64_t> changedBits; ///< wordsARow() for each of `changed`
};

/// Compares two tables on several threads. Needs, beside the tables and the result, about 20 bytes a row of both while
/// it runs. Errors: Rejected when a table is not complete; Usage when a key or ignored column does not exist (the
/// sentence says which); Cancelled.
Result<TableDiff> compareTables(const DiffTable &a, const DiffTable &b, const DiffOptions &options,
                                CancelFlag cancelled = nullptr);

} // namespace rowdesk
