#pragma once

#include "core/literals.h"

#include <compare>
#include <string_view>

namespace rowdesk {

/// Compares two decimals by value, exactly.
std::strong_ordering compareDecimals(Decimal a, Decimal b);

/// Compares two JSON numbers of any length by value, exactly ("1e2" equals "100", "-0" equals "0").
std::strong_ordering compareNumberTexts(std::string_view a, std::string_view b);

/// The value as a double, correctly rounded.
double toDouble(Decimal value);

/// Whether different values of this size and scale are different doubles, so that ordering doubles is exact.
bool isSafeAsDouble(Decimal value);

} // namespace rowdesk
