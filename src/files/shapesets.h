#pragma once

#include "files/numbervalue.h"
#include "files/valueshape.h"

namespace rowdesk::shapeset {

using enum ValueShape;

inline constexpr ShapeSet plainNumbers = shapes(Integer, LongInteger, ShareNumber, Exponent);
inline constexpr ShapeSet surePoint = shapes(PointDecimal, CommaGrouped, SpacedPoint, QuotedPoint, PointExponent);
inline constexpr ShapeSet sureComma = shapes(CommaDecimal, PointGrouped, SpacedComma, QuotedComma, CommaExponent);
inline constexpr ShapeSet numbers =
    plainNumbers | surePoint | sureComma | shapes(PointThree, CommaThree, SpacedInteger, QuotedInteger);
inline constexpr ShapeSet brokenNumbers = shapes(NotFinite, NegativeZero);
inline constexpr ShapeSet codes = shapes(LeadingZero, LongDigits, IdWithE);
inline constexpr ShapeSet percents = shapes(PercentInteger, PercentPoint, PercentComma, ShareNumber);
inline constexpr ShapeSet isoDates = shapes(IsoDate, YearFirstDate, NamedDate);
inline constexpr ShapeSet orderedDates = shapes(DayFirstDate, MonthFirstDate, EitherDate);
inline constexpr ShapeSet dates = isoDates | orderedDates | shapes(ShortYearDate);

/// Shapes that are numbers when these are the marks.
inline ShapeSet withMarks(NumberMarks marks)
{
    const bool point = marks.decimal == '.';
    ShapeSet set = plainNumbers | (point ? shapes(PointDecimal, PointThree, PointExponent)
                                         : shapes(CommaDecimal, CommaThree, CommaExponent));
    if (marks.group == ',')
        set |= shapes(CommaThree, CommaGrouped);
    else if (marks.group == '.')
        set |= shapes(PointThree, PointGrouped);
    else if (marks.group == ' ')
        set |= shapes(SpacedInteger) | (point ? shapes(SpacedPoint) : shapes(SpacedComma));
    else if (marks.group == '\'')
        set |= shapes(QuotedInteger) | (point ? shapes(QuotedPoint) : shapes(QuotedComma));
    return set;
}

} // namespace rowdesk::shapeset
