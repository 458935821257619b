#pragma once

#include "core/result.h"

#include <map>
#include <string>
#include <string_view>

namespace rowdesk {

/// How the letters of a text file are written.
enum class TextEncoding {
    Utf8,
    Utf16Le,    ///< always with its mark, without which hardly any program knows it
    Windows1252 ///< what old programs of western countries read; it has 251 characters
};

/// Turns UTF-8 into the bytes of a file. What the encoding does not have is counted and never replaced: the caller has
/// to refuse the file. Not thread-safe.
class TextEncoder
{
public:
    explicit TextEncoder(TextEncoding encoding) : m_encoding(encoding) {}

    /// What the file begins with, when it begins with a mark.
    std::string mark() const { return m_encoding == TextEncoding::Utf16Le ? "\xff\xfe" : std::string(); }
    /// Turns whole characters of good UTF-8 into the file's bytes, in place.
    void encode(std::string &text) const;
    /// Looks for characters that can't be written. `row` from 1, or one of those below; `column` as it is called.
    void check(std::string_view text, qint64 row, const QString &column);
    static constexpr qint64 names = 0;     ///< the row of the columns' names
    static constexpr qint64 nullText = -1; ///< the text for cells without a value
    bool isComplete() const { return m_missing.empty(); }
    /// Which characters those were and where; only when not complete.
    ApiError error() const;

private:
    struct Missing
    {
        qint64 count = 0;
        qint64 row = 0;
        QString column;
    };
    TextEncoding m_encoding;
    std::map<char32_t, Missing> m_missing;
};

} // namespace rowdesk
