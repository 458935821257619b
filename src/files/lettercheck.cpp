#include "files/lettercheck.h"

#include <algorithm>
#include <cerrno>
#include <iconv.h>

namespace rowdesk {
namespace {

/// The text, or nothing when a byte has no meaning. Half a character at the end is left out.
QString decoded(QByteArrayView bytes, const QByteArray &encoding, bool &canBeRead)
{
    canBeRead = false;
    const iconv_t converter = iconv_open("UTF-16LE", encoding.constData());
    if (encoding.isEmpty() || converter == reinterpret_cast<iconv_t>(static_cast<intptr_t>(-1)))
        return {};
    QString text(bytes.size() * 2 + 8, Qt::Uninitialized);
    char *in = const_cast<char *>(bytes.data()); // iconv does not write to it; its signature is older than const
    char *out = reinterpret_cast<char *>(text.data());
    auto left = static_cast<size_t>(bytes.size());
    auto room = static_cast<size_t>(text.size()) * 2;
    const bool failed = iconv(converter, &in, &left, &out, &room) == static_cast<size_t>(-1) && errno != EINVAL;
    iconv_close(converter);
    canBeRead = !failed;
    text.truncate((out - reinterpret_cast<char *>(text.data())) / 2);
    return failed ? QString() : text;
}

bool mayStandInWords(QChar c)
{
    return QStringView(u"\u2019\u2018\u00b4\u00b7\u2013\u2014\u00ad\u00ae\u2122\u00b0\u00a0").contains(c);
}

bool isSuspicious(const QString &text, qsizetype at, bool isWestern)
{
    const QChar c = text[at];
    const QChar before = at > 0 ? text[at - 1] : QChar();
    const QChar after = at + 1 < text.size() ? text[at + 1] : QChar();
    if (c.unicode() < 0xA0 || c.category() == QChar::Other_NotAssigned || c.category() == QChar::Other_PrivateUse)
        return true;
    // Spacing accents, and quotes that open a word where one ends.
    const bool isOddAfterLetter = c.category() == QChar::Symbol_Modifier || c.category() == QChar::Letter_Modifier ||
                                  c == u'\u201a' || c == u'\u201e';
    if (isOddAfterLetter && before.isLetter())
        return true;
    if (!c.isLetter() && !c.isMark() && !c.isSurrogate()) {
        const bool afterLetter = c == u'\u00a7' || c == u'\u00b6';
        return before.isLetter() && (after.isLetter() || afterLetter) && !mayStandInWords(c);
    }
    if (c.isUpper() && before.isLower())
        return true;
    if (c.isUpper() && before.isUpper() && after.isLower())
        return true;
    if (c.isLower() && before.isUpper() && after.isUpper() && c != u'\u00df')
        return true;
    const auto isBeyond = [&text](qsizetype i) { return i >= 0 && i < text.size() && text[i].unicode() >= 0xA0; };
    const int run = (isBeyond(at - 2) && isBeyond(at - 1)) || (isBeyond(at - 1) && isBeyond(at + 1)) ||
                    (isBeyond(at + 1) && isBeyond(at + 2));
    return isWestern && run;
}

} // namespace

LetterCheck checkLetters(QByteArrayView bytes, const QByteArray &encoding, bool isWestern)
{
    LetterCheck check;
    check.text = decoded(bytes, encoding, check.canBeRead);
    for (qsizetype at = 0; at < check.text.size(); ++at) {
        if (check.text[at].unicode() < 0x80)
            continue;
        ++check.letters;
        check.controls += check.text[at].unicode() < 0xA0 ? 1 : 0;
        check.suspicious += isSuspicious(check.text, at, isWestern) ? 1 : 0;
    }
    return check;
}

QByteArrayView partWithLetters(QByteArrayView bytes)
{
    constexpr qsizetype most = 1024 * 1024;
    constexpr qsizetype before = 1024;
    const auto first = std::find_if(bytes.begin(), bytes.end(), [](char c) { return (c & 0x80) != 0; });
    const qsizetype from = std::max<qsizetype>(0, (first - bytes.begin()) - before);
    return bytes.sliced(from, std::min(most, bytes.size() - from));
}

} // namespace rowdesk
