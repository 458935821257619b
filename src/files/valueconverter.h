#pragma once

#include "core/rowbatch.h"
#include "files/columnrule.h"

#include <QString>

namespace rowdesk {

/// What keeps a cell from being a value of its column.
enum class ValueProblem {
    None,
    NotANumber,
    OtherMarks,   ///< a number, but with other marks than the column's
    NotFinite,    ///< NaN, infinity, or larger than any number
    NegativeZero, ///< -0: services disagree on what it is
    NotADate,
    ImpossibleDate, ///< made like a date, but there is no such day in any order of day and month
    OtherDateOrder, ///< there is such a day, but not in the column's order of day and month
    ShortYear,      ///< a year of two digits
    HasTime,        ///< a time of day in a column of days
    NoPercentSign,  ///< a plain number among shares in percent
    PercentSign,    ///< a share in percent among plain numbers
    NotTrueOrFalse,
    NotAllowed ///< not one of the dropdown's values
};

/// One sentence for the person who has to repair the cell.
QString valueProblemText(ValueProblem problem);

/// Turns the cells of one column into what is sent: the one place where that happens, for preview, check and upload
/// alike. Values are exact: digits are copied, never computed. Immutable, usable from any number of threads.
class ValueConverter
{
public:
    explicit ValueConverter(ColumnRule rule);

    struct Converted
    {
        CellKind kind = CellKind::Null;
        ValueProblem problem = ValueProblem::None;
        bool isNullWord = false; ///< Null because the text is one of the rule's null words
    };

    /// Replaces `out` by the canonical literal: numbers as JSON writes them, days as 2025-04-03, times as
    /// 2025-04-03T09:05:00 with fraction and zone as written, true or false, or the text itself. Empty for Null and
    /// for a problem.
    Converted convert(CellView cell, std::string &out) const;

    const ColumnRule &rule() const { return m_rule; }

private:
    Converted convertText(std::string_view text, std::string &out) const;
    ValueProblem writeNumberValue(std::string_view text, std::string &out) const;
    ValueProblem writeDateValue(std::string_view text, std::string &out) const;
    ValueProblem writeBool(std::string_view text, std::string &out) const;

    ColumnRule m_rule;
};

} // namespace rowdesk
