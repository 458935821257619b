// What a helper that was taken over may answer: it is understood or refused, and nothing is read beyond its end.

#include "files/helperprotocol.h"

using namespace rowdesk;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray bytes(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    Unpacker outline(bytes);
    unpackOutline(outline);
    Unpacker format(bytes);
    unpackFormat(format);
    Unpacker counts(bytes);
    unpackCounts(counts);
    Unpacker error(bytes);
    unpackError(error);
    Unpacker cells(bytes);
    XlsxField field;
    while (!cells.atEnd() && unpackField(cells, field)) {
    }
    return 0;
}
