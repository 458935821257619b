#pragma once

#include "core/literals.h"

#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace rowdesk {

/// Compares two decimals by value, exactly.
std::strong_ordering compareDecimals(Decimal a, Decimal b);

/// Compares two JSON numbers of any length by value, exactly ("1e2" equals "100", "-0" equals "0").
std::strong_ordering compareNumberTexts(std::string_view a, std::string_view b);

/// The value of a JSON number when a Decimal of at most 18 digits after the point holds it, without zeros at the end:
/// numbers of the same value give the same Decimal, however they are written ("1e2", "100", "100.0").
std::optional<Decimal> decimalValue(std::string_view number);

/// Replaces `out` by a text that is the same for numbers of the same value and for no others.
void canonicalNumber(std::string_view number, std::string &out);

/// The same value without zeros at the end.
Decimal withoutTrailingZeros(Decimal value);

/// a - b exactly, without zeros at the end; empty when 64 bits don't hold it. Scales are at most 18.
std::optional<Decimal> subtract(Decimal a, Decimal b);

/// Whether |a - b| <= most, exactly. `most` is not negative; scales are at most 18.
bool isWithin(Decimal a, Decimal b, Decimal most);

/// The value as a double, correctly rounded.
double toDouble(Decimal value);

/// Whether different values of this size and scale are different doubles, so that ordering doubles is exact.
bool isSafeAsDouble(Decimal value);

} // namespace rowdesk
