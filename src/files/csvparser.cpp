#include "files/csvparser.h"

#include <algorithm>
#include <bit>
#include <cstring>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace rowdesk {
namespace {

constexpr size_t leastCapacity = 4 * 1024;
constexpr size_t mostAtFirst = 256 * 1024;

/// Room for a small file as a whole, without the buffers of a large one: a file is split several times over while its
/// delimiter is looked for. Should the text be longer than the file is now, it comes in more pieces.
size_t firstCapacityFor(qint64 fileSize)
{
    return std::clamp(static_cast<size_t>(std::max<qint64>(fileSize, 0)) + 64, leastCapacity, mostAtFirst);
}

} // namespace

CsvParser::CsvParser(std::unique_ptr<TextBlocks> text, char delimiter, char quote)
    : m_text(std::move(text))
    , m_delimiter(delimiter)
    , m_quote(quote ? quote : delimiter)
    , m_capacity(firstCapacityFor(m_text->size()))
    , m_marks(std::make_unique_for_overwrite<std::uint32_t[]>(m_capacity))
{
    m_buffer = std::make_unique_for_overwrite<char[]>(m_capacity);
    m_fields.reserve(64);
}

bool CsvParser::next()
{
    if (m_fault)
        return false;
    while (true) {
        const Step step = parseRow();
        if (step == Step::Row) {
            finishRow();
            return true;
        }
        if (step == Step::Fault)
            return false;
        if (m_atEnd) {
            endWithoutRow();
            return false;
        }
        if (!refill())
            return false;
    }
}

/// Tries to put the next row together from the text at hand. Changes nothing that another try needs.
CsvParser::Step CsvParser::parseRow()
{
    m_fields.clear();
    m_escaped.clear();
    m_breaks = 0;
    m_rowStrayQuotes = 0;
    m_rowCellsWithBreaks = 0;
    m_rowEnded = false;
    m_rowStart = m_begin;
    size_t at = m_begin;
    size_t mark = m_nextMark;
    if (at == m_end)
        return Step::Incomplete;
    while (!m_rowEnded) {
        const bool quoted = at < m_end && isQuote(m_buffer[at]);
        const Step step = quoted ? quotedField(at, mark) : plainField(at, mark);
        if (step != Step::Row)
            return step;
    }
    m_begin = at;
    m_nextMark = mark;
    return Step::Row;
}

CsvParser::Step CsvParser::plainField(size_t &at, size_t &mark)
{
    const size_t begin = at;
    size_t m = mark;
    while (m < m_markCount && isQuote(m_buffer[m_marks[m]])) {
        ++m_rowStrayQuotes;
        ++m;
    }
    const bool more = m < m_markCount;
    const size_t end = more ? m_marks[m] : m_end;
    if (end - begin > static_cast<size_t>(csvLongestField))
        return fail(CsvFaultKind::FieldTooLong, begin);
    if (!more && (!m_atEnd || m_text->damage()))
        return Step::Incomplete;
    if (!addField(begin, end, false))
        return fail(CsvFaultKind::TooManyColumns, begin);
    return endOfField(end, m, at, mark);
}

CsvParser::Step CsvParser::quotedField(size_t &at, size_t &mark)
{
    const size_t open = at;
    const qint64 breaksBefore = m_breaks;
    bool escaped = false;
    size_t m = mark + 1;
    for (; m < m_markCount; ++m) {
        const size_t here = m_marks[m];
        const char c = m_buffer[here];
        if (c == m_quote) {
            if (here + 1 == m_end || m_buffer[here + 1] != m_quote)
                break;
            escaped = true;
            ++m;
        } else if (c == '\n' || (c == '\r' && !(here + 1 < m_end && m_buffer[here + 1] == '\n'))) {
            ++m_breaks;
        }
    }
    const bool closed = m < m_markCount;
    const size_t close = closed ? m_marks[m] : m_end;
    if (close - open - 1 > static_cast<size_t>(csvLongestField)) {
        m_breaks = breaksBefore;
        return fail(CsvFaultKind::FieldTooLong, open, m_nextLine + breaksBefore);
    }
    // Without the character after it, a quote may still be the first of two.
    const bool certain = closed && (close + 1 < m_end || (m_atEnd && !m_text->damage()));
    if (!certain) {
        if (!m_atEnd || m_text->damage())
            return Step::Incomplete;
        m_breaks = breaksBefore;
        return fail(CsvFaultKind::UnterminatedQuote, open, m_nextLine + breaksBefore);
    }
    const bool atMark = close + 1 == m_end || (m + 1 < m_markCount && m_marks[m + 1] == close + 1);
    if (!atMark)
        return fail(CsvFaultKind::TextAfterQuote, close + 1, m_nextLine + breaksBefore);
    m_rowCellsWithBreaks += m_breaks > breaksBefore ? 1 : 0;
    if (!addField(open + 1, close, true))
        return fail(CsvFaultKind::TooManyColumns, open);
    if (escaped)
        m_escaped.push_back(static_cast<std::uint32_t>(m_fields.size() - 1));
    return endOfField(close + 1, m + 1, at, mark);
}

/// What stands after a field: a delimiter, a line end, or the end of the text.
CsvParser::Step CsvParser::endOfField(size_t end, size_t mark, size_t &at, size_t &nextMark)
{
    at = end;
    nextMark = mark;
    m_rowEnded = true;
    if (end == m_end)
        return Step::Row;
    const char c = m_buffer[end];
    at = end + 1;
    nextMark = mark + 1;
    if (c == m_delimiter) {
        m_rowEnded = false;
        return Step::Row;
    }
    if (c == '\r') {
        if (at == m_end && !m_atEnd)
            return Step::Incomplete;
        if (at < m_end && m_buffer[at] == '\n') {
            ++at;
            ++nextMark;
        }
    }
    ++m_breaks;
    return Step::Row;
}

bool CsvParser::addField(size_t begin, size_t end, bool quoted)
{
    if (m_fields.size() == static_cast<size_t>(csvMostColumns))
        return false;
    m_fields.push_back({m_buffer.get() + begin, static_cast<std::uint32_t>(end - begin), quoted});
    return true;
}

void CsvParser::finishRow()
{
    m_rowLine = m_nextLine;
    m_nextLine += m_breaks;
    if (m_rowStrayQuotes > 0 && m_strayQuotes == 0)
        m_firstStrayQuoteLine = m_rowLine;
    m_strayQuotes += m_rowStrayQuotes;
    m_cellsWithLineBreaks += m_rowCellsWithBreaks;
    for (const std::uint32_t field : m_escaped)
        unescape(m_fields[field]);
}

/// Makes one quote of two, in place: the row is complete and is not parsed again.
void CsvParser::unescape(CsvField &field) const
{
    char *const begin = m_buffer.get() + (field.data - m_buffer.get());
    char *to = begin;
    for (const char *from = begin, *end = begin + field.size; from < end; ++from) {
        *to++ = *from;
        if (*from == m_quote)
            ++from;
    }
    // What is left over is filled, so that the buffer still holds as many bytes of the file as before (see byteOf).
    std::fill(to, begin + field.size, m_quote);
    field.size = static_cast<std::uint32_t>(to - begin);
}

/// Moves the unfinished row to the buffer's start and adds text after it. A row that fills half of the buffer makes it
/// grow, so that a long row is parsed a few times at most.
bool CsvParser::refill()
{
    const size_t kept = m_end - m_begin;
    if (kept > static_cast<size_t>(csvLongestRow)) {
        fail(CsvFaultKind::RowTooLong, m_begin);
        m_fault->column = 0;
        return false;
    }
    if (kept > m_capacity / 2) {
        auto larger = std::make_unique_for_overwrite<char[]>(m_capacity * 2);
        std::memcpy(larger.get(), m_buffer.get() + m_begin, kept);
        m_capacity *= 2;
        m_buffer = std::move(larger);
        m_marks = std::make_unique_for_overwrite<std::uint32_t[]>(m_capacity);
    } else {
        std::memmove(m_buffer.get(), m_buffer.get() + m_begin, kept);
    }
    m_begin = 0;
    const size_t got = m_text->read(m_buffer.get() + kept, m_capacity - kept);
    m_end = kept + got;
    m_atEnd = got == 0;
    index();
    return true;
}

/// Finds every character that matters in the buffer.
void CsvParser::index()
{
    m_nextMark = 0;
    const char *const text = m_buffer.get();
    std::uint32_t *to = m_marks.get();
    size_t at = 0;
#if defined(__SSE2__)
    const __m128i delimiter = _mm_set1_epi8(m_delimiter);
    const __m128i quote = _mm_set1_epi8(m_quote);
    const __m128i lf = _mm_set1_epi8('\n');
    const __m128i cr = _mm_set1_epi8('\r');
    for (; at + 16 <= m_end; at += 16) {
        const __m128i block = _mm_loadu_si128(reinterpret_cast<const __m128i *>(text + at));
        const __m128i hit = _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(block, delimiter), _mm_cmpeq_epi8(block, quote)),
                                         _mm_or_si128(_mm_cmpeq_epi8(block, lf), _mm_cmpeq_epi8(block, cr)));
        auto bits = static_cast<std::uint32_t>(_mm_movemask_epi8(hit));
        for (; bits != 0; bits &= bits - 1)
            *to++ = static_cast<std::uint32_t>(at) + static_cast<std::uint32_t>(std::countr_zero(bits));
    }
#endif
    for (; at < m_end; ++at) {
        const char c = text[at];
        if (c == m_delimiter || c == m_quote || c == '\n' || c == '\r')
            *to++ = static_cast<std::uint32_t>(at);
    }
    m_markCount = static_cast<size_t>(to - m_marks.get());
}

CsvParser::Step CsvParser::fail(CsvFaultKind kind, size_t at, qint64 openedLine)
{
    m_fault = faultAt(kind, at);
    m_fault->openedLine = std::max<qint64>(openedLine, 0);
    return Step::Fault;
}

/// The text ended: properly, or because the file has something that is no text.
void CsvParser::endWithoutRow()
{
    const auto &damage = m_text->damage();
    if (!damage)
        return;
    using enum CsvFaultKind;
    const CsvFaultKind kind = damage->kind == TextBlocks::Damage::NulByte        ? NulByte
                              : damage->kind == TextBlocks::Damage::InvalidBytes ? InvalidBytes
                                                                                 : ReadError;
    m_fault = faultAt(kind, m_end);
    m_fault->byte = damage->byte;
    m_fault->detail = damage->detail;
}

/// The place of a character of the row that is being parsed. Counts, so it is for faults only.
CsvFault CsvParser::faultAt(CsvFaultKind kind, size_t at) const
{
    CsvFault fault;
    fault.kind = kind;
    fault.line = m_nextLine;
    fault.column = 1;
    for (size_t i = m_begin; i < at; ++i) {
        const char c = m_buffer[i];
        const bool pair = c == '\r' && i + 1 < at && m_buffer[i + 1] == '\n';
        if (c == '\n' || (c == '\r' && !pair)) {
            ++fault.line;
            fault.column = 1;
        } else if ((static_cast<unsigned char>(c) & 0xC0) != 0x80) { // one for each character, not for each byte
            ++fault.column;
        }
    }
    fault.field = static_cast<qint64>(m_fields.size()) + 1;
    fault.byte = byteOf(at);
    return fault;
}

/// Counted back from the end of the text: only that place in the file is known in every encoding.
qint64 CsvParser::byteOf(size_t at) const
{
    return m_text->textEnd() - m_text->bytesOfText(m_buffer.get() + at, m_end - at);
}

CsvFault CsvParser::faultInRow(CsvFaultKind kind) const
{
    CsvFault fault;
    fault.kind = kind;
    fault.line = m_rowLine;
    fault.found = static_cast<qint64>(m_fields.size());
    fault.byte = byteOf(m_rowStart);
    return fault;
}

} // namespace rowdesk
