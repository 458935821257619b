#include "files/textencoder.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringEncoder>

#include <algorithm>
#include <array>

namespace rowdesk {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(TextEncoder)
};

/// Where Windows-1252 is not Latin-1: its bytes 0x80 to 0x9F. Zero: the byte means nothing.
constexpr std::array<char16_t, 32> windowsPart{
    u'\u20AC', 0,         u'\u201A', u'\u0192', u'\u201E', u'\u2026', u'\u2020', u'\u2021',
    u'\u02C6', u'\u2030', u'\u0160', u'\u2039', u'\u0152', 0,         u'\u017D', 0,
    0,         u'\u2018', u'\u2019', u'\u201C', u'\u201D', u'\u2022', u'\u2013', u'\u2014',
    u'\u02DC', u'\u2122', u'\u0161', u'\u203A', u'\u0153', 0,         u'\u017E', u'\u0178'};

/// The byte of a character; 0 when there is none (and for NUL, which is itself).
unsigned char byteOf(char32_t character)
{
    if (character < 0x80 || (character >= 0xA0 && character <= 0xFF))
        return static_cast<unsigned char>(character);
    const auto found = std::find(windowsPart.begin(), windowsPart.end(), static_cast<char16_t>(character));
    return character > 0xFFFF || found == windowsPart.end() || *found == 0
               ? static_cast<unsigned char>(0)
               : static_cast<unsigned char>(0x80 + (found - windowsPart.begin()));
}

/// The character that begins here; moves behind it.
char32_t takeCharacter(std::string_view text, size_t &at)
{
    const auto byte = [&text](size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
    const unsigned first = byte(at);
    const size_t length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    char32_t character = length == 1 ? first : first & (0xFFU >> (length + 1));
    for (size_t i = 1; i < length; ++i)
        character = character << 6 | (byte(at + i) & 0x3FU);
    at += length;
    return character;
}

QString nameOf(char32_t character)
{
    const QString code = QStringLiteral("U+%1").arg(static_cast<quint32>(character), 4, 16, QLatin1Char('0')).toUpper();
    return QChar::isPrint(character) ? QStringLiteral("“%1” (%2)").arg(QString::fromUcs4(&character, 1), code) : code;
}

QString placeOf(qint64 row, const QString &column)
{
    if (row == TextEncoder::nullText)
        return Words::tr("in the text for “no value”");
    return row == TextEncoder::names ? Words::tr("in the name of column “%1”").arg(column)
                                     : Words::tr("in row %1, column “%2”").arg(QLocale().toString(row), column);
}

} // namespace

void TextEncoder::encode(std::string &text) const
{
    if (m_encoding == TextEncoding::Utf8)
        return;
    if (m_encoding == TextEncoding::Utf16Le) {
        QStringEncoder encoder(QStringEncoder::Utf16LE);
        const QByteArray bytes = encoder(QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())));
        text.assign(bytes.constData(), static_cast<size_t>(bytes.size()));
        return;
    }
    size_t to = 0;
    for (size_t at = 0; at < text.size();)
        text[to++] = static_cast<char>(byteOf(takeCharacter(text, at)));
    text.resize(to);
}

void TextEncoder::check(std::string_view text, qint64 row, const QString &column)
{
    const auto isPlain = [](char c) { return static_cast<signed char>(c) >= 0; };
    if (m_encoding != TextEncoding::Windows1252 || std::all_of(text.begin(), text.end(), isPlain))
        return;
    for (size_t at = 0; at < text.size();) {
        const char32_t character = takeCharacter(text, at);
        if (character == 0 || byteOf(character) != 0)
            continue;
        Missing &missing = m_missing[character];
        if (missing.count++ == 0) {
            missing.row = row;
            missing.column = column;
        }
    }
}

ApiError TextEncoder::error() const
{
    constexpr qsizetype listed = 10;
    QVector<std::pair<char32_t, Missing>> all(m_missing.begin(), m_missing.end());
    std::stable_sort(all.begin(), all.end(),
                     [](const auto &a, const auto &b) { return a.second.count > b.second.count; });
    QStringList parts;
    for (const auto &[character, missing] : all.mid(0, listed)) {
        const QString place = placeOf(missing.row, missing.column);
        parts.append(
            missing.count == 1
                ? Words::tr("%1 once, %2").arg(nameOf(character), place)
                : Words::tr("%1 %2 times, first %3").arg(nameOf(character), QLocale().toString(missing.count), place));
    }
    if (all.size() > listed)
        parts.append(Words::tr("and %1 more characters").arg(all.size() - listed));
    return {ErrorKind::File,
            0,
            QStringLiteral("csv.unencodable"),
            Words::tr("Windows-1252 does not have all the characters of these rows: %1.")
                .arg(parts.join(QStringLiteral("; "))),
            Words::tr("Nothing was written. Choose UTF-8 or UTF-16, which have every character."),
            {}};
}

} // namespace rowdesk
