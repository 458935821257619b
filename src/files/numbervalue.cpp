#include "files/numbervalue.h"

#include <algorithm>
#include <cmath>
#include <fast_float/fast_float.h>

namespace rowdesk {
namespace {

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

struct Mark
{
    std::string_view text;
    char meaning;
};

constexpr std::array spacesAndApostrophes{Mark{" ", ' '},
                                          Mark{"'", '\''},
                                          Mark{"\xc2\xa0", ' '},
                                          Mark{"\xe2\x80\xaf", ' '},
                                          Mark{"\xe2\x80\x89", ' '},
                                          Mark{"\xe2\x80\x99", '\''}};

/// The mark that stands at this place; `length` is its size in bytes.
char markAt(std::string_view text, size_t at, size_t &length)
{
    length = 1;
    if (text[at] == '.' || text[at] == ',')
        return text[at];
    for (const Mark &mark : spacesAndApostrophes) {
        if (text.substr(at).starts_with(mark.text)) {
            length = mark.text.size();
            return mark.meaning;
        }
    }
    return 0;
}

/// An 'e', perhaps a sign, and digits up to the end.
bool isExponent(std::string_view text)
{
    if (text.size() < 2 || (text[0] != 'e' && text[0] != 'E'))
        return false;
    const size_t digits = text[1] == '+' || text[1] == '-' ? 2 : 1;
    return digits < text.size() && std::all_of(text.begin() + static_cast<std::ptrdiff_t>(digits), text.end(), isDigit);
}

bool isZero(std::string_view canonical)
{
    const auto end = std::find_if(canonical.begin(), canonical.end(), [](char c) { return c == 'e' || c == 'E'; });
    return std::none_of(canonical.begin(), end, [](char c) { return c >= '1' && c <= '9'; });
}

bool overflows(std::string_view canonical)
{
    double value = 0;
    fast_float::from_chars(canonical.data(), canonical.data() + canonical.size(), value);
    return !std::isfinite(value);
}

/// Whether the runs are what these marks allow; `fraction` is the run after the decimal mark or -1.
bool fits(const NumberText &number, NumberMarks marks, int &fraction)
{
    fraction = -1;
    const int last = number.runCount - 1;
    const bool hasFraction = last > 0 && number.runs[last - 1].markAfter == marks.decimal;
    if (hasFraction)
        fraction = last;
    const int whole = hasFraction ? last : number.runCount;
    for (int run = 0; run + 1 < whole; ++run) {
        if (marks.group == 0 || number.runs[run].markAfter != marks.group || number.runs[run + 1].length != 3)
            return false;
    }
    const bool grouped = whole > 1;
    if (grouped && !number.exponent.empty()) // nobody writes 1.500e3 for 1500e3
        return false;
    return !grouped || (number.runs[0].length >= 1 && number.runs[0].length <= 3);
}

} // namespace

bool NumberText::hasMarks(char mark) const
{
    return std::any_of(runs.begin(), runs.begin() + runCount, [mark](const Run &run) { return run.markAfter == mark; });
}

int NumberText::digitCount() const
{
    int count = 0;
    for (int run = 0; run < runCount; ++run)
        count += runs[run].length;
    return count;
}

std::optional<NumberText> scanNumber(std::string_view text)
{
    if (text.empty() || text.size() > 300)
        return std::nullopt;
    NumberText number;
    number.text = text;
    size_t at = 0;
    if (text[0] == '-' || text[0] == '+')
        number.sign = text[at++];
    while (number.runCount < NumberText::mostRuns) {
        const size_t start = at;
        while (at < text.size() && isDigit(text[at]))
            ++at;
        auto &run = number.runs[number.runCount++];
        run = {static_cast<std::uint16_t>(start), static_cast<std::uint16_t>(at - start), 0};
        const bool emptyBeforePoint = number.runCount == 1 && at < text.size() && (text[at] == '.' || text[at] == ',');
        if (run.length == 0 && !emptyBeforePoint)
            return std::nullopt;
        if (at == text.size())
            return number;
        if (isExponent(text.substr(at))) {
            number.exponent = text.substr(at);
            return number;
        }
        size_t length = 0;
        run.markAfter = markAt(text, at, length);
        if (run.markAfter == 0)
            return std::nullopt;
        at += length;
    }
    return std::nullopt;
}

NumberProblem writeNumber(const NumberText &number, NumberMarks marks, std::string &out)
{
    if (number.sign == '+') // more often a telephone number than an amount, and its sign would be lost
        return NumberProblem::NotANumber;
    int fraction = -1;
    if (!fits(number, marks, fraction))
        return NumberProblem::OtherMarks;
    const size_t before = out.size();
    if (number.sign == '-')
        out += '-';
    const size_t wholeStart = out.size();
    for (int run = 0; run < number.runCount; ++run) {
        if (run != fraction)
            out += number.digits(run);
    }
    const size_t firstDigit = std::min(out.find_first_not_of('0', wholeStart), out.size());
    out.erase(wholeStart, firstDigit - wholeStart);
    if (out.size() == wholeStart)
        out += '0';
    if (fraction >= 0)
        out.append(1, '.').append(number.digits(fraction));
    out += number.exponent;
    const std::string_view written = std::string_view(out).substr(before);
    NumberProblem problem = NumberProblem::None;
    if (number.sign == '-' && isZero(written))
        problem = NumberProblem::NegativeZero;
    else if (!number.exponent.empty() && overflows(written))
        problem = NumberProblem::NotFinite;
    if (problem != NumberProblem::None)
        out.resize(before);
    return problem;
}

NumberProblem writeNumber(std::string_view text, NumberMarks marks, std::string &out)
{
    const auto number = scanNumber(text);
    if (number)
        return writeNumber(*number, marks, out);
    return isNotFiniteWord(text) ? NumberProblem::NotFinite : NumberProblem::NotANumber;
}

void writeHundredth(std::string_view canonical, std::string &out)
{
    if (canonical.starts_with('-')) {
        out += '-';
        canonical.remove_prefix(1);
    }
    const size_t e = std::min(canonical.find_first_of("eE"), canonical.size());
    const std::string_view mantissa = canonical.substr(0, e);
    const size_t point = std::min(mantissa.find('.'), mantissa.size());
    std::string whole(mantissa.substr(0, point));
    const std::string_view fraction = mantissa.substr(std::min(point + 1, mantissa.size()));
    if (whole.size() < 3)
        whole.insert(0, 3 - whole.size(), '0');
    out.append(whole, 0, whole.size() - 2);
    std::string moved = whole.substr(whole.size() - 2).append(fraction);
    if (fraction.empty()) // a whole number of percent gets no more digits than it needs
        moved.erase(moved.find_last_not_of('0') + 1);
    if (!moved.empty())
        out.append(1, '.').append(moved);
    out += canonical.substr(e);
}

bool isNotFiniteWord(std::string_view text)
{
    if (text.starts_with('-') || text.starts_with('+'))
        text.remove_prefix(1);
    const auto is = [text](std::string_view word) {
        return text.size() == word.size() &&
               std::equal(text.begin(), text.end(), word.begin(), [](char a, char b) { return (a | 0x20) == b; });
    };
    return is("nan") || is("inf") || is("infinity");
}

} // namespace rowdesk
