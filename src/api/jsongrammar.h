#pragma once

#include <string_view>

namespace rowdesk {

/// The deepest nesting that an answer may have, counted from the outermost bracket.
inline constexpr int deepestJson = 64;

/// Whether `json` is exactly one JSON value with nothing behind it but blanks, at most `depth` brackets deep. Checks
/// the grammar alone: the caller knows already that the bytes are UTF-8 and that strings hold no control characters.
/// Escapes of half surrogate pairs are fine, as in the grammar.
bool isJsonValue(std::string_view json, int depth);

/// Whether the escapes of a string's inside ("\n", "\u00e9") are all ones that JSON knows.
bool hasGoodEscapes(std::string_view inside);

} // namespace rowdesk
