#include "gui/uploadundo.h"

#include "core/timespan.h"
#include "gui/message.h"
#include "models/uploadwords.h"
#include "models/words.h"
#include "transfer/uploadremoval.h"

#include <QPointer>
#include <QWidget>

namespace rowdesk {

UploadUndo::UploadUndo(std::unique_ptr<UploadRemoval> removal, QString target, QWidget *parent)
    : QObject(parent), m_removal(std::move(removal)), m_target(std::move(target)), m_parent(parent)
{
    connect(m_removal.get(), &UploadRemoval::counted, this, &UploadUndo::ask);
    connect(m_removal.get(), &UploadRemoval::progressed, this, &UploadUndo::tellProgress);
    connect(m_removal.get(), &UploadRemoval::ended, this, &UploadUndo::tellEnd);
}

UploadUndo::~UploadUndo() = default;

void UploadUndo::start()
{
    emit told(tr("Reading “%1” to count the rows of this upload. Nothing is removed yet.").arg(m_target));
    m_clock.start();
    m_removal->count();
}

const QString &UploadUndo::job() const
{
    return m_removal->job().id;
}

void UploadUndo::stop()
{
    m_removal->cancel();
}

QString UploadUndo::beforeLeaving() const
{
    if (!isRemoving())
        return {};
    const RemovalReport &report = m_removal->report();
    const QString title = tr("Undo of %1").arg(UploadWords::title(m_removal->job().sourceName, m_target));
    const QString counts = (report.removed == 1 ? tr("%1 of %2 is deleted from the table, %3 not yet.")
                                                : tr("%1 of %2 are deleted from the table, %3 not yet."))
                               .arg(Words::number(report.removed), Words::rows(report.found),
                                    Words::number(report.found - report.removed));
    return title + QLatin1Char('\n') + counts + QStringLiteral("\n\n") +
           tr("When you leave, the undo stops: what is deleted stays deleted, the request under way may still be "
              "carried "
              "out, all other rows stay in the table. To go on later, undo the upload again: its rows are then counted "
              "anew.");
}

void UploadUndo::ask()
{
    const RemovalReport &report = m_removal->report();
    const QString rows = Words::rows(report.found);
    const bool isOne = report.found == 1;
    const QString marked =
        (isOne ? tr("%1 of “%2” carries the mark of this upload.") : tr("%1 of “%2” carry the mark of this upload."))
            .arg(rows, m_target);
    emit told(marked + QLatin1Char(' ') + tr("Nothing is removed yet."));
    QString text = marked + QLatin1Char(' ') +
                   (isOne ? tr("It is deleted from the table; all other rows stay.")
                          : tr("They are deleted from the table; all other rows stay."));
    if (report.calls > 2) {
        text += QLatin1Char(' ') +
                tr("The service takes %1 requests for that: about %2 at ten requests a second. It can be stopped; what "
                   "is deleted by then stays deleted.")
                    .arg(Words::number(report.calls), spanText(report.secondsExpected()));
    }
    const QPointer self(this);
    message::ask(
        m_parent, tr("Undo upload"), text, tr("Delete %1").arg(rows),
        [self] {
            if (self)
                self->m_removal->remove();
        },
        [self] {
            if (self)
                self->m_removal->cancel();
        });
}

void UploadUndo::tellProgress()
{
    const RemovalReport &report = m_removal->report();
    if (m_removal->state() == UploadRemoval::State::Looking) {
        m_rate = {}; // how long a reading takes says nothing of the requests
        return emit told(tr("Reading “%1” to see what is left.").arg(m_target));
    }
    m_rate.add(m_clock.elapsed(), report.removed);
    const std::optional<qint64> left = m_rate.secondsFor(report.found - report.removed);
    const QString done = tr("Deleting: %1 of %2").arg(Words::number(report.removed), Words::rows(report.found));
    emit told(left ? tr("%1, about %2 left.").arg(done, spanText(*left)) : done + QLatin1Char('.'));
}

bool UploadUndo::isRemoving() const
{
    const UploadRemoval::State state = m_removal->state();
    return state == UploadRemoval::State::Removing || state == UploadRemoval::State::Looking;
}

void UploadUndo::tellEnd()
{
    const RemovalReport &report = m_removal->report();
    QString text;
    if (report.error)
        text = report.error->text() + QLatin1Char(' ');
    if (report.isChecked) {
        text +=
            (report.removed == 1
                 ? tr("%1 was deleted from “%2”, %3 of the upload are still there: the table was read to be sure.")
                 : tr("%1 were deleted from “%2”, %3 of the upload are still there: the table was read to be sure."))
                .arg(Words::rows(report.removed), m_target, Words::number(report.left));
    } else if (report.removed > 0) {
        text += tr("Up to %1 were deleted from “%2”; the table could not be read to count them. Undo again to go on.")
                    .arg(Words::rows(report.removed), m_target);
    }
    emit told(text.trimmed());
    emit ended();
}

} // namespace rowdesk
