#pragma once

#include "core/segment.h"

#include <optional>
#include <string>

namespace rowdesk {

/// What counts as the same value when the cells of a column of two tables are held against each other.
///
/// Without any of it: numbers are equal by value, exactly and however long ("0.10" equals "0.1"); days and moments are
/// equal when they are the same as written, a blank for the T and zeros at the end of a fraction aside; all else is
/// equal character by character; values of different kinds (1 and "1") and null and empty text are different.
struct CellRule
{
    bool asText = false; ///< by the written characters whatever the kind: for a column that changed its type
    bool trim = false;   ///< blanks at both ends of a text don't count
    bool ignoreCase = false;
    bool nullIsEmpty = false;          ///< null equals empty text (with trim also blanks alone)
    bool datesOnly = false;            ///< of a moment only its day counts
    std::optional<Decimal> absolute{}; ///< numbers that differ by at most this are the same
    double relative = 0;               ///< … or by at most this share of the larger one (0.01: one percent)

    bool hasTolerance() const { return absolute || relative > 0; }
};

/// A cell reduced to what counts under a rule: cells are the same exactly when these are equal. Tolerance is not part
/// of it, since "nearly equal" makes no classes: see isSameWithin().
struct CellValue
{
    enum class Tag : std::uint8_t { Null, Text, Number, LongNumber, Bool, Day, Moment, Json };

    Tag tag = Tag::Null;
    std::uint8_t detail = 0; ///< Number: scale. Moment: the zone's letter
    std::int64_t number = 0;
    std::string_view text; ///< Text, LongNumber, Json: a view into the segment or the scratch

    bool operator==(const CellValue &) const = default;
    bool isBlank() const { return tag == Tag::Null || (tag == Tag::Text && text.empty()); }
};

/// The value of a cell; a null segment has only nulls. The text is valid until the segment or `scratch` changes.
CellValue valueOf(const Segment *segment, size_t row, const CellRule &rule, std::string &scratch);
/// The value of a text, as valueOf() makes it of a cell.
CellValue valueOfText(std::string_view text, const CellRule &rule, std::string &scratch);

/// Equal values have equal hashes. Whole numbers that fit 64 bits have different hashes when they differ.
std::uint64_t hashOf(const CellValue &value);
/// The hash of the whole number.
inline std::uint64_t hashOfWhole(std::int64_t number)
{
    const auto x = static_cast<std::uint64_t>(number);
    const std::uint64_t y = (x ^ (x >> 32)) * 0x9E3779B97F4A7C15ULL;
    return y ^ (y >> 29);
}

/// Equal, or two numbers within the rule's tolerance. The absolute one is exact for numbers of up to 64 bits.
bool isSameWithin(const CellValue &a, const CellValue &b, const CellRule &rule);

} // namespace rowdesk
