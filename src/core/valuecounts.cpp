#include "core/valuecounts.h"

#include "core/numberorder.h"
#include "core/rowmask.h"
#include "core/sortkeys.h"
#include "core/valuetable.h"

#include <algorithm>
#include <deque>

namespace rowdesk {
namespace {

/// The same text for numbers of the same value: no zeros at the end, no point without digits.
std::string_view canonicalNumber(std::string_view literal, std::string &scratch)
{
    if (const std::optional<Decimal> parsed = parseDecimal(literal)) {
        Decimal value = *parsed;
        while (value.scale > 0 && value.mantissa % 10 == 0) {
            value.mantissa /= 10;
            --value.scale;
        }
        if (value.scale == parsed->scale)
            return literal;
        formatDecimal(value, scratch);
        return scratch;
    }
    return compareNumberTexts(literal, "0") == 0 ? "0" : literal;
}

/// Counts a column whose segments may be of any form. Values of one form are counted in it; texts are made for the
/// rest.
class Counter
{
public:
    Counter(const TableSnapshot &table, int column) : m_table(table), m_column(column) { m_asInts = isUniform(); }

    void add(const TableSnapshot::Piece &piece, const RowMask &mask)
    {
        const Segment *segment = piece.segment(m_column);
        const auto first = static_cast<size_t>(piece.firstRow);
        if (!segment || segment->form() == Segment::Form::Nulls) {
            m_nulls += mask.count(first, static_cast<size_t>(piece.chunk->rows));
            return;
        }
        if (m_asInts)
            addInts(*segment, first, mask);
        else if (segment->form() == Segment::Form::Words)
            addWords(*segment, first, mask);
        else if (segment->form() == Segment::Form::Texts)
            addTexts(*segment, first, mask);
        else
            addCells(*segment, first, mask);
    }

    ValueCounts result(size_t limit) const
    {
        ValueCounts counts;
        counts.nulls = m_nulls;
        std::vector<ValueCount> all;
        // Only values that occur as often as the limit-th most frequent one so far are worth their text.
        std::int64_t threshold = 0;
        const auto note = [&](std::int64_t count, const auto &makeText) {
            ++counts.distinct;
            counts.unique += count == 1;
            if (count < threshold || limit == 0)
                return;
            all.push_back(makeText());
            if (all.size() > limit * 64 + 1024) {
                keepMost(all, limit);
                threshold = all.back().count;
            }
        };
        std::string text;
        m_ints.forEach([&](const auto &entry) {
            note(entry.count, [&] { return ValueCount{m_intKind, intText(entry.key, text), entry.count}; });
        });
        m_cells.forEach([&](const auto &entry) {
            note(entry.count, [&] {
                return ValueCount{entry.cell().kind, std::string(entry.cell().text), entry.count};
            });
        });
        if (m_nulls > 0)
            all.push_back({CellKind::Null, {}, m_nulls});
        keepMost(all, limit);
        counts.most = std::move(all);
        return counts;
    }

private:
    /// Whether all segments are numbers of one scale, or moments of one style, or bools.
    bool isUniform()
    {
        const Segment *first = nullptr;
        for (const TableSnapshot::Piece &piece : m_table.pieces()) {
            const Segment *segment = piece.segment(m_column);
            if (!segment || segment->form() == Segment::Form::Nulls)
                continue;
            const bool numbers = segment->form() == Segment::Form::Numbers;
            if (segment->form() != Segment::Form::Moments && segment->form() != Segment::Form::Bools && !numbers)
                return false;
            if (numbers && !segment->scales().isConstant())
                return false;
            first = first ? first : segment;
            if (segment->form() != first->form() || segment->momentStyle() != first->momentStyle() ||
                (numbers && segment->scales().at(0) != first->scales().at(0)))
                return false;
        }
        if (!first)
            return false;
        m_form = first->form();
        m_style = first->momentStyle();
        m_scale = m_form == Segment::Form::Numbers ? static_cast<std::uint8_t>(first->scales().at(0)) : 0;
        m_intKind = m_form == Segment::Form::Numbers ? CellKind::Number
                    : m_form == Segment::Form::Bools ? CellKind::Bool
                                                     : CellKind::Text;
        return true;
    }

    std::string intText(std::int64_t value, std::string &text) const
    {
        if (m_form == Segment::Form::Bools)
            return value ? "true" : "false";
        if (m_form == Segment::Form::Numbers)
            formatDecimal({value, m_scale}, text);
        else
            formatMoment(value, m_style, text);
        return text;
    }

    void addInts(const Segment &segment, size_t first, const RowMask &mask)
    {
        m_values.resize(segment.size());
        segment.values().unpack(m_values.data());
        size_t kept = 0;
        for (size_t row = 0; row < segment.size(); ++row) {
            if (!mask.has(first + row))
                continue;
            if (segment.isNull(row))
                ++m_nulls;
            else
                m_values[kept++] = m_values[row];
        }
        m_ints.addAll({m_values.data(), kept});
    }

    void addTexts(const Segment &segment, size_t first, const RowMask &mask)
    {
        segment.pieces(m_pieces);
        m_batch.clear();
        for (size_t row = 0; row < segment.size(); ++row) {
            if (!mask.has(first + row))
                continue;
            if (segment.isNull(row))
                ++m_nulls;
            else
                m_batch.push_back({CellKind::Text, m_pieces[row]});
        }
        m_cells.addAll(m_batch);
    }

    void addWords(const Segment &segment, size_t first, const RowMask &mask)
    {
        std::vector<std::uint32_t> counts(segment.wordCount());
        for (size_t row = 0; row < segment.size(); ++row) {
            if (!mask.has(first + row))
                continue;
            if (segment.isNull(row))
                ++m_nulls;
            else
                ++counts[static_cast<size_t>(segment.values().at(row))];
        }
        for (size_t i = 0; i < counts.size(); ++i) {
            if (counts[i] > 0)
                m_cells.add({CellKind::Text, segment.piece(i)}, counts[i]);
        }
    }

    void addCells(const Segment &segment, size_t first, const RowMask &mask)
    {
        for (size_t row = 0; row < segment.size(); ++row) {
            if (!mask.has(first + row))
                continue;
            CellView cell = segment.cell(row, m_scratch);
            if (cell.kind == CellKind::Null) {
                ++m_nulls;
                continue;
            }
            if (cell.kind == CellKind::Number)
                cell.text = canonicalNumber(cell.text, m_canonical);
            const char *text = cell.text.data();
            const bool isOurs = text == m_scratch.data() || text == m_canonical.data();
            if (isOurs)
                cell.text = m_texts.emplace_back(cell.text);
            const size_t before = m_cells.size();
            m_cells.add(cell);
            if (isOurs && m_cells.size() == before)
                m_texts.pop_back();
        }
    }

    static void keepMost(std::vector<ValueCount> &all, size_t limit)
    {
        const size_t count = std::min(limit, all.size());
        std::partial_sort(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(count), all.end(),
                          [](const ValueCount &a, const ValueCount &b) {
                              if (a.count != b.count)
                                  return a.count > b.count;
                              if (a.kind != b.kind)
                                  return a.kind < b.kind;
                              if (a.kind == CellKind::Number)
                                  return compareNumberTexts(a.text, b.text) < 0;
                              return compareTexts(a.text, b.text) < 0;
                          });
        all.resize(count);
    }

    const TableSnapshot &m_table;
    const int m_column;
    bool m_asInts = false;
    Segment::Form m_form = Segment::Form::Nulls;
    MomentStyle m_style;
    std::uint8_t m_scale = 0;
    CellKind m_intKind = CellKind::Number;
    qint64 m_nulls = 0;
    ValueTable<IntEntry> m_ints;
    ValueTable<CellEntry> m_cells;
    std::vector<std::string_view> m_pieces;
    std::vector<CellView> m_batch;
    std::deque<std::string> m_texts; ///< texts that the table does not hold
    std::vector<std::int64_t> m_values;
    std::string m_scratch;
    std::string m_canonical;
};

} // namespace

std::optional<ValueCounts> countValues(const TableSnapshot &table, int column, const std::vector<quint32> *rows,
                                       size_t limit, CancelFlag cancelled)
{
    const RowMask mask(table, rows);
    Counter counter(table, column);
    for (const TableSnapshot::Piece &piece : table.pieces()) {
        if (isCancelled(cancelled))
            return std::nullopt;
        counter.add(piece, mask);
    }
    return counter.result(limit);
}

} // namespace rowdesk
