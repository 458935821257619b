#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace rowdesk {

/// In which order a column's dates are written. ISO dates (2025-04-03) are read in every order.
enum class DateOrder { YearMonthDay, DayMonthYear, MonthDayYear };

/// A text that is made like a date, with or without a time. Which number is the day is not decided here.
struct DateText
{
    int first = 0; ///< the numbers as they stand: 31, 12, 2025 or 2025, 12, 31
    int second = 0;
    int third = 0;
    bool yearFirst = false;
    bool isIso = false;      ///< year first with hyphens and two-digit month and day
    bool namedMonth = false; ///< first is the day and second the month then, whatever stood first
    bool twoDigitYear = false;
    bool hasTime = false;
    int hour = 0;
    int minute = 0;
    int seconds = 0;
    std::string_view fraction; ///< digits after the seconds' point
    std::string_view zone;     ///< "Z", "+02:00" …, as written
};

/// Takes a text apart; empty when it is not made like a date. Its numbers may still be impossible.
std::optional<DateText> scanDate(std::string_view text);

/// A day of the calendar.
struct Day
{
    int year;
    int month;
    int day;
};

/// The day that this order makes of it; empty when there is no such day, or its year has two digits.
std::optional<Day> dayOf(const DateText &date, DateOrder order);

/// The same with years of two digits: 00–68 are 2000–2068, 69–99 are 1969–1999 (as POSIX has it).
std::optional<Day> dayOfWithShortYear(const DateText &date, DateOrder order);

bool isDay(int year, int month, int day); ///< in the Gregorian calendar, years 1 to 9999

/// Appends a number (not negative) with zeros in front up to this width.
void writePadded(long long value, int width, std::string &out);
/// Appends 2025-04-03.
void writeDay(const Day &day, std::string &out);
/// Appends 2025-04-03T09:05:00, with the fraction and the zone exactly as they were written. Nothing is converted.
void writeDayTime(const Day &day, const DateText &time, std::string &out);

} // namespace rowdesk
