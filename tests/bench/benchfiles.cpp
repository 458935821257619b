#include "bench/figures.h"
#include "files/fileinspector.h"

#include <QCoreApplication>
#include <QDir>

#include <array>
#include <expat.h>
#include <zip.h>

/// Files: makes them, inspects them whole, looks at their beginning, and walks through a sheet with libzip and expat
/// alone, which is the least that reading it can take.
///
///   benchfiles csv FILE ROWS     writes ROWS × 10, about 100 bytes each
///   benchfiles huge FILE BYTES   the same rows, then a hole up to this size
///   benchfiles inspect FILE      reads all of it
///   benchfiles preview FILE      the first 200 rows
///   benchfiles walk FILE.xlsx    libzip and expat, nothing else
using namespace rowdesk;
using namespace rowdesk::bench;

namespace {

void writeRow(std::string &out, qint64 n)
{
    std::array<char, 256> line;
    const int size =
        std::snprintf(line.data(), line.size(),
                      "%lld,2024-%02lld-%02lld,customer "
                      "%05lld,%05lld,%s,%lld,%lld.%02lld,%s,2024-03-%02lldT%02lld:15:00,note about order %lld\n",
                      1000000 + n, n % 12 + 1, n % 28 + 1, n * 7 % 10000, n * 13 % 100000, n % 3 ? "DE" : "FR", n % 50,
                      n * 31 % 9000, n % 100, n % 2 ? "true" : "false", n % 28 + 1, n % 24, n % 1000);
    out.append(line.data(), static_cast<size_t>(size));
}

void makeCsv(const QString &path, qint64 rows, qint64 holeUpTo)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        qFatal("the file can't be written");
    std::string out = "id,day,customer,zip,country,pieces,price,paid,sent,note\n";
    for (qint64 n = 0; n < rows; ++n) {
        writeRow(out, n);
        if (out.size() > 1 << 20 || n + 1 == rows) {
            file.write(out.data(), static_cast<qint64>(out.size()));
            out.clear();
        }
    }
    if (holeUpTo > 0)
        file.resize(holeUpTo);
}

FileFormat formatOf(const QString &path)
{
    const auto format = detectFormat(path);
    if (!format)
        qFatal("%s", qPrintable(format.error().text()));
    return *format;
}

void inspect(const QString &path)
{
    qint64 rows = 0;
    const double took = quickest(3, [&] {
        const auto inspection = inspectFile(path, formatOf(path));
        if (!inspection || inspection->damage)
            qFatal("the file could not be inspected");
        rows = inspection->rows;
    });
    print({{QStringLiteral("what"), QStringLiteral("rowdesk inspect")},
           {QStringLiteral("rows"), rows},
           {QStringLiteral("ms"), took},
           {QStringLiteral("peak_mb"), memoryMegabytes("VmHWM")}});
}

void preview(const QString &path)
{
    const double took = quickest(5, [&] {
        auto source = openFile(path, formatOf(path));
        RowBatch batch(static_cast<int>((*source)->columnNames().size()));
        if (!(*source)->read(batch, 200))
            qFatal("the file could not be read");
    });
    print({{QStringLiteral("what"), QStringLiteral("rowdesk preview")}, {QStringLiteral("ms"), took}});
}

qint64 cells = 0;

void walkPart(zip_t *archive, const char *name)
{
    zip_file_t *part = zip_fopen(archive, name, 0);
    if (!part)
        return;
    XML_Parser parser = XML_ParserCreate(nullptr);
    XML_SetElementHandler(
        parser,
        [](void *, const char *element, const char **) { cells += element[0] == 'c' && element[1] == 0 ? 1 : 0; },
        [](void *, const char *) {});
    XML_SetCharacterDataHandler(parser, [](void *, const char *, int) {});
    while (true) {
        void *buffer = XML_GetBuffer(parser, 64 * 1024);
        const auto got = static_cast<int>(zip_fread(part, buffer, 64 * 1024));
        if (got < 0 || XML_ParseBuffer(parser, got, got == 0) != XML_STATUS_OK || got == 0)
            break;
    }
    XML_ParserFree(parser);
    zip_fclose(part);
}

void walk(const QString &path)
{
    const double took = quickest(3, [&] {
        cells = 0;
        int code = 0;
        zip_t *archive = zip_open(QFile::encodeName(path).constData(), ZIP_RDONLY, &code);
        walkPart(archive, "xl/sharedStrings.xml");
        walkPart(archive, "xl/worksheets/sheet1.xml");
        zip_discard(archive);
    });
    print({{QStringLiteral("what"), QStringLiteral("bare walk")},
           {QStringLiteral("cells"), cells},
           {QStringLiteral("ms"), took}});
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    const QStringList arguments = application.arguments();
    const QString what = arguments.value(1);
    const QString path = arguments.value(2);
    if (what == QStringLiteral("csv"))
        makeCsv(path, arguments.value(3).toLongLong(), 0);
    else if (what == QStringLiteral("huge"))
        makeCsv(path, 20'000, arguments.value(3).toLongLong());
    else if (what == QStringLiteral("inspect"))
        inspect(path);
    else if (what == QStringLiteral("preview"))
        preview(path);
    else if (what == QStringLiteral("walk"))
        walk(path);
    else
        return 2;
    return 0;
}
