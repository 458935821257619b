#include "files/fileinspector.h"

#include "files/columndecision.h"
#include "files/csvdetector.h"
#include "files/filedigest.h"
#include "files/xlsxdetector.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QHash>
#include <QLocale>

#include <thread>

namespace rowdesk {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(FileInspector)
};

QString number(qint64 value)
{
    return QLocale().toString(value);
}

/// The sentence for one or for several; there is no translation that English plurals could come from.
QString counted(qint64 count, const QString &one, const QString &several)
{
    return count == 1 ? one : several.arg(number(count));
}

QString linesOf(const QVector<qint64> &lines, qint64 all)
{
    QStringList texts;
    for (const qint64 line : lines)
        texts.append(number(line));
    return texts.join(QStringLiteral("; ")) + (all > lines.size() ? QStringLiteral("; …") : QString());
}

/// The hash is made by a thread of its own from its own reading of the file: the parsing is as slow as the hashing.
class BackgroundDigest
{
public:
    BackgroundDigest(const QString &path, const FileWork *work)
        : m_thread([this, path, work] { m_result = sha256OfFile(path, work); })
    {
    }
    ~BackgroundDigest()
    {
        if (m_thread.joinable())
            m_thread.join();
    }
    Result<QByteArray> take()
    {
        m_thread.join();
        return m_result;
    }

private:
    Result<QByteArray> m_result = QByteArray();
    std::thread m_thread;
};

ApiError cancelled()
{
    return {ErrorKind::Cancelled, 0, {}, Words::tr("The reading was cancelled."), {}, {}};
}

ApiError changedMeanwhile(const QString &path)
{
    return {ErrorKind::File,
            0,
            QStringLiteral("file.changed"),
            Words::tr("“%1” changed while it was read.").arg(QFileInfo(path).fileName()),
            Words::tr("Wait until the program that writes it has finished, then open it again."),
            {}};
}

CellView viewOf(const CsvField &field)
{
    return {field.isNull() ? CellKind::Null : CellKind::Text, field.text()};
}
CellView viewOf(const XlsxField &field)
{
    return field.cell.kind == CellKind::Null ? CellView{} : field.cell;
}

void feed(ColumnTally &tally, const CsvField &field, qint64 line)
{
    tally.add(field.isNull() ? CellKind::Null : CellKind::Text, field.text(), field.quoted, line);
}
void feed(ColumnTally &tally, const XlsxField &field, qint64 line)
{
    if (field.issue != XlsxIssue::None)
        tally.addUnreadable(field.cell.text, xlsxIssueText(field.issue), line);
    else if (field.cell.kind == CellKind::Number)
        tally.addNumber(field.cell.text, field.isShare, line);
    else
        tally.add(field.cell.kind, field.cell.kind == CellKind::Null ? std::string_view() : field.cell.text, false,
                  line);
}

/// Feeds every row to the tallies; false when cancelled.
template<typename Reader>
bool readAllRows(Reader &reader, std::vector<ColumnTally> &tallies, RowBatch &sample, qsizetype sampleRows,
                 FileWork *work)
{
    constexpr int rowsBetweenLooks = 2048;
    int untilLook = 0;
    while (reader.nextRow()) {
        const auto fields = reader.fields();
        for (size_t column = 0; column < fields.size(); ++column)
            feed(tallies[column], fields[column], reader.line());
        if (sample.rowCount() < sampleRows) {
            sample.beginRow(reader.line());
            for (const auto &field : fields)
                sample.addCell(viewOf(field).kind, viewOf(field).text);
        }
        if (work && --untilLook < 0) {
            untilLook = rowsBetweenLooks;
            const double share =
                static_cast<double>(reader.bytesRead()) / static_cast<double>(std::max<qint64>(reader.size(), 1));
            work->done = static_cast<qint64>(share * static_cast<double>(work->total));
            if (work->cancel)
                return false;
        }
    }
    return true;
}

ApiError errorOf(const CsvFault &fault)
{
    return fault.toError();
}
ApiError errorOf(const ApiError &fault)
{
    return fault;
}
void takeCounts(const CsvReader &reader, FileInspection &inspection)
{
    inspection.counts = reader.counts();
    inspection.headerRow = reader.headerLine();
    if (reader.fault()) {
        inspection.damageLine = reader.fault()->line;
        inspection.damageField = reader.fault()->field;
    }
}
void takeCounts(const XlsxTable &reader, FileInspection &inspection)
{
    inspection.xlsxCounts = reader.counts();
    inspection.headerRow = reader.namesInHeader() > 0 ? inspection.format.xlsx.firstRow : 0;
}

void addXlsxNotes(FileInspection &inspection)
{
    const XlsxCounts &counts = inspection.xlsxCounts;
    QStringList &notes = inspection.notes;
    const auto note = [&notes](qint64 count, const QString &one, const QString &several) {
        if (count > 0)
            notes.append(counted(count, one, several));
    };
    note(counts.hiddenRows, Words::tr("1 row is hidden in the sheet."), Words::tr("%1 rows are hidden in the sheet."));
    note(counts.hiddenColumns, Words::tr("1 column is hidden in the sheet."),
         Words::tr("%1 columns are hidden in the sheet."));
    note(counts.merges, Words::tr("1 group of cells is merged; only its first cell has the value."),
         Words::tr("%1 groups of cells are merged; only the first cell of each has the value."));
    note(counts.formulas, Words::tr("1 cell is a formula; its stored result is used."),
         Words::tr("%1 cells are formulas; their stored results are used."));
    note(counts.blankRows, Words::tr("1 blank row is left out."), Words::tr("%1 blank rows are left out."));
}

/// Says which lines above the table are no rows of it; nothing of a file goes without a word.
void noteLinesAbove(FileInspection &inspection)
{
    const bool isXlsx = inspection.format.kind == FileKind::Xlsx;
    const FileFormat &format = inspection.format;
    const qint64 above = isXlsx ? format.xlsx.firstRow - 1 : format.csv.skipLines;
    if (above < 1 || (isXlsx ? format.xlsx.skipReason : format.csv.skipReason).isEmpty())
        return;
    const bool hasHeader = isXlsx ? format.xlsx.hasHeader : format.csv.hasHeader;
    const QString what = hasHeader ? Words::tr("header row") : Words::tr("first row");
    inspection.notes.append(
        above == 1
            ? Words::tr("Line 1 above the %1 2 was left out.").arg(what)
            : Words::tr("Lines 1–%1 above the %2 %3 were left out.").arg(number(above), what, number(above + 1)));
}

void addNotes(FileInspection &inspection)
{
    const CsvCounts &counts = inspection.counts;
    QStringList &notes = inspection.notes;
    if (inspection.rows == 0)
        notes.append(
            inspection.headerRow > 0
                ? Words::tr("The file has no rows, only names in line %1. Check whether the program that wrote it "
                            "had finished, or whether that line is a row.")
                      .arg(number(inspection.headerRow))
                : Words::tr("The file has no rows."));
    notes.append(notesAboutRows(inspection));
    if (counts.blankLines > 0)
        notes.append(counted(counts.blankLines, Words::tr("1 blank line is left out."),
                             Words::tr("%1 blank lines are left out.")));
    if (counts.cellsWithLineBreaks > 0)
        notes.append(counted(counts.cellsWithLineBreaks, Words::tr("1 cell contains line breaks."),
                             Words::tr("%1 cells contain line breaks.")));
    if (counts.strayQuotes == 1)
        notes.append(Words::tr("1 quote stands inside a value without quotes and is taken as text (line %1).")
                         .arg(number(counts.firstStrayQuoteLine)));
    else if (counts.strayQuotes > 1)
        notes.append(Words::tr("%1 quotes stand inside values without quotes and are taken as text (first in line %2).")
                         .arg(number(counts.strayQuotes), number(counts.firstStrayQuoteLine)));
    if (counts.rowsAtEnd > 0)
        notes.append(counted(counts.rowsAtEnd, Words::tr("1 row at the end is left out."),
                             Words::tr("%1 rows at the end are left out.")));
}

/// Names that are missing or repeat must be mended before a table can have them.
void noteNames(qsizetype namesInHeader, QVector<ColumnFindings> &columns)
{
    QHash<QString, int> first;
    for (int i = 0; i < columns.size(); ++i) {
        ColumnFindings &column = columns[i];
        const QString folded = column.name.trimmed().toCaseFolded();
        if (const auto seen = first.constFind(folded); seen != first.constEnd())
            column.notes.prepend(Words::tr("The name is the same as that of column %1.").arg(*seen + 1));
        else
            first.insert(folded, i);
        column.hasName = namesInHeader == 0 || column.name != CsvReader::nameWithoutHeader(i);
        if (!column.hasName)
            column.notes.prepend(column.values + column.emptyTexts + column.nullWords == 0
                                     ? Words::tr("The column has neither a name nor values: it can be left out.")
                                     : Words::tr("The column has no name in the file."));
    }
}

/// Reads the rows of a file that was opened, or says why it could not be.
template<typename Reader>
std::optional<ApiError> readInto(FileInspection &inspection, Result<std::unique_ptr<Reader>> opened,
                                 qsizetype sampleRows, FileWork *work)
{
    if (!opened) {
        inspection.damage = opened.error();
        return std::nullopt;
    }
    Reader &reader = **opened;
    std::vector<ColumnTally> tallies(static_cast<size_t>(reader.columnCount()));
    inspection.sample = RowBatch(reader.columnCount());
    if (!readAllRows(reader, tallies, inspection.sample, sampleRows, work))
        return cancelled();
    takeCounts(reader, inspection);
    inspection.rows = reader.counts().rows;
    if (reader.fault())
        inspection.damage = errorOf(*reader.fault());
    FileEvidence evidence = evidenceOf(tallies);
    evidence.semicolons = inspection.format.kind == FileKind::Text && inspection.format.csv.delimiter == ';';
    const QStringList names = reader.columnNames();
    for (int i = 0; i < names.size(); ++i)
        inspection.columns.append(decideColumn(names[i], tallies[static_cast<size_t>(i)], evidence));
    noteNames(reader.namesInHeader(), inspection.columns);
    noteLinesAbove(inspection);
    addNotes(inspection);
    addXlsxNotes(inspection);
    return std::nullopt;
}

/// "1 row has too few fields (line 3)." or "2 rows have too few fields (lines 3; 8)."
QString raggedNote(qint64 count, const QVector<qint64> &lines, const QString &one, const QString &several)
{
    const QString where = count == 1 ? Words::tr(" (line %1).") : Words::tr(" (lines %1).");
    return counted(count, one, several) + where.arg(linesOf(lines, count));
}

} // namespace

QStringList notesAboutRows(const FileInspection &inspection)
{
    QStringList notes;
    const CsvCounts &csv = inspection.counts;
    if (csv.shortRows > 0)
        notes.append(raggedNote(csv.shortRows, csv.shortLines(), Words::tr("1 row has too few fields"),
                                Words::tr("%1 rows have too few fields")));
    if (csv.longRows > 0)
        notes.append(raggedNote(csv.longRows, csv.longLines(), Words::tr("1 row has too many fields"),
                                Words::tr("%1 rows have too many fields")));
    const auto list = [](const QStringList &names, qint64 all) {
        return names.join(QStringLiteral("; ")) + (all > names.size() ? QStringLiteral("; …") : QString());
    };
    const XlsxCounts &xlsx = inspection.xlsxCounts;
    if (xlsx.badCells > 0)
        notes.append(counted(xlsx.badCells, Words::tr("1 cell has an error or no result"),
                             Words::tr("%1 cells have an error or no result")) +
                     Words::tr(" (%1).").arg(list(xlsx.badCellNames, xlsx.badCells)));
    if (xlsx.cellsOutside > 0)
        notes.append(counted(xlsx.cellsOutside, Words::tr("1 value stands beside the table"),
                             Words::tr("%1 values stand beside the table")) +
                     Words::tr(" (%1).").arg(list(xlsx.outsideNames, xlsx.cellsOutside)));
    return notes;
}

FileFormat lenient(FileFormat format)
{
    if (format.csv.shortRows == RaggedRows::Stop)
        format.csv.shortRows = RaggedRows::FillNull;
    if (format.csv.longRows == RaggedRows::Stop)
        format.csv.longRows = RaggedRows::Skip;
    format.xlsx.badCells = BadCells::LeaveOut;
    format.xlsx.cellsOutside = BadCells::LeaveOut;
    return format;
}

bool FileInspection::isReadable() const
{
    const bool shortStops = counts.shortRows > 0 && format.csv.shortRows == RaggedRows::Stop;
    const bool longStops = counts.longRows > 0 && format.csv.longRows == RaggedRows::Stop;
    const bool badStops = xlsxCounts.badCells > 0 && format.xlsx.badCells == BadCells::Stop;
    const bool outsideStops = xlsxCounts.cellsOutside > 0 && format.xlsx.cellsOutside == BadCells::Stop;
    return !damage && !shortStops && !longStops && !badStops && !outsideStops;
}

Result<FileFormat> detectFormat(const QString &path)
{
    const auto facts = lookAtFile(path);
    if (!facts)
        return facts.error();
    if (const auto refusal = refusalOf(facts->kind, path))
        return *refusal;
    FileFormat format;
    format.kind = facts->kind;
    if (facts->kind == FileKind::Xlsx) {
        auto xlsx = detectXlsxFormat(path);
        if (!xlsx)
            return xlsx.error();
        format.xlsx = std::move(xlsx).value();
    } else {
        auto csv = detectCsvFormat(path);
        if (!csv)
            return csv.error();
        format.csv = std::move(csv).value();
    }
    return format;
}

Result<FileInspection> inspectFile(const QString &path, const FileFormat &format, FileWork *work, qsizetype sampleRows)
{
    const auto before = lookAtFile(path);
    if (!before)
        return before.error();
    if (work)
        work->total = before->size;
    BackgroundDigest digest(path, work);
    FileInspection inspection;
    inspection.format = format;
    inspection.size = before->size;
    inspection.modified = before->modified;
    const FileFormat all = lenient(format);
    const auto ended = format.kind == FileKind::Xlsx
                           ? readInto(inspection, XlsxTable::open(path, all.xlsx), sampleRows, work)
                           : readInto(inspection, CsvReader::open(path, all.csv), sampleRows, work);
    if (ended)
        return *ended;
    auto hash = digest.take();
    if (!hash)
        return hash.error();
    inspection.sha256 = std::move(hash).value();
    const auto after = lookAtFile(path);
    if (!after || after->size != before->size || after->modified != before->modified)
        return changedMeanwhile(path);
    if (work)
        work->done = before->size;
    return inspection;
}

namespace {

template<typename Reader>
Result<std::unique_ptr<RowSource>> asSource(Result<std::unique_ptr<Reader>> opened)
{
    if (!opened)
        return opened.error();
    return std::unique_ptr<RowSource>(std::move(opened).value());
}

} // namespace

Result<std::unique_ptr<RowSource>> openFile(const QString &path, const FileFormat &format)
{
    if (format.kind == FileKind::Xlsx)
        return asSource(XlsxTable::open(path, format.xlsx));
    return asSource(CsvReader::open(path, format.csv));
}

} // namespace rowdesk
