#include "files/helperprotocol.h"

#include "files/headernames.h"

namespace rowdesk {
namespace {

void pack(Packer &to, const QStringList &texts)
{
    to.put(static_cast<quint32>(texts.size()));
    for (const QString &text : texts)
        to.put(text);
}

QStringList unpackTexts(Unpacker &from)
{
    QStringList texts;
    for (quint32 left = from.take<quint32>(); left > 0 && !from.isBroken(); --left)
        texts.append(from.takeString());
    return texts;
}

template<typename Enum>
Enum limited(Enum value, Enum last)
{
    return value <= last && value >= Enum{} ? value : last;
}

} // namespace

void pack(Packer &to, const ApiError &error)
{
    to.put(error.kind);
    to.put(error.code);
    to.put(error.message);
    to.put(error.hint);
}

ApiError unpackError(Unpacker &from)
{
    ApiError error;
    error.kind = limited(from.take<ErrorKind>(), ErrorKind::Usage);
    error.code = from.takeString();
    error.message = from.takeString();
    error.hint = from.takeString();
    return error;
}

void pack(Packer &to, const XlsxFormat &format)
{
    to.put(format.sheet);
    to.put(format.hasHeader);
    to.put(format.headerRows);
    to.put(format.firstRow);
    to.put(format.lastRow);
    to.put(format.firstColumn);
    to.put(format.columnCount);
    to.put(format.skipHiddenRows);
    to.put(format.fillMerged);
    to.put(format.badCells);
    to.put(format.cellsOutside);
    to.put(format.allowLarge);
    to.put(format.headerIsSure);
    to.put(format.sheetReason);
    to.put(format.headerReason);
    to.put(format.rangeReason);
    to.put(format.skipReason);
}

XlsxFormat unpackFormat(Unpacker &from)
{
    XlsxFormat format;
    format.sheet = from.take<int>();
    format.hasHeader = from.take<quint8>() != 0;
    format.headerRows = std::clamp(from.take<int>(), 1, mostHeaderRows);
    format.firstRow = from.take<qint64>();
    format.lastRow = from.take<qint64>();
    format.firstColumn = std::clamp(from.take<int>(), 0, xlsxMostColumns);
    format.columnCount = std::clamp(from.take<int>(), 0, xlsxMostColumns);
    format.skipHiddenRows = from.take<quint8>() != 0;
    format.fillMerged = from.take<quint8>() != 0;
    format.badCells = limited(from.take<BadCells>(), BadCells::LeaveOut);
    format.cellsOutside = limited(from.take<BadCells>(), BadCells::LeaveOut);
    format.allowLarge = from.take<quint8>() != 0;
    format.headerIsSure = from.take<quint8>() != 0;
    format.sheetReason = from.takeString();
    format.headerReason = from.takeString();
    format.rangeReason = from.takeString();
    format.skipReason = from.takeString();
    return format;
}

void pack(Packer &to, const XlsxWorkbook &outline)
{
    to.put(static_cast<quint32>(outline.sheets.size()));
    for (const XlsxSheetInfo &sheet : outline.sheets) {
        to.put(sheet.name);
        to.put(sheet.hidden);
    }
    to.put(static_cast<quint32>(outline.ranges.size()));
    for (const XlsxRange &range : outline.ranges) {
        to.put(range.name);
        to.put(range.sheet);
        to.put(range.cells);
        to.put(range.isTable);
    }
    to.put(outline.from1904);
    to.put(outline.hasMacros);
    to.put(outline.hasExternalLinks);
}

XlsxWorkbook unpackOutline(Unpacker &from)
{
    XlsxWorkbook outline;
    for (quint32 left = from.take<quint32>(); left > 0 && !from.isBroken(); --left) {
        const QString name = from.takeString();
        outline.sheets.append({name, {}, from.take<quint8>() != 0});
    }
    for (quint32 left = from.take<quint32>(); left > 0 && !from.isBroken(); --left) {
        XlsxRange range;
        range.name = from.takeString();
        range.sheet = std::clamp(from.take<int>(), -1, static_cast<int>(outline.sheets.size()) - 1);
        range.cells = from.takeString();
        range.isTable = from.take<quint8>() != 0;
        outline.ranges.append(range);
    }
    outline.from1904 = from.take<quint8>() != 0;
    outline.hasMacros = from.take<quint8>() != 0;
    outline.hasExternalLinks = from.take<quint8>() != 0;
    return outline;
}

void pack(Packer &to, const QVector<qint64> &numbers)
{
    to.put(static_cast<quint32>(numbers.size()));
    for (const qint64 number : numbers)
        to.put(number);
}

QVector<qint64> unpackNumbers(Unpacker &from)
{
    QVector<qint64> numbers;
    for (quint32 left = from.take<quint32>(); left > 0 && !from.isBroken(); --left)
        numbers.append(from.take<qint64>());
    return numbers;
}

void pack(Packer &to, const XlsxCounts &counts)
{
    for (const qint64 count : {counts.rows, counts.blankRows, counts.hiddenRows, counts.hiddenColumns, counts.badCells,
                               counts.cellsOutside, counts.formulas, counts.merges})
        to.put(count);
    to.put(counts.firstColumnOutside);
    to.put(counts.lastColumnOutside);
    pack(to, counts.badCellNames);
    pack(to, counts.outsideNames);
}

XlsxCounts unpackCounts(Unpacker &from)
{
    XlsxCounts counts;
    for (qint64 *count : {&counts.rows, &counts.blankRows, &counts.hiddenRows, &counts.hiddenColumns, &counts.badCells,
                          &counts.cellsOutside, &counts.formulas, &counts.merges})
        *count = from.take<qint64>();
    counts.firstColumnOutside = std::clamp(from.take<int>(), 0, xlsxMostColumns);
    counts.lastColumnOutside = std::clamp(from.take<int>(), -1, xlsxMostColumns - 1);
    counts.badCellNames = unpackTexts(from);
    counts.outsideNames = unpackTexts(from);
    return counts;
}

bool unpackField(Unpacker &from, XlsxField &field)
{
    const auto kind = from.take<quint8>();
    const auto issue = from.take<quint8>();
    field.isShare = (kind & 0x80U) != 0;
    field.cell.kind = static_cast<CellKind>(kind & 0x7FU);
    field.issue = static_cast<XlsxIssue>(issue);
    field.cell.text = from.takeText();
    return !from.isBroken() && field.cell.kind <= CellKind::Bool && field.issue <= XlsxIssue::NoSuchDay;
}

} // namespace rowdesk
