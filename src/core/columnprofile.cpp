#include "core/columnprofile.h"

#include "core/numberorder.h"
#include "core/rowmask.h"
#include "core/sortkeys.h"
#include "core/wtf8.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <cmath>

namespace rowdesk {
namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Profile", text);
}

constexpr size_t mostFrequent = 10;
constexpr size_t mostBins = 20;

qint64 charactersOf(std::string_view text)
{
    return std::ranges::count_if(text, [](char c) { return (c & 0xC0) != 0x80; });
}

bool isBlankChar(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

bool isPlaceholder(std::string_view text)
{
    if (text.size() < 10 || text[4] != '-')
        return false;
    return text.starts_with("1900-01-01") || text.starts_with("9999-12-31") || text.starts_with("0001-01-01");
}

/// The value at a share of the sorted values, between neighbours if need be. Reorders them; the place is
/// known to be within [first, last).
double quantile(std::vector<double> &values, double share, std::ptrdiff_t first, std::ptrdiff_t last)
{
    const double place = share * static_cast<double>(values.size() - 1);
    const auto at = static_cast<std::ptrdiff_t>(place);
    std::nth_element(values.begin() + first, values.begin() + at, values.begin() + last);
    const double low = values[static_cast<size_t>(at)];
    const double part = place - std::floor(place);
    if (part == 0)
        return low;
    const double high = *std::min_element(values.begin() + at + 1, values.end());
    return low + (high - low) * part;
}

/// Goes over the cells of one column and keeps what a profile tells.
class Profiler
{
public:
    explicit Profiler(ColumnProfile &profile) : m_profile(profile) {}

    void add(const Segment &segment, size_t first, const RowMask &mask)
    {
        switch (segment.form()) {
        case Segment::Form::Nulls:
            return;
        case Segment::Form::Numbers:
            return addNumbers(segment, first, mask);
        case Segment::Form::Words:
            return addWords(segment, first, mask);
        case Segment::Form::Moments:
            return addMoments(segment, first, mask);
        default:
            break;
        }
        for (size_t row = 0; row < segment.size(); ++row) {
            if (mask.has(first + row))
                addCell(segment.cell(row, m_scratch), 1);
        }
    }

    void finish()
    {
        if (!m_values.empty())
            finishNumbers();
        if (m_texts.count > 0) {
            m_texts.meanLength = static_cast<double>(m_lengths) / static_cast<double>(m_texts.count);
            m_profile.texts = m_texts;
        }
        findHints();
    }

private:
    void addNumbers(const Segment &segment, size_t first, const RowMask &mask)
    {
        std::optional<Decimal> min;
        std::optional<Decimal> max;
        m_ints.resize(segment.size());
        segment.values().unpack(m_ints.data());
        for (size_t row = 0; row < segment.size(); ++row) {
            if (!mask.has(first + row) || segment.isNull(row))
                continue;
            const Decimal value{m_ints[row], static_cast<std::uint8_t>(segment.scales().at(row))};
            m_values.push_back(toDouble(value));
            if (!min || compareDecimals(value, *min) < 0)
                min = value;
            if (!max || compareDecimals(value, *max) > 0)
                max = value;
        }
        std::string text;
        for (const std::optional<Decimal> &value : {min, max}) {
            if (!value)
                continue;
            formatDecimal(*value, text);
            noteNumber(text);
        }
    }

    void noteNumber(std::string_view literal)
    {
        if (m_numbers.min.empty() || compareNumberTexts(literal, m_numbers.min) < 0)
            m_numbers.min = literal;
        if (m_numbers.max.empty() || compareNumberTexts(literal, m_numbers.max) > 0)
            m_numbers.max = literal;
    }

    void addWords(const Segment &segment, size_t first, const RowMask &mask)
    {
        std::vector<qint64> counts(segment.wordCount());
        for (size_t row = 0; row < segment.size(); ++row) {
            if (mask.has(first + row) && !segment.isNull(row))
                ++counts[static_cast<size_t>(segment.values().at(row))];
        }
        for (size_t i = 0; i < counts.size(); ++i) {
            if (counts[i] > 0)
                addCell({CellKind::Text, segment.piece(i)}, counts[i]);
        }
    }

    void addTexts(const Segment &segment, size_t first, const RowMask &mask)
    {
        segment.pieces(m_pieces);
        for (size_t row = 0; row < segment.size(); ++row) {
            if (mask.has(first + row) && !segment.isNull(row))
                addCell({CellKind::Text, m_pieces[row]}, 1);
        }
    }

    /// Moments of one style have one length and the order of their ticks, so few of them need their text.
    void addMoments(const Segment &segment, size_t first, const RowMask &mask)
    {
        size_t least = segment.size();
        size_t most = segment.size();
        qint64 count = 0;
        std::array<std::int64_t, 6> placeholders{};
        placeholderTicks(segment.momentStyle(), placeholders);
        m_ints.resize(segment.size());
        segment.values().unpack(m_ints.data());
        for (size_t row = 0; row < segment.size(); ++row) {
            if (!mask.has(first + row) || segment.isNull(row))
                continue;
            const std::int64_t ticks = m_ints[row];
            ++count;
            if (least == segment.size() || ticks < m_ints[least])
                least = row;
            if (most == segment.size() || ticks > m_ints[most])
                most = row;
            for (size_t i = 0; i < placeholders.size(); i += 2)
                m_placeholders += ticks >= placeholders[i] && ticks <= placeholders[i + 1];
        }
        if (count == 0)
            return;
        const std::string_view text = segment.cell(least, m_scratch).text;
        noteText(text);
        noteLength(static_cast<qint64>(text.size()), count);
        noteText(segment.cell(most, m_scratch).text);
        m_notNumbers += count;
    }

    static void placeholderTicks(MomentStyle style, std::array<std::int64_t, 6> &out)
    {
        std::int64_t ticksADay = style.separator ? 86'400 : 1;
        for (int i = 0; i < style.fraction; ++i)
            ticksADay *= 10;
        size_t at = 0;
        for (const std::string_view day : {"0001-01-01", "1900-01-01", "9999-12-31"}) {
            out[at++] = parseMoment(day)->ticks * ticksADay;
            out[at] = out[at - 1] + ticksADay - 1;
            ++at;
        }
    }

    void addCell(const CellView &cell, qint64 times)
    {
        switch (cell.kind) {
        case CellKind::Null:
            return;
        case CellKind::Bool:
            m_profile.bools += times;
            return;
        case CellKind::Json:
            m_profile.nested += times;
            return;
        case CellKind::Number:
            m_values.push_back(nearestDouble(cell.text));
            noteNumber(cell.text);
            return;
        case CellKind::Text:
            break;
        }
        noteLength(charactersOf(cell.text), times);
        noteText(cell.text);
        m_texts.empty += cell.text.empty() ? times : 0;
        if (!cell.text.empty() && std::ranges::all_of(cell.text, isBlankChar))
            m_texts.blank += times;
        else if (!cell.text.empty() && (isBlankChar(cell.text.front()) || isBlankChar(cell.text.back())))
            m_outerSpaces += times;
        m_placeholders += isPlaceholder(cell.text) ? times : 0;
        m_notNumbers += cell.text.empty() || !parseDecimal(cell.text) ? times : 0;
    }

    void noteLength(qint64 length, qint64 times)
    {
        m_texts.shortest = m_texts.count == 0 ? length : std::min(m_texts.shortest, length);
        m_texts.longest = std::max(m_texts.longest, length);
        m_texts.count += times;
        m_lengths += length * times;
    }

    void noteText(std::string_view text)
    {
        // Most texts are neither: the first byte tells without folding.
        const int first = firstByte(text);
        if (!m_hasText || (first <= m_minFirst && compareTexts(text, m_texts.min) < 0)) {
            m_texts.min = text;
            m_minFirst = first;
        }
        if (!m_hasText || (first >= m_maxFirst && compareTexts(text, m_texts.max) > 0)) {
            m_texts.max = text;
            m_maxFirst = first;
        }
        m_hasText = true;
    }

    /// The first folded byte; all beyond ASCII counts as one.
    static int firstByte(std::string_view text)
    {
        if (text.empty())
            return -1;
        const auto c = static_cast<unsigned char>(text.front());
        return c >= 'A' && c <= 'Z' ? c | 0x20 : std::min<int>(c, 0x80);
    }

    void finishNumbers()
    {
        ColumnProfile::Numbers &n = m_numbers;
        const auto count = static_cast<double>(m_values.size());
        n.count = static_cast<qint64>(m_values.size());
        long double sum = 0;
        for (const double value : m_values)
            sum += value;
        n.mean = static_cast<double>(sum / count);
        double squares = 0;
        for (const double value : m_values)
            squares += (value - n.mean) * (value - n.mean);
        n.deviation = m_values.size() > 1 ? std::sqrt(squares / (count - 1)) : 0;
        makeHistogram();
        const auto last = static_cast<std::ptrdiff_t>(m_values.size());
        const std::ptrdiff_t middle = (last - 1) / 2;
        n.median = quantile(m_values, 0.5, 0, last);
        n.quartile1 = quantile(m_values, 0.25, 0, middle + 1);
        n.quartile3 = quantile(m_values, 0.75, middle, last);
        m_profile.numbers = n;
    }

    void makeHistogram()
    {
        const auto [low, high] = std::ranges::minmax(m_values);
        const double width = (high - low) / static_cast<double>(mostBins);
        if (!(width > 0) || !std::isfinite(width))
            return;
        for (size_t i = 0; i < mostBins; ++i)
            m_numbers.histogram.push_back({low + width * static_cast<double>(i),
                                           i + 1 == mostBins ? high : low + width * static_cast<double>(i + 1), 0});
        for (const double value : m_values) {
            const auto bin = static_cast<size_t>((value - low) / width);
            ++m_numbers.histogram[std::min(bin, mostBins - 1)].count;
        }
    }

    void findHints()
    {
        using enum ColumnProfile::Hint;
        const qint64 nulls = m_profile.values.nulls;
        const auto numbers = static_cast<qint64>(m_values.size());
        const auto find = [this](ColumnProfile::Hint hint, qint64 rows) {
            if (rows > 0)
                m_profile.findings.push_back({hint, rows});
        };
        if (nulls == m_profile.rows)
            return find(OnlyNulls, nulls);
        if (m_profile.values.distinct == 1 && nulls == 0 && m_profile.rows > 1)
            find(Constant, m_profile.rows);
        const qint64 most = std::max({numbers, m_texts.count, m_profile.bools, m_profile.nested});
        find(MixedKinds, numbers + m_texts.count + m_profile.bools + m_profile.nested - most);
        find(OuterSpaces, m_outerSpaces);
        find(PlaceholderDates, m_placeholders);
        if (m_texts.count > 0 && m_notNumbers == 0)
            find(NumbersAsText, m_texts.count);
    }

    ColumnProfile &m_profile;
    std::vector<double> m_values;
    ColumnProfile::Numbers m_numbers;
    ColumnProfile::Texts m_texts;
    std::vector<std::int64_t> m_ints;
    std::vector<std::string_view> m_pieces;
    bool m_hasText = false;
    int m_minFirst = 0;
    int m_maxFirst = 0;
    qint64 m_lengths = 0;
    qint64 m_outerSpaces = 0;
    qint64 m_placeholders = 0;
    qint64 m_notNumbers = 0;
    std::string m_scratch;
};

} // namespace

QString findingSentence(const ColumnProfile::Finding &finding)
{
    const auto rows = [&finding](const char *text) {
        return QCoreApplication::translate("Profile", text, nullptr, static_cast<int>(finding.rows));
    };
    using enum ColumnProfile::Hint;
    switch (finding.hint) {
    case Constant:
        return tr("Every row has the same value.");
    case OnlyNulls:
        return tr("No row has a value.");
    case MixedKinds:
        return rows("%n row(s) hold a value of another kind than the rest.");
    case OuterSpaces:
        return rows("%n row(s) hold text that begins or ends with a blank.");
    case PlaceholderDates:
        return rows("%n row(s) hold a day that often stands for \"none\", such as 1900-01-01.");
    case NumbersAsText:
        return tr("The column is text, and all of it looks like numbers.");
    }
    return {};
}

std::optional<ColumnProfile> profileColumn(const TableSnapshot &table, int column, const std::vector<quint32> *rows,
                                           CancelFlag cancelled)
{
    ColumnProfile profile;
    std::optional<ValueCounts> counts = countValues(table, column, rows, mostFrequent, cancelled);
    if (!counts)
        return std::nullopt;
    profile.values = std::move(*counts);
    profile.content = table.content(column);
    profile.rows = rows ? static_cast<qint64>(rows->size()) : table.rowCount();
    const RowMask mask(table, rows);
    Profiler profiler(profile);
    for (const TableSnapshot::Piece &piece : table.pieces()) {
        if (isCancelled(cancelled))
            return std::nullopt;
        if (const Segment *segment = piece.segment(column))
            profiler.add(*segment, static_cast<size_t>(piece.firstRow), mask);
    }
    profiler.finish();
    return profile;
}

std::optional<std::vector<ColumnProfile>> profileTable(const TableSnapshot &table, const std::vector<quint32> *rows,
                                                       CancelFlag cancelled)
{
    std::vector<ColumnProfile> profiles(static_cast<size_t>(table.columnCount()));
    std::atomic<size_t> next = 0;
    std::atomic_bool stopped = false;
    parallelRanges(workerCount(), 1, [&](size_t, size_t, unsigned) {
        for (size_t column = next++; column < profiles.size(); column = next++) {
            std::optional<ColumnProfile> profile = profileColumn(table, static_cast<int>(column), rows, cancelled);
            if (profile)
                profiles[column] = std::move(*profile);
            else
                stopped = true;
        }
    });
    if (stopped)
        return std::nullopt;
    return profiles;
}

} // namespace rowdesk
