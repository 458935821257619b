#include "cli/rowsjob.h"

#include "api/dataservice.h"
#include "cli/interrupt.h"
#include "cli/jsonline.h"
#include "cli/output.h"
#include "cli/progress.h"
#include "cli/rowtext.h"

#include <QCommandLineParser>
#include <QElapsedTimer>

#include <sys/resource.h>

namespace rowdesk::cli {
namespace {

/// One reading, from the first page to the exit code. Owns itself: gone once its call has finished.
class RowsJob : public QObject
{
public:
    /// `output` is null when only counts are asked for.
    RowsJob(ApiClient *client, RowsRequest request, std::shared_ptr<Output> output)
        : m_client(client), m_request(std::move(request)), m_stream(client, m_request.rows), m_output(std::move(output))
    {
        connect(&m_stream, &RowStream::rowsAppended, this, &RowsJob::takeRows);
        connect(&m_stream, &RowStream::ended, this, &RowsJob::takeEnd);
        connect(&m_interrupt, &Interrupt::asked, &m_stream, &RowStream::stop);
        m_clock.start();
        m_stream.start();
    }

    Call<int> call() const { return m_completion.call(); }

private:
    const ColumnStore &store() const { return *m_stream.store(); }
    bool writesJson() const { return m_output && m_request.format == RowsRequest::Format::Json; }

    void takeRows(qsizetype first, qsizetype count);
    void takeEnd();
    void askForNames();
    Result<int> finishRows();
    std::optional<ApiError> writeCsv();
    void printStats() const;
    int sayWhereItStopped();
    void finish(const Result<int> &result);

    ApiClient *m_client;
    RowsRequest m_request;
    RowStream m_stream;
    Interrupt m_interrupt;
    Progress m_progress;
    std::shared_ptr<Output> m_output;
    QStringList m_names; ///< of the columns, once all rows are there
    QElapsedTimer m_clock;
    bool m_writeFailed = false;
    Completion<int> m_completion;
};

void RowsJob::takeRows(qsizetype first, qsizetype count)
{
    m_progress.show(tr("%1 rows").arg(store().rowCount()));
    if (!writesJson() || m_writeFailed)
        return;
    const std::vector<std::string> names = jsonNames(store());
    std::string &buffer = m_output->buffer();
    for (qsizetype row = first; row < first + count && !m_writeFailed; ++row) {
        buffer += row > 0 ? ",\n" : "[";
        appendJsonRow(buffer, store(), row, names);
        m_writeFailed = !m_output->flushFull();
    }
    if (m_writeFailed)
        m_stream.stop();
}

void RowsJob::takeEnd()
{
    for (const QString &note : m_stream.notes())
        printError(note);
    if (m_writeFailed)
        return finish(m_output->error());
    if (m_request.stats)
        printStats();
    if (!store().isComplete()) {
        if (m_output)
            m_output->giveUp();
        // Nothing was read: that is a plain no.
        if (store().rowCount() == 0 && store().error()->kind != ErrorKind::Cancelled)
            return finish(*store().error());
        return finish(sayWhereItStopped());
    }
    m_names = store().columnNames();
    if (m_names.isEmpty() && m_request.format == RowsRequest::Format::Csv && m_output)
        return askForNames();
    finish(finishRows());
}

/// A table without rows tells its columns in the list alone.
void RowsJob::askForNames()
{
    DataService(m_client)
        .schema(m_request.rows.datasetId)
        .then(this, [this](const Result<DataService::TableSchema> &table) {
            if (table)
                m_names = table->schema.names();
            finish(finishRows());
        });
}

Result<int> RowsJob::finishRows()
{
    if (!m_output)
        return ExitDone;
    if (writesJson())
        m_output->buffer() += store().rowCount() > 0 ? "]\n" : "[]\n";
    else if (std::optional<ApiError> error = writeCsv()) {
        m_output->giveUp();
        return *error;
    }
    const Result<Done> finished = m_output->finish();
    if (!finished)
        return finished.error();
    return ExitDone;
}

std::optional<ApiError> RowsJob::writeCsv()
{
    std::string &buffer = m_output->buffer();
    bool carried = appendCsvHeader(buffer, m_names);
    for (qsizetype row = 0; row < store().rowCount() && carried; ++row) {
        carried = appendCsvRow(buffer, store(), row);
        if (!m_output->flushFull())
            return m_output->error();
    }
    if (carried)
        return std::nullopt;
    return halfCharacterError();
}

void RowsJob::printStats() const
{
    struct rusage usage = {};
    getrusage(RUSAGE_SELF, &usage);
    JsonLine line;
    line.add("rows", qint64(store().rowCount())).add("columns", qint64(store().columnCount()));
    line.add("complete", store().isComplete());
    line.addRaw("seconds", QByteArray::number(static_cast<double>(m_clock.elapsed()) / 1000, 'f', 3).toStdString());
    line.add("bytes_received", m_stream.bytesReceived()).add("peak_rss_kb", qint64(usage.ru_maxrss));
    printText(QString::fromStdString(line.text()) + QLatin1Char('\n'));
}

int RowsJob::sayWhereItStopped()
{
    const QString what = m_request.file.isEmpty() ? tr("The rows are not complete: reading stopped after %1 rows.")
                                                  : tr("No file was written: reading stopped after %1 rows.");
    printError(what.arg(store().rowCount()) + QLatin1Char(' ') + store().error()->text());
    return ExitHalfWay;
}

void RowsJob::finish(const Result<int> &result)
{
    m_completion.finish(result);
    deleteLater();
}

} // namespace

QList<QCommandLineOption> rowsOptions()
{
    return {{QStringLiteral("format"), tr("json (the default): an array of objects; csv: RFC 4180 with a header line."),
             QStringLiteral("FORMAT"), QStringLiteral("json")},
            {{QStringLiteral("o"), QStringLiteral("output")},
             tr("Write to this file instead of stdout; it appears as a "
                "whole or not at all."),
             QStringLiteral("FILE")},
            {QStringLiteral("stats"), tr("Print counts and times instead of the rows.")}};
}

Result<RowsRequest> readRowsRequest(const QCommandLineParser &options, const RowsOf &rows)
{
    RowsRequest request;
    request.rows = rows;
    const QString format = options.value(QStringLiteral("format"));
    if (format == QLatin1String("csv"))
        request.format = RowsRequest::Format::Csv;
    else if (format != QLatin1String("json"))
        return wrongUsage(tr("--format is \"%1\"; it can be json or csv.").arg(format));
    request.file = options.value(QStringLiteral("o"));
    request.stats = options.isSet(QStringLiteral("stats"));
    if (request.stats && options.isSet(QStringLiteral("o")))
        return wrongUsage(tr("--stats prints no rows, so -o has nothing to write."));
    if (options.isSet(QStringLiteral("o")) && request.file.isEmpty())
        return wrongUsage(tr("-o needs a file name."));
    return request;
}

Call<int> runRowsJob(ApiClient *client, const RowsRequest &request)
{
    if (request.stats)
        return (new RowsJob(client, request, nullptr))->call();
    const Result<std::shared_ptr<Output>> output = Output::open(request.file);
    if (!output)
        return Call<int>::finished(output.error());
    return (new RowsJob(client, request, *output))->call();
}

} // namespace rowdesk::cli
