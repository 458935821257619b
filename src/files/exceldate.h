#pragma once

#include <string>
#include <string_view>

namespace rowdesk {

/// How a cell shows its number.
enum class NumberFormat : unsigned char {
    Plain,
    Percent,
    Date,     ///< a day
    DateTime, ///< a day and a time
    Time,     ///< a time of day
    Elapsed,  ///< hours that may exceed 24, as [h]:mm
    Zeros2    ///< Zeros2 + n: digits with leading zeros, n + 2 of them (a postcode, for example)
};

/// What a format code such as "dd.mm.yyyy" or "0.0%" shows.
NumberFormat formatOfCode(std::string_view code);
/// The same for the formats that have a number and no code (ECMA-376 part 1, 18.8.30).
NumberFormat formatOfBuiltIn(int id);

inline bool isDateFormat(NumberFormat format)
{
    return format >= NumberFormat::Date && format <= NumberFormat::Elapsed;
}

enum class SerialProblem {
    None,
    Negative,
    TooLarge,
    NoSuchDay /* 29 February 1900, which Excel has and no calendar */
};

/// Appends the day or time that a serial number stands for: 2025-04-03, 2025-04-03T09:05:00, 09:05:00, with
/// milliseconds when there are any. A serial below 1 is a time of day whatever the format. `from1904`: the workbook
/// counts from 1904.
SerialProblem writeSerial(double serial, NumberFormat format, bool from1904, std::string &out);

} // namespace rowdesk
