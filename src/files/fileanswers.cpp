#include "files/fileanswers.h"

#include "files/textblocks.h"
#include "files/xlsxdetector.h"

#include <QCoreApplication>
#include <QFileInfo>

namespace rowdesk {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(FileAnswers)
};

ApiError senseless(const QString &message)
{
    return {ErrorKind::Usage, 0, {}, message, {}, {}};
}

/// The position of a sheet that is named or counted; an error lists those that there are.
Result<int> sheetOf(const QString &path, const FileAnswers &answers)
{
    if (answers.sheet.isEmpty())
        return -1;
    const Result<XlsxWorkbook> workbook = readXlsxOutline(path, answers.allowLarge);
    if (!workbook)
        return workbook.error();
    QStringList names;
    for (const XlsxSheetInfo &sheet : workbook->sheets)
        names.append(sheet.name);
    qsizetype found = names.indexOf(answers.sheet);
    for (qsizetype i = 0; found < 0 && i < names.size(); ++i)
        found = names[i].compare(answers.sheet, Qt::CaseInsensitive) == 0 ? i : -1;
    bool isNumber = false;
    const int number = answers.sheet.toInt(&isNumber);
    if (found < 0 && isNumber && number >= 1 && number <= names.size())
        found = number - 1;
    if (found < 0)
        return senseless(Words::tr("“%1” has no sheet “%2”; it has: %3.")
                             .arg(QFileInfo(path).fileName(), answers.sheet, names.join(QStringLiteral("; "))));
    return static_cast<int>(found);
}

Result<FileFormat> workbookFormat(const QString &path, const FileAnswers &answers)
{
    if (!answers.csv.encoding.isEmpty() || answers.csv.delimiter || answers.csv.quotesAreText ||
        answers.skipRowsAtEnd > 0)
        return senseless(Words::tr("“%1” is a workbook: it has sheets, and neither an encoding nor delimiters.")
                             .arg(QFileInfo(path).fileName()));
    const Result<int> sheet = sheetOf(path, answers);
    if (!sheet)
        return sheet.error();
    Result<XlsxFormat> detected = detectXlsxFormat(path, *sheet, answers.allowLarge);
    if (!detected)
        return detected.error();
    FileFormat format;
    format.kind = FileKind::Xlsx;
    format.xlsx = std::move(detected).value();
    XlsxFormat &xlsx = format.xlsx;
    xlsx.badCells = answers.badCells.value_or(xlsx.badCells);
    xlsx.cellsOutside = answers.cellsBeside.value_or(xlsx.cellsOutside);
    xlsx.skipHiddenRows = answers.skipHiddenRows;
    xlsx.fillMerged = answers.fillMerged;
    xlsx.headerRows = answers.headerRows;
    if (const auto row = answers.csv.headerRow; row || answers.headerRows > 1) {
        xlsx.hasHeader = row.value_or(1) > 0;
        xlsx.firstRow = row.value_or(0) > 0 ? *row : xlsx.firstRow;
        xlsx.headerIsSure = true;
        xlsx.headerReason = Words::tr("Chosen by you.");
    }
    return format;
}

Result<FileFormat> textFormat(const QString &path, const FileAnswers &answers)
{
    if (!answers.sheet.isEmpty())
        return senseless(Words::tr("“%1” is a text file: it has no sheets.").arg(QFileInfo(path).fileName()));
    // A name with a slash would ask the converter to leave out or replace what it can't read, in silence.
    if (answers.csv.encoding.contains('/'))
        return senseless(
            Words::tr("The encoding “%1” is not known here.").arg(QString::fromUtf8(answers.csv.encoding)));
    if (!answers.csv.encoding.isEmpty()) {
        if (const auto text = TextBlocks::open(path, answers.csv.encoding);
            !text && text.error().code == QStringLiteral("file.encoding"))
            return senseless(text.error().message);
    }
    Result<CsvFormat> detected = detectCsvFormat(path, answers.csv);
    if (!detected)
        return detected.error();
    FileFormat format;
    format.csv = std::move(detected).value();
    format.csv.shortRows = answers.shortRows.value_or(format.csv.shortRows);
    format.csv.longRows = answers.longRows.value_or(format.csv.longRows);
    format.csv.headerRows = answers.headerRows;
    if (answers.headerRows > 1 && !answers.csv.headerRow) { // who counts the rows of names says that there are names
        format.csv.hasHeader = true;
        format.csv.headerIsSure = true;
        format.csv.headerReason = Words::tr("Chosen by you.");
    }
    format.csv.skipRowsAtEnd = answers.skipRowsAtEnd;
    return format;
}

/// Makes a sheet's table as wide as its values are; false when it was already.
bool widen(const XlsxCounts &counts, XlsxFormat &format)
{
    if (counts.cellsOutside == 0 || counts.lastColumnOutside < 0)
        return false;
    const int last = std::max(format.firstColumn + format.columnCount - 1, counts.lastColumnOutside);
    format.firstColumn = std::min(format.firstColumn, counts.firstColumnOutside);
    format.columnCount = last - format.firstColumn + 1;
    return true;
}

} // namespace

Result<FileFormat> detectFormat(const QString &path, const FileAnswers &answers)
{
    const auto facts = lookAtFile(path);
    if (!facts)
        return facts.error();
    if (const auto refusal = refusalOf(facts->kind, path))
        return *refusal;
    return facts->kind == FileKind::Xlsx ? workbookFormat(path, answers) : textFormat(path, answers);
}

Result<FileInspection> inspectFile(const QString &path, const FileAnswers &answers, FileWork *work)
{
    Result<FileFormat> format = detectFormat(path, answers);
    if (!format)
        return format.error();
    Result<FileInspection> inspection = inspectFile(path, *format, work, 0);
    const bool isWorkbook = format->kind == FileKind::Xlsx && !answers.cellsBeside;
    if (inspection && isWorkbook && widen(inspection->xlsxCounts, format.value().xlsx))
        inspection = inspectFile(path, *format, work, 0);
    return inspection;
}

QStringList ColumnAnswers::names() const
{
    QStringList all = dateOrder.of.keys() + decimalMark.of.keys() + types.keys();
    all.removeDuplicates();
    return all;
}

} // namespace rowdesk
