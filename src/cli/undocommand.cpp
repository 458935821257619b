#include "cli/undocommand.h"

#include "cli/interrupt.h"
#include "cli/jsonline.h"
#include "cli/output.h"
#include "cli/progress.h"
#include "core/timespan.h"
#include "transfer/uploadremoval.h"

namespace rowdesk::cli {
namespace {

/// One removal from the count to the exit code. Owns itself: gone once its call has finished.
class UndoRun : public QObject
{
public:
    UndoRun(const UploadTools &tools, const JournalJob &job, bool yes) : m_removal(tools, job), m_yes(yes)
    {
        connect(&m_removal, &UploadRemoval::counted, this, &UndoRun::takeCount);
        connect(&m_removal, &UploadRemoval::progressed, this, &UndoRun::showProgress);
        connect(&m_removal, &UploadRemoval::ended, this, &UndoRun::takeEnd);
        connect(&m_interrupt, &Interrupt::asked, &m_removal, &UploadRemoval::cancel);
        m_removal.count();
    }

    Call<int> call() const { return m_completion.call(); }

private:
    void takeCount()
    {
        const RemovalReport &report = m_removal.report();
        const QString found =
            tr("%1 rows of the upload are in table %2.").arg(report.found).arg(m_removal.job().datasetId);
        const QString effort = report.calls <= 2 ? (report.calls == 1 ? tr("1 request") : tr("2 requests"))
                                                 : tr("%1 requests, about %2 at ten requests a second")
                                                       .arg(report.calls)
                                                       .arg(spanText(report.secondsExpected()));
        if (m_yes) {
            printError(found + QLatin1Char(' ') + tr("Deleting them takes %1.").arg(effort));
            return m_removal.remove();
        }
        print();
        printError(found + QLatin1Char(' ') +
                   tr("Nothing was deleted; --yes deletes them. That takes %1.").arg(effort));
        finish(ExitRefused);
    }

    void showProgress()
    {
        if (m_removal.state() == UploadRemoval::State::Looking)
            return m_progress.show(tr("looking at the table"));
        m_progress.show(tr("%1 of %2 rows").arg(m_removal.report().removed).arg(m_removal.report().found));
    }

    void takeEnd()
    {
        const RemovalReport &report = m_removal.report();
        if (report.found == 0 && report.error)
            return finish(*report.error);
        print();
        if (report.error)
            printError(report.error->text());
        if (!report.isChecked && report.removed > 0)
            printError(tr("The table could not be read to count what is left."));
        finish(!report.error ? ExitDone : report.removed > 0 ? ExitHalfWay : ExitRefused);
    }

    void print()
    {
        const RemovalReport &report = m_removal.report();
        JsonLine line;
        line.add("job", m_removal.job().id).addId("id", m_removal.job().datasetId);
        line.add("rows_found", report.found).add("rows_removed", report.removed).add("rows_left", report.left);
        printText(QString::fromStdString(line.text()) + QLatin1Char('\n'));
    }

    void finish(const Result<int> &result)
    {
        m_completion.finish(result);
        deleteLater();
    }

    UploadRemoval m_removal;
    bool m_yes;
    Interrupt m_interrupt;
    Progress m_progress;
    Completion<int> m_completion;
};

} // namespace

Call<int> undoUpload(ApiClient *client, const std::shared_ptr<UploadJournal> &journal, const JournalJob &job, bool yes)
{
    return (new UndoRun(UploadTools{serviceTarget(DataService(client)), journal}, job, yes))->call();
}

} // namespace rowdesk::cli
