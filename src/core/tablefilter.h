#pragma once

#include "core/parallel.h"
#include "core/result.h"
#include "core/tablesnapshot.h"

#include <QStringList>

#include <optional>
#include <span>
#include <vector>

namespace rowdesk {

/// A condition on one column, as a person states it.
struct Filter
{
    enum class Op {
        Equals,
        NotEquals, ///< also nulls: they don't equal anything
        Contains,
        NotContains, ///< also nulls
        StartsWith,
        Greater,
        GreaterOrEqual,
        Less,
        LessOrEqual,
        Between, ///< both ends included
        In,
        Null, ///< no value
        NotNull,
        Empty, ///< no value, or text of blanks only
        NotEmpty
    };

    int column = 0;
    Op op = Op::Equals;
    QStringList operands;   ///< none, one, two (Between) or any number (In)
    bool matchCase = false; ///< Contains, NotContains, StartsWith

    bool operator==(const Filter &) const = default;
};

/// Whether the filter can be applied to a column with this content: the error says what is wrong with the operands, for
/// example that "abc" is no number to compare numbers with.
Result<Done> checkFilter(const Filter &filter, ColumnContent content);

/// Rows that meet all filters, in order. Numbers are compared by value and exactly, with text by its characters (text
/// that sortRows() would put later is greater). A day as the operand means the whole day for moments. Contains and
/// StartsWith look at any cell's exact text. Uses several threads. Empty when cancelled; the filters must be checked.
std::optional<std::vector<quint32>> filterRows(const TableSnapshot &table, std::span<const Filter> filters,
                                               CancelFlag cancelled = nullptr);

} // namespace rowdesk
