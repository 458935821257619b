#include "files/xlsxdetector.h"

#include "files/helperprocess.h"
#include "files/xlsxsheet.h"

#include <QCoreApplication>

namespace rowdesk {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(XlsxDetector)
};

/// Asks the helper one question that has one answer.
Result<QByteArray> ask(FrameKind question, QByteArray what)
{
    auto helper = HelperProcess::start({question, std::move(what)});
    if (!helper)
        return helper.error();
    auto answer = (*helper)->next();
    if (!answer)
        return answer.error();
    if (answer->kind != question)
        return HelperProcess::nonsense();
    return std::move(answer).value().bytes;
}

} // namespace

Result<XlsxWorkbook> readXlsxOutline(const QString &path, bool allowLarge)
{
    Packer packer;
    packer.put(path);
    packer.put(allowLarge);
    const auto answer = ask(FrameKind::Outline, packer.take());
    if (!answer)
        return answer.error();
    Unpacker unpacker(*answer);
    XlsxWorkbook outline = unpackOutline(unpacker);
    return unpacker.isBroken() ? Result<XlsxWorkbook>(HelperProcess::nonsense())
                               : Result<XlsxWorkbook>(std::move(outline));
}

Result<QVector<qint64>> countXlsxRows(const QString &path, bool allowLarge)
{
    Packer packer;
    packer.put(path);
    packer.put(allowLarge);
    const auto answer = ask(FrameKind::RowCounts, packer.take());
    if (!answer)
        return answer.error();
    Unpacker unpacker(*answer);
    QVector<qint64> counts = unpackNumbers(unpacker);
    return unpacker.isBroken() ? Result<QVector<qint64>>(HelperProcess::nonsense())
                               : Result<QVector<qint64>>(std::move(counts));
}

Result<XlsxFormat> detectXlsxFormat(const QString &path, int sheet, bool allowLarge)
{
    Packer packer;
    packer.put(path);
    packer.put(allowLarge);
    packer.put(sheet);
    const auto answer = ask(FrameKind::Detect, packer.take());
    if (!answer)
        return answer.error();
    Unpacker unpacker(*answer);
    XlsxFormat format = unpackFormat(unpacker);
    return unpacker.isBroken() ? Result<XlsxFormat>(HelperProcess::nonsense()) : Result<XlsxFormat>(std::move(format));
}

Result<XlsxFormat> xlsxFormatOfRange(const XlsxWorkbook &workbook, int range)
{
    XlsxMerge cells;
    const XlsxRange &chosen = workbook.ranges[range];
    if (!readRange(chosen.cells.toStdString(), cells))
        return ApiError{ErrorKind::File,
                        0,
                        QStringLiteral("xlsx.range"),
                        Words::tr("“%1” is not a plain rectangle of cells.").arg(chosen.name),
                        Words::tr("Choose the sheet instead."),
                        {}};
    XlsxFormat format;
    format.sheet = chosen.sheet;
    format.firstRow = cells.firstRow;
    format.lastRow = cells.lastRow;
    format.firstColumn = cells.firstColumn;
    format.columnCount = cells.lastColumn - cells.firstColumn + 1;
    format.cellsOutside = BadCells::LeaveOut; // what stands beside the rectangle was not asked for
    format.rangeReason = Words::tr("The cells of “%1”.").arg(chosen.name);
    return format;
}

} // namespace rowdesk
