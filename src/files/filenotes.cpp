#include "files/filenotes.h"

#include <QCoreApplication>
#include <QHash>

#include <algorithm>

namespace rowdesk {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(FileNotes)
};

bool isUnseen(QChar c)
{
    return c.category() == QChar::Other_Format || (c.category() == QChar::Other_Control && c != u'\n' && c != u'\r');
}

void addFormatDoubts(const CsvFormat &csv, QVector<FileDoubt> &doubts)
{
    if (!csv.encodingIsSure)
        doubts.append(
            {0,
             {},
             Words::tr("Read as %1: %2 It could also be %3.")
                 .arg(QString::fromLatin1(csv.encoding), csv.encodingReason, QString::fromLatin1(csv.otherEncoding)),
             csv.encodingIsUsual()});
    if (!csv.delimiterIsSure)
        doubts.append({0, {}, csv.delimiterReason});
}

void addNameDoubts(const FileInspection &inspection, QVector<FileDoubt> &doubts)
{
    QHash<QString, int> first;
    for (int i = 0; i < inspection.columns.size(); ++i) {
        const ColumnFindings &column = inspection.columns[i];
        if (!column.hasName && inspection.headerRow > 0)
            doubts.append(
                {inspection.headerRow, column.name,
                 Words::tr("Column %1 has no name in the file; it is called “%2”.").arg(i + 1).arg(column.name)});
        if (std::any_of(column.name.begin(), column.name.end(), isUnseen))
            doubts.append({inspection.headerRow, column.name,
                           Words::tr("The name of column %1 has characters that can't be seen.").arg(i + 1)});
        if (const auto seen = first.constFind(column.name); seen != first.constEnd())
            doubts.append({inspection.headerRow, column.name,
                           Words::tr("Columns %1 and %2 have the same name “%3”; a number is put behind the later one.")
                               .arg(*seen + 1)
                               .arg(i + 1)
                               .arg(column.name)});
        else
            first.insert(column.name, i);
    }
}

void addLines(const QVector<qint64> &lines, qint64 all, const QString &what, QVector<FileDoubt> &doubts)
{
    for (const qint64 line : lines)
        doubts.append({line, {}, what});
    if (all > lines.size())
        doubts.append({0, {}, Words::tr("%1 (%2 more lines)").arg(what).arg(all - lines.size())});
}

} // namespace

QStringList notesAbout(const XlsxWorkbook &workbook, int sheetRead)
{
    QStringList notes;
    if (workbook.sheets.size() > 1 && sheetRead >= 0 && sheetRead < workbook.sheets.size())
        notes.append(Words::tr("Sheet %1 of %2 is read: “%3”.")
                         .arg(sheetRead + 1)
                         .arg(workbook.sheets.size())
                         .arg(workbook.sheets[sheetRead].name.left(40)));
    if (workbook.hasMacros)
        notes.append(Words::tr("The workbook has macros; they are not run and not read."));
    if (workbook.hasExternalLinks)
        notes.append(
            Words::tr("The workbook has links to other files; they are not followed, stored values are used."));
    return notes;
}

QVector<FileDoubt> doubtsAbout(const FileInspection &inspection)
{
    QVector<FileDoubt> doubts;
    const bool isText = inspection.format.kind == FileKind::Text;
    if (isText)
        addFormatDoubts(inspection.format.csv, doubts);
    const bool headerIsSure = isText ? inspection.format.csv.headerIsSure : inspection.format.xlsx.headerIsSure;
    if (!headerIsSure && !inspection.columns.isEmpty())
        doubts.append({inspection.headerRow,
                       {},
                       isText ? inspection.format.csv.headerReason : inspection.format.xlsx.headerReason,
                       false,
                       true});
    addNameDoubts(inspection, doubts);
    addLines(inspection.counts.shortLines(), inspection.counts.shortRows, Words::tr("The row has too few fields."),
             doubts);
    addLines(inspection.counts.longLines(), inspection.counts.longRows, Words::tr("The row has too many fields."),
             doubts);
    const XlsxCounts &xlsx = inspection.xlsxCounts;
    if (xlsx.cellsOutside > 0)
        doubts.append({0,
                       {},
                       xlsx.cellsOutside == 1
                           ? Words::tr("1 value stands beside the table (%1).").arg(xlsx.outsideNames.value(0))
                           : Words::tr("%1 values stand beside the table (%2).")
                                 .arg(xlsx.cellsOutside)
                                 .arg(xlsx.outsideNames.join(QStringLiteral("; ")))});
    return doubts;
}

} // namespace rowdesk
