#include "core/numberorder.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <string>

namespace rowdesk {
namespace {

__extension__ typedef __int128 Int128;

Int128 tenTo(int exponent)
{
    Int128 result = 1;
    while (exponent-- > 0)
        result *= 10;
    return result;
}

/// With more, 19 digits times this power of ten would not fit 127 bits.
constexpr int mostScale = 18;

/// A number as 0.DIGITS × 10^exponent, without zeros at either end of the digits.
struct Scientific
{
    bool negative = false;
    std::string digits;
    long long exponent = 0;
};

Scientific scientific(std::string_view text)
{
    Scientific result;
    if (!text.empty() && text.front() == '-') {
        result.negative = true;
        text.remove_prefix(1);
    }
    long long exponent = 0;
    if (const size_t e = text.find_first_of("eE"); e != std::string_view::npos) {
        std::string_view power = text.substr(e + 1);
        if (!power.empty() && power.front() == '+')
            power.remove_prefix(1);
        // An exponent beyond 64 bits is clamped: such numbers differ from all others, which is what counts.
        if (std::from_chars(power.data(), power.data() + power.size(), exponent).ec == std::errc::result_out_of_range)
            exponent = power.front() == '-' ? -4'000'000'000'000'000'000 : 4'000'000'000'000'000'000;
        text = text.substr(0, e);
    }
    const size_t point = std::min(text.find('.'), text.size());
    result.digits.append(text.substr(0, point));
    if (point < text.size())
        result.digits.append(text.substr(point + 1));
    const size_t leading = std::min(result.digits.find_first_not_of('0'), result.digits.size());
    result.exponent = exponent + static_cast<long long>(point) - static_cast<long long>(leading);
    result.digits.erase(0, leading);
    result.digits.erase(result.digits.find_last_not_of('0') + 1);
    return result;
}

} // namespace

std::strong_ordering compareDecimals(Decimal a, Decimal b)
{
    if (a.scale == b.scale)
        return a.mantissa <=> b.mantissa;
    // 19 digits × 10^18 is below 2^127.
    const Int128 left = a.mantissa * (a.scale < b.scale ? tenTo(b.scale - a.scale) : Int128{1});
    const Int128 right = b.mantissa * (b.scale < a.scale ? tenTo(a.scale - b.scale) : Int128{1});
    return left < right   ? std::strong_ordering::less
           : left > right ? std::strong_ordering::greater
                          : std::strong_ordering::equal;
}

std::strong_ordering compareNumberTexts(std::string_view a, std::string_view b)
{
    const Scientific left = scientific(a);
    const Scientific right = scientific(b);
    const auto sign = [](const Scientific &s) { return s.digits.empty() ? 0 : s.negative ? -1 : 1; };
    if (sign(left) != sign(right) || sign(left) == 0)
        return sign(left) <=> sign(right);
    std::strong_ordering size = left.exponent <=> right.exponent;
    if (size == 0)
        size = left.digits.compare(right.digits) <=> 0;
    return left.negative ? 0 <=> size : size;
}

Decimal withoutTrailingZeros(Decimal value)
{
    while (value.scale > 0 && value.mantissa % 10 == 0) {
        value.mantissa /= 10;
        --value.scale;
    }
    return value;
}

std::optional<Decimal> decimalValue(std::string_view number)
{
    if (const std::optional<Decimal> written = parseDecimal(number); written && written->scale <= mostScale)
        return withoutTrailingZeros(*written);
    Scientific value = scientific(number);
    if (value.digits.empty())
        return Decimal{};
    // 0.DIGITS × 10^exponent is DIGITS / 10^scale.
    const long long scale = static_cast<long long>(value.digits.size()) - value.exponent;
    if (scale > mostScale || scale < -mostScale)
        return std::nullopt;
    if (scale < 0)
        value.digits.append(static_cast<size_t>(-scale), '0');
    if (value.negative)
        value.digits.insert(0, 1, '-');
    Decimal result{0, static_cast<std::uint8_t>(scale > 0 ? scale : 0)};
    const char *end = value.digits.data() + value.digits.size();
    if (std::from_chars(value.digits.data(), end, result.mantissa).ec != std::errc())
        return std::nullopt;
    return result;
}

void canonicalNumber(std::string_view number, std::string &out)
{
    const Scientific value = scientific(number);
    out = value.negative && !value.digits.empty() ? "-" : "";
    out += value.digits;
    out += 'e';
    out += std::to_string(value.digits.empty() ? 0 : value.exponent);
}

std::optional<Decimal> subtract(Decimal a, Decimal b)
{
    std::uint8_t scale = std::max(a.scale, b.scale);
    Int128 difference = a.mantissa * tenTo(scale - a.scale) - b.mantissa * tenTo(scale - b.scale);
    for (; scale > 0 && difference % 10 == 0; --scale)
        difference /= 10;
    if (difference > std::numeric_limits<std::int64_t>::max() || difference < -std::numeric_limits<std::int64_t>::max())
        return std::nullopt;
    return Decimal{static_cast<std::int64_t>(difference), scale};
}

bool isWithin(Decimal a, Decimal b, Decimal most)
{
    // 2 × 19 digits × 10^18 is below 2^127.
    const std::uint8_t scale = std::max({a.scale, b.scale, most.scale});
    const auto scaled = [scale](Decimal value) { return value.mantissa * tenTo(scale - value.scale); };
    const Int128 difference = scaled(a) - scaled(b);
    return (difference < 0 ? -difference : difference) <= scaled(most);
}

double toDouble(Decimal value)
{
    static constexpr std::array<double, 20> powers{1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,
                                                   1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19};
    constexpr std::int64_t exactly = std::int64_t{1} << 53;
    if (value.scale == 0 || (value.mantissa <= exactly && value.mantissa >= -exactly))
        return static_cast<double>(value.mantissa) / powers[value.scale]; // one rounding
    std::string text;
    formatDecimal(value, text);
    return nearestDouble(text);
}

bool isSafeAsDouble(Decimal value)
{
    constexpr std::int64_t fifteenDigits = 1'000'000'000'000'000;
    return value.mantissa < fifteenDigits && value.mantissa > -fifteenDigits;
}

} // namespace rowdesk
