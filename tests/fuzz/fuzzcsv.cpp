// The CSV reader, over any bytes in any format: it ends, its rows do not depend on how many are asked for at once, what
// it gives is good UTF-8, and counts agree with rows.

#include "files/csvdetector.h"
#include "files/csvreader.h"
#include "files/utf8check.h"
#include "fuzz/memoryfile.h"

#include <cstdlib>

using namespace rowdesk;

namespace {

CsvFormat formatOf(std::uint8_t choice, std::uint8_t more)
{
    static const std::array<const char *, 8> encodings{"UTF-8",    "UTF-8",        "UTF-8",      "UTF-16LE",
                                                       "UTF-16BE", "WINDOWS-1252", "ISO-8859-1", "SHIFT_JIS"};
    CsvFormat format;
    format.delimiter = ",;\t|"[choice & 3];
    format.quote = choice & 4 ? '\0' : '"';
    format.hasHeader = (choice & 8) == 0;
    format.encoding = encodings[(choice >> 4) & 7];
    format.shortRows = static_cast<RaggedRows>(more % 3);
    format.longRows = static_cast<RaggedRows>(more / 3 % 3);
    format.blankLines = more & 16 ? BlankLines::Row : BlankLines::Skip;
    format.skipLines = more & 32 ? 1 : 0;
    format.skipRowsAtEnd = more & 64 ? 2 : 0;
    return format;
}

std::string readAll(const QString &path, const CsvFormat &format, qsizetype limit)
{
    auto opened = CsvReader::open(path, format);
    if (!opened)
        return opened.error().message.toStdString();
    CsvReader &reader = **opened;
    RowBatch batch(reader.columnCount());
    std::string all;
    while (true) {
        const auto got = reader.read(batch, limit);
        if (!got)
            all += got.error().message.toStdString();
        if (!got || *got == 0)
            break;
    }
    for (qsizetype row = 0; row < batch.rowCount(); ++row) {
        for (int column = 0; column < batch.columnCount(); ++column) {
            const CellView cell = batch.cell(row, column);
            if (checkUtf8(cell.text.data(), cell.text.size()).end != Utf8End::All)
                std::abort();
            all.append(1, static_cast<char>(cell.kind)).append(cell.text).append(1, '|');
        }
        all += std::to_string(batch.sourceLine(row));
    }
    if (reader.counts().rows != batch.rowCount())
        std::abort();
    return all;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    if (size < 2)
        return 0;
    static test::MemoryFile file;
    file.set(data + 2, size - 2);
    const CsvFormat format = formatOf(data[0], data[1]);
    if (readAll(file.path(), format, 1) != readAll(file.path(), format, 1000000))
        std::abort();
    if (const auto detected = detectCsvFormat(file.path()))
        readAll(file.path(), *detected, 100);
    return 0;
}
