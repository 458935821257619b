#pragma once

#include "core/literals.h"
#include "core/packedints.h"
#include "core/rowbatch.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace rowdesk {

/// The cells of one column in one chunk: immutable, in the smallest form that gives every cell back exactly.
///
/// Which form fits is decided when all cells are known (encode), so there is no promotion that could go wrong: a column
/// that changes its type midway simply has segments of different forms, or a Mixed one.
class Segment
{
public:
    enum class Form : std::uint8_t {
        Nulls,   ///< no cell has a value
        Numbers, ///< Decimal: whole numbers and decimals, digit for digit
        Bools,
        Moments, ///< text that is a day or a moment in one canonical form
        Words,   ///< text with few different values: each is kept once
        Texts,   ///< text
        Mixed    ///< anything else: each cell's kind and literal
    };

    /// Encodes cells. Their texts are copied, so the views need not outlive the call.
    static Segment encode(std::span<const CellView> cells);

    Form form() const { return m_form; }
    size_t size() const { return m_size; }
    /// Bytes on the heap.
    size_t bytes() const;

    CellKind kind(size_t row) const;
    bool isNull(size_t row) const;
    bool hasNulls() const { return !m_nulls.empty(); } ///< Mixed says no: look at kind()

    /// The exact text of the cell; a view into the segment or into `scratch`, valid until either changes.
    CellView cell(size_t row, std::string &scratch) const;

    // For the operations, which work on the stored form. Each may be asked only when form() is the one named.
    Decimal decimal(size_t row) const ///< Numbers; the row is not null
    {
        return {m_values.at(row), static_cast<std::uint8_t>(m_scales.at(row))};
    }
    const PackedInts &values() const
    {
        return m_values;
    } ///< Numbers: mantissas. Bools: 0, 1. Moments: ticks. Words: index
    const PackedInts &scales() const { return m_scales; } ///< Numbers
    MomentStyle momentStyle() const { return m_style; }   ///< Moments
    size_t wordCount() const { return m_ends.size(); }    ///< Words
    /// Words: the i-th different value. Texts, Mixed: the text of row i ("" for null).
    std::string_view piece(size_t i) const
    {
        const size_t begin = i == 0 ? 0 : static_cast<size_t>(m_ends.at(i - 1));
        return std::string_view(m_text.get() + begin, static_cast<size_t>(m_ends.at(i)) - begin);
    }
    /// Words, Texts, Mixed: replaces `out` by all pieces; quicker than piece() one by one.
    void pieces(std::vector<std::string_view> &out) const;
    size_t endOf(size_t i) const { return static_cast<size_t>(m_ends.at(i)); } ///< where piece i ends in allText()
    /// Texts: the row whose text holds this place of allText(); at or after `from`.
    size_t rowOfPlace(size_t place, size_t from) const;
    /// Texts, Words, Mixed: all pieces one after the other.
    std::string_view allText() const
    {
        return {m_text.get(), m_ends.size() ? static_cast<size_t>(m_ends.at(m_ends.size() - 1)) : 0};
    }

private:
    explicit Segment(size_t size) : m_size(size) {}

    bool encodeNumbers(std::span<const CellView> cells);
    bool encodeMoments(std::span<const CellView> cells);
    bool encodeWords(std::span<const CellView> cells);
    void encodeBools(std::span<const CellView> cells);
    void encodeTexts(std::span<const CellView> cells);
    void storeText(std::span<const std::string_view> pieces);
    void rememberNulls(std::span<const CellView> cells);

    Form m_form = Form::Nulls;
    MomentStyle m_style;
    size_t m_size;
    PackedInts m_values;
    PackedInts m_scales;
    PackedInts m_ends; ///< where each piece of text ends
    std::unique_ptr<char[]> m_text;
    std::vector<std::uint64_t> m_nulls; ///< one bit a row; empty when there is none
    std::vector<CellKind> m_kinds;      ///< Mixed
};

} // namespace rowdesk
