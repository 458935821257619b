#pragma once

#include "core/schema.h"

#include <QStringList>
#include <QVector>

namespace rowdesk {

/// Which source column fills which column of a table.
struct ColumnMapping
{
    Schema target;             ///< the table's columns that are filled, in the table's order
    QVector<int> sourceColumn; ///< for each of them, the source column
    QStringList unmapped;      ///< source columns that go nowhere
    QStringList unfilled;      ///< the table's columns that get no value

    bool isWhole() const { return unmapped.isEmpty() && unfilled.isEmpty(); }
};

/// A column's name as far as it tells columns apart: without case, spaces, punctuation, accents.
QString normalisedName(const QString &name);

/// Maps by exact name first, then by normalised name (case, space, punctuation and accents don't count). Where several
/// columns have the same normalised name none of them is mapped by it: that is for a person to decide.
ColumnMapping mapColumns(const QStringList &source, const Schema &table);

/// Every source column to the table's column at the same place: for a table that is created from the source.
ColumnMapping mapInOrder(const Schema &table);

} // namespace rowdesk
