#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace rowdesk {

/// The characters that numbers of a column are written with.
struct NumberMarks
{
    char decimal = '.'; ///< '.' or ','
    char group = 0;     ///< between thousands: ',', '.', ' ' (any kind of space), '\'' (any apostrophe) or 0 for none

    bool operator==(const NumberMarks &) const = default;
};

/// A text that is made like a number in some country: runs of digits with marks between them. What the marks mean is
/// not decided here.
struct NumberText
{
    struct Run
    {
        std::uint16_t start;
        std::uint16_t length;
        char markAfter; ///< ',', '.', ' ', '\'' or 0 after the last
    };
    static constexpr int mostRuns = 12;

    char sign = 0; ///< '+', '-' or 0
    int runCount = 0;
    std::array<Run, mostRuns> runs;
    std::string_view exponent; ///< from its 'e' on; empty when there is none
    std::string_view text;

    std::string_view digits(int run) const { return text.substr(runs[run].start, runs[run].length); }
    bool hasMarks(char mark) const;
    int digitCount() const;
};

/// Takes a text apart; empty when it is not made like a number, or longer than any (300 bytes).
std::optional<NumberText> scanNumber(std::string_view text);

/// What keeps a text from being a number with these marks.
enum class NumberProblem { None, NotANumber, OtherMarks, NotFinite, NegativeZero };

/// Appends the number as JSON would write it, digit for digit: decimal point, no grouping, no needless leading
/// zeros. Nothing is rounded. `out` is unchanged when there is a problem.
NumberProblem writeNumber(const NumberText &number, NumberMarks marks, std::string &out);
NumberProblem writeNumber(std::string_view text, NumberMarks marks, std::string &out);

/// Appends a canonical number divided by a hundred, exactly: "12.5" becomes "0.125".
void writeHundredth(std::string_view canonical, std::string &out);

/// True for "nan", "inf", "-Infinity" and the like.
bool isNotFiniteWord(std::string_view text);

} // namespace rowdesk
