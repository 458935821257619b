#include "core/segment.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <functional>

namespace rowdesk {
namespace {

constexpr size_t noRow = ~size_t{0};

unsigned bitOf(CellKind kind)
{
    return 1u << static_cast<unsigned>(kind);
}

/// A hash table of at most `limit` different texts, giving each a number in the order of appearance.
class WordTable
{
public:
    explicit WordTable(size_t limit) : m_slots(std::bit_ceil(limit * 2), 0), m_mask(m_slots.size() - 1) {}

    size_t indexOf(std::string_view word)
    {
        size_t slot = std::hash<std::string_view>()(word) & m_mask;
        while (m_slots[slot] != 0) {
            if (m_words[m_slots[slot] - 1] == word)
                return m_slots[slot] - 1;
            slot = (slot + 1) & m_mask;
        }
        m_words.push_back(word);
        m_slots[slot] = static_cast<std::uint32_t>(m_words.size());
        return m_words.size() - 1;
    }
    const std::vector<std::string_view> &words() const { return m_words; }

private:
    std::vector<std::uint32_t> m_slots;
    size_t m_mask;
    std::vector<std::string_view> m_words;
};

} // namespace

Segment Segment::encode(std::span<const CellView> cells)
{
    Segment result(cells.size());
    unsigned kinds = 0;
    for (const CellView &cell : cells)
        kinds |= bitOf(cell.kind);
    const unsigned values = kinds & ~bitOf(CellKind::Null);
    if (values == 0)
        return result;
    if (kinds != values)
        result.rememberNulls(cells);
    if (values == bitOf(CellKind::Number) && result.encodeNumbers(cells))
        return result;
    if (values == bitOf(CellKind::Bool)) {
        result.encodeBools(cells);
        return result;
    }
    if (values == bitOf(CellKind::Text)) {
        if (result.encodeMoments(cells) || result.encodeWords(cells))
            return result;
        result.m_form = Form::Texts;
        result.encodeTexts(cells);
        return result;
    }
    result.m_form = Form::Mixed;
    result.m_nulls.clear();
    result.encodeTexts(cells);
    result.m_kinds.reserve(cells.size());
    for (const CellView &cell : cells)
        result.m_kinds.push_back(cell.kind);
    return result;
}

bool Segment::encodeNumbers(std::span<const CellView> cells)
{
    std::vector<std::int64_t> mantissas(cells.size());
    std::vector<std::int64_t> scales(cells.size());
    size_t firstValue = noRow;
    for (size_t row = 0; row < cells.size(); ++row) {
        if (cells[row].kind == CellKind::Null) {
            // A null repeats its neighbour, so that it widens no range.
            mantissas[row] = row ? mantissas[row - 1] : 0;
            scales[row] = row ? scales[row - 1] : 0;
            continue;
        }
        const std::optional<Decimal> value = parseDecimal(cells[row].text);
        if (!value)
            return false;
        mantissas[row] = value->mantissa;
        scales[row] = value->scale;
        if (firstValue == noRow)
            firstValue = row;
    }
    std::fill_n(mantissas.begin(), firstValue, mantissas[firstValue]);
    std::fill_n(scales.begin(), firstValue, scales[firstValue]);
    m_form = Form::Numbers;
    m_values = PackedInts(mantissas);
    m_scales = PackedInts(scales);
    return true;
}

bool Segment::encodeMoments(std::span<const CellView> cells)
{
    std::vector<std::int64_t> ticks(cells.size());
    size_t firstValue = noRow;
    for (size_t row = 0; row < cells.size(); ++row) {
        if (cells[row].kind == CellKind::Null) {
            ticks[row] = row ? ticks[row - 1] : 0;
            continue;
        }
        const std::optional<Moment> moment = parseMoment(cells[row].text);
        if (!moment || (firstValue != noRow && moment->style != m_style))
            return false;
        ticks[row] = moment->ticks;
        if (firstValue == noRow) {
            firstValue = row;
            m_style = moment->style;
        }
    }
    std::fill_n(ticks.begin(), firstValue, ticks[firstValue]);
    m_form = Form::Moments;
    m_values = PackedInts(ticks);
    return true;
}

bool Segment::encodeWords(std::span<const CellView> cells)
{
    // An index costs one or two bytes a row and a plain text as much again for its end, so half is where it pays.
    const size_t limit = std::min<size_t>(cells.size() / 2, 65'536);
    if (limit == 0)
        return false;
    WordTable table(limit + 1);
    std::vector<std::int64_t> indexes(cells.size());
    constexpr size_t sample = 128;
    for (size_t row = 0; row < cells.size(); ++row) {
        if (cells[row].kind == CellKind::Null) {
            indexes[row] = 0;
            continue;
        }
        indexes[row] = static_cast<std::int64_t>(table.indexOf(cells[row].text));
        const size_t found = table.words().size();
        if (found > limit || (row == sample && found > sample * 3 / 4))
            return false;
    }
    m_form = Form::Words;
    m_values = PackedInts(indexes);
    storeText(table.words());
    return true;
}

void Segment::encodeBools(std::span<const CellView> cells)
{
    std::vector<std::int64_t> values(cells.size());
    for (size_t row = 0; row < cells.size(); ++row)
        values[row] = cells[row].text == "true";
    m_form = Form::Bools;
    m_values = PackedInts(values);
}

void Segment::encodeTexts(std::span<const CellView> cells)
{
    std::vector<std::string_view> pieces(cells.size());
    for (size_t row = 0; row < cells.size(); ++row)
        pieces[row] = cells[row].text;
    storeText(pieces);
}

void Segment::storeText(std::span<const std::string_view> pieces)
{
    std::vector<std::int64_t> ends(pieces.size());
    size_t total = 0;
    for (size_t i = 0; i < pieces.size(); ++i)
        ends[i] = static_cast<std::int64_t>(total += pieces[i].size());
    m_text = std::make_unique_for_overwrite<char[]>(total);
    char *out = m_text.get();
    for (const std::string_view piece : pieces)
        out = std::copy(piece.begin(), piece.end(), out);
    m_ends = PackedInts(ends);
}

void Segment::rememberNulls(std::span<const CellView> cells)
{
    m_nulls.assign((cells.size() + 63) / 64, 0);
    for (size_t row = 0; row < cells.size(); ++row) {
        if (cells[row].kind == CellKind::Null)
            m_nulls[row / 64] |= std::uint64_t{1} << (row % 64);
    }
}

size_t Segment::bytes() const
{
    return m_values.bytes() + m_scales.bytes() + m_ends.bytes() + allText().size() +
           m_nulls.size() * sizeof(std::uint64_t) + m_kinds.size();
}

void Segment::pieces(std::vector<std::string_view> &out) const
{
    std::vector<std::int64_t> ends(m_ends.size());
    m_ends.unpack(ends.data());
    out.resize(ends.size());
    size_t begin = 0;
    for (size_t i = 0; i < ends.size(); ++i) {
        const auto end = static_cast<size_t>(ends[i]);
        out[i] = {m_text.get() + begin, end - begin};
        begin = end;
    }
}

size_t Segment::rowOfPlace(size_t place, size_t from) const
{
    size_t low = from;
    for (size_t step = 1; low + step < m_size && endOf(low + step - 1) <= place; step *= 2)
        low += step;
    size_t high = m_size - 1;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (endOf(middle) > place)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

bool Segment::isNull(size_t row) const
{
    switch (m_form) {
    case Form::Nulls:
        return true;
    case Form::Mixed:
        return m_kinds[row] == CellKind::Null;
    default:
        return !m_nulls.empty() && (m_nulls[row / 64] >> (row % 64) & 1) != 0;
    }
}

CellKind Segment::kind(size_t row) const
{
    if (isNull(row))
        return CellKind::Null;
    switch (m_form) {
    case Form::Numbers:
        return CellKind::Number;
    case Form::Bools:
        return CellKind::Bool;
    case Form::Mixed:
        return m_kinds[row];
    default:
        return CellKind::Text;
    }
}

CellView Segment::cell(size_t row, std::string &scratch) const
{
    if (isNull(row))
        return {};
    switch (m_form) {
    case Form::Nulls:
        return {};
    case Form::Numbers:
        formatDecimal(decimal(row), scratch);
        return {CellKind::Number, scratch};
    case Form::Bools:
        return {CellKind::Bool, m_values.at(row) ? "true" : "false"};
    case Form::Moments:
        formatMoment(m_values.at(row), m_style, scratch);
        return {CellKind::Text, scratch};
    case Form::Words:
        return {CellKind::Text, piece(static_cast<size_t>(m_values.at(row)))};
    case Form::Texts:
        return {CellKind::Text, piece(row)};
    case Form::Mixed:
        return {m_kinds[row], piece(row)};
    }
    return {};
}

} // namespace rowdesk
