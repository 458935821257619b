#include "transfer/rowsfile.h"

#include "files/tablewriter.h"
#include "transfer/datafolder.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>

namespace rowdesk {
namespace {

/// Numbers are written as they are; all else as text in quotes, so that nothing is guessed from it.
Schema schemaOf(const TableSnapshot &table)
{
    Schema schema;
    for (int column = 0; column < table.columnCount(); ++column) {
        const bool number = table.content(column) == ColumnContent::Numbers;
        schema.columns.append({table.columnNames().at(column), number ? ColumnType::Number : ColumnType::Text});
    }
    return schema;
}

} // namespace

Result<Done> writeRowsFile(const QString &path, const TableSnapshot &table, const std::vector<quint32> &rows,
                           CancelFlag cancelled)
{
    CsvExport options = csvForPrograms();
    options.quotes = QuoteRule::AllTexts;
    options.formulaGuard = false; // it would change the rows
    const Result<std::unique_ptr<TableWriter>> writer = openCsvWriter(path, schemaOf(table), options);
    if (!writer)
        return writer.error();
    constexpr size_t rowsABatch = 4096;
    std::string scratch;
    for (size_t first = 0; first < rows.size(); first += rowsABatch) {
        if (isCancelled(cancelled))
            return ApiError{ErrorKind::Cancelled, 0, {}, {}, {}, {}};
        RowBatch batch(table.columnCount());
        for (size_t i = first; i < std::min(first + rowsABatch, rows.size()); ++i) {
            batch.beginRow(qint64(rows[i]) + 1);
            for (int column = 0; column < table.columnCount(); ++column) {
                const CellView cell = table.cell(rows[i], column, scratch);
                batch.addCell(cell.kind, cell.text);
            }
        }
        if (const Result<Done> written = (*writer)->write(batch); !written)
            return written;
    }
    const Result<Done> finished = (*writer)->finish();
    if (finished)
        QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner);
    return finished;
}

QString newStagedFile(const QString &name)
{
    const QString folder = dataFolder(QStringLiteral("staged"));
    QDir().mkpath(folder);
    QFile::setPermissions(folder, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    QString path = folder + QLatin1Char('/') + exportFileName(name, QStringLiteral("csv"));
    for (int number = 2; QFile::exists(path); ++number) {
        path = folder + QLatin1Char('/') +
               exportFileName(QStringLiteral("%1 (%2)").arg(name).arg(number), QStringLiteral("csv"));
    }
    return path;
}

} // namespace rowdesk
