#include "gui/leavequestion.h"

#include "gui/message.h"
#include "models/uploadwords.h"
#include "models/words.h"
#include "transfer/uploadqueue.h"

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

} // namespace

QString beforeLeaving(const QVector<UploadEntry> &entries)
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
        const QString later = kept == 1 ? Texts::tr("It can be continued at the next start.")
                                        : Texts::tr("They can be continued at the next start.");
        parts << Texts::tr("Rows that are on their way may or may not arrive; going on looks at the table first. %1")
                     .arg(parts.size() == kept ? later
                                               : Texts::tr("What was begun can be continued at the next start."));
    }
    return parts.join(QStringLiteral("\n\n"));
}

void askToLeave(QWidget *parent, UploadQueue *queue, const QString &act, std::function<void()> go)
{
    const QVector<UploadEntry> entries = queue->entries();
    const bool one = std::count_if(entries.begin(), entries.end(), isOpen) == 1;
    QMessageBox *box = message::ask(parent, one ? Texts::tr("An upload is running") : Texts::tr("Uploads are running"),
                                    beforeLeaving(entries), act, std::move(go), {}, Texts::tr("Go on uploading"));
    QObject::connect(queue, &UploadQueue::changed, box, [box, queue] {
        const QString text = beforeLeaving(queue->entries());
        if (text.isEmpty())
            box->reject(); // what came of it is to be seen
        else
            box->setText(text);
    });
    QObject::connect(queue, &QObject::destroyed, box, &QDialog::reject);
}

} // namespace rowdesk
