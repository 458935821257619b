#include "files/xlsxinside.h"

#include "files/tablesample.h"
#include "files/xlsxrowcounter.h"
#include "files/xlsxsheet.h"

#include <QCoreApplication>

#include <algorithm>

namespace rowdesk {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(XlsxDetector)
};

/// The first rows of a sheet that have cells, and the columns that they use.
struct SheetSample : TableSample
{
    int firstColumn = xlsxMostColumns;
    int lastColumn = -1;
};

/// Cells to the left of the table's first column are blanks of the row, so the columns are found before the rows are
/// laid out; a row is laid out up to its last cell.
Result<SheetSample> takeSample(const ZipArchive &archive, const XlsxWorkbook &workbook, const XlsxStrings &strings,
                               int index)
{
    const XlsxSheetInfo &info = workbook.sheets[index];
    auto part = archive.part(info.part);
    if (!part)
        return part.error();
    XlsxSheet sheet(std::move(part).value(), workbook, strings, info.name);
    SheetSample sample;
    std::vector<XlsxRow> rows;
    while (rows.size() < static_cast<size_t>(TableSample::mostRows)) {
        const auto row = sheet.next();
        if (!row)
            return row.error();
        if (!*row)
            break;
        if ((*row)->cells.empty())
            continue;
        rows.push_back(**row);
        sample.firstColumn = std::min(sample.firstColumn, (*row)->cells.front().column);
        sample.lastColumn = std::max(sample.lastColumn, (*row)->cells.back().column);
    }
    for (const XlsxRow &row : rows) {
        TableSample::Row laid{row.number, {}};
        laid.cells.resize(static_cast<size_t>(row.cells.back().column - sample.firstColumn) + 1);
        for (const XlsxCell &cell : row.cells)
            laid.cells[static_cast<size_t>(cell.column - sample.firstColumn)].text = row.textOf(cell);
        sample.rows.push_back(std::move(laid));
    }
    sample.findUsual();
    return sample;
}

XlsxFormat formatOf(const SheetSample &sample, int sheet)
{
    XlsxFormat format;
    format.sheet = sheet;
    if (sample.rows.empty()) {
        format.rangeReason = Words::tr("The sheet has no cells.");
        return format;
    }
    bool onlyBlank = true;
    const size_t first = rowsOfTitle(sample, onlyBlank);
    const HeaderGuess header = guessHeader(sample, first);
    format.hasHeader = header.hasHeader;
    format.headerReason = header.reason;
    format.headerIsSure = header.isSure;
    format.firstRow = sample.rows[first].line;
    if (first > 0 && !onlyBlank)
        format.skipReason =
            Words::tr("The rows above row %1 are a title: they have one text where the table has %2 cells.")
                .arg(format.firstRow)
                .arg(sample.usual);
    format.firstColumn = sample.firstColumn;
    format.columnCount = sample.lastColumn - sample.firstColumn + 1;
    format.rangeReason = Words::tr("The table begins in cell %1 and has %2 columns, as far as its first %3 rows show.")
                             .arg(cellName(format.firstColumn, format.firstRow))
                             .arg(format.columnCount)
                             .arg(sample.rows.size());
    return format;
}

/// -1 when the part can't be unpacked.
qint64 countRows(const ZipArchive &archive, const QByteArray &name)
{
    const auto part = archive.part(name);
    if (!part)
        return -1;
    XlsxRowCounter counter;
    std::vector<char> block(64 * 1024);
    while (true) {
        const auto got = (*part)->read(block.data(), static_cast<qsizetype>(block.size()));
        if (!got)
            return -1;
        if (*got == 0)
            return counter.rows();
        counter.take({block.data(), static_cast<size_t>(*got)});
    }
}

struct OpenWorkbook
{
    std::unique_ptr<ZipArchive> archive;
    XlsxWorkbook workbook;
};

Result<OpenWorkbook> openWorkbook(const QString &path, bool allowLarge)
{
    auto archive = ZipArchive::open(path, ZipLimits::of(allowLarge));
    if (!archive)
        return archive.error();
    auto workbook = readWorkbook(**archive);
    if (!workbook)
        return workbook.error();
    return OpenWorkbook{std::move(archive).value(), std::move(workbook).value()};
}

} // namespace

Result<XlsxWorkbook> outlineInside(const QString &path, bool allowLarge)
{
    const Result<OpenWorkbook> open = openWorkbook(path, allowLarge);
    if (!open)
        return open.error();
    return open->workbook;
}

Result<QVector<qint64>> rowCountsInside(const QString &path, bool allowLarge)
{
    const Result<OpenWorkbook> open = openWorkbook(path, allowLarge);
    if (!open)
        return open.error();
    const auto &[archive, workbook] = *open;
    QVector<qint64> counts;
    for (const XlsxSheetInfo &sheet : workbook.sheets)
        counts.append(countRows(*archive, sheet.part));
    return counts;
}

Result<XlsxFormat> formatInside(const QString &path, int sheet, bool allowLarge)
{
    const Result<OpenWorkbook> open = openWorkbook(path, allowLarge);
    if (!open)
        return open.error();
    const auto &[archive, workbook] = *open;
    const auto strings = readSharedStrings(*archive, workbook.stringsPart);
    if (!strings)
        return strings.error();
    XlsxFormat fallback;
    for (int i = 0; i < workbook.sheets.size(); ++i) {
        if (sheet >= 0 ? i != sheet : workbook.sheets[i].hidden)
            continue;
        const auto sample = takeSample(*archive, workbook, *strings, i);
        if (!sample)
            return sample.error();
        XlsxFormat format = formatOf(*sample, i);
        format.allowLarge = allowLarge;
        format.sheetReason =
            sheet >= 0 ? Words::tr("Chosen by you.") : Words::tr("It is the first sheet that is shown and has cells.");
        if (format.columnCount > 0 || sheet >= 0)
            return format;
        fallback = format;
    }
    if (workbook.sheets.isEmpty())
        return ApiError{ErrorKind::File,
                        0,
                        QStringLiteral("xlsx.no-sheet"),
                        Words::tr("The workbook has no sheet with cells."),
                        Words::tr("Choose another file."),
                        {}};
    return fallback;
}

} // namespace rowdesk
