#include "files/xlsxnumber.h"

#include "files/numbervalue.h"

#include <algorithm>
#include <fast_float/fast_float.h>

namespace rowdesk {
namespace {

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

/// A number that is written as JSON writes it: most are, and need no second look.
bool isCanonical(std::string_view literal)
{
    size_t at = literal.starts_with('-') ? 1 : 0;
    if (at == literal.size() || literal[at] < '1' || literal[at] > '9') // a zero in front may be needless, or -0
        return false;
    while (at < literal.size() && isDigit(literal[at]))
        ++at;
    if (at == literal.size())
        return true;
    const size_t point = at;
    if (literal[at] != '.')
        return false;
    while (++at < literal.size() && isDigit(literal[at])) {
    }
    return at == literal.size() && at > point + 1;
}

XlsxIssue issueOf(NumberProblem problem)
{
    return problem == NumberProblem::None        ? XlsxIssue::None
           : problem == NumberProblem::NotFinite ? XlsxIssue::NotFinite
                                                 : XlsxIssue::NotANumber;
}

XlsxIssue writePlain(std::string_view literal, std::string &out)
{
    NumberProblem problem = writeNumber(literal, {}, out);
    // Programs compute a zero with a sign; its cell shows 0 and is 0. Nobody wrote that sign, as in a text file.
    if (problem == NumberProblem::NegativeZero || (literal.starts_with('+') && !literal.starts_with("+-")))
        problem = writeNumber(literal.substr(1), {}, out);
    return issueOf(problem);
}

XlsxIssue writeDay(std::string_view literal, NumberFormat format, bool from1904, std::string &out)
{
    double serial = 0;
    const char *end = literal.data() + literal.size();
    const auto [stop, failure] = fast_float::from_chars(literal.data(), end, serial);
    if (failure != std::errc() || stop != end)
        return XlsxIssue::NotANumber;
    return writeSerial(serial, format, from1904, out) == SerialProblem::None ? XlsxIssue::None : XlsxIssue::NoSuchDay;
}

/// How many digits the format shows at least; 0 when it does not say.
size_t leastDigits(NumberFormat format)
{
    return format >= NumberFormat::Zeros2 ? static_cast<size_t>(format) - static_cast<size_t>(NumberFormat::Zeros2) + 2
                                          : 0;
}

} // namespace

XlsxNumber writeXlsxNumber(std::string_view literal, NumberFormat format, bool from1904, std::string &out)
{
    XlsxNumber number;
    number.isShare = format == NumberFormat::Percent;
    const size_t digits = leastDigits(format);
    if (isDateFormat(format)) {
        number.kind = CellKind::Text;
        number.issue = writeDay(literal, format, from1904, out);
    } else if (!literal.empty() && literal.size() < digits && std::all_of(literal.begin(), literal.end(), isDigit)) {
        number.kind = CellKind::Text;
        out.append(digits - literal.size(), '0').append(literal);
    } else if (isCanonical(literal)) {
        out.append(literal);
    } else {
        number.issue = writePlain(literal, out);
    }
    if (number.issue != XlsxIssue::None) {
        number.kind = CellKind::Null;
        out.append(literal);
    }
    return number;
}

} // namespace rowdesk
