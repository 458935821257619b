#include "files/columntally.h"

#include <algorithm>

namespace rowdesk {
namespace {

bool isBlank(char c)
{
    return c == ' ' || c == '\t';
}

std::string_view trimmed(std::string_view text)
{
    while (!text.empty() && isBlank(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && isBlank(text.back()))
        text.remove_suffix(1);
    return text;
}

std::string_view beginning(std::string_view text)
{
    constexpr size_t most = 100;
    if (text.size() <= most)
        return text;
    size_t end = most;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80)
        --end;
    return text.substr(0, end);
}

/// A number that came as such has canonical marks, whatever its digits look like.
ShapedValue shapeOfNumber(std::string_view text)
{
    const ShapedValue shaped = shapeOf(text);
    if (shaped.shape() == ValueShape::PointThree)
        return ValueShape::PointDecimal;
    return shaped.shape() == ValueShape::IdWithE ? ShapedValue(ValueShape::Exponent) : shaped;
}

/// Whether an EitherDate is another day when its first two numbers change places: 03/04, not 06/06.
bool tellsOrder(std::string_view date)
{
    const auto isDigit = [](char c) { return c >= '0' && c <= '9'; };
    const auto takeNumber = [&date, &isDigit] {
        int number = 0;
        for (; !date.empty() && isDigit(date.front()); date.remove_prefix(1))
            number = number * 10 + (date.front() - '0');
        while (!date.empty() && !isDigit(date.front()))
            date.remove_prefix(1);
        return number;
    };
    const int first = takeNumber();
    return first != takeNumber();
}

} // namespace

void ColumnTally::add(CellKind kind, std::string_view text, bool isQuoted, qint64 line)
{
    if (text.empty()) {
        ++(kind == CellKind::Null ? nulls : emptyTexts);
        return;
    }
    longest = std::max(longest, text.size());
    if (isBlank(text.front()) || isBlank(text.back())) {
        text = trimmed(text);
        ++withBlanks;
        if (text.empty()) { // nothing but blanks is as empty as nothing
            ++emptyTexts;
            return;
        }
    }
    ++values;
    quoted += isQuoted ? 1 : 0;
    count(shapeOf(text), text, line);
}

void ColumnTally::addNumber(std::string_view literal, bool isShare, qint64 line)
{
    ++values;
    longest = std::max(longest, literal.size());
    count(isShare ? ShapedValue{ValueShape::ShareNumber} : shapeOfNumber(literal), literal, line);
}

void ColumnTally::addUnreadable(std::string_view text, const QString &reason, qint64 line)
{
    if (++unreadable <= samplesOfAShape)
        unreadableSamples.push_back({std::string(beginning(text)), reason, line});
}

void ColumnTally::count(ShapedValue shaped, std::string_view text, qint64 line)
{
    withTime += shaped.hasTime() ? 1 : 0;
    withZone += shaped.hasZone() ? 1 : 0;
    const bool isTelling = shaped.shape() == ValueShape::EitherDate && tellsOrder(text) && tellingDates++ == 0;
    if (++counts[static_cast<size_t>(shaped.shape())] <= samplesOfAShape || isTelling)
        samples.push_back({shaped.shape(), shaped.hasTime(), line, std::string(beginning(text))});
    if (shaped.shape() == ValueShape::NullWord)
        keepNullWord(text);
}

void ColumnTally::keepNullWord(std::string_view text)
{
    const auto isSame = [text](const std::string &word) {
        return word.size() == text.size() && std::equal(word.begin(), word.end(), text.begin(),
                                                        [](char a, char b) { return (a | 0x20) == (b | 0x20); });
    };
    if (std::none_of(nullWords.begin(), nullWords.end(), isSame))
        nullWords.emplace_back(text);
}

qint64 ColumnTally::count(ShapeSet set) const
{
    qint64 sum = 0;
    for (int shape = 0; shape < valueShapeCount; ++shape) {
        if (set & shapeBit(static_cast<ValueShape>(shape)))
            sum += counts[static_cast<size_t>(shape)];
    }
    return sum;
}

} // namespace rowdesk
