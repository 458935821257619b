#include "files/exceldate.h"

#include "files/datevalue.h"

#include <algorithm>
#include <cmath>

namespace rowdesk {
namespace {

constexpr double lastSerial = 2958466; // 31 December 9999 is the day before

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
}

/// The part of a format code that says something: without texts, colours and the sections for other signs.
struct CodeLetters
{
    std::string letters;  // lower case
    bool elapsed = false; // had [h], [m] or [s]
};

CodeLetters lettersOf(std::string_view code)
{
    CodeLetters result;
    for (size_t i = 0; i < code.size(); ++i) {
        const char c = code[i];
        if (c == ';')
            break;
        if (c == '\\' || c == '_' || c == '*') {
            ++i;
        } else if (c == '"') {
            i = std::min(code.find('"', i + 1), code.size());
        } else if (c == '[') {
            const size_t close = std::min(code.find(']', i), code.size());
            const std::string_view inside = code.substr(i + 1, close - i - 1);
            const bool same = !inside.empty() && std::all_of(inside.begin(), inside.end(),
                                                             [&](char x) { return lower(x) == lower(inside[0]); });
            if (same && std::string_view("hms").find(lower(inside[0])) != std::string_view::npos) {
                result.elapsed = true;
                result.letters += lower(inside[0]);
            }
            i = close;
        } else {
            result.letters += lower(c);
        }
    }
    return result;
}

/// A civil day from days since 1970-01-01 (the usual algorithm on 400-year cycles).
Day civil(long long days)
{
    days += 719468;
    const long long era = (days >= 0 ? days : days - 146096) / 146097;
    const long long dayOfEra = days - era * 146097;
    const long long yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146096) / 365;
    const long long dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    const long long m = (5 * dayOfYear + 2) / 153;
    const long long month = m < 10 ? m + 3 : m - 9;
    return {static_cast<int>(yearOfEra + era * 400 + (month <= 2 ? 1 : 0)), static_cast<int>(month),
            static_cast<int>(dayOfYear - (153 * m + 2) / 5 + 1)};
}

void writeClock(long long milliseconds, std::string &out)
{
    const long long seconds = milliseconds / 1000;
    writePadded(seconds / 3600, 2, out);
    out += ':';
    writePadded(seconds / 60 % 60, 2, out);
    out += ':';
    writePadded(seconds % 60, 2, out);
    if (milliseconds % 1000 != 0) {
        out += '.';
        writePadded(milliseconds % 1000, 3, out);
    }
}

} // namespace

NumberFormat formatOfCode(std::string_view code)
{
    const CodeLetters found = lettersOf(code);
    const std::string &letters = found.letters;
    if (letters == "general" || letters.empty() || letters == "@")
        return NumberFormat::Plain;
    if (letters.find('%') != std::string::npos)
        return NumberFormat::Percent;
    const auto has = [&letters](char c) { return letters.find(c) != std::string::npos; };
    if (letters.size() >= 2 && letters.size() <= 20 && letters.find_first_not_of('0') == std::string::npos)
        return static_cast<NumberFormat>(static_cast<size_t>(NumberFormat::Zeros2) + letters.size() - 2);
    if (letters.find_first_of("#?") != std::string::npos || letters.find("e+") != std::string::npos)
        return NumberFormat::Plain;
    if (found.elapsed)
        return NumberFormat::Elapsed;
    const bool time = has('h') || has('s');
    const bool day = has('y') || has('d') || (has('m') && !time);
    if (day)
        return time ? NumberFormat::DateTime : NumberFormat::Date;
    return time ? NumberFormat::Time : NumberFormat::Plain;
}

NumberFormat formatOfBuiltIn(int id)
{
    if (id == 9 || id == 10)
        return NumberFormat::Percent;
    if ((id >= 14 && id <= 17) || (id >= 27 && id <= 31) || id == 36 || (id >= 50 && id <= 54) || id == 57 || id == 58)
        return NumberFormat::Date;
    if ((id >= 18 && id <= 21) || (id >= 32 && id <= 35) || id == 45 || id == 47 || id == 55 || id == 56)
        return NumberFormat::Time;
    if (id == 22)
        return NumberFormat::DateTime;
    return id == 46 ? NumberFormat::Elapsed : NumberFormat::Plain;
}

SerialProblem writeSerial(double serial, NumberFormat format, bool from1904, std::string &out)
{
    constexpr long long dayLength = 86400000;
    if (serial < 0)
        return SerialProblem::Negative;
    if (!(serial < lastSerial))
        return SerialProblem::TooLarge;
    // A double holds milliseconds of these days; what is finer is noise of the division by 86,400.
    const auto milliseconds = static_cast<long long>(std::llround(serial * static_cast<double>(dayLength)));
    const long long days = milliseconds / dayLength;
    const long long ofDay = milliseconds % dayLength;
    if (format == NumberFormat::Elapsed) {
        writeClock(milliseconds, out);
        return SerialProblem::None;
    }
    if (days == 0 && !from1904) {
        writeClock(ofDay, out);
        return SerialProblem::None;
    }
    if (format == NumberFormat::Time && days == 0) {
        writeClock(ofDay, out);
        return SerialProblem::None;
    }
    if (days == 60 && !from1904)
        return SerialProblem::NoSuchDay;
    // 1 January 1900 is serial 1; from 1 March on the day that never was is counted too.
    const long long epoch = from1904 ? -24107 : days < 60 ? -25568 : -25569;
    writeDay(civil(days + epoch), out);
    if (ofDay != 0 || format == NumberFormat::DateTime || format == NumberFormat::Time) {
        out += 'T';
        writeClock(ofDay, out);
    }
    return SerialProblem::None;
}

} // namespace rowdesk
