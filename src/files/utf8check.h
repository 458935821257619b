#pragma once

#include <cstddef>

namespace rowdesk {

/// What ended a run of good UTF-8.
enum class Utf8End {
    All,        ///< every byte is good
    Incomplete, ///< the bytes end within a character that may still become good
    Invalid,    ///< a byte that no UTF-8 text has here, an overlong form or a surrogate
    Nul         ///< the byte 0
};

struct Utf8Run
{
    std::size_t good; ///< bytes that are whole, good characters
    Utf8End end;      ///< what stands after them
};

/// How many of the bytes are UTF-8 by the letter of RFC 3629, without NUL.
Utf8Run checkUtf8(const char *bytes, std::size_t size);

} // namespace rowdesk
