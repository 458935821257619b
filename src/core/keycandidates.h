#pragma once

#include "core/tablediff.h"

#include <algorithm>
#include <optional>
#include <vector>

namespace rowdesk {

/// How well columns tell the rows of one table apart.
struct KeyEvidence
{
    qint64 rows = 0;
    qint64 distinct = 0;     ///< different keys, blank ones not counted
    qint64 repeatedRows = 0; ///< rows that share their key with another row
    qint64 blankRows = 0;    ///< rows whose key is null or empty in all its columns

    bool isUnique() const { return repeatedRows == 0 && blankRows == 0; }
    /// The share of rows that the key tells apart from all others; 1 of a table without rows.
    double share() const
    {
        return rows == 0 ? 1 : static_cast<double>(rows - repeatedRows - blankRows) / static_cast<double>(rows);
    }
};

/// Columns that could be the key of a comparison, and what was measured.
struct KeyCandidate
{
    QStringList columns;
    KeyEvidence a;
    KeyEvidence b;
    qint64 inBoth = 0; ///< different keys that both tables have

    bool isUnique() const { return a.isUnique() && b.isUnique(); }
    /// Of the smaller table's keys, how many the other has, too.
    double overlap() const
    {
        const qint64 most = std::min(a.distinct, b.distinct);
        return most == 0 ? 0 : static_cast<double>(inBoth) / static_cast<double>(most);
    }
};

/// Measures columns as keys, in all rows of both tables: each column that both have, and pairs of columns when none
/// alone is unique in both. The best come first: unique in both before others, then those by which more rows of one
/// table are found in the other, then by the share of rows told apart; equal ones in the order of the columns. `known`,
/// a key that the account names, comes before all others as long as it is unique. At most 12 are given. Counts are
/// those of 64-bit hashes: two keys in a million tables of a million rows may be taken for one. Empty when cancelled.
std::optional<std::vector<KeyCandidate>> findKeyCandidates(const DiffTable &a, const DiffTable &b,
                                                           const QStringList &known, CancelFlag cancelled = nullptr);

/// One key measured, whatever its columns are worth. Empty when cancelled or when a table lacks one of them.
std::optional<KeyCandidate> measureKey(const DiffTable &a, const DiffTable &b, const QStringList &columns,
                                       CancelFlag cancelled = nullptr);

} // namespace rowdesk
