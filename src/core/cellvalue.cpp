#include "core/cellvalue.h"

#include "core/numberorder.h"
#include "core/sortkeys.h"

#include <algorithm>
#include <cmath>
#include <functional>

namespace rowdesk {
namespace {

std::string_view trimmed(std::string_view text)
{
    constexpr std::string_view blanks = " \t\r\n\v\f";
    constexpr std::string_view noBreakSpace = "\xC2\xA0";
    for (;;) {
        const size_t first = std::min(text.find_first_not_of(blanks), text.size());
        text.remove_prefix(first);
        text = text.substr(0, text.find_last_not_of(blanks) + 1);
        const size_t before = text.size();
        if (text.starts_with(noBreakSpace))
            text.remove_prefix(noBreakSpace.size());
        if (text.ends_with(noBreakSpace))
            text.remove_suffix(noBreakSpace.size());
        if (text.size() == before)
            return text;
    }
}

CellValue momentValue(std::int64_t ticks, MomentStyle style, bool datesOnly)
{
    constexpr std::int64_t secondsADay = 86'400;
    if (style.separator == 0)
        return {CellValue::Tag::Day, 0, ticks, {}};
    std::int64_t perSecond = 1;
    for (int i = 0; i < style.fraction; ++i)
        perSecond *= 10;
    if (datesOnly) {
        const std::int64_t perDay = secondsADay * perSecond;
        return {CellValue::Tag::Day, 0, ticks / perDay - (ticks % perDay < 0 ? 1 : 0), {}};
    }
    // Seven digits is the most that a fraction has, so this fits as the ticks of such a style do.
    for (int i = style.fraction; i < 7; ++i)
        ticks *= 10;
    return {CellValue::Tag::Moment, static_cast<std::uint8_t>(style.zone), ticks, {}};
}

bool mayBeMoment(std::string_view text)
{
    return text.size() >= 10 && text[4] == '-' && text[7] == '-' && text[0] >= '0' && text[0] <= '9';
}

CellValue numberValue(Decimal value)
{
    value = withoutTrailingZeros(value);
    return {CellValue::Tag::Number, value.scale, value.mantissa, {}};
}

CellValue numberValue(std::string_view literal, std::string &scratch)
{
    if (const std::optional<Decimal> value = decimalValue(literal))
        return numberValue(*value);
    canonicalNumber(literal, scratch);
    return {CellValue::Tag::LongNumber, 0, 0, scratch};
}

CellValue nullValue(const CellRule &rule)
{
    return {rule.nullIsEmpty ? CellValue::Tag::Text : CellValue::Tag::Null, 0, 0, {}};
}

double asDouble(const CellValue &value)
{
    return value.tag == CellValue::Tag::Number ? toDouble({value.number, value.detail}) : nearestDouble([&value] {
        // "-12345e7" is -0.12345e7.
        std::string text(value.text);
        return text.insert(text.front() == '-' ? 1 : 0, "0.");
    }());
}

} // namespace

CellValue valueOfText(std::string_view text, const CellRule &rule, std::string &scratch)
{
    if (rule.trim)
        text = trimmed(text);
    if (!rule.asText && mayBeMoment(text)) {
        if (const std::optional<Moment> moment = parseMoment(text))
            return momentValue(moment->ticks, moment->style, rule.datesOnly);
        // A moment with an offset, such as "+02:00": its day is the one that is written.
        const bool hasTime = text.size() > 10 && (text[10] == 'T' || text[10] == ' ');
        const std::optional<Moment> day = rule.datesOnly && hasTime ? parseMoment(text.substr(0, 10)) : std::nullopt;
        if (day)
            return momentValue(day->ticks, day->style, true);
    }
    if (rule.ignoreCase)
        text = foldedForSort(text, scratch);
    return {CellValue::Tag::Text, 0, 0, text};
}

CellValue valueOf(const Segment *segment, size_t row, const CellRule &rule, std::string &scratch)
{
    if (!segment || segment->isNull(row))
        return nullValue(rule);
    if (rule.asText) {
        thread_local std::string written;
        const CellView cell = segment->cell(row, written);
        // A view into `written` must not outlive this call.
        const CellValue value = valueOfText(cell.text, rule, scratch);
        if (cell.text.data() != written.data() || value.text.empty())
            return value;
        if (value.text.data() != scratch.data())
            scratch.assign(value.text);
        return {CellValue::Tag::Text, 0, 0, scratch};
    }
    switch (segment->form()) {
    case Segment::Form::Nulls:
        break;
    case Segment::Form::Numbers:
        return numberValue(segment->decimal(row));
    case Segment::Form::Bools:
        return {CellValue::Tag::Bool, 0, segment->values().at(row), {}};
    case Segment::Form::Moments:
        return momentValue(segment->values().at(row), segment->momentStyle(), rule.datesOnly);
    case Segment::Form::Words:
        return valueOfText(segment->piece(static_cast<size_t>(segment->values().at(row))), rule, scratch);
    case Segment::Form::Texts:
        return valueOfText(segment->piece(row), rule, scratch);
    case Segment::Form::Mixed:
        const std::string_view text = segment->piece(row);
        switch (segment->kind(row)) {
        case CellKind::Null:
            break;
        case CellKind::Text:
            return valueOfText(text, rule, scratch);
        case CellKind::Number:
            return numberValue(text, scratch);
        case CellKind::Bool:
            return {CellValue::Tag::Bool, 0, text == "true", {}};
        case CellKind::Json:
            return {CellValue::Tag::Json, 0, 0, text};
        }
        break;
    }
    return nullValue(rule);
}

std::uint64_t hashOf(const CellValue &value)
{
    if (value.tag == CellValue::Tag::Number && value.detail == 0)
        return hashOfWhole(value.number);
    const auto salt = static_cast<std::int64_t>(value.tag) * 256 + value.detail + 1;
    const std::uint64_t salted = hashOfWhole(salt) + hashOfWhole(value.number);
    const std::uint64_t text = value.text.empty() ? 0 : std::hash<std::string_view>()(value.text);
    return hashOfWhole(static_cast<std::int64_t>(salted ^ text));
}

bool isSameWithin(const CellValue &a, const CellValue &b, const CellRule &rule)
{
    if (a == b)
        return true;
    const auto isNumber = [](const CellValue &value) {
        return value.tag == CellValue::Tag::Number || value.tag == CellValue::Tag::LongNumber;
    };
    if (!rule.hasTolerance() || !isNumber(a) || !isNumber(b))
        return false;
    const bool exact = a.tag == CellValue::Tag::Number && b.tag == CellValue::Tag::Number;
    const double left = asDouble(a);
    const double right = asDouble(b);
    const double difference = std::abs(left - right);
    if (rule.absolute) {
        if (exact ? isWithin({a.number, a.detail}, {b.number, b.detail}, *rule.absolute)
                  : difference <= toDouble(*rule.absolute))
            return true;
    }
    return rule.relative > 0 && difference <= rule.relative * std::max(std::abs(left), std::abs(right));
}

} // namespace rowdesk
