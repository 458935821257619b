#pragma once

#include "core/cellvalue.h"
#include "core/tablesnapshot.h"

#include <optional>
#include <vector>

namespace rowdesk {

/// Numbers for the cells of one column of two tables: cells are the same exactly when their numbers are. There is such
/// a numbering when all values of both are numbers of few digits, or all booleans, or all days, or all moments of one
/// zone; then columns are compared in memory order, without looking at a cell twice.
class ColumnCodes
{
public:
    /// Empty when the column's cells can't be numbered.
    static std::optional<ColumnCodes> of(const TableSnapshot &a, int inA, const TableSnapshot &b, int inB,
                                         const CellRule &rule);

    /// Writes one number for each of the segment's rows (null: all are null). False when one does not fit 64 bits.
    bool encode(const Segment *segment, size_t rows, std::int64_t *out) const;

    static constexpr std::int64_t null = INT64_MIN;

private:
    enum class Kind { Nothing, Number, Bool, Day, Moment };

    bool take(const TableSnapshot &table, int column);
    bool take(const Segment &segment);
    bool encodeScales(const Segment &segment, std::int64_t *out) const;

    Kind m_kind = Kind::Nothing;
    char m_zone = 0;
    int m_scale = 0; ///< digits after the point that the numbers count in
    bool m_datesOnly = false;
};

/// The text of a cell where it lies in its segment.
struct TextPlace
{
    static constexpr std::uint32_t null = ~std::uint32_t{0};

    const char *text = nullptr;
    std::uint32_t length = null;
};

/// Whether all segments of the column hold text (or nothing), so that textPlaces() may be called for them.
bool isAllText(const TableSnapshot &table, int column);
/// Writes the place of each row's text; a null segment's rows are null.
void textPlaces(const Segment *segment, size_t rows, TextPlace *out, std::vector<std::string_view> &scratch);

} // namespace rowdesk
