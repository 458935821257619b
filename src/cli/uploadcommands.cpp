#include "cli/uploadcommands.h"

#include "cli/interrupt.h"
#include "cli/output.h"
#include "cli/progress.h"
#include "cli/uploadpreparation.h"
#include "transfer/uploadjob.h"

#include <QCommandLineParser>
#include <QJsonDocument>

namespace rowdesk::cli {
namespace {

/// One upload with its receipt, from the first row to the exit code. Owns itself: gone once its call has finished.
class UploadRun : public QObject
{
public:
    UploadRun(ApiClient *client, const UploadPlan &plan) : m_job(DataService(client), plan)
    {
        connect(&m_job, &UploadJob::progressed, this, &UploadRun::showProgress);
        connect(&m_job, &UploadJob::finished, this, &UploadRun::takeEnd);
        connect(&m_interrupt, &Interrupt::asked, &m_job, &UploadJob::cancel);
        m_job.start();
    }

    Call<int> call() const { return m_completion.call(); }

private:
    void showProgress()
    {
        m_progress.show(tr("%1 of %2 rows")
                            .arg(m_job.receipt().rowsConfirmed)
                            .arg(m_job.plan().rowsExpected.value_or(m_job.receipt().rowsRead)));
    }

    /// Whether something is in the account that was not there before, or may be.
    bool leftTraces() const
    {
        const Receipt &receipt = m_job.receipt();
        const bool createdTable = m_job.plan().datasetId.isEmpty() && !receipt.datasetId.isEmpty();
        const bool unknown = receipt.error && receipt.error->kind == ErrorKind::OutcomeUnknown;
        return receipt.rowsConfirmed > 0 || receipt.rowsUnknown > 0 || createdTable || unknown;
    }

    void takeEnd()
    {
        const Receipt &receipt = m_job.receipt();
        printText(QString::fromUtf8(QJsonDocument(receipt.toJson()).toJson(QJsonDocument::Compact)) +
                  QLatin1Char('\n'));
        if (receipt.error) {
            printError(
                QStringList{receipt.error->message, receipt.summary(), receipt.error->hint}.join(QLatin1Char(' ')));
        }
        m_completion.finish(receipt.complete ? ExitDone : leftTraces() ? ExitHalfWay : ExitRefused);
        deleteLater();
    }

    UploadJob m_job;
    Interrupt m_interrupt;
    Progress m_progress;
    Completion<int> m_completion;
};

/// Says the notes, checks the whole file, sends it.
Call<int> run(ApiClient *client, const InspectedFile &file, const Result<PreparedUpload> &upload)
{
    if (!upload)
        return Call<int>::finished(upload.error());
    for (const QString &note : upload->notes)
        printError(note);
    return checkUpload(file, upload->plan).chain<int>([client](const UploadPlan &plan) {
        return (new UploadRun(client, plan))->call();
    });
}

Result<Action> append(const QCommandLineParser &, const QStringList &arguments)
{
    return Action([id = arguments[0], path = arguments[1]](ApiClient *client) {
        return inspectUpload(path).chain<int>([client, id](const InspectedFile &file) {
            return DataService(client).schema(id).chain<int>([client, id, file](const DataService::TableSchema &table) {
                return run(client, file, prepareAppend(file, id, table));
            });
        });
    });
}

Result<Action> send(const QCommandLineParser &options, const QStringList &arguments)
{
    const QString name = options.value(QStringLiteral("name"));
    if (name.trimmed().isEmpty())
        return wrongUsage(tr("--name is missing or blank."));
    return Action(
        [name, description = options.value(QStringLiteral("description")), path = arguments[0]](ApiClient *client) {
            return inspectUpload(path).chain<int>([client, name, description](const InspectedFile &file) {
                return run(client, file, prepareNewTable(file, name, description));
            });
        });
}

} // namespace

QList<Command> uploadCommands()
{
    const QCommandLineOption name(QStringLiteral("name"), tr("Name of the new table; it must be new in the account."),
                                  QStringLiteral("NAME"));
    const QCommandLineOption description(QStringLiteral("description"), tr("What the table is for."),
                                         QStringLiteral("TEXT"));
    return {
        {QStringLiteral("append"),
         QStringLiteral("ID FILE"),
         {},
         tr("Appends a file's rows to a table and prints a receipt. Columns are matched by name."),
         {},
         append},
        {QStringLiteral("send"),
         QStringLiteral("FILE"),
         QStringLiteral("--name NAME"),
         tr("Creates a table from a file, its types from the whole file, and prints a receipt."),
         {name, description},
         send},
    };
}

} // namespace rowdesk::cli
