#include "core/literals.h"

#include <fast_float/fast_float.h>

#include <charconv>
#include <cmath>
#include <limits>

namespace rowdesk {
namespace {

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

constexpr std::int64_t secondsADay = 86'400;
constexpr int mostFraction = 7; // .NET writes seven; more would not fit 64 bits up to the year 9999

constexpr std::int64_t tenTo(int exponent)
{
    std::int64_t result = 1;
    while (exponent-- > 0)
        result *= 10;
    return result;
}

/// Days since 1970-01-01 in the Gregorian calendar, for years 0–9999.
constexpr std::int64_t daysFromCivil(int year, int month, int day)
{
    const int y = month <= 2 ? year - 1 : year;
    const int era = (y >= 0 ? y : y - 399) / 400;
    const int yearOfEra = y - era * 400;
    const int dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    const int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
    return std::int64_t{era} * 146'097 + dayOfEra - 719'468;
}

struct Civil
{
    int year, month, day;
};
constexpr Civil civilFromDays(std::int64_t days)
{
    const std::int64_t z = days + 719'468;
    const std::int64_t era = (z >= 0 ? z : z - 146'096) / 146'097;
    const int dayOfEra = static_cast<int>(z - era * 146'097);
    const int yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36'524 - dayOfEra / 146'096) / 365;
    const int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    const int shifted = (5 * dayOfYear + 2) / 153;
    const int month = shifted < 10 ? shifted + 3 : shifted - 9;
    const int year = static_cast<int>(yearOfEra + era * 400) + (month <= 2 ? 1 : 0);
    return {year, month, dayOfYear - (153 * shifted + 2) / 5 + 1};
}

bool isRealDay(int year, int month, int day)
{
    static constexpr int lengths[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (month < 1 || month > 12 || day < 1 || day > lengths[month - 1])
        return false;
    const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month != 2 || day != 29 || leap;
}

/// The number of `count` digits at `at`, or -1.
int digitsAt(std::string_view text, size_t at, size_t count)
{
    int value = 0;
    for (size_t i = at; i < at + count; ++i) {
        if (!isDigit(text[i]))
            return -1;
        value = value * 10 + (text[i] - '0');
    }
    return value;
}

std::optional<std::int64_t> parseDay(std::string_view text)
{
    if (text.size() < 10 || text[4] != '-' || text[7] != '-')
        return std::nullopt;
    const int year = digitsAt(text, 0, 4);
    const int month = digitsAt(text, 5, 2);
    const int day = digitsAt(text, 8, 2);
    if (year < 0 || !isRealDay(year, month, day))
        return std::nullopt;
    return daysFromCivil(year, month, day);
}

/// "hh:mm:ss" as seconds, or -1.
int parseClock(std::string_view text)
{
    if (text[2] != ':' || text[5] != ':')
        return -1;
    const int hour = digitsAt(text, 0, 2);
    const int minute = digitsAt(text, 3, 2);
    const int second = digitsAt(text, 6, 2);
    const bool real = hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second < 60;
    return real ? (hour * 60 + minute) * 60 + second : -1;
}

void appendPadded(std::string &out, std::int64_t value, int width)
{
    char digits[20];
    for (int i = width - 1; i >= 0; --i, value /= 10)
        digits[i] = static_cast<char>('0' + value % 10);
    out.append(digits, static_cast<size_t>(width));
}

} // namespace

std::optional<Decimal> parseDecimal(std::string_view literal)
{
    const bool negative = !literal.empty() && literal.front() == '-';
    const std::string_view digits = literal.substr(negative ? 1 : 0);
    // Nineteen digits always fit an unsigned 64-bit number; whether a signed one holds them is checked at the end.
    if (digits.empty() || digits.size() > 20 || !isDigit(digits.front()) || !isDigit(digits.back()))
        return std::nullopt;
    if (digits.front() == '0' && digits.size() > 1 && digits[1] != '.')
        return std::nullopt;
    std::uint64_t value = 0;
    size_t point = digits.size();
    for (size_t i = 0; i < digits.size(); ++i) {
        if (isDigit(digits[i]))
            value = value * 10 + static_cast<std::uint64_t>(digits[i] - '0');
        else if (digits[i] == '.' && point == digits.size())
            point = i;
        else
            return std::nullopt;
    }
    const bool hasPoint = point != digits.size();
    if (digits.size() - (hasPoint ? 1 : 0) > 19 || value > std::uint64_t{std::numeric_limits<std::int64_t>::max()})
        return std::nullopt;
    if (negative && value == 0)
        return std::nullopt;
    const auto signedValue = static_cast<std::int64_t>(value);
    return Decimal{negative ? -signedValue : signedValue,
                   static_cast<std::uint8_t>(hasPoint ? digits.size() - point - 1 : 0)};
}

void formatDecimal(Decimal value, std::string &out)
{
    char buffer[32];
    const auto [end, code] = std::to_chars(buffer, buffer + sizeof buffer, value.mantissa);
    std::string_view digits(buffer, static_cast<size_t>(end - buffer));
    out.clear();
    if (value.scale == 0) {
        out = digits;
        return;
    }
    if (digits.front() == '-') {
        out += '-';
        digits.remove_prefix(1);
    }
    if (digits.size() <= value.scale) {
        out += "0.";
        out.append(value.scale - digits.size(), '0');
        out += digits;
    } else {
        out += digits.substr(0, digits.size() - value.scale);
        out += '.';
        out += digits.substr(digits.size() - value.scale);
    }
}

std::optional<Moment> parseMoment(std::string_view text)
{
    const std::optional<std::int64_t> day = parseDay(text);
    if (!day)
        return std::nullopt;
    if (text.size() == 10)
        return Moment{*day, {}};
    Moment moment;
    moment.style.separator = text[10];
    if ((text[10] != 'T' && text[10] != ' ') || text.size() < 19)
        return std::nullopt;
    const int clock = parseClock(text.substr(11, 8));
    if (clock < 0)
        return std::nullopt;
    std::string_view rest = text.substr(19);
    if (!rest.empty() && rest.back() == 'Z') {
        moment.style.zone = 'Z';
        rest.remove_suffix(1);
    }
    int fraction = 0;
    if (!rest.empty()) {
        const size_t count = rest.size() - 1;
        if (rest.front() != '.' || count == 0 || count > mostFraction || (fraction = digitsAt(rest, 1, count)) < 0)
            return std::nullopt;
        moment.style.fraction = static_cast<std::uint8_t>(count);
    }
    moment.ticks = (*day * secondsADay + clock) * tenTo(moment.style.fraction) + fraction;
    return moment;
}

void formatMoment(std::int64_t ticks, MomentStyle style, std::string &out)
{
    out.clear();
    std::int64_t days = ticks;
    std::int64_t inDay = 0;
    if (style.separator) {
        const std::int64_t ticksADay = secondsADay * tenTo(style.fraction);
        days = ticks / ticksADay - (ticks % ticksADay < 0 ? 1 : 0);
        inDay = ticks - days * ticksADay;
    }
    const Civil civil = civilFromDays(days);
    appendPadded(out, civil.year, 4);
    out += '-';
    appendPadded(out, civil.month, 2);
    out += '-';
    appendPadded(out, civil.day, 2);
    if (!style.separator)
        return;
    const std::int64_t second = inDay / tenTo(style.fraction);
    out += style.separator;
    appendPadded(out, second / 3600, 2);
    out += ':';
    appendPadded(out, second / 60 % 60, 2);
    out += ':';
    appendPadded(out, second % 60, 2);
    if (style.fraction) {
        out += '.';
        appendPadded(out, inDay % tenTo(style.fraction), style.fraction);
    }
    if (style.zone)
        out += style.zone;
}

double nearestDouble(std::string_view literal)
{
    double value = 0;
    const auto result = fast_float::from_chars(literal.data(), literal.data() + literal.size(), value);
    return result.ec == std::errc::invalid_argument ? std::numeric_limits<double>::quiet_NaN() : value;
}

} // namespace rowdesk
