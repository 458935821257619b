#include "core/cellmatcher.h"

#include "core/numberorder.h"
#include "core/sortkeys.h"
#include "core/wtf8.h"

#include <algorithm>
#include <limits>

namespace rowdesk {
namespace {

__extension__ typedef __int128 Int128;
using Op = Filter::Op;

constexpr std::int64_t lowest = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t highest = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t secondsADay = 86'400;

Int128 tenTo(int exponent)
{
    Int128 result = 1;
    while (exponent-- > 0)
        result *= 10;
    return result;
}

bool isBlank(std::string_view text)
{
    if (std::ranges::all_of(text, [](char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }))
        return true;
    return static_cast<unsigned char>(text.front()) >= 0x80 && stringFromWtf8(text).trimmed().isEmpty();
}

/// Whether a JSON number could be written so.
bool isNumber(std::string_view text)
{
    const size_t digit = text.starts_with('-') ? 1 : 0;
    if (text.size() <= digit || text[digit] < '0' || text[digit] > '9' || text.back() < '0' || text.back() > '9')
        return false;
    return text.find_first_not_of("0123456789.eE+-") == std::string_view::npos &&
           nearestDouble(text) == nearestDouble(text);
}

} // namespace

CellMatcher::CellMatcher(const Filter &filter)
    : m_op(filter.op)
    , m_search(filter.operands.isEmpty() ? std::string() : wtf8FromString(filter.operands.first()), filter.matchCase)
{
    for (const QString &typed : filter.operands) {
        Operand operand{wtf8FromString(typed), false, {}, {}};
        operand.isNumber = isNumber(operand.text);
        operand.decimal = parseDecimal(operand.text);
        operand.moment = parseMoment(operand.text);
        m_operands.push_back(std::move(operand));
    }
}

bool CellMatcher::isSearch() const
{
    return m_op == Op::Contains || m_op == Op::NotContains || m_op == Op::StartsWith;
}

bool CellMatcher::isAbsence() const
{
    return m_op == Op::Null || m_op == Op::NotNull || m_op == Op::Empty || m_op == Op::NotEmpty;
}

bool CellMatcher::matchesNull() const
{
    return m_op == Op::Null || m_op == Op::Empty || m_op == Op::NotEquals || m_op == Op::NotContains;
}

bool CellMatcher::matchesSearch(std::string_view text) const
{
    if (m_op == Op::StartsWith)
        return m_search.isAtStartOf(text);
    return m_search.isIn(text) == (m_op == Op::Contains);
}

template<typename Order>
bool CellMatcher::matchesOrder(const Order &order) const
{
    switch (m_op) {
    case Op::Equals:
    case Op::In:
        return std::ranges::any_of(m_operands, [&](const Operand &o) { return order(o) == 0; });
    case Op::NotEquals:
        return order(m_operands[0]) != 0;
    case Op::Greater:
        return order(m_operands[0]) > 0;
    case Op::GreaterOrEqual:
        return order(m_operands[0]) >= 0;
    case Op::Less:
        return order(m_operands[0]) < 0;
    case Op::LessOrEqual:
        return order(m_operands[0]) <= 0;
    case Op::Between:
        return order(m_operands[0]) >= 0 && order(m_operands[1]) <= 0;
    default:
        return false;
    }
}

bool CellMatcher::matches(const CellView &cell) const
{
    if (cell.kind == CellKind::Null)
        return matchesNull();
    if (isSearch())
        return matchesSearch(cell.text);
    if (isAbsence())
        return (m_op == Op::NotNull) || (m_op == Op::NotEmpty && !isBlank(cell.text)) ||
               (m_op == Op::Empty && isBlank(cell.text));
    if (cell.kind == CellKind::Number) {
        if (!std::ranges::all_of(m_operands, &Operand::isNumber) && m_op != Op::In)
            return m_op == Op::NotEquals;
        return matchesOrder([&](const Operand &o) {
            if (!o.isNumber)
                return 1;
            const auto order = compareNumberTexts(cell.text, o.text);
            return order < 0 ? -1 : order > 0 ? 1 : 0;
        });
    }
    const bool exactly = m_op == Op::Equals || m_op == Op::NotEquals || m_op == Op::In;
    return matchesOrder([&](const Operand &o) {
        // A day as the operand means all of the day.
        const bool day = o.moment && !o.moment->style.separator && cell.text.size() > 10 && parseMoment(cell.text);
        const std::string_view text = day ? cell.text.substr(0, 10) : cell.text;
        return exactly ? text.compare(o.text) : compareTexts(text, o.text);
    });
}

std::optional<CellMatcher::Range> CellMatcher::range(Range first, Range last) const
{
    switch (m_op) {
    case Op::Equals:
        return first;
    case Op::NotEquals:
        return Range{first.low, first.high, false};
    case Op::Greater:
        return first.high == highest ? Range{1, 0} : Range{first.high + 1, highest};
    case Op::GreaterOrEqual:
        return Range{first.low, highest};
    case Op::Less:
        return first.low == lowest ? Range{1, 0} : Range{lowest, first.low - 1};
    case Op::LessOrEqual:
        return Range{lowest, first.high};
    case Op::Between:
        return Range{first.low, last.high};
    default:
        return std::nullopt;
    }
}

/// The mantissas that meet the filter at this scale; empty when an operand is beyond them all. A value between two
/// mantissas gives an empty range around it.
std::optional<CellMatcher::Range> CellMatcher::rangeOfScale(std::uint8_t scale) const
{
    const auto around = [scale](Decimal value) {
        if (scale >= value.scale) {
            const Int128 exact = Int128{value.mantissa} * tenTo(scale - value.scale);
            if (exact < lowest || exact > highest)
                return std::optional<Range>();
            return std::optional(Range{static_cast<std::int64_t>(exact), static_cast<std::int64_t>(exact)});
        }
        const Int128 divisor = tenTo(value.scale - scale);
        const Int128 value128 = value.mantissa;
        const Int128 floor = value128 / divisor - (value128 % divisor < 0 ? 1 : 0);
        return std::optional(Range{static_cast<std::int64_t>(value128 % divisor == 0 ? floor : floor + 1),
                                   static_cast<std::int64_t>(floor)});
    };
    const std::optional<Range> first = around(*m_operands.front().decimal);
    const std::optional<Range> last = around(*m_operands.back().decimal);
    return first && last ? range(*first, *last) : std::nullopt;
}

std::optional<CellMatcher::Range> CellMatcher::rangeOfStyle(MomentStyle style) const
{
    std::int64_t ticksADay = secondsADay;
    for (int i = 0; i < style.fraction; ++i)
        ticksADay *= 10;
    std::vector<Range> around;
    for (const Operand &operand : m_operands) {
        if (!operand.moment)
            return std::nullopt;
        const Moment &moment = *operand.moment;
        if (moment.style == style)
            around.push_back({moment.ticks, moment.ticks});
        else if (!moment.style.separator)
            around.push_back({moment.ticks * ticksADay, moment.ticks * ticksADay + ticksADay - 1});
        else
            return std::nullopt;
    }
    return range(around.front(), around.back());
}

void CellMatcher::apply(const Segment *segment, std::vector<std::uint8_t> &mask)
{
    m_verdicts.assign(mask.size(), matchesNull() ? 1 : 0);
    if (segment && segment->form() != Segment::Form::Nulls) {
        judge(*segment);
        if (segment->hasNulls()) {
            for (size_t row = 0; row < segment->size(); ++row) {
                if (segment->isNull(row))
                    m_verdicts[row] = matchesNull() ? 1 : 0;
            }
        }
    }
    for (size_t row = 0; row < mask.size(); ++row)
        mask[row] &= m_verdicts[row];
}

void CellMatcher::judge(const Segment &segment)
{
    using enum Segment::Form;
    switch (segment.form()) {
    case Words:
        return judgeWords(segment);
    case Numbers:
        if (judgeNumbers(segment))
            return;
        break;
    case Moments:
        if (judgeMoments(segment))
            return;
        break;
    case Texts:
        if (judgeSearch(segment))
            return;
        break;
    default:
        break;
    }
    judgeCells(segment);
}

void CellMatcher::judgeRange(const Segment &segment, Range range)
{
    m_values.resize(segment.size());
    segment.values().unpack(m_values.data());
    const auto low = static_cast<std::uint64_t>(range.low);
    const std::uint64_t width = static_cast<std::uint64_t>(range.high) - low;
    const bool none = range.low > range.high;
    for (size_t row = 0; row < segment.size(); ++row)
        m_verdicts[row] = (!none && static_cast<std::uint64_t>(m_values[row]) - low <= width) == range.inside;
}

void CellMatcher::judgeWords(const Segment &segment)
{
    std::vector<std::uint8_t> words(segment.wordCount());
    for (size_t i = 0; i < words.size(); ++i)
        words[i] = matches({CellKind::Text, segment.piece(i)});
    m_values.resize(segment.size());
    segment.values().unpack(m_values.data());
    for (size_t row = 0; row < segment.size(); ++row)
        m_verdicts[row] = words[static_cast<size_t>(m_values[row])];
}

bool CellMatcher::judgeNumbers(const Segment &segment)
{
    if (isSearch() && !m_search.couldBeIn("-.0123456789")) {
        std::ranges::fill(m_verdicts, m_op == Op::NotContains);
        return true;
    }
    if (isSearch() || isAbsence() || m_op == Op::In || m_operands.empty())
        return false;
    if (!std::ranges::all_of(m_operands, [](const Operand &o) { return o.decimal.has_value(); }))
        return false;
    if (segment.scales().isConstant()) {
        const std::optional<Range> range = rangeOfScale(static_cast<std::uint8_t>(segment.scales().at(0)));
        if (range)
            judgeRange(segment, *range);
        return range.has_value();
    }
    for (size_t row = 0; row < segment.size(); ++row) {
        const Decimal value = segment.decimal(row);
        m_verdicts[row] = matchesOrder([value](const Operand &o) {
            const auto order = compareDecimals(value, *o.decimal);
            return order < 0 ? -1 : order > 0 ? 1 : 0;
        });
    }
    return true;
}

bool CellMatcher::judgeMoments(const Segment &segment)
{
    if (isSearch() && !m_search.couldBeIn(" -.0123456789:TZtz")) {
        std::ranges::fill(m_verdicts, m_op == Op::NotContains);
        return true;
    }
    if (isSearch() || isAbsence() || m_operands.empty())
        return false;
    const std::optional<Range> range = rangeOfStyle(segment.momentStyle());
    if (range)
        judgeRange(segment, *range);
    return range.has_value();
}

/// All texts of a segment at once: a place found is mapped back to its row, and the search goes on behind that row.
bool CellMatcher::judgeSearch(const Segment &segment)
{
    if ((m_op != Op::Contains && m_op != Op::NotContains) || !m_search.hasPlaces() || m_search.length() == 0)
        return false;
    const std::uint8_t hit = m_op == Op::Contains;
    std::ranges::fill(m_verdicts, hit ? 0 : 1);
    const std::string_view all = segment.allText();
    size_t row = 0;
    size_t place = m_search.find(all, 0);
    while (place != std::string_view::npos) {
        // Hits come in order; a short gap is walked, a long one halved.
        row = segment.rowOfPlace(place, row);
        const size_t end = segment.endOf(row);
        if (place + m_search.length() > end) { // it begins in one text and ends in the next
            place = m_search.find(all, place + 1);
            continue;
        }
        m_verdicts[row] = hit;
        place = m_search.find(all, end);
        ++row;
    }
    return true;
}

void CellMatcher::judgeCells(const Segment &segment)
{
    for (size_t row = 0; row < segment.size(); ++row)
        m_verdicts[row] = matches(segment.cell(row, m_scratch));
}

} // namespace rowdesk
