#include "files/zipcheck.h"

#include <QFile>
#include <QtEndian>

#include <algorithm>
#include <vector>

namespace rowdesk {
namespace {

constexpr qint64 endSize = 22;
constexpr qint64 entrySize = 46;
constexpr qint64 headerSize = 30;

quint16 word(const QByteArray &bytes, qsizetype at)
{
    return qFromLittleEndian<quint16>(bytes.constData() + at);
}
quint32 longWord(const QByteArray &bytes, qsizetype at)
{
    return qFromLittleEndian<quint32>(bytes.constData() + at);
}

QByteArray readAt(QFile &file, qint64 at, qint64 size)
{
    return at >= 0 && file.seek(at) ? file.read(size) : QByteArray();
}

struct Directory
{
    qint64 start = 0;
    int entries = 0;
    QByteArray bytes;
};

/// The directory, by the record at the end of the file; empty when there is none that makes sense.
Directory readDirectory(QFile &file)
{
    Directory directory;
    const qint64 tailSize = std::min<qint64>(file.size(), 65536 + endSize);
    const QByteArray tail = readAt(file, file.size() - tailSize, tailSize);
    const qsizetype end = tail.lastIndexOf("PK\x05\x06");
    if (end < 0 || tail.size() - end < endSize)
        return directory;
    const qint64 endAt = file.size() - tailSize + end;
    directory.entries = word(tail, end + 10);
    directory.start = longWord(tail, end + 16);
    const qint64 size = longWord(tail, end + 12);
    if (directory.start + size == endAt && word(tail, end + 8) == directory.entries)
        directory.bytes = readAt(file, directory.start, size);
    return directory;
}

struct Extent
{
    qint64 begin;
    qint64 end;
};

/// Compares an entry of the directory (at `at`) with its own header; gives the bytes that it fills, or none.
Extent extentOf(QFile &file, const QByteArray &directory, qsizetype at)
{
    constexpr quint16 sizesFollow = 1U << 3;
    const Extent none{0, 0};
    const qint64 begin = longWord(directory, at + 42);
    const qint64 nameSize = word(directory, at + 28);
    const QByteArray header = readAt(file, begin, headerSize + nameSize);
    if (header.size() != headerSize + nameSize || !header.startsWith("PK\x03\x04"))
        return none;
    const bool mayBeZero = (word(directory, at + 8) & sizesFollow) != 0;
    const auto agrees = [&](qsizetype inHeader, qsizetype inDirectory) {
        const quint32 value = longWord(header, inHeader);
        return value == longWord(directory, at + inDirectory) || (mayBeZero && value == 0);
    };
    const bool same = word(header, 6) == word(directory, at + 8) && word(header, 8) == word(directory, at + 10) &&
                      word(header, 26) == nameSize && header.mid(headerSize) == directory.mid(at + entrySize, nameSize);
    if (!same || !agrees(14, 16) || !agrees(18, 20) || !agrees(22, 24))
        return none;
    const qint64 data = begin + headerSize + nameSize + word(header, 28);
    return {begin, data + longWord(directory, at + 20)};
}

} // namespace

bool isConsistentZip(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return false;
    const Directory directory = readDirectory(file);
    std::vector<Extent> extents;
    qsizetype at = 0;
    for (int i = 0; i < directory.entries; ++i) {
        if (at + entrySize > directory.bytes.size() || directory.bytes.mid(at, 4) != "PK\x01\x02")
            return false;
        const qint64 tail =
            qint64(word(directory.bytes, at + 28)) + word(directory.bytes, at + 30) + word(directory.bytes, at + 32);
        if (at + entrySize + tail > directory.bytes.size())
            return false;
        const Extent extent = extentOf(file, directory.bytes, at);
        if (extent.end <= extent.begin || extent.end > directory.start)
            return false;
        extents.push_back(extent);
        at += entrySize + tail;
    }
    std::sort(extents.begin(), extents.end(), [](const Extent &a, const Extent &b) { return a.begin < b.begin; });
    const auto overlap = std::adjacent_find(extents.begin(), extents.end(),
                                            [](const Extent &a, const Extent &b) { return b.begin < a.end; });
    return !extents.empty() && at == directory.bytes.size() && overlap == extents.end();
}

} // namespace rowdesk
