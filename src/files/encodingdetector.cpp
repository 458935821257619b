#include "files/encodingdetector.h"

#include "files/lettercheck.h"
#include "files/utf8check.h"

#include <QCoreApplication>
#include <QHash>
#include <QLocale>

#include <algorithm>
#include <uchardet.h>

namespace rowdesk {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(EncodingDetector)
};

bool takeMark(QByteArrayView start, CsvFormat &format)
{
    struct Mark
    {
        QByteArrayView bytes;
        const char *encoding;
    };
    for (const Mark &mark :
         {Mark{QByteArrayView("\xff\xfe\0\0", 4), "UTF-32LE"}, Mark{QByteArrayView("\0\0\xfe\xff", 4), "UTF-32BE"},
          Mark{"\xef\xbb\xbf", "UTF-8"}, Mark{"\xff\xfe", "UTF-16LE"}, Mark{"\xfe\xff", "UTF-16BE"}}) {
        if (start.startsWith(mark.bytes)) {
            format.encoding = mark.encoding;
            format.encodingReason =
                Words::tr("The file begins with the mark of %1.").arg(QLatin1StringView(mark.encoding));
            return true;
        }
    }
    return false;
}

/// UTF-16 without a mark: every other byte of common text is zero.
bool takeUtf16(QByteArrayView start, CsvFormat &format)
{
    const qsizetype size = std::min<qsizetype>(start.size(), 4096) & ~qsizetype(1);
    qsizetype even = 0;
    qsizetype odd = 0;
    for (qsizetype i = 0; i < size; i += 2) {
        even += start[i] == 0 ? 1 : 0;
        odd += start[i + 1] == 0 ? 1 : 0;
    }
    const qsizetype pairs = size / 2;
    const bool little = odd * 10 > pairs * 4 && even * 20 < odd;
    const bool big = even * 10 > pairs * 4 && odd * 20 < even;
    if (pairs < 2 || (!little && !big))
        return false;
    format.encoding = little ? "UTF-16LE" : "UTF-16BE";
    format.encodingReason = Words::tr("Every other byte is zero, as in UTF-16; there is no mark that says so.");
    format.encodingIsSure = false;
    format.otherEncoding = "UTF-8";
    return true;
}

QByteArray guessOfUchardet(QByteArrayView sample)
{
    uchardet_t detector = uchardet_new();
    uchardet_handle_data(detector, sample.data(), static_cast<size_t>(sample.size()));
    uchardet_data_end(detector);
    const QByteArray name = uchardet_get_charset(detector);
    uchardet_delete(detector);
    return name;
}

/// An escape character is looked for by itself: that is one fast pass over megabytes in which there is hardly ever one.
bool hasEscapes(QByteArrayView text)
{
    for (qsizetype at = text.indexOf('\x1b'); at >= 0 && at + 1 < text.size(); at = text.indexOf('\x1b', at + 1)) {
        const char next = text[at + 1];
        if (next == '$' || next == '(' || next == ')')
            return true;
    }
    return false;
}

/// Some old encodings of the far east are made of ASCII characters between escapes, and would pass as UTF-8.
bool takeEscapes(QByteArrayView start, CsvFormat &format)
{
    if (!hasEscapes(start))
        return false;
    const QByteArray guess = guessOfUchardet(start.first(std::min<qsizetype>(start.size(), 1024 * 1024)));
    if (!guess.startsWith("ISO-2022-"))
        return false;
    format.encoding = guess;
    format.encodingIsSure = false;
    format.otherEncoding = "UTF-8";
    format.encodingReason = Words::tr("It has the escapes of %1.").arg(QString::fromLatin1(guess));
    return true;
}

bool takeUtf8(QByteArrayView start, bool whole, CsvFormat &format)
{
    const auto size = static_cast<size_t>(start.size());
    const Utf8Run run = checkUtf8(start.data(), size);
    const bool good = run.end == Utf8End::All || run.end == Utf8End::Nul || (run.end == Utf8End::Incomplete && !whole);
    if (!good)
        return false;
    const auto isMultibyteStart = [](char c) { return static_cast<unsigned char>(c) >= 0xC2; };
    const qint64 found = std::count_if(start.begin(), start.end(), isMultibyteStart);
    format.encoding = "UTF-8";
    format.encodingReason =
        found == 0   ? Words::tr("There are only ASCII characters, which are the same in UTF-8.")
        : found == 1 ? Words::tr("1 character beyond ASCII is proper UTF-8.")
                     : Words::tr("%1 characters beyond ASCII are all proper UTF-8.").arg(QLocale().toString(found));
    return true;
}

/// Windows has letters where the ISO encodings of the same alphabets have control characters.
QByteArray withoutControls(const QByteArray &guess, QByteArrayView sample)
{
    static const QHash<QByteArray, QByteArray> ofWindows{{"ISO-8859-2", "WINDOWS-1250"},
                                                         {"ISO-8859-7", "WINDOWS-1253"},
                                                         {"ISO-8859-8", "WINDOWS-1255"},
                                                         {"ISO-8859-9", "WINDOWS-1254"},
                                                         {"ISO-8859-13", "WINDOWS-1257"}};
    const auto sibling = ofWindows.constFind(guess);
    if (sibling == ofWindows.constEnd() || checkLetters(sample, guess, false).controls == 0)
        return guess;
    return *sibling;
}

/// What a guess is good for.
enum class Alphabet { Western, OtherLatin, Doubtful, Other, ManyBytes };

Alphabet alphabetOf(const QByteArray &guess)
{
    const auto isOneOf = [&guess](std::initializer_list<const char *> names) {
        return std::any_of(names.begin(), names.end(), [&guess](const char *name) { return guess == name; });
    };
    if (isOneOf({"", "ASCII", "UTF-8", "ISO-8859-1", "ISO-8859-15", "WINDOWS-1252"}))
        return Alphabet::Western;
    if (isOneOf({"SHIFT_JIS", "EUC-JP", "GB18030", "BIG5", "UHC", "EUC-KR", "EUC-TW", "JOHAB"}))
        return Alphabet::ManyBytes;
    if (guess.startsWith("ISO-8859-") || guess.startsWith("WINDOWS-125"))
        return isOneOf({"ISO-8859-5", "ISO-8859-6", "ISO-8859-7", "ISO-8859-8", "ISO-8859-11", "WINDOWS-1251",
                        "WINDOWS-1253", "WINDOWS-1255", "WINDOWS-1256"})
                   ? Alphabet::Other
                   : Alphabet::OtherLatin;
    // The old alphabets of DOS and the Macintosh differ from each other in nearly every letter, and a few letters do
    // not tell which one it is.
    if (isOneOf({"IBM850", "IBM852", "IBM858", "IBM865", "MAC-CENTRALEUROPE"}))
        return Alphabet::Doubtful;
    return Alphabet::Other;
}

/// Bytes beyond ASCII, and how many of them are part of good UTF-8 that people write (accented letters, punctuation,
/// other scripts).
struct Utf8Traces
{
    qsizetype bytesBeyondAscii = 0;
    qsizetype good = 0;
};

Utf8Traces tracesOfUtf8(QByteArrayView sample)
{
    Utf8Traces traces;
    for (qsizetype at = 0; at < sample.size();) {
        const auto first = static_cast<unsigned char>(sample[at]);
        if (first < 0x80) {
            ++at;
            continue;
        }
        const qsizetype length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
        const bool fits = at + length <= sample.size() &&
                          checkUtf8(sample.data() + at, static_cast<size_t>(length)).end == Utf8End::All;
        // Two bytes may be UTF-8 by chance in other encodings; accented letters and signs of Latin-1 are what is
        // common.
        const bool isTrace = fits && (length > 2 || first <= 0xC3);
        traces.bytesBeyondAscii += fits ? length : 1;
        traces.good += isTrace ? length : 0;
        at += fits ? length : 1;
    }
    return traces;
}

bool isMixture(const Utf8Traces &traces, Alphabet alphabet)
{
    const bool byChance = alphabet == Alphabet::Other || alphabet == Alphabet::ManyBytes;
    return traces.good > 0 && (!byChance || traces.good * 10 >= traces.bytesBeyondAscii * 9);
}

/// The choice is left to a person: the strict reading as UTF-8 stops at the first byte that is none, and says so.
void leaveOpen(const QString &reason, CsvFormat &format)
{
    format.encoding = "UTF-8";
    format.encodingIsSure = false;
    format.otherEncoding = "WINDOWS-1252";
    format.encodingReason = reason;
}

/// One byte for a character, or an encoding of the far east: which one is a matter of likelihood.
void takeLikely(QByteArrayView start, CsvFormat &format)
{
    const QByteArrayView sample = partWithLetters(start);
    const QByteArray guess = withoutControls(guessOfUchardet(sample), sample);
    const Alphabet alphabet = alphabetOf(guess);
    if (isMixture(tracesOfUtf8(sample), alphabet))
        return leaveOpen(Words::tr("Most of it is UTF-8, but some bytes are not: the file is damaged or mixed."),
                         format);
    format.encodingIsSure = false;
    const LetterCheck western = checkLetters(sample, "WINDOWS-1252", true);
    const LetterCheck guessed = checkLetters(sample, guess, false);
    const bool few = guessed.letters < 3;
    const bool guessIsUsable = alphabet >= Alphabet::Other ? !few && guessed.isPlausible()
                                                           : alphabet == Alphabet::OtherLatin && guessed.isPlausible();
    const bool sameText = western.text == guessed.text;
    if (western.isPlausible() && (!guessIsUsable || sameText || few)) {
        format.encoding = "WINDOWS-1252";
        format.otherEncoding = "ISO-8859-15";
        format.encodingReason = Words::tr("It is not UTF-8; Windows-1252 is what spreadsheet programs write then.");
    } else if (guessIsUsable) {
        format.encoding = guess;
        format.otherEncoding = "WINDOWS-1252";
        format.encodingReason =
            Words::tr("It is not UTF-8; the frequency of its characters suggests %1.").arg(QString::fromLatin1(guess));
    } else {
        leaveOpen(Words::tr("It is not UTF-8, and in no other encoding do its letters make likely words."), format);
    }
}

} // namespace

void detectEncoding(QByteArrayView start, bool whole, CsvFormat &format)
{
    if (takeMark(start, format) || takeUtf16(start, format) || takeEscapes(start, format) ||
        takeUtf8(start, whole, format))
        return;
    takeLikely(start, format);
}

} // namespace rowdesk
