#pragma once

#include <QByteArray>

#include <string_view>

namespace rowdesk {

/// Whether the characters are a number as JSON writes it: "-0.10" and "1e5" are, "+1", ".5", "007" and "NaN" are not.
bool isJsonNumber(std::string_view text);

/// Whether the characters are valid UTF-8 (a lone surrogate is not).
bool isUtf8(std::string_view text);

/// Appends the characters as a JSON string with its quotes. Only what JSON demands is escaped. The text must be
/// isUtf8().
void appendJsonString(QByteArray &out, std::string_view utf8);

} // namespace rowdesk
