#pragma once

#include "core/tablefilter.h"
#include "core/textsearch.h"

#include <vector>

namespace rowdesk {

/// One filter made ready to be applied to segments. Used by one thread at a time.
class CellMatcher
{
public:
    explicit CellMatcher(const Filter &filter);

    /// Sets mask[i] to 0 for each row of the segment that does not meet the filter. A null segment is all nulls.
    void apply(const Segment *segment, std::vector<std::uint8_t> &mask);

    /// Whether one cell meets the filter.
    bool matches(const CellView &cell) const;

private:
    struct Operand
    {
        std::string text;
        bool isNumber = false;
        std::optional<Decimal> decimal; ///< empty for numbers that no Decimal holds
        std::optional<Moment> moment;   ///< days too
    };
    /// Values within [low, high], or, when not inside, all others.
    struct Range
    {
        std::int64_t low;
        std::int64_t high;
        bool inside = true;
    };

    bool matchesNull() const;
    bool isSearch() const;
    bool isAbsence() const;
    bool matchesSearch(std::string_view text) const;
    /// The verdict when `order(operand)` is less than, equal to or greater than 0 as the cell is to the operand.
    template<typename Order>
    bool matchesOrder(const Order &order) const;

    std::optional<Range> range(Range first, Range last) const;
    std::optional<Range> rangeOfScale(std::uint8_t scale) const;
    std::optional<Range> rangeOfStyle(MomentStyle style) const;

    // Each sets m_verdicts for the values of a segment; what nulls get is put right by apply().
    void judge(const Segment &segment);
    void judgeWords(const Segment &segment);
    bool judgeNumbers(const Segment &segment);
    bool judgeMoments(const Segment &segment);
    void judgeRange(const Segment &segment, Range range);
    bool judgeSearch(const Segment &segment);
    void judgeCells(const Segment &segment);

    Filter::Op m_op;
    std::vector<Operand> m_operands;
    TextSearch m_search;
    std::vector<std::int64_t> m_values;
    std::vector<std::uint8_t> m_verdicts;
    std::string m_scratch;
};

} // namespace rowdesk
