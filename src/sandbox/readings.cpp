#include "sandbox/readings.h"

#include <QDate>

#include <array>
#include <cstdint>
#include <cstring>
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

/// More than any row can be long: fixed text, the longest station and note, and the digits.
constexpr qsizetype longestRow = 320;

/// Writes into memory that is known to suffice. Growing a QByteArray piece by piece takes several times as long.
class Pen
{
public:
    explicit Pen(char *at) : m_at(at) {}
    char *end() const { return m_at; }

    void text(std::string_view text)
    {
        std::memcpy(m_at, text.data(), text.size());
        m_at += text.size();
    }
    /// A whole number with exactly `width` digits.
    void digits(std::uint64_t value, int width)
    {
        for (int i = width - 1; i >= 0; --i, value /= 10)
            m_at[i] = static_cast<char>('0' + value % 10);
        m_at += width;
    }
    void number(std::uint64_t value)
    {
        int width = 1;
        for (std::uint64_t rest = value / 10; rest > 0; rest /= 10)
            ++width;
        digits(value, width);
    }
    /// yyyy-MM-dd
    void date(qint64 julianDay)
    {
        int year = 0;
        int month = 0;
        int day = 0;
        QDate::fromJulianDay(julianDay).getDate(&year, &month, &day);
        digits(static_cast<std::uint64_t>(year), 4);
        text("-");
        digits(static_cast<std::uint64_t>(month), 2);
        text("-");
        digits(static_cast<std::uint64_t>(day), 2);
    }

private:
    char *m_at;
};

/// One reading a minute, from the first minute of 2020 on.
void writeRow(Pen &pen, qint64 row)
{
    static const qint64 firstDay = QDate(2020, 1, 1).toJulianDay();
    const auto n = static_cast<std::uint64_t>(row);
    const std::uint64_t random = scramble(n);
    const std::uint64_t minute = n % 1440;

    pen.text("{\"reading_id\":");
    pen.number(n + 1);
    pen.text(",\"station\":\"");
    pen.text(stations[random % stations.size()]);
    pen.text("\",\"serial\":\"R-");
    pen.digits(n * 7919 % 100'000'007, 9); // differs for every row: 7919 and the prime share no factor
    pen.text("\",\"measured_at\":\"");
    const std::string_view day(pen.end(), 10);
    pen.date(firstDay + row / 1440);
    pen.text("T");
    pen.digits(minute / 60, 2);
    pen.text(":");
    pen.digits(minute % 60, 2);
    pen.text(":00Z\",\"day\":\"");
    pen.text(day);
    pen.text((random >> 8) % 5 == 0 ? "\",\"temperature\":-" : "\",\"temperature\":");
    pen.number((random >> 11) % 400 / 10);
    pen.text(".");
    pen.digits((random >> 11) % 10, 1);
    pen.text(",\"particles\":");
    pen.number((random >> 20) % 100'000);
    pen.text(",\"humidity\":0.");
    pen.digits((random >> 37) % 1000, 3);
    pen.text((random >> 47) % 50 == 0 ? ",\"valid\":false" : ",\"valid\":true");
    // A note is the exception: seven of eight are null, and a few are empty text, which is not the same.
    if ((random >> 53) % 8 == 0) {
        pen.text(",\"note\":\"");
        pen.text(notes[(random >> 56) % notes.size()]);
        pen.text("\"}");
    } else {
        pen.text(",\"note\":null}");
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
    const qsizetype begin = out.size();
    out.resize(begin + count * longestRow);
    Pen pen(out.data() + begin);
    for (qint64 row = first; row < first + count; ++row) {
        if (row > first)
            pen.text(",");
        writeRow(pen, row);
    }
    out.truncate(pen.end() - out.constData());
}

} // namespace rowdesk::sandbox::readings
