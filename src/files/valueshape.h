#pragma once

#include <cstdint>
#include <string_view>

namespace rowdesk {

/// What a single value looks like, before its column is known.
enum class ValueShape : std::uint8_t {
    Text,           ///< none of the others
    NullWord,       ///< NULL, NA, n/a, -, …
    Integer,        ///< up to 15 digits
    LongInteger,    ///< 16 to 19 digits: exact here, but more than a spreadsheet or a double keeps
    LeadingZero,    ///< 007: a code, not an amount
    LongDigits,     ///< 20 digits and more: an id
    IdWithE,        ///< 12E10: an id that looks like an exponent
    PointDecimal,   ///< 1.5: only a decimal point
    PointThree,     ///< 1.234: a decimal point, or thousands
    CommaDecimal,   ///< 1,5: only a decimal comma
    CommaThree,     ///< 173,900: a decimal comma, or thousands
    CommaGrouped,   ///< 1,234,567 or 1,234.5
    PointGrouped,   ///< 1.234.567 or 1.234,5
    SpacedInteger,  ///< 10 237
    SpacedPoint,    ///< 10 237.65
    SpacedComma,    ///< 10 237,65
    QuotedInteger,  ///< 1'234
    QuotedPoint,    ///< 1'234.50
    QuotedComma,    ///< 1'234,50
    Exponent,       ///< 1e-5
    PointExponent,  ///< 1.5e3
    CommaExponent,  ///< 1,5e3
    NotFinite,      ///< NaN, inf, 1e400
    NegativeZero,   ///< -0
    PercentInteger, ///< 12 %
    PercentPoint,   ///< 12.5%
    PercentComma,   ///< 4,3%
    ShareNumber,    ///< a spreadsheet's 0.12 that is shown as 12%
    Currency,       ///< $1,234.56, ($987.65), 1.234,56 €
    Boolean,        ///< true, FALSE
    IsoDate,        ///< 2025-04-03
    YearFirstDate,  ///< 2025/4/3, 2025.04.03
    DayFirstDate,   ///< 31/12/2025: only the day can be first
    MonthFirstDate, ///< 12/31/2025: only the month can be first
    EitherDate,     ///< 03/04/2025
    NamedDate,      ///< 3 Apr 2025
    ShortYearDate,  ///< 2/3/24
    ImpossibleDate, ///< 31/02/2025, 9999-99-99
    Count
};

inline constexpr int valueShapeCount = static_cast<int>(ValueShape::Count);

/// A set of shapes.
using ShapeSet = std::uint64_t;
constexpr ShapeSet shapeBit(ValueShape shape)
{
    return ShapeSet{1} << static_cast<unsigned>(shape);
}
template<typename... Shapes>
constexpr ShapeSet shapes(Shapes... each)
{
    return (shapeBit(each) | ...);
}

/// What is known of one value. One word, because it is returned for every cell of a file.
class ShapedValue
{
public:
    constexpr ShapedValue(ValueShape shape = ValueShape::Text, bool hasTime = false, bool hasZone = false)
        : m_word(static_cast<std::uint32_t>(shape) | (hasTime ? timeBit : 0U) | (hasZone ? zoneBit : 0U))
    {
    }
    constexpr ValueShape shape() const { return static_cast<ValueShape>(m_word & 0xFFU); }
    constexpr bool hasTime() const { return (m_word & timeBit) != 0; } ///< dates only
    constexpr bool hasZone() const { return (m_word & zoneBit) != 0; } ///< dates only

private:
    static constexpr std::uint32_t timeBit = 0x100;
    static constexpr std::uint32_t zoneBit = 0x200;
    std::uint32_t m_word;
};

/// Looks at a value (not empty). Blanks around it count as part of it: " 1" is text.
ShapedValue shapeOf(std::string_view value);

/// True for the words that people write where there is no value: NULL, NA, N/A, -, … (in any case).
bool isNullWord(std::string_view value);

/// What stands before the percent sign, without the blanks between them; empty when there is no percent sign.
std::string_view amountOfShare(std::string_view value);

/// The money sign at either end and the brackets of a negative amount are taken off; empty when there is no money sign.
/// A negative amount in brackets keeps the '(' in front.
std::string_view amountOfMoney(std::string_view value, bool &negative);

} // namespace rowdesk
