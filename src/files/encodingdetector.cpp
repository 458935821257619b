#include "files/encodingdetector.h"

#include "files/utf8check.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <cerrno>
#include <iconv.h>
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
         {Mark{"\xef\xbb\xbf", "UTF-8"}, Mark{"\xff\xfe", "UTF-16LE"}, Mark{"\xfe\xff", "UTF-16BE"}}) {
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
        found == 0 ? Words::tr("There are only ASCII characters, which are the same in UTF-8.")
                   : Words::tr("%1 characters beyond ASCII are all proper UTF-8.").arg(QLocale().toString(found));
    return true;
}

bool canDecode(QByteArrayView bytes, const QByteArray &encoding)
{
    const iconv_t converter = iconv_open("UTF-8", encoding.constData());
    if (converter == reinterpret_cast<iconv_t>(static_cast<intptr_t>(-1)))
        return false;
    const QByteArray copy = bytes.first(std::min<qsizetype>(bytes.size(), 1024 * 1024)).toByteArray();
    QByteArray out(copy.size() * 4 + 16, Qt::Uninitialized);
    char *in = const_cast<char *>(copy.constData());
    char *to = out.data();
    auto left = static_cast<size_t>(copy.size());
    auto room = static_cast<size_t>(out.size());
    const bool failed = iconv(converter, &in, &left, &to, &room) == static_cast<size_t>(-1) && errno == EILSEQ;
    iconv_close(converter);
    return !failed;
}

QByteArray guessOfUchardet(QByteArrayView start)
{
    uchardet_t detector = uchardet_new();
    uchardet_handle_data(detector, start.data(), static_cast<size_t>(std::min<qsizetype>(start.size(), 1024 * 1024)));
    uchardet_data_end(detector);
    const QByteArray name = uchardet_get_charset(detector);
    uchardet_delete(detector);
    return name;
}

/// One byte for a character: which alphabet is a matter of likelihood.
void takeSingleByte(QByteArrayView start, CsvFormat &format)
{
    const QByteArray guess = guessOfUchardet(start);
    const bool western = guess.isEmpty() || guess == "ASCII" || guess == "UTF-8" || guess.startsWith("ISO-8859-1") ||
                         guess == "WINDOWS-1252";
    format.encodingIsSure = false;
    if (!western && canDecode(start, guess)) {
        format.encoding = guess;
        format.otherEncoding = "WINDOWS-1252";
        format.encodingReason =
            Words::tr("It is not UTF-8; the frequency of its characters suggests %1.").arg(QString::fromLatin1(guess));
    } else if (canDecode(start, "WINDOWS-1252")) {
        format.encoding = "WINDOWS-1252";
        format.otherEncoding = "ISO-8859-15";
        format.encodingReason = Words::tr("It is not UTF-8; Windows-1252 is what spreadsheet programs write then.");
    } else {
        format.encoding = "ISO-8859-1";
        format.otherEncoding = "WINDOWS-1250";
        format.encodingReason =
            Words::tr("It is neither UTF-8 nor Windows-1252; every byte is a character in ISO-8859-1.");
    }
}

} // namespace

void detectEncoding(QByteArrayView start, bool whole, CsvFormat &format)
{
    if (takeMark(start, format) || takeUtf16(start, format) || takeUtf8(start, whole, format))
        return;
    takeSingleByte(start, format);
}

} // namespace rowdesk
