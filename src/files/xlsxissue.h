#pragma once

#include <QString>

#include <cstdint>

namespace rowdesk {

/// What a cell has instead of a value that could be sent.
enum class XlsxIssue : std::uint8_t {
    None,
    ErrorValue,     ///< #REF!, #N/A, …
    NoStoredResult, ///< a formula whose result the file does not have
    NotANumber,     ///< nothing, or letters where a number belongs
    NotFinite,      ///< nan, or a number that is larger than any, such as 1e999
    NotABoolean,
    NoValue,  ///< it says that it has a text, and not which
    NoSuchDay ///< a serial number that is no day: negative, beyond 9999, or 29 February 1900
};

/// One sentence for a person.
QString xlsxIssueText(XlsxIssue issue);

} // namespace rowdesk
