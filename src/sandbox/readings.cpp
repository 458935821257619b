#include "sandbox/readings.h"

#include <QDate>

#include <array>
#include <cstdint>
#include <string_view>

namespace rowdesk::sandbox::readings {
namespace {

using namespace Qt::StringLiterals;

constexpr std::array<std::string_view, 12> stations{"Harbour",     "Old Town", "Airport",    "Forest Road",
                                                    "Bridge",      "Mill",     "North Gate", "Market",
                                                    "Castle Hill", "Lake",     "Südpark",    "Ünye 海"};
constexpr std::array<std::string_view, 4> notes{"sensor cleaned", "battery changed", "value \\\"corrected\\\"", ""};

/// A fixed scrambling of the row number, so that values look measured and yet never change.
std::uint64_t scramble(std::uint64_t x)
{
    x += 0x9E3779B97F4A7C15ULL;
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9ULL;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EBULL;
    return x ^ (x >> 31);
}

void add(QByteArray &out, std::string_view text)
{
    out.append(text.data(), static_cast<qsizetype>(text.size()));
}

/// A whole number with at least `width` digits.
void addNumber(QByteArray &out, std::uint64_t value, int width = 1)
{
    std::array<char, 20> digits;
    size_t begin = digits.size();
    while (value > 0 || width > 0) {
        digits[--begin] = static_cast<char>('0' + value % 10);
        value /= 10;
        --width;
    }
    out.append(digits.data() + begin, static_cast<qsizetype>(digits.size() - begin));
}

void addDate(QByteArray &out, qint64 day)
{
    int year = 0;
    int month = 0;
    int number = 0;
    QDate::fromJulianDay(day).getDate(&year, &month, &number);
    addNumber(out, static_cast<std::uint64_t>(year), 4);
    out.append('-');
    addNumber(out, static_cast<std::uint64_t>(month), 2);
    out.append('-');
    addNumber(out, static_cast<std::uint64_t>(number), 2);
}

/// One reading a minute, from the first minute of 2020 on.
void addRow(QByteArray &out, qint64 row)
{
    static const qint64 firstDay = QDate(2020, 1, 1).toJulianDay();
    const auto n = static_cast<std::uint64_t>(row);
    const std::uint64_t random = scramble(n);
    const qint64 day = firstDay + row / 1440;
    const std::uint64_t minute = n % 1440;

    add(out, "{\"reading_id\":");
    addNumber(out, n + 1);
    add(out, ",\"station\":\"");
    add(out, stations[random % stations.size()]);
    add(out, "\",\"serial\":\"R-");
    addNumber(out, n * 7919 % 100'000'007, 9); // differs for every row: 7919 and the prime share no factor
    add(out, "\",\"measured_at\":\"");
    addDate(out, day);
    add(out, "T");
    addNumber(out, minute / 60, 2);
    add(out, ":");
    addNumber(out, minute % 60, 2);
    add(out, ":00Z\",\"day\":\"");
    addDate(out, day);
    add(out, (random >> 8) % 5 == 0 ? "\",\"temperature\":-" : "\",\"temperature\":");
    addNumber(out, (random >> 11) % 400 / 10);
    add(out, ".");
    addNumber(out, (random >> 11) % 10);
    add(out, ",\"particles\":");
    addNumber(out, (random >> 20) % 100'000);
    add(out, ",\"humidity\":0.");
    addNumber(out, (random >> 37) % 1000, 3);
    add(out, (random >> 47) % 50 == 0 ? ",\"valid\":false" : ",\"valid\":true");
    // A note is the exception: seven of eight are null, and a few are empty text, which is not the same.
    if ((random >> 53) % 8 == 0) {
        add(out, ",\"note\":\"");
        add(out, notes[(random >> 56) % notes.size()]);
        add(out, "\"}");
    } else {
        add(out, ",\"note\":null}");
    }
}

} // namespace

Schema schema()
{
    return {{{u"reading_id"_s, ColumnType::Id},
             {u"station"_s, ColumnType::Dropdown},
             {u"serial"_s, ColumnType::Text},
             {u"measured_at"_s, ColumnType::DateTime},
             {u"day"_s, ColumnType::Date},
             {u"temperature"_s, ColumnType::Number},
             {u"particles"_s, ColumnType::Number},
             {u"humidity"_s, ColumnType::Percentage},
             {u"valid"_s, ColumnType::Checkbox},
             {u"note"_s, ColumnType::Text}}};
}

void appendRows(QByteArray &out, qint64 first, qint64 count)
{
    out.reserve(out.size() + count * 230);
    for (qint64 row = first; row < first + count; ++row) {
        if (row > first)
            out.append(',');
        addRow(out, row);
    }
}

} // namespace rowdesk::sandbox::readings
