#include "files/datevalue.h"

#include <QHash>
#include <QLocale>

#include <algorithm>
#include <array>
#include <charconv>

namespace rowdesk {
namespace {

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}
bool isLetter(char c)
{
    return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

/// Walks over a text; every step either takes something or leaves all as it was.
class Cursor
{
public:
    explicit Cursor(std::string_view text) : m_left(text) {}

    bool atEnd() const { return m_left.empty(); }
    char peek() const { return m_left.empty() ? '\0' : m_left.front(); }
    bool take(char c)
    {
        if (peek() != c || atEnd())
            return false;
        m_left.remove_prefix(1);
        return true;
    }
    std::string_view takeDigits(size_t most)
    {
        size_t count = 0;
        while (count < most && count < m_left.size() && isDigit(m_left[count]))
            ++count;
        return takeText(count);
    }
    /// Letters, with those beyond ASCII.
    std::string_view takeLetters()
    {
        size_t count = 0;
        while (count < m_left.size() && (isLetter(m_left[count]) || (m_left[count] & 0x80) != 0))
            ++count;
        return takeText(count);
    }
    void skip(std::string_view text)
    {
        if (m_left.starts_with(text))
            m_left.remove_prefix(text.size());
    }
    std::string_view left() const { return m_left; }

private:
    std::string_view takeText(size_t count)
    {
        const std::string_view taken = m_left.substr(0, count);
        m_left.remove_prefix(count);
        return taken;
    }
    std::string_view m_left;
};

int number(std::string_view digits)
{
    int value = 0;
    for (const char c : digits)
        value = value * 10 + (c - '0');
    return value;
}

/// The names of the months, whole and abbreviated, in further languages; in none of them does a name of one month mean
/// another in the next.
QHash<QByteArray, int> foreignMonths()
{
    QHash<QByteArray, int> months;
    for (const QLocale::Language language : {QLocale::German, QLocale::French, QLocale::Spanish}) {
        const QLocale locale(language);
        for (int month = 1; month <= 12; ++month) {
            for (const auto format : {QLocale::LongFormat, QLocale::ShortFormat}) {
                for (QString name : {locale.monthName(month, format), locale.standaloneMonthName(month, format)}) {
                    name = name.toLower().remove(QLatin1Char('.'));
                    months.insert(name.toUtf8(), month);
                    if (format == QLocale::LongFormat && name.size() > 3)
                        months.insert(name.left(3).toUtf8(), months.value(name.left(3).toUtf8(), month));
                }
            }
        }
    }
    months.remove("jui"); // juin or juillet
    return months;
}

int monthOfForeignName(std::string_view name)
{
    static const QHash<QByteArray, int> months = foreignMonths();
    if (name.size() > 12)
        return 0;
    return months.value(QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size())).toLower().toUtf8());
}

/// Month of an English name or its first three letters, or of a German, French or Spanish one; 0 when it is none.
int monthOfName(std::string_view name)
{
    static constexpr std::array<std::string_view, 12> months{"january",   "february", "march",    "april",
                                                             "may",       "june",     "july",     "august",
                                                             "september", "october",  "november", "december"};
    for (size_t i = 0; i < months.size(); ++i) {
        const bool whole = name.size() == months[i].size();
        const bool brief = name.size() == 3 || (i == 8 && name.size() == 4);
        if ((whole || brief) &&
            std::equal(name.begin(), name.end(), months[i].begin(), [](char a, char b) { return (a | 0x20) == b; }))
            return static_cast<int>(i) + 1;
    }
    return name.empty() ? 0 : monthOfForeignName(name);
}

bool takeZone(Cursor &at, DateText &date)
{
    const std::string_view start = at.left();
    if (at.take('Z') || at.take('z')) {
        date.zone = start.substr(0, 1);
        return true;
    }
    if (!at.take('+') && !at.take('-'))
        return true;
    const std::string_view hours = at.takeDigits(2);
    at.take(':');
    const std::string_view minutes = at.takeDigits(2);
    date.zone = start.substr(0, start.size() - at.left().size());
    return hours.size() == 2 && minutes.size() != 1 && number(hours) <= 14 && number(minutes) < 60;
}

/// "am" or "pm" changes the hour; false when the hour is not one of a clock's twelve.
bool takeHalf(Cursor &at, DateText &date)
{
    Cursor ahead = at;
    ahead.take(' ');
    const std::string_view half = ahead.takeLetters();
    if (half.size() != 2 || (half[1] | 0x20) != 'm' || ((half[0] | 0x20) != 'a' && (half[0] | 0x20) != 'p'))
        return true;
    at = ahead;
    if (date.hour < 1 || date.hour > 12)
        return false;
    date.hour = date.hour % 12 + ((half[0] | 0x20) == 'p' ? 12 : 0);
    return true;
}

/// A time up to the end of the text.
bool takeTime(Cursor &at, DateText &date)
{
    const std::string_view hour = at.takeDigits(2);
    if (hour.empty() || !at.take(':'))
        return false;
    const std::string_view minute = at.takeDigits(2);
    if (minute.size() != 2)
        return false;
    date.hasTime = true;
    date.hour = number(hour);
    date.minute = number(minute);
    if (at.take(':')) {
        const std::string_view seconds = at.takeDigits(2);
        if (seconds.size() != 2)
            return false;
        date.seconds = number(seconds);
        if (at.take('.') || at.take(',')) {
            date.fraction = at.takeDigits(12);
            if (date.fraction.empty())
                return false;
        }
    }
    return takeHalf(at, date) && takeZone(at, date) && at.atEnd() && date.hour < 24 && date.minute < 60 &&
           date.seconds < 60;
}

/// What may stand after a date: nothing, or a blank or a T and a time.
bool takeRest(Cursor &at, DateText &date)
{
    if (at.atEnd())
        return true;
    if (!at.take(' ') && !at.take('T') && !at.take('t'))
        return false;
    return takeTime(at, date);
}

void setYear(DateText &date, int &place, std::string_view digits)
{
    place = number(digits);
    date.twoDigitYear = digits.size() == 2;
}

/// 3 Apr 2025, 03-April-25, Apr 3, 2025, 3. April 2025, 3 de abril de 2025 and the like.
std::optional<DateText> scanNamed(std::string_view text)
{
    Cursor at(text);
    DateText date;
    date.namedMonth = true;
    const bool monthFirst = isLetter(at.peek());
    std::string_view day = monthFirst ? std::string_view() : at.takeDigits(2);
    if (!day.empty())
        at.take('.');
    const char separator = monthFirst ? ' ' : at.peek();
    if (!monthFirst &&
        (day.empty() || (separator != ' ' && separator != '-' && separator != '/') || !at.take(separator)))
        return std::nullopt;
    at.skip("de ");
    date.second = monthOfName(at.takeLetters());
    at.take('.');
    if (date.second == 0 || !at.take(separator))
        return std::nullopt;
    at.skip("de ");
    if (monthFirst) {
        day = at.takeDigits(2);
        if (day.empty() || !at.take(',') || !at.take(' '))
            return std::nullopt;
    }
    const std::string_view year = at.takeDigits(4);
    if (year.size() != 4 && year.size() != 2)
        return std::nullopt;
    date.first = number(day);
    setYear(date, date.third, year);
    return takeRest(at, date) ? std::optional(date) : std::nullopt;
}

/// Two digits; negative when they are none.
int twoDigits(const char *text)
{
    return isDigit(text[0]) && isDigit(text[1]) ? (text[0] - '0') * 10 + (text[1] - '0') : -10000;
}

/// 2025-04-03 or 2025-04-03T09:05:00 at once: most dates of most files. False: look closer.
bool scanIso(std::string_view text, DateText &date)
{
    if ((text.size() != 10 && text.size() != 19) || text[4] != '-' || text[7] != '-')
        return false;
    date.first = twoDigits(text.data()) * 100 + twoDigits(text.data() + 2);
    date.second = twoDigits(text.data() + 5);
    date.third = twoDigits(text.data() + 8);
    date.yearFirst = true;
    date.isIso = true;
    if (date.first < 0 || date.second < 0 || date.third < 0)
        return false;
    if (text.size() == 10)
        return true;
    date.hasTime = true;
    date.hour = twoDigits(text.data() + 11);
    date.minute = twoDigits(text.data() + 14);
    date.seconds = twoDigits(text.data() + 17);
    const bool marked = (text[10] == ' ' || text[10] == 'T') && text[13] == ':' && text[16] == ':';
    const auto below = [](int value, int limit) { return value >= 0 && value < limit; };
    return marked && below(date.hour, 24) && below(date.minute, 60) && below(date.seconds, 60);
}

} // namespace

std::optional<DateText> scanDate(std::string_view text)
{
    if (text.size() < 6 || text.size() > 48)
        return std::nullopt;
    if (DateText iso; scanIso(text, iso))
        return iso;
    Cursor at(text);
    const std::string_view first = at.takeDigits(4);
    const char separator = at.peek();
    if (first.empty() || first.size() == 3 || (separator != '-' && separator != '/' && separator != '.'))
        return scanNamed(text);
    DateText date;
    at.take(separator);
    const std::string_view second = at.takeDigits(2);
    if (second.empty() || !at.take(separator))
        return scanNamed(text);
    const std::string_view third = at.takeDigits(4);
    date.yearFirst = first.size() == 4;
    const bool shaped =
        date.yearFirst ? third.size() == 1 || third.size() == 2 : third.size() == 4 || third.size() == 2;
    if (!shaped)
        return std::nullopt;
    date.first = number(first);
    date.second = number(second);
    date.third = number(third);
    date.twoDigitYear = !date.yearFirst && third.size() == 2;
    date.isIso = date.yearFirst && separator == '-' && second.size() == 2 && third.size() == 2;
    return takeRest(at, date) ? std::optional(date) : std::nullopt;
}

bool isDay(int year, int month, int day)
{
    static constexpr std::array<int, 13> days{0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1)
        return false;
    const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return day <= days[static_cast<size_t>(month)] + (month == 2 && leap ? 1 : 0);
}

std::optional<Day> dayOf(const DateText &date, DateOrder order)
{
    if (date.twoDigitYear)
        return std::nullopt;
    Day day{date.third, date.second, date.first};
    if (date.yearFirst)
        day = {date.first, date.second, date.third};
    else if (!date.namedMonth && order == DateOrder::MonthDayYear)
        day = {date.third, date.first, date.second};
    else if (!date.namedMonth && order == DateOrder::YearMonthDay)
        return std::nullopt;
    return isDay(day.year, day.month, day.day) ? std::optional(day) : std::nullopt;
}

std::optional<Day> dayOfWithShortYear(const DateText &date, DateOrder order)
{
    DateText full = date;
    if (date.twoDigitYear) {
        full.third += date.third < 69 ? 2000 : 1900;
        full.twoDigitYear = false;
    }
    return dayOf(full, order);
}

void writePadded(long long value, int width, std::string &out)
{
    std::array<char, 20> digits;
    const auto end =
        static_cast<size_t>(std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr - digits.data());
    if (end < static_cast<size_t>(width))
        out.append(static_cast<size_t>(width) - end, '0');
    out.append(digits.data(), end);
}

void writeDay(const Day &day, std::string &out)
{
    writePadded(day.year, 4, out);
    out += '-';
    writePadded(day.month, 2, out);
    out += '-';
    writePadded(day.day, 2, out);
}

void writeDayTime(const Day &day, const DateText &time, std::string &out)
{
    writeDay(day, out);
    out += 'T';
    writePadded(time.hour, 2, out);
    out += ':';
    writePadded(time.minute, 2, out);
    out += ':';
    writePadded(time.seconds, 2, out);
    if (!time.fraction.empty())
        out.append(1, '.').append(time.fraction);
    out += time.zone;
}

} // namespace rowdesk
