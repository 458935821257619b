#pragma once

#include <QString>

#include <string>
#include <string_view>

namespace rowdesk {

/// Text as JSON can say it: UTF-8 that may also hold half a surrogate pair ("\ud800" alone), written as the three bytes
/// that UTF-8 would use if it allowed them (known as WTF-8). This way no escape that a server sent is lost. Text
/// without such halves is plain UTF-8, so nothing else needs to know.
///
/// When writing files: appendJsonString() gives the escape back; a format without escapes must replace or refuse.

/// As a QString, which may hold half pairs too: nothing is replaced.
QString stringFromWtf8(std::string_view text);

/// From a QString, half pairs included.
std::string wtf8FromString(QStringView text);

/// True when the text holds half a surrogate pair, so that it is not valid UTF-8.
bool hasHalfPair(std::string_view text);

/// Appends one code unit pair or code point from escapes: `codePoint` may be a half pair (0xD800–0xDFFF).
void appendCodePoint(std::string &out, char32_t codePoint);

/// Appends text as a JSON string with its quotes: control characters, quotes and backslashes escaped, half pairs as
/// \udXXX, everything else as it is.
void appendJsonString(std::string &out, std::string_view text);

} // namespace rowdesk
