#pragma once

#include "core/valuecounts.h"

#include <QString>

namespace rowdesk {

/// What is to be known about a column of some rows.
struct ColumnProfile
{
    struct Bin
    {
        double from = 0;
        double to = 0; ///< included in the last bin only
        qint64 count = 0;
    };
    /// Of the cells that are numbers.
    struct Numbers
    {
        qint64 count = 0;
        std::string min; ///< exactly as written
        std::string max;
        double mean = 0;
        double deviation = 0; ///< standard deviation of the sample
        double quartile1 = 0; ///< quartiles interpolate between neighbours
        double median = 0;
        double quartile3 = 0;
        std::vector<Bin> histogram; ///< up to 20 bins of equal width; empty when the values are all the same
    };
    /// Of the cells that are text (days and moments too).
    struct Texts
    {
        qint64 count = 0;
        qint64 empty = 0; ///< no characters
        qint64 blank = 0; ///< blanks only
        std::string min;  ///< in the order of sortRows()
        std::string max;
        qint64 shortest = 0; ///< in characters
        qint64 longest = 0;
        double meanLength = 0;
    };
    enum class Hint {
        Constant,         ///< every row has the same value
        OnlyNulls,        ///< no row has a value
        MixedKinds,       ///< values of different kinds, numbers and text for example
        OuterSpaces,      ///< text that begins or ends with a blank
        PlaceholderDates, ///< 1900-01-01, 9999-12-31, 0001-01-01: days that often stand for "none"
        NumbersAsText     ///< all text, and all of it numbers without leading zeros
    };
    struct Finding
    {
        Hint hint;
        qint64 rows = 0; ///< rows it is about
    };

    qint64 rows = 0; ///< the scope: rows that were looked at
    qint64 bools = 0;
    qint64 nested = 0;
    ColumnContent content = ColumnContent::Nothing;
    ValueCounts values; ///< the ten most frequent
    std::optional<Numbers> numbers;
    std::optional<Texts> texts;
    std::vector<Finding> findings;
};

/// A finding as a sentence for a person.
QString findingSentence(const ColumnProfile::Finding &finding);

/// Looks at these rows (null: all) of a column. Empty when cancelled.
std::optional<ColumnProfile> profileColumn(const TableSnapshot &table, int column, const std::vector<quint32> *rows,
                                           CancelFlag cancelled = nullptr);

/// Profiles all columns, several at a time. Empty when cancelled.
std::optional<std::vector<ColumnProfile>> profileTable(const TableSnapshot &table, const std::vector<quint32> *rows,
                                                       CancelFlag cancelled = nullptr);

} // namespace rowdesk
