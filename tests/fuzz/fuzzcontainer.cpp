// The checks of the container, over any bytes: it is refused or it can be read to its end.

#include "files/xlsxinside.h"
#include "fuzz/memoryfile.h"

using namespace rowdesk;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    static test::MemoryFile file;
    file.set(data, size);
    const auto archive = ZipArchive::open(file.path());
    if (!archive)
        return 0;
    for (const QByteArray &name : (*archive)->names({})) {
        const auto bytes = (*archive)->bytes(name, 1 << 20);
        static_cast<void>(bytes);
    }
    const auto rows = rowCountsInside(file.path());
    static_cast<void>(rows);
    const auto format = formatInside(file.path(), -1);
    static_cast<void>(format);
    return 0;
}
