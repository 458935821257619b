#pragma once

#include "diffsamples.h"

#include <QTest>

/// Comparisons of small tables, and what holds of each.
namespace rowdesk::diffsamples {

inline DiffOptions keyed(const QStringList &key)
{
    DiffOptions options;
    options.key = key;
    return options;
}

inline TableDiff diffOf(const Table &a, const Table &b, const DiffOptions &options)
{
    Result<TableDiff> result = compareTables(stored(a), stored(b, 5), options);
    if (!result) {
        qWarning() << result.error().text();
        return {};
    }
    return std::move(result).value();
}

/// What the counts promise whatever was compared.
inline bool reconciles(const TableDiff &diff)
{
    const auto count = [](const auto &list) { return static_cast<qint64>(list.size()); };
    qint64 cells = 0;
    qint64 bits = 0;
    for (const DiffColumn &column : diff.columns)
        cells += column.changed;
    for (size_t i = 0; i < diff.changed.size(); ++i) {
        qint64 ofRow = 0;
        for (size_t c = 0; c < diff.columns.size(); ++c)
            ofRow += diff.isCellChanged(i, c);
        if (ofRow == 0)
            return false;
        bits += ofRow;
    }
    const auto isSubset = [](const auto &part, const auto &whole) { return std::ranges::includes(whole, part); };
    return diff.rowsA - count(diff.removed) + count(diff.added) == diff.rowsB &&
           diff.unchanged + count(diff.changed) + count(diff.removed) == diff.rowsA && cells == diff.cellsChanged &&
           bits == cells && isSubset(diff.unpairedA, diff.removed) && isSubset(diff.unpairedB, diff.added);
}

inline const DiffColumn &columnOf(const TableDiff &diff, const QString &name)
{
    return *std::ranges::find(diff.columns, name, &DiffColumn::name);
}

/// Two tables of one row and the columns id and v.
inline TableDiff diffOfCells(const Cell &a, const Cell &b, DiffOptions options = {})
{
    options.key = {QStringLiteral("id")};
    const QStringList names{QStringLiteral("id"), QStringLiteral("v")};
    // A second row keeps the columns of one kind: what a cell is held against is the rule, not the column's type.
    return diffOf({names, {{number(1), a}, {number(2), b}}}, {names, {{number(1), b}, {number(2), a}}}, options);
}

inline bool isEqual(const Cell &a, const Cell &b, const DiffOptions &options = {})
{
    return diffOfCells(a, b, options).cellsChanged == 0;
}

} // namespace rowdesk::diffsamples
