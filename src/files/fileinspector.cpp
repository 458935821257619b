#include "files/fileinspector.h"

#include "files/columndecision.h"
#include "files/csvdetector.h"
#include "files/filedigest.h"

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

/// Ragged rows are counted to the end of the file instead of stopping at the first.
CsvFormat lenient(CsvFormat format)
{
    if (format.shortRows == RaggedRows::Stop)
        format.shortRows = RaggedRows::FillNull;
    if (format.longRows == RaggedRows::Stop)
        format.longRows = RaggedRows::Skip;
    return format;
}

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

/// Feeds every row to the tallies; false when cancelled.
bool readAllRows(CsvReader &reader, std::vector<ColumnTally> &tallies, RowBatch &sample, qsizetype sampleRows,
                 FileWork *work)
{
    constexpr int rowsBetweenLooks = 2048;
    int untilLook = 0;
    while (reader.nextRow()) {
        const auto fields = reader.fields();
        const bool keep = sample.rowCount() < sampleRows;
        if (keep)
            sample.beginRow(reader.line());
        for (size_t column = 0; column < fields.size(); ++column) {
            const CsvField &field = fields[column];
            const CellView cell{field.isNull() ? CellKind::Null : CellKind::Text, field.text()};
            tallies[column].add(cell, field.quoted, reader.line());
            if (keep)
                sample.addCell(cell.kind, cell.text);
        }
        if (work && --untilLook < 0) {
            untilLook = rowsBetweenLooks;
            work->done = reader.bytesRead();
            if (work->cancel)
                return false;
        }
    }
    return true;
}

void addNotes(FileInspection &inspection)
{
    const CsvCounts &counts = inspection.counts;
    QStringList &notes = inspection.notes;
    if (inspection.rows == 0)
        notes.append(Words::tr("The file has no rows."));
    if (counts.shortRows > 0)
        notes.append(Words::tr("%1 rows have too few fields (lines %2).")
                         .arg(number(counts.shortRows), linesOf(counts.shortLines, counts.shortRows)));
    if (counts.longRows > 0)
        notes.append(Words::tr("%1 rows have too many fields (lines %2).")
                         .arg(number(counts.longRows), linesOf(counts.longLines, counts.longRows)));
    if (counts.blankLines > 0)
        notes.append(Words::tr("%1 blank lines are left out.").arg(number(counts.blankLines)));
    if (counts.cellsWithLineBreaks > 0)
        notes.append(Words::tr("%1 cells contain line breaks.").arg(number(counts.cellsWithLineBreaks)));
    if (counts.strayQuotes > 0)
        notes.append(Words::tr("%1 quotes stand inside values without quotes and are taken as text (first in line %2).")
                         .arg(number(counts.strayQuotes), number(counts.firstStrayQuoteLine)));
    if (counts.rowsAtEnd > 0)
        notes.append(Words::tr("%1 rows at the end are left out.").arg(number(counts.rowsAtEnd)));
}

/// Names that are missing or repeat must be mended before a table can have them.
void noteNames(const CsvReader &reader, QVector<ColumnFindings> &columns)
{
    QHash<QString, int> first;
    for (int i = 0; i < columns.size(); ++i) {
        ColumnFindings &column = columns[i];
        const QString folded = column.name.trimmed().toCaseFolded();
        if (const auto seen = first.constFind(folded); seen != first.constEnd())
            column.notes.prepend(Words::tr("The name is the same as that of column %1.").arg(*seen + 1));
        else
            first.insert(folded, i);
        const bool unnamed = reader.namesInHeader() > 0 && column.name == Words::tr("Column %1").arg(i + 1);
        if (unnamed)
            column.notes.prepend(column.values + column.emptyTexts + column.nullWords == 0
                                     ? Words::tr("The column has neither a name nor values: it can be left out.")
                                     : Words::tr("The column has no name in the file."));
    }
}

} // namespace

bool FileInspection::isReadable() const
{
    const bool shortStops = counts.shortRows > 0 && format.csv.shortRows == RaggedRows::Stop;
    const bool longStops = counts.longRows > 0 && format.csv.longRows == RaggedRows::Stop;
    return !damage && !shortStops && !longStops;
}

Result<FileFormat> detectFormat(const QString &path)
{
    const auto facts = lookAtFile(path);
    if (!facts)
        return facts.error();
    if (const auto refusal = refusalOf(facts->kind, path))
        return *refusal;
    if (facts->kind != FileKind::Text)
        return ApiError{ErrorKind::File,
                        0,
                        QStringLiteral("file.unsupported"),
                        Words::tr("This version does not read Excel workbooks."),
                        Words::tr("Save the sheet as CSV."),
                        {}};
    auto csv = detectCsvFormat(path);
    if (!csv)
        return csv.error();
    return FileFormat{facts->kind, std::move(csv).value()};
}

Result<FileInspection> inspectFile(const QString &path, const FileFormat &format, FileWork *work, qsizetype sampleRows)
{
    const auto before = lookAtFile(path);
    if (!before)
        return before.error();
    if (work)
        work->total = before->size;
    BackgroundDigest digest(path, work);
    auto opened = CsvReader::open(path, lenient(format.csv));
    FileInspection inspection;
    inspection.format = format;
    inspection.size = before->size;
    inspection.modified = before->modified;
    if (!opened) {
        inspection.damage = opened.error();
        return inspection;
    }
    CsvReader &reader = **opened;
    std::vector<ColumnTally> tallies(static_cast<size_t>(reader.columnCount()));
    inspection.sample = RowBatch(reader.columnCount());
    if (!readAllRows(reader, tallies, inspection.sample, sampleRows, work))
        return cancelled();
    inspection.counts = reader.counts();
    inspection.rows = inspection.counts.rows;
    if (reader.fault())
        inspection.damage = reader.fault()->toError();
    const FileEvidence evidence = evidenceOf(tallies);
    const QStringList names = reader.columnNames();
    for (int i = 0; i < names.size(); ++i)
        inspection.columns.append(decideColumn(names[i], tallies[static_cast<size_t>(i)], evidence));
    noteNames(reader, inspection.columns);
    addNotes(inspection);
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

Result<std::unique_ptr<RowSource>> openFile(const QString &path, const FileFormat &format)
{
    auto reader = CsvReader::open(path, format.csv);
    if (!reader)
        return reader.error();
    return std::unique_ptr<RowSource>(std::move(reader).value());
}

} // namespace rowdesk
