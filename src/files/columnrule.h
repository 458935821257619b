#pragma once

#include "core/columntype.h"
#include "files/datevalue.h"
#include "files/numbervalue.h"

#include <QByteArray>
#include <QVector>

namespace rowdesk {

/// What "12 %" is as a number.
enum class PercentMeaning {
    Share, ///< 0.12, as ClicData's percentages are stored
    Number ///< 12
};

/// How the cells of one column become values. Everything that a person may change about a column, and nothing else.
struct ColumnRule
{
    ColumnType type = ColumnType::Text;
    NumberMarks marks;                             ///< of numbers, shares and amounts of money
    DateOrder dateOrder = DateOrder::YearMonthDay; ///< ISO dates are read whatever it is
    bool readShortYears = false;                   ///< 2/3/24 is a date (years 1969 to 2068), else a problem
    bool readMoney = false;                        ///< $1,234.56 is a number, else a problem
    PercentMeaning percent = PercentMeaning::Share;
    bool needsPercentSign = false;   ///< in a percentage column, a text without % is a problem
    bool refusesPercentSign = false; ///< in a number column, 12 % is a problem: those around it are no shares
    bool trim = false;               ///< blanks around a value are not part of it
    bool emptyIsNull = false;        ///< "" is no value; in columns that are not text it never is one
    QVector<QByteArray> nullWords;   ///< words that stand for no value, in any case (ASCII)
    QVector<QByteArray> trueWords{"true", "1"}; ///< in any case (ASCII)
    QVector<QByteArray> falseWords{"false", "0"};
    QVector<QByteArray> allowedValues; ///< of a dropdown; empty: any

    bool operator==(const ColumnRule &) const = default;
};

} // namespace rowdesk
