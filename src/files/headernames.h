#pragma once

#include <QStringList>
#include <QVector>

namespace rowdesk {

/// More rows than this have no names together.
inline constexpr int mostHeaderRows = 5;

/// Names that stand in several rows below each other, as one row: "Sales" above "Q1" and "Q2" gives "Sales Q1" and
/// "Sales Q2". A name above others stands in the first of their columns, and the cells to its right are empty, in a
/// sheet (merged) as in a CSV file; so an empty cell of any row but the last has the name to its left. Words that
/// are the same above and below count once. The rows may be of different lengths.
QStringList joinedNames(const QVector<QStringList> &rows);

} // namespace rowdesk
