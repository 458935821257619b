#include "files/textblocks.h"

#include "files/utf8check.h"

#include <QCoreApplication>

#include <array>
#include <cerrno>
#include <cstring>
#include <iconv.h>

namespace rowdesk {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(TextBlocks)
};

constexpr size_t blockSize = 256 * 1024;

bool isName(const QByteArray &encoding, const char *name)
{
    return encoding.compare(name, Qt::CaseInsensitive) == 0;
}

iconv_t noConverter()
{
    return reinterpret_cast<iconv_t>(static_cast<intptr_t>(-1));
}

} // namespace

int byteOrderMarkSize(QByteArrayView start, QByteArrayView encoding)
{
    const auto is = [&](const char *name) { return encoding.compare(QByteArrayView(name), Qt::CaseInsensitive) == 0; };
    if (is("UTF-8") && start.startsWith("\xef\xbb\xbf"))
        return 3;
    if ((is("UTF-32LE") && start.startsWith(QByteArrayView("\xff\xfe\0\0", 4))) ||
        (is("UTF-32BE") && start.startsWith(QByteArrayView("\0\0\xfe\xff", 4))))
        return 4;
    if ((is("UTF-16LE") && start.startsWith("\xff\xfe")) || (is("UTF-16BE") && start.startsWith("\xfe\xff")))
        return 2;
    return 0;
}

Result<std::unique_ptr<TextBlocks>> TextBlocks::open(const QString &path, const QByteArray &encoding)
{
    std::unique_ptr<TextBlocks> text(new TextBlocks);
    text->m_encoding = encoding;
    text->m_file.setFileName(path);
    if (!text->m_file.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
        return ApiError{ErrorKind::File,
                        0,
                        QStringLiteral("file.open"),
                        Words::tr("“%1” could not be opened: %2").arg(path, text->m_file.errorString()),
                        Words::tr("Nothing was read. Check the file and try again."),
                        {}};
    if (!isName(encoding, "UTF-8")) {
        const iconv_t converter = iconv_open("UTF-8", encoding.constData());
        if (converter == noConverter())
            return ApiError{ErrorKind::File,
                            0,
                            QStringLiteral("file.encoding"),
                            Words::tr("The encoding “%1” is not known here.").arg(QString::fromLatin1(encoding)),
                            Words::tr("Choose another encoding."),
                            {}};
        text->m_converter = converter;
    }
    std::array<char, 4> start{};
    const size_t got = text->fetch(start.data(), start.size());
    text->m_pending.assign(start.data(), got);
    const int mark = byteOrderMarkSize(QByteArrayView(start.data(), static_cast<qsizetype>(got)), encoding);
    text->m_pending.erase(0, static_cast<size_t>(mark));
    return text;
}

TextBlocks::~TextBlocks()
{
    if (m_converter)
        iconv_close(m_converter);
}

size_t TextBlocks::fetch(char *to, size_t room)
{
    const qint64 got = m_file.read(to, static_cast<qint64>(room));
    if (got < 0) {
        m_damage = Damage{Damage::ReadError, m_offset, m_file.errorString().toUtf8()};
        return 0;
    }
    m_atEnd = got == 0;
    m_offset += got;
    return static_cast<size_t>(got);
}

size_t TextBlocks::read(char *to, size_t room)
{
    if (m_damage)
        return 0;
    return m_converter ? readOther(to, room) : readUtf8(to, room);
}

void TextBlocks::damageAt(Damage::Kind kind, qint64 byte, const char *bytes, size_t count)
{
    const QByteArray hex = QByteArray(bytes, static_cast<qsizetype>(std::min<size_t>(count, 4))).toHex(' ').toUpper();
    m_damage = Damage{kind, byte, m_encoding + ": " + hex};
}

/// Of `size` bytes just written, keeps what is good and notes what stands after it.
size_t TextBlocks::keepGood(char *to, size_t size, bool last)
{
    const Utf8Run run = checkUtf8(to, size);
    if (run.end == Utf8End::All)
        return size;
    const qint64 at = m_offset - static_cast<qint64>(size - run.good);
    if (run.end == Utf8End::Incomplete && !last)
        m_pending.assign(to + run.good, size - run.good);
    else
        damageAt(run.end == Utf8End::Nul ? Damage::NulByte : Damage::InvalidBytes, at, to + run.good, size - run.good);
    return run.good;
}

size_t TextBlocks::readUtf8(char *to, size_t room)
{
    while (true) {
        size_t size = m_pending.size();
        std::memcpy(to, m_pending.data(), size);
        m_pending.clear();
        size += fetch(to + size, std::min(room - size, blockSize));
        if (size == 0)
            return 0;
        const bool last = m_atEnd || m_damage;
        const size_t good = keepGood(to, size, last);
        if (good > 0 || last || m_damage)
            return good;
    }
}

size_t TextBlocks::readOther(char *to, size_t room)
{
    // One byte of any encoding becomes at most four here, so a quarter of the room always fits.
    const size_t want = std::min(room / 4, blockSize);
    while (true) {
        const size_t held = m_pending.size();
        m_pending.resize(std::max(want, held + 16));
        const size_t got = fetch(m_pending.data() + held, m_pending.size() - held);
        m_pending.resize(held + got);
        if (m_pending.empty())
            return 0;
        char *in = m_pending.data();
        size_t left = m_pending.size();
        char *out = to;
        size_t space = room;
        const size_t outcome = iconv(m_converter, &in, &left, &out, &space);
        const int problem = outcome == static_cast<size_t>(-1) ? errno : 0;
        size_t made = static_cast<size_t>(out - to);
        const qint64 at = m_offset - static_cast<qint64>(left);
        if (problem == EILSEQ || (problem == EINVAL && m_atEnd))
            damageAt(Damage::InvalidBytes, at, in, left);
        if (const void *nul = std::memchr(to, 0, made)) {
            made = static_cast<size_t>(static_cast<const char *>(nul) - to);
            const qint64 start = m_offset - static_cast<qint64>(m_pending.size());
            damageAt(Damage::NulByte, start + bytesOfText(to, made), "\0", 1);
        }
        m_pending.erase(0, m_pending.size() - left);
        if (made > 0 || m_damage || m_atEnd)
            return made;
    }
}

qint64 TextBlocks::bytesOfText(const char *text, size_t length) const
{
    if (!m_converter)
        return static_cast<qint64>(length);
    const iconv_t back = iconv_open(m_encoding.constData(), "UTF-8");
    if (back == noConverter())
        return static_cast<qint64>(length);
    qint64 bytes = 0;
    std::array<char, 4096> scratch;
    char *in = const_cast<char *>(text); // iconv does not write to it; its signature is older than const
    while (length > 0) {
        char *out = scratch.data();
        size_t space = scratch.size();
        const bool stuck = iconv(back, &in, &length, &out, &space) == static_cast<size_t>(-1) && errno != E2BIG;
        bytes += out - scratch.data();
        if (stuck)
            break;
    }
    iconv_close(back);
    return bytes;
}

} // namespace rowdesk
