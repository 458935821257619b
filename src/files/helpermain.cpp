// rowdesk-filehelper: parses one workbook for Rowdesk and ends. It reads one question from its standard input and
// answers on its standard output (helperprotocol.h); it is not meant to be started by hand.

#include "files/helperprotocol.h"
#include "files/xlsxinside.h"

#include <QCoreApplication>

#include <cstdio>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

using namespace rowdesk;

namespace {

constexpr qsizetype blockSize = 128 * 1024;

void limitTo(__rlimit_resource what, rlim_t most)
{
    const rlimit limit{most, most};
    setrlimit(what, &limit);
}

/// What a workbook may cost. A sanitizer needs far more addresses than memory, so there the first limit is left out.
void limitEverything()
{
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
    limitTo(RLIMIT_AS, rlim_t{1} << 30);
#endif
    limitTo(RLIMIT_CPU, 120);
    limitTo(RLIMIT_CORE, 0);
    limitTo(RLIMIT_FSIZE, 0); // nothing is ever written to disk
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
}

bool readAll(char *to, size_t size)
{
    return std::fread(to, 1, size, stdin) == size;
}

void send(FrameKind kind, const QByteArray &bytes)
{
    const auto size = static_cast<quint32>(bytes.size());
    std::fwrite(&kind, sizeof kind, 1, stdout);
    std::fwrite(&size, sizeof size, 1, stdout);
    std::fwrite(bytes.constData(), 1, size, stdout);
    if (std::fflush(stdout) != 0)
        std::_Exit(2); // nobody listens any more
}

void sendFault(const ApiError &error)
{
    Packer packer;
    pack(packer, error);
    send(FrameKind::Fault, packer.take());
}

template<typename Value>
void sendAnswer(FrameKind kind, const Result<Value> &answer)
{
    if (!answer)
        return sendFault(answer.error());
    Packer packer;
    pack(packer, *answer);
    send(kind, packer.take());
}

void beginBlock(Packer &packer, const XlsxReader &reader)
{
    packer.put(reader.bytesRead());
    pack(packer, reader.counts());
}

void sendRows(const QString &path, const XlsxFormat &format)
{
    const auto opened = XlsxReader::open(path, format);
    if (!opened)
        return sendFault(opened.error());
    XlsxReader &reader = **opened;
    Packer packer;
    packer.put(reader.size());
    packer.put(static_cast<quint32>(reader.namesInHeader()));
    packer.put(static_cast<quint32>(reader.columnCount()));
    for (const QString &name : reader.columnNames())
        packer.put(name);
    send(FrameKind::Columns, packer.take());
    beginBlock(packer, reader);
    while (reader.nextRow()) {
        packer.put(reader.line());
        for (const XlsxField &field : reader.fields())
            pack(packer, field);
        if (packer.size() >= blockSize) {
            send(FrameKind::Block, packer.take());
            beginBlock(packer, reader);
        }
    }
    send(FrameKind::Block, packer.take());
    beginBlock(packer, reader);
    packer.put(reader.fault().has_value());
    if (reader.fault())
        pack(packer, *reader.fault());
    send(FrameKind::End, packer.take());
}

} // namespace

int main(int argc, char **argv)
{
    limitEverything();
    QCoreApplication application(argc, argv);
    Frame question;
    quint32 size = 0;
    if (!readAll(reinterpret_cast<char *>(&question.kind), sizeof question.kind) ||
        !readAll(reinterpret_cast<char *>(&size), sizeof size) || size > 65536) {
        std::fputs("rowdesk-filehelper is started by Rowdesk, not by hand.\n", stderr);
        return 2;
    }
    question.bytes.resize(static_cast<qsizetype>(size));
    if (!readAll(question.bytes.data(), size))
        return 2;
    Unpacker unpacker(question.bytes);
    const QString path = unpacker.takeString();
    switch (question.kind) {
    case FrameKind::Outline:
        sendAnswer(FrameKind::Outline, outlineInside(path, unpacker.take<quint8>() != 0));
        break;
    case FrameKind::RowCounts:
        sendAnswer(FrameKind::RowCounts, rowCountsInside(path, unpacker.take<quint8>() != 0));
        break;
    case FrameKind::Detect: {
        const bool allowLarge = unpacker.take<quint8>() != 0;
        sendAnswer(FrameKind::Detect, formatInside(path, unpacker.take<int>(), allowLarge));
        break;
    }
    case FrameKind::Rows:
        sendRows(path, unpackFormat(unpacker));
        break;
    default:
        return 2;
    }
    return 0;
}
