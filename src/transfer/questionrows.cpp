// The rows of which nobody knows whether they arrived, as a file.
#include "api/jsonvalue.h"
#include "core/wholefile.h"
#include "files/tablewriter.h"
#include "transfer/payloadspool.h"
#include "transfer/uploadquestion.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QSaveFile>

namespace rowdesk {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(rowdesk::UploadQuestion)
};

CellKind kindOf(const JsonValue &value)
{
    switch (value.kind()) {
    case JsonValue::Kind::Null:
        return CellKind::Null;
    case JsonValue::Kind::Bool:
        return CellKind::Bool;
    case JsonValue::Kind::Number:
        return CellKind::Number;
    case JsonValue::Kind::Text:
    case JsonValue::Kind::Array:
    case JsonValue::Kind::Object:
        break;
    }
    return CellKind::Text;
}

/// The columns that were sent, but for the mark: a file with that one could not be marked when it is imported again.
QVector<int> columnsOf(const JournalJob &job)
{
    QVector<int> columns;
    for (int i = 0; i < job.columns.columns.size(); ++i) {
        if (job.columns.columns[i].name != markerColumn)
            columns.append(i);
    }
    return columns;
}

Result<Done> addRows(RowBatch &out, const QVector<int> &columns, const std::vector<PayloadRow> &rows)
{
    for (const PayloadRow &row : rows) {
        out.beginRow(out.rowCount() + 1);
        for (const int column : columns) {
            const Result<JsonValue> value = JsonValue::parse(row.values[static_cast<size_t>(column)].toByteArray());
            if (!value)
                return value.error();
            out.addCell(kindOf(*value), value->text());
        }
    }
    return Done{};
}

Result<Done> saveCsv(UploadJournal &journal, const JournalJob &job, const QString &path)
{
    const QVector<int> columns = columnsOf(job);
    Schema schema;
    for (const int column : columns)
        schema.columns.append(job.columns.columns[column]);
    CsvExport options = csvForPrograms();
    options.formulaGuard = false; // the rows are to be read again as they stand
    const Result<std::unique_ptr<TableWriter>> writer = openCsvWriter(path, schema, options);
    const Result<QVector<JournalBatch>> batches = journal.batches(job.id);
    if (!writer || !batches)
        return writer ? batches.error() : writer.error();
    for (const JournalBatch &batch : *batches) {
        if (!isOpenQuestion(batch.state))
            continue;
        const Result<QByteArray> payload = readPayload(journal.spoolPath(job.id), batch);
        if (!payload)
            return payload.error();
        RowBatch out(static_cast<int>(columns.size()));
        if (const Result<Done> added = addRows(out, columns, payloadRows(job.shape, *payload)); !added)
            return added;
        if (const Result<Done> written = (*writer)->write(out); !written)
            return written;
    }
    return (*writer)->finish();
}

} // namespace

Result<Done> saveRowsInQuestion(UploadJournal &journal, const QString &job, const QString &path)
{
    if (QFileInfo(path).suffix().compare(QLatin1String("csv"), Qt::CaseInsensitive) == 0) {
        const Result<JournalJob> known = journal.job(job);
        return known ? saveCsv(journal, *known, path) : Result<Done>(known.error());
    }
    const Result<QByteArray> rows = rowsInQuestion(journal, job);
    if (!rows)
        return rows.error();
    QSaveFile file(path);
    if (file.open(QIODevice::WriteOnly) && file.write(*rows + '\n') == rows->size() + 1 && commitWhole(file))
        return Done{};
    return ApiError{ErrorKind::File,
                    0,
                    {},
                    Words::tr("%1 can't be written: %2.").arg(path, file.errorString()),
                    Words::tr("Nothing was decided and nothing was sent. Choose another place."),
                    {}};
}

} // namespace rowdesk
