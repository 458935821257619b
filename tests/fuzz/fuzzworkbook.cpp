// One part of a workbook (FUZZED_PART), over any bytes; the other parts are good. Nothing crashes, and the same rows
// come whatever number is asked for at once.

#include "files/xlsxinside.h"
#include "files/xlsxreader.h"
#include "fuzz/memoryfile.h"

#include <QMap>

#include <cstdlib>
#include <zip.h>

using namespace rowdesk;

namespace {

#define MAIN "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define RELATION "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

QMap<QByteArray, QByteArray> goodParts()
{
    return {
        {"[Content_Types].xml", "<Types/>"},
        {"_rels/.rels", "<Relationships><Relationship Id='r1' Type='" RELATION
                        "/officeDocument' Target='xl/workbook.xml'/></Relationships>"},
        {"xl/workbook.xml", "<workbook xmlns='" MAIN "' xmlns:r='" RELATION
                            "'><sheets><sheet name='a' sheetId='1' r:id='r1'/></sheets></workbook>"},
        {"xl/_rels/workbook.xml.rels",
         "<Relationships><Relationship Id='r1' Type='" RELATION
         "/worksheet' Target='worksheets/sheet1.xml'/><Relationship Id='r2' Type='" RELATION
         "/styles' Target='styles.xml'/><Relationship Id='r3' Type='" RELATION
         "/sharedStrings' Target='sharedStrings.xml'/></Relationships>"},
        {"xl/styles.xml",
         "<styleSheet xmlns='" MAIN "'><cellXfs><xf numFmtId='0'/><xf numFmtId='14'/><xf numFmtId='22'/><xf "
                                    "numFmtId='46'/><xf numFmtId='10'/></cellXfs></styleSheet>"},
        {"xl/sharedStrings.xml", "<sst xmlns='" MAIN "'><si><t>one</t></si><si><r><t>two</t></r></si></sst>"},
        {"xl/worksheets/sheet1.xml",
         "<worksheet xmlns='" MAIN
         "'><sheetData><row r='1'><c r='A1' t='s'><v>0</v></c><c r='B1' s='1'><v>45000.5</v></c></row>"
         "<row r='2'><c r='A2' t='s'><v>1</v></c><c r='B2' s='3'><v>60</v></c></row></sheetData></worksheet>"},
    };
}

/// A stored (not packed) archive of the parts, as bytes.
QByteArray archiveOf(const QMap<QByteArray, QByteArray> &parts)
{
    zip_source_t *target = zip_source_buffer_create(nullptr, 0, 0, nullptr);
    zip_source_keep(target);
    zip_t *archive = zip_open_from_source(target, ZIP_TRUNCATE, nullptr);
    for (auto part = parts.constBegin(); part != parts.constEnd(); ++part) {
        zip_source_t *source =
            zip_source_buffer(archive, part->constData(), static_cast<zip_uint64_t>(part->size()), 0);
        const zip_int64_t index = zip_file_add(archive, part.key().constData(), source, ZIP_FL_ENC_UTF_8);
        zip_set_file_compression(archive, static_cast<zip_uint64_t>(index), ZIP_CM_STORE, 0);
    }
    zip_close(archive);
    zip_source_open(target);
    zip_source_seek(target, 0, SEEK_END);
    QByteArray bytes(static_cast<qsizetype>(zip_source_tell(target)), '\0');
    zip_source_seek(target, 0, SEEK_SET);
    zip_source_read(target, bytes.data(), static_cast<zip_uint64_t>(bytes.size()));
    zip_source_close(target);
    zip_source_free(target);
    return bytes;
}

std::string readAll(const QString &path, const XlsxFormat &format, qsizetype limit)
{
    auto opened = XlsxReader::open(path, format);
    if (!opened)
        return opened.error().message.toStdString();
    RowBatch batch((*opened)->columnCount());
    std::string all;
    while (true) {
        const auto got = (*opened)->read(batch, limit);
        if (!got)
            all += got.error().message.toStdString();
        if (!got || *got == 0)
            break;
    }
    for (qsizetype row = 0; row < batch.rowCount(); ++row) {
        for (int column = 0; column < batch.columnCount(); ++column)
            all.append(batch.cell(row, column).text).append(1, '|');
    }
    return all;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    static const QMap<QByteArray, QByteArray> good = goodParts();
    static test::MemoryFile file;
    QMap<QByteArray, QByteArray> parts = good;
    parts[FUZZED_PART] = QByteArray(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    const QByteArray bytes = archiveOf(parts);
    file.set(bytes.constData(), static_cast<size_t>(bytes.size()));
    auto detected = formatInside(file.path(), -1);
    if (!detected)
        return 0;
    XlsxFormat format = *detected;
    if (format.columnCount > 100)
        return 0;
    format.fillMerged = true;
    if (readAll(file.path(), format, 1) != readAll(file.path(), format, 100000))
        std::abort();
    format.badCells = BadCells::LeaveOut;
    format.cellsOutside = BadCells::LeaveOut;
    readAll(file.path(), format, 1000);
    return 0;
}
