#include "cli/uploadrun.h"

#include "cli/interrupt.h"
#include "cli/output.h"
#include "cli/progress.h"
#include "cli/uploadwaits.h"
#include "transfer/earlieruploads.h"

#include <QCommandLineParser>
#include <QJsonDocument>

namespace rowdesk::cli {
namespace {

/// One upload with its receipt. Owns itself: gone once its call has finished.
class UploadRun : public QObject
{
public:
    template<typename What>
    UploadRun(const UploadTools &tools, const What &what, bool quiet) : m_job(tools, what), m_isQuiet(quiet)
    {
        connect(&m_job, &UploadJob::progressed, this, &UploadRun::showProgress);
        connect(&m_job, &UploadJob::finished, this, &UploadRun::takeEnd);
        connect(&m_interrupt, &Interrupt::asked, &m_job, [this] {
            m_job.cancel(tr("Stopped by a signal: Ctrl+C, the end of the terminal or another program."));
        });
        m_job.start();
    }

    Call<int> call() const { return m_completion.call(); }

private:
    void showProgress()
    {
        const Receipt &receipt = m_job.receipt();
        if (const QString news = m_waits.news(m_job); !news.isEmpty() && !m_isQuiet) {
            m_progress.clear();
            printError(news);
        }
        if (m_job.waiting())
            return;
        if (m_job.isLooking())
            return m_progress.show(tr("%1 rows confirmed, looking at the table").arg(receipt.rowsConfirmed));
        m_progress.show(
            tr("%1 of %2 rows").arg(receipt.rowsConfirmed).arg(m_job.plan().rowsExpected.value_or(receipt.rowsRead)));
    }

    /// Whether something is in the account that was not there before, or may be.
    bool leftTraces() const
    {
        const Receipt &receipt = m_job.receipt();
        const bool createdTable = m_job.plan().datasetId.isEmpty() && !receipt.datasetId.isEmpty();
        const bool unknown = receipt.error && receipt.error->kind == ErrorKind::OutcomeUnknown;
        return receipt.rowsConfirmed > 0 || receipt.rowsUnknown > 0 || createdTable || unknown;
    }

    QStringList whatNext() const
    {
        const Receipt &receipt = m_job.receipt();
        QStringList sentences;
        if (isJournalLost(*receipt.error))
            return sentences; // nobody can go on with it
        if (m_job.isUndecided())
            sentences << tr("rowdesk-cli upload show %1 tells what was seen.").arg(receipt.job);
        if (m_job.isUndecided() || receipt.rowsUnknown > 0) {
            sentences << tr("rowdesk-cli upload resume %1 looks at the table; when that tells which of these rows are "
                            "there, it goes on and sends those that are not, else nothing.")
                             .arg(receipt.job);
        } else if (leftTraces()) {
            sentences << tr("rowdesk-cli upload resume %1 continues.").arg(receipt.job);
        }
        return sentences;
    }

    void takeEnd()
    {
        const Receipt &receipt = m_job.receipt();
        printText(QString::fromUtf8(QJsonDocument(receipt.toJson()).toJson(QJsonDocument::Compact)) +
                  QLatin1Char('\n'));
        if (receipt.error) {
            printError((QStringList{receipt.error->message, receipt.summary(), receipt.error->hint} + whatNext())
                           .join(QLatin1Char(' ')));
        } else if (receipt.countDifference().value_or(0) != 0) {
            printError(receipt.countSentence());
        }
        m_completion.finish(receipt.isSound() ? ExitDone : leftTraces() ? ExitHalfWay : ExitRefused);
        deleteLater();
    }

    UploadJob m_job;
    bool m_isQuiet;
    UploadWaits m_waits;
    Interrupt m_interrupt;
    Progress m_progress;
    Completion<int> m_completion;
};

} // namespace

void sayEarlierUploads(ApiClient *client, const UploadPlan &plan)
{
    const auto journal = UploadJournal::open(UploadJournal::defaultFolder());
    if (!journal)
        return; // the upload itself says so
    const auto earlier = earlierUploads(**journal, client->account(), plan.file.sha256);
    const QString note = earlier ? earlierUploadNote(*earlier, plan.datasetId) : QString();
    if (!note.isEmpty())
        printError(note);
}

Call<int> runUpload(ApiClient *client, const UploadPlan &plan, const RunOptions &how)
{
    UploadTools tools{serviceTarget(DataService(client)), UploadJournal::open(UploadJournal::defaultFolder())};
    tools.patience = how.patience;
    return (new UploadRun(tools, plan, how.quiet))->call();
}

Call<int> resumeUpload(ApiClient *client, const std::shared_ptr<UploadJournal> &journal, const JournalJob &job,
                       const RunOptions &how)
{
    UploadTools tools{serviceTarget(DataService(client)), journal};
    tools.patience = how.patience;
    return (new UploadRun(tools, job, how.quiet))->call();
}

namespace {

Result<std::optional<int>> readSeconds(const QCommandLineParser &options, const QString &name)
{
    if (!options.isSet(name))
        return std::optional<int>();
    bool isNumber = false;
    const int seconds = options.value(name).toInt(&isNumber);
    constexpr int longest = 86'400;
    if (!isNumber || seconds < 0 || seconds > longest)
        return wrongUsage(
            tr("--%1 is \"%2\"; it is a number of seconds up to %3.").arg(name, options.value(name)).arg(longest));
    return std::optional(seconds);
}

} // namespace

QCommandLineOption settleOption()
{
    return {
        QStringLiteral("settle"),
        tr("How long rows that were sent may take to appear in the table (180): only after that time are they taken "
           "for not stored."),
        QStringLiteral("SECONDS")};
}

Result<std::optional<int>> readSettle(const QCommandLineParser &options)
{
    return readSeconds(options, QStringLiteral("settle"));
}

QList<QCommandLineOption> runOptions()
{
    return {{QStringLiteral("wait"),
             tr("How long a service that can't be reached is waited for before the upload stops (600)."),
             QStringLiteral("SECONDS")},
            {QStringLiteral("quiet"), tr("Does not say on stderr what is being waited for.")}};
}

Result<RunOptions> readRunOptions(const QCommandLineParser &options)
{
    RunOptions how;
    const Result<std::optional<int>> seconds = readSeconds(options, QStringLiteral("wait"));
    if (!seconds)
        return seconds.error();
    if (*seconds)
        how.patience = std::chrono::seconds(**seconds);
    how.quiet = options.isSet(QStringLiteral("quiet"));
    return how;
}

} // namespace rowdesk::cli
