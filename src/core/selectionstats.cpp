#include "core/selectionstats.h"

#include "core/numberorder.h"
#include "core/valuetable.h"

#include <algorithm>
#include <charconv>
#include <deque>

namespace rowdesk {
namespace {

__extension__ typedef __int128 Int128;

/// Sums decimals exactly as long as 128 bits hold them.
class ExactSum
{
public:
    void add(Decimal value)
    {
        m_rough += toDouble(value);
        if (!m_exact)
            return;
        Int128 scaled = value.mantissa;
        while (m_exact && m_scale < value.scale)
            m_exact = rescale(m_sum, m_scale);
        for (std::uint8_t scale = value.scale; m_exact && scale < m_scale;)
            m_exact = rescale(scaled, scale);
        m_exact = m_exact && !__builtin_add_overflow(m_sum, scaled, &m_sum);
    }
    void addRough(double value)
    {
        m_exact = false;
        m_rough += value;
    }

    bool isExact() const { return m_exact; }
    double rough() const { return static_cast<double>(m_rough); }

    std::string text() const
    {
        if (!m_exact) {
            char buffer[64];
            const auto end = std::to_chars(buffer, buffer + sizeof buffer, rough(), std::chars_format::general, 15).ptr;
            return {buffer, end};
        }
        std::string digits;
        const bool negative = m_sum < 0;
        // Digit by digit from the negative side, which holds one value more.
        Int128 rest = negative ? m_sum : -m_sum;
        do {
            digits.insert(digits.begin(), static_cast<char>('0' - static_cast<int>(rest % 10)));
            rest /= 10;
        } while (rest != 0);
        if (digits.size() <= m_scale)
            digits.insert(0, m_scale + 1 - digits.size(), '0');
        if (m_scale > 0)
            digits.insert(digits.size() - m_scale, 1, '.');
        return negative ? '-' + digits : digits;
    }

private:
    static bool rescale(Int128 &value, std::uint8_t &scale)
    {
        ++scale;
        return !__builtin_mul_overflow(value, Int128{10}, &value);
    }

    Int128 m_sum = 0;
    std::uint8_t m_scale = 0;
    bool m_exact = true;
    long double m_rough = 0;
};

class Collector
{
public:
    explicit Collector(bool countDistinct) : m_countDistinct(countDistinct) {}

    void add(const CellView &cell)
    {
        ++m_stats.cells;
        if (cell.kind == CellKind::Null) {
            ++m_stats.nulls;
            return;
        }
        m_stats.empty += cell.kind == CellKind::Text && cell.text.empty();
        if (cell.kind == CellKind::Number)
            addNumber(cell.text);
        if (m_countDistinct)
            noteDistinct(cell);
    }

    SelectionStats result()
    {
        if (m_stats.numbers > 0) {
            m_stats.sum = m_sum.text();
            m_stats.isExact = m_sum.isExact();
            m_stats.average = m_sum.rough() / static_cast<double>(m_stats.numbers);
        }
        if (m_countDistinct)
            m_stats.distinct = static_cast<qint64>(m_values.size());
        return m_stats;
    }

private:
    void addNumber(std::string_view literal)
    {
        ++m_stats.numbers;
        if (const std::optional<Decimal> value = parseDecimal(literal))
            m_sum.add(*value);
        else if (compareNumberTexts(literal, "0") != 0)
            m_sum.addRough(nearestDouble(literal));
        if (m_stats.min.empty() || compareNumberTexts(literal, m_stats.min) < 0)
            m_stats.min = literal;
        if (m_stats.max.empty() || compareNumberTexts(literal, m_stats.max) > 0)
            m_stats.max = literal;
    }

    void noteDistinct(const CellView &cell)
    {
        const size_t before = m_values.size();
        m_values.add({cell.kind, m_texts.emplace_back(cell.text)});
        if (m_values.size() == before)
            m_texts.pop_back();
    }

    bool m_countDistinct;
    SelectionStats m_stats;
    ExactSum m_sum;
    ValueTable<CellEntry> m_values;
    std::deque<std::string> m_texts;
};

} // namespace

std::optional<SelectionStats> selectionStats(const TableSnapshot &table, const std::vector<quint32> *rows,
                                             std::span<const CellRange> ranges, CancelFlag cancelled)
{
    constexpr qint64 mostForDistinct = 1'000'000;
    qint64 cells = 0;
    for (const CellRange &range : ranges)
        cells += (range.lastRow - range.firstRow + 1) * (range.lastColumn - range.firstColumn + 1);
    Collector collector(cells <= mostForDistinct);
    std::string scratch;
    for (const CellRange &range : ranges) {
        for (qsizetype row = range.firstRow; row <= range.lastRow; ++row) {
            if (isCancelled(cancelled))
                return std::nullopt;
            const auto source = rows ? static_cast<qsizetype>((*rows)[static_cast<size_t>(row)]) : row;
            for (int column = range.firstColumn; column <= range.lastColumn; ++column)
                collector.add(table.cell(source, column, scratch));
        }
    }
    return collector.result();
}

} // namespace rowdesk
