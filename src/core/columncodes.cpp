#include "core/columncodes.h"

#include <algorithm>

namespace rowdesk {
namespace {

using Form = Segment::Form;

constexpr int momentDigits = 7; ///< the most that a moment's fraction has
constexpr std::int64_t secondsADay = 86'400;

std::int64_t tenTo(int exponent)
{
    std::int64_t result = 1;
    while (exponent-- > 0)
        result *= 10;
    return result;
}

/// values[i] * factor; false when one does not fit, or is the number kept for null.
bool multiply(std::int64_t *values, size_t count, std::int64_t factor)
{
    bool fits = true;
    for (size_t i = 0; i < count; ++i)
        fits &= !__builtin_mul_overflow(values[i], factor, values + i) && values[i] != ColumnCodes::null;
    return fits;
}

} // namespace

std::optional<ColumnCodes> ColumnCodes::of(const TableSnapshot &a, int inA, const TableSnapshot &b, int inB,
                                           const CellRule &rule)
{
    ColumnCodes codes;
    codes.m_datesOnly = rule.datesOnly;
    if (rule.asText || !codes.take(a, inA) || !codes.take(b, inB) || codes.m_scale > 18)
        return std::nullopt;
    return codes;
}

bool ColumnCodes::take(const TableSnapshot &table, int column)
{
    return std::ranges::all_of(table.pieces(), [this, column](const TableSnapshot::Piece &piece) {
        const Segment *segment = piece.segment(column);
        return !segment || take(*segment);
    });
}

bool ColumnCodes::take(const Segment &segment)
{
    Kind kind = Kind::Nothing;
    switch (segment.form()) {
    case Form::Nulls:
        return true;
    case Form::Numbers:
        kind = Kind::Number;
        for (size_t row = 0, rows = segment.scales().isConstant() ? 1 : segment.size(); row < rows; ++row)
            m_scale = std::max(m_scale, static_cast<int>(segment.scales().at(row)));
        break;
    case Form::Bools:
        kind = Kind::Bool;
        break;
    case Form::Moments:
        kind = segment.momentStyle().separator == 0 || m_datesOnly ? Kind::Day : Kind::Moment;
        if (kind == Kind::Moment && m_kind == Kind::Moment && segment.momentStyle().zone != m_zone)
            return false;
        m_zone = segment.momentStyle().zone;
        break;
    default:
        return false;
    }
    if (m_kind != Kind::Nothing && m_kind != kind)
        return false;
    m_kind = kind;
    return true;
}

bool ColumnCodes::encode(const Segment *segment, size_t rows, std::int64_t *out) const
{
    if (!segment || segment->form() == Form::Nulls) {
        std::fill_n(out, rows, null);
        return true;
    }
    segment->values().unpack(out);
    bool fits = true;
    if (m_kind == Kind::Number) {
        fits = segment->scales().isConstant()
                   ? multiply(out, rows, tenTo(m_scale - static_cast<int>(segment->scales().at(0))))
                   : encodeScales(*segment, out);
    } else if (m_kind == Kind::Moment) {
        fits = multiply(out, rows, tenTo(momentDigits - segment->momentStyle().fraction));
    } else if (m_kind == Kind::Day && segment->momentStyle().separator != 0) {
        const std::int64_t day = secondsADay * tenTo(segment->momentStyle().fraction);
        for (size_t row = 0; row < rows; ++row)
            out[row] = out[row] / day - (out[row] % day < 0 ? 1 : 0);
    }
    if (segment->hasNulls()) {
        for (size_t row = 0; row < rows; ++row)
            out[row] = segment->isNull(row) ? null : out[row];
    }
    return fits;
}

bool ColumnCodes::encodeScales(const Segment &segment, std::int64_t *out) const
{
    bool fits = true;
    for (size_t row = 0; row < segment.size(); ++row)
        fits &= multiply(out + row, 1, tenTo(m_scale - static_cast<int>(segment.scales().at(row))));
    return fits;
}

bool isAllText(const TableSnapshot &table, int column)
{
    return std::ranges::all_of(table.pieces(), [column](const TableSnapshot::Piece &piece) {
        const Segment *segment = piece.segment(column);
        const Form form = segment ? segment->form() : Form::Nulls;
        return form == Form::Nulls || form == Form::Words || form == Form::Texts;
    });
}

void textPlaces(const Segment *segment, size_t rows, TextPlace *out, std::vector<std::string_view> &scratch)
{
    if (!segment || segment->form() == Form::Nulls) {
        std::fill_n(out, rows, TextPlace{});
        return;
    }
    segment->pieces(scratch);
    const bool words = segment->form() == Form::Words;
    for (size_t row = 0; row < rows; ++row) {
        const std::string_view text = scratch[words ? static_cast<size_t>(segment->values().at(row)) : row];
        out[row] = {text.data(), static_cast<std::uint32_t>(text.size())};
    }
    if (segment->hasNulls()) {
        for (size_t row = 0; row < rows; ++row) {
            if (segment->isNull(row))
                out[row] = {};
        }
    }
}

} // namespace rowdesk
