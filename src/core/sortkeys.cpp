#include "core/sortkeys.h"

#include "core/numberorder.h"
#include "core/wtf8.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <map>
#include <optional>
#include <unordered_map>

namespace rowdesk {
namespace {

std::uint64_t keyOf(std::int64_t value)
{
    return static_cast<std::uint64_t>(value) ^ (std::uint64_t{1} << 63);
}

std::uint64_t keyOf(double value)
{
    const auto bits = std::bit_cast<std::uint64_t>(value == 0 ? 0.0 : value); // -0 is 0
    return bits >> 63 ? ~bits : bits | (std::uint64_t{1} << 63);
}

constexpr std::uint64_t everyByte = 0x0101010101010101ULL;

std::uint64_t eightBytes(const char *text)
{
    std::uint64_t bytes = 0;
    std::memcpy(&bytes, text, sizeof bytes);
    return bytes;
}

/// The high bit of each byte that is an ASCII capital; all bytes are ASCII.
std::uint64_t capitals(std::uint64_t bytes)
{
    return ((bytes + everyByte * (0x80 - 'A')) & ~(bytes + everyByte * (0x7F - 'Z'))) & (everyByte * 0x80);
}

/// The first eight bytes of the folded text as a number.
std::uint64_t keyOf(std::string_view text, std::string &scratch)
{
    if (text.size() >= 8) {
        std::uint64_t bytes = eightBytes(text.data());
        if ((bytes & (everyByte * 0x80)) == 0) {
            bytes |= capitals(bytes) >> 2; // 0x20: the small letter
            if constexpr (std::endian::native == std::endian::little)
                bytes = __builtin_bswap64(bytes);
            return bytes;
        }
    }
    const std::string_view folded = foldedForSort(text, scratch);
    std::uint64_t key = 0;
    const size_t count = std::min<size_t>(folded.size(), 8);
    for (size_t i = 0; i < 8; ++i)
        key = key << 8 | (i < count ? static_cast<unsigned char>(folded[i]) : 0);
    return key;
}

/// How all segments of a column are stored, when it is one way only.
struct Uniform
{
    bool one = true;
    std::optional<Segment::Form> form;
    std::int64_t scale = 0;
    MomentStyle style;

    void add(const Segment &segment)
    {
        if (segment.form() == Segment::Form::Nulls)
            return;
        const bool numbers = segment.form() == Segment::Form::Numbers;
        if (numbers && !segment.scales().isConstant())
            one = false;
        const std::int64_t itsScale = numbers ? segment.scales().at(0) : 0;
        if (form && (*form != segment.form() || itsScale != scale || segment.momentStyle() != style))
            one = false;
        form = segment.form();
        scale = itsScale;
        style = segment.momentStyle();
    }
};

/// Ranks of the different words of a column of Words segments: for each piece, the rank of each of its words.
std::vector<std::vector<std::uint32_t>> rankWords(const TableSnapshot &table, int column)
{
    std::unordered_map<std::string_view, std::uint32_t> ranks;
    for (const TableSnapshot::Piece &piece : table.pieces()) {
        const Segment *segment = piece.segment(column);
        for (size_t i = 0; segment && i < segment->wordCount(); ++i)
            ranks.emplace(segment->piece(i), 0);
    }
    std::vector<std::string_view> sorted;
    for (const auto &[word, rank] : ranks)
        sorted.push_back(word);
    std::ranges::sort(sorted, [](std::string_view a, std::string_view b) { return compareTexts(a, b) < 0; });
    for (size_t i = 0; i < sorted.size(); ++i)
        ranks[sorted[i]] = static_cast<std::uint32_t>(i);
    std::vector<std::vector<std::uint32_t>> result;
    for (const TableSnapshot::Piece &piece : table.pieces()) {
        const Segment *segment = piece.segment(column);
        std::vector<std::uint32_t> &words = result.emplace_back();
        for (size_t i = 0; segment && i < segment->wordCount(); ++i)
            words.push_back(ranks[segment->piece(i)]);
    }
    return result;
}

std::uint8_t groupOf(CellKind kind)
{
    switch (kind) {
    case CellKind::Bool:
        return 0;
    case CellKind::Number:
        return 1;
    case CellKind::Text:
        return 2;
    case CellKind::Json:
        return 3;
    case CellKind::Null:
        break;
    }
    return SortKeys::nullGroup;
}

/// Fills the keys of one piece.
class PieceKeys
{
public:
    PieceKeys(SortKeys &keys, const Uniform &uniform) : m_keys(keys), m_uniform(uniform) {}

    bool coarse = false;

    void fill(const TableSnapshot::Piece &piece, const Segment &segment, const std::vector<std::uint32_t> *ranks)
    {
        std::uint64_t *out = m_keys.keys.data() + piece.firstRow;
        const bool asInts =
            m_uniform.one && (segment.form() == Segment::Form::Numbers || segment.form() == Segment::Form::Moments);
        if (asInts || segment.form() == Segment::Form::Bools || ranks) {
            m_values.resize(segment.size());
            segment.values().unpack(m_values.data());
            for (size_t i = 0; i < segment.size(); ++i)
                out[i] = ranks ? (*ranks)[static_cast<size_t>(m_values[i])] : keyOf(m_values[i]);
        } else {
            for (size_t i = 0; i < segment.size(); ++i)
                out[i] = keyOfCell(segment, i);
        }
        if (!m_keys.groups.empty()) {
            for (size_t i = 0; i < segment.size(); ++i)
                m_keys.groups[static_cast<size_t>(piece.firstRow) + i] = groupOf(segment.kind(i));
        }
    }

private:
    std::uint64_t keyOfCell(const Segment &segment, size_t row)
    {
        if (segment.form() == Segment::Form::Numbers) {
            const Decimal value = segment.decimal(row);
            coarse = coarse || !isSafeAsDouble(value);
            return keyOf(toDouble(value));
        }
        const CellView cell = segment.cell(row, m_text);
        if (cell.kind == CellKind::Number) {
            coarse = true;
            return keyOf(nearestDouble(cell.text));
        }
        if (cell.kind == CellKind::Bool)
            return cell.text == "true" ? keyOf(std::int64_t{1}) : keyOf(std::int64_t{0});
        coarse = coarse || cell.kind != CellKind::Null;
        return keyOf(cell.text, m_folded);
    }

    SortKeys &m_keys;
    const Uniform &m_uniform;
    std::vector<std::int64_t> m_values;
    std::string m_text;
    std::string m_folded;
};

/// The one group of a column without nulls and mixtures; empty when rows differ.
std::optional<std::uint8_t> onlyGroup(const TableSnapshot &table, int column)
{
    std::optional<std::uint8_t> group;
    for (const TableSnapshot::Piece &piece : table.pieces()) {
        const Segment *segment = piece.segment(column);
        if (!segment || segment->form() == Segment::Form::Nulls || segment->form() == Segment::Form::Mixed ||
            segment->hasNulls())
            return std::nullopt;
        const std::uint8_t its = groupOf(segment->kind(0));
        if (group.value_or(its) != its)
            return std::nullopt;
        group = its;
    }
    return group;
}

} // namespace

std::string_view foldedForSort(std::string_view text, std::string &scratch)
{
    bool upper = false;
    bool foreign = false;
    size_t at = 0;
    for (; at + 8 <= text.size() && !foreign; at += 8) {
        const std::uint64_t bytes = eightBytes(text.data() + at);
        foreign = (bytes & (everyByte * 0x80)) != 0;
        upper = upper || capitals(bytes) != 0;
    }
    for (const char c : text.substr(at)) {
        upper = upper || (c >= 'A' && c <= 'Z');
        foreign = foreign || static_cast<unsigned char>(c) >= 0x80;
    }
    if (foreign)
        scratch = wtf8FromString(stringFromWtf8(text).toCaseFolded().normalized(QString::NormalizationForm_C));
    else if (upper) {
        scratch.resize(text.size());
        std::ranges::transform(text, scratch.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? char(c | 0x20) : c; });
    } else
        return text;
    return scratch;
}

int compareTexts(std::string_view a, std::string_view b)
{
    thread_local std::string left;
    thread_local std::string right;
    const int folded = foldedForSort(a, left).compare(foldedForSort(b, right));
    return folded != 0 ? folded : a.compare(b);
}

SortKeys makeSortKeys(const TableSnapshot &table, int column, CancelFlag cancelled)
{
    SortKeys result;
    const auto rows = static_cast<size_t>(table.rowCount());
    result.keys.resize(rows);
    if (const std::optional<std::uint8_t> group = onlyGroup(table, column))
        result.group = *group;
    else
        result.groups.assign(rows, SortKeys::nullGroup);
    Uniform uniform;
    for (const TableSnapshot::Piece &piece : table.pieces()) {
        if (const Segment *segment = piece.segment(column))
            uniform.add(*segment);
    }
    std::vector<std::vector<std::uint32_t>> ranks;
    if (uniform.one && uniform.form == Segment::Form::Words)
        ranks = rankWords(table, column);
    std::atomic_bool coarse = false;
    parallelRanges(table.pieces().size(), 1, [&](size_t begin, size_t end, unsigned) {
        PieceKeys keys(result, uniform);
        for (size_t i = begin; i < end && !isCancelled(cancelled); ++i) {
            const TableSnapshot::Piece &piece = table.pieces()[i];
            const Segment *segment = piece.segment(column);
            if (segment && segment->form() != Segment::Form::Nulls)
                keys.fill(piece, *segment, ranks.empty() ? nullptr : &ranks[i]);
        }
        if (keys.coarse)
            coarse = true;
    });
    result.coarse = coarse;
    return result;
}

} // namespace rowdesk
