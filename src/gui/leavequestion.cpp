#include "gui/leavequestion.h"

#include "gui/message.h"
#include "models/uploadwords.h"
#include "models/words.h"

#include <QCoreApplication>
#include <QMessageBox>

#include <algorithm>

namespace rowdesk {
namespace {

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(rowdesk::LeaveQuestion)
};

bool isOpen(const UploadEntry &entry)
{
    return entry.state != UploadEntry::State::Ended && entry.state != UploadEntry::State::Paused;
}

/// An upload is in the journal once its file has been read; before that, leaving forgets it.
bool isKept(const UploadEntry &entry)
{
    return entry.state != UploadEntry::State::Waiting && outcomeOf(entry) != UploadOutcome::Preparing;
}

QString howFar(const UploadEntry &entry)
{
    const Receipt &receipt = entry.receipt;
    const qint64 total = std::max(entry.rowsTotal.value_or(0), receipt.rowsRead);
    const qint64 rest = std::max<qint64>(0, total - receipt.rowsConfirmed - receipt.rowsSkipped);
    return (receipt.rowsConfirmed == 1 ? Texts::tr("%1 is in the table, %2 not yet.")
                                       : Texts::tr("%1 are in the table, %2 not yet."))
        .arg(Words::rows(receipt.rowsConfirmed), Words::number(rest));
}

/// Where and when those that were begun go on.
QString later(bool all, int kept, Leaving what, const QString &account)
{
    const QString who = Words::oneLine(account);
    const bool quits = what == Leaving::Program;
    if (!all) {
        return (quits ? Texts::tr("What was begun can be continued at the next start, signed in as “%1” again.")
                      : Texts::tr("What was begun can be continued once you are signed in as “%1” again."))
            .arg(who);
    }
    if (kept == 1) {
        return (quits ? Texts::tr("It can be continued at the next start, signed in as “%1” again.")
                      : Texts::tr("It can be continued once you are signed in as “%1” again."))
            .arg(who);
    }
    return (quits ? Texts::tr("They can be continued at the next start, signed in as “%1” again.")
                  : Texts::tr("They can be continued once you are signed in as “%1” again."))
        .arg(who);
}

QString titleOf(qsizetype uploads, bool undo)
{
    if (uploads == 0)
        return Texts::tr("An undo is running");
    if (undo)
        return uploads == 1 ? Texts::tr("An upload and an undo are running")
                            : Texts::tr("Uploads and an undo are running");
    return uploads == 1 ? Texts::tr("An upload is running") : Texts::tr("Uploads are running");
}

QString keepOf(qsizetype uploads, bool undo)
{
    if (uploads == 0)
        return Texts::tr("Go on undoing");
    return undo ? Texts::tr("Let them go on") : Texts::tr("Go on uploading");
}

} // namespace

QString beforeLeaving(const QVector<UploadEntry> &entries, Leaving what, const QString &account)
{
    QStringList parts;
    int kept = 0;
    for (const UploadEntry &entry : entries) {
        if (!isOpen(entry))
            continue;
        kept += isKept(entry);
        parts << UploadWords::title(entry) + QLatin1Char('\n') +
                     (isKept(entry) ? howFar(entry)
                                    : Texts::tr("Nothing of it has been sent. It is not kept: import the file again."));
    }
    if (kept > 0) {
        parts << Texts::tr("Rows that are on their way may or may not arrive; going on looks at the table first. %1")
                     .arg(later(parts.size() == kept, kept, what, account));
    }
    return parts.join(QStringLiteral("\n\n"));
}

bool RunningWork::isUnderWay() const
{
    return (queue && queue->isBusy()) || (undo && !undo->beforeLeaving().isEmpty());
}

QString RunningWork::beforeLeaving(Leaving what) const
{
    QStringList parts{queue ? rowdesk::beforeLeaving(queue->entries(), what, account) : QString(),
                      undo ? undo->beforeLeaving() : QString()};
    parts.removeAll(QString());
    return parts.join(QStringLiteral("\n\n"));
}

void askToLeave(QWidget *parent, const RunningWork &work, Leaving what, const QString &act, std::function<void()> go)
{
    const QVector<UploadEntry> entries = work.queue->entries();
    const auto uploads = std::count_if(entries.begin(), entries.end(), isOpen);
    const bool undo = work.undo && !work.undo->beforeLeaving().isEmpty();
    QMessageBox *box = message::ask(parent, titleOf(uploads, undo), work.beforeLeaving(what), act, std::move(go), {},
                                    keepOf(uploads, undo));
    tellWhileAsked(box, work, what);
}

void tellWhileAsked(QMessageBox *box, const RunningWork &work, Leaving what, const QString &before)
{
    const auto tell = [box, work, what, before] {
        const QString text = work.beforeLeaving(what);
        if (!text.isEmpty())
            box->setText(before.isEmpty() ? text : before + QStringLiteral("\n\n") + text);
        else if (before.isEmpty())
            box->reject(); // what came of it is to be seen
        else
            box->setText(before);
    };
    tell();
    QObject::connect(work.queue, &UploadQueue::changed, box, tell);
    if (work.undo)
        QObject::connect(work.undo, &UploadUndo::told, box, tell);
    QObject::connect(work.queue, &QObject::destroyed, box, &QDialog::reject);
}

} // namespace rowdesk
