#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace rowdesk {

/// A decimal number exactly: mantissa / 10^scale. Scale 2 and mantissa 10 is "0.10", not "0.1".
struct Decimal
{
    std::int64_t mantissa = 0;
    std::uint8_t scale = 0;

    bool operator==(const Decimal &) const = default;
};

/// Reads a number whose written form formatDecimal() gives back character for character. Empty for everything else:
/// exponents, "-0", leading zeros, "+", more digits than 64 bits hold. Those are kept as they are written.
std::optional<Decimal> parseDecimal(std::string_view literal);
void formatDecimal(Decimal value, std::string &out);

/// The written form of a moment. All moments of a segment share one; ticks count in units of 10^-fraction seconds.
struct MomentStyle
{
    char separator = 0;        ///< 'T' or ' '; 0: a day without a time (then ticks count days)
    char zone = 0;             ///< 'Z' or 0. Other offsets are kept as text
    std::uint8_t fraction = 0; ///< digits after the seconds' point, 0–7

    bool operator==(const MomentStyle &) const = default;
};
struct Moment
{
    std::int64_t ticks = 0; ///< since 1970-01-01T00:00:00
    MomentStyle style;
};

/// Reads "2026-01-31" and "2026-01-31T10:20:30[.fraction][Z]" (or a blank for the T) when the day exists and
/// formatMoment() gives the same characters back; empty for everything else.
std::optional<Moment> parseMoment(std::string_view text);
void formatMoment(std::int64_t ticks, MomentStyle style, std::string &out);

/// The nearest double of a JSON number of any length; ±infinity when it is too large ("1e400").
double nearestDouble(std::string_view literal);

} // namespace rowdesk
