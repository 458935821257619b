#include "transfer/uploadquestion.h"

#include "transfer/payloadspool.h"
#include "transfer/uploadtally.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <array>

namespace rowdesk {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(rowdesk::UploadQuestion)
};

bool isInQuestion(BatchState state)
{
    return isOpenQuestion(state);
}

QString rowRange(const JournalBatch &batch)
{
    const QLocale locale;
    const QString first = locale.toString(batch.firstRow);
    return batch.rows == 1 ? first : first + QChar(0x2013) + locale.toString(batch.firstRow + batch.rows - 1);
}

/// Why nobody knows.
QString whatHappened(qint64 batches, qint64 denied)
{
    if (denied == 0)
        return Words::tr("They were sent, but the answer that would tell did not come.");
    if (denied == batches)
        return Words::tr("They were sent, and the service answered that it did not carry that out. That could not be "
                         "confirmed.");
    return Words::tr("They were sent, but the answer that would tell did not come, or said that nothing was carried "
                     "out, which could not be confirmed.");
}

/// Why the numbers alone don't tell, when they would fit.
QString whyNotTold(const JournalJob &job)
{
    if (job.evidence == Evidence::None)
        return Words::tr(", but nothing in it tells these rows from others, so we cannot tell.");
    if (job.evidence == Evidence::Count && !job.soleWriter)
        return Words::tr(", but others may change it too, so we cannot tell.");
    return Words::tr(", but it also changed for another reason, so we cannot tell.");
}

/// "We looked 3 times in 3 minutes: the table has 500 rows more than before, …"
QString whatWasSeen(const JournalJob &job, const UploadJournal::Looks &looks, qint64 rowsConfirmed, qint64 rows)
{
    if (looks.count == 0)
        return Words::tr("The table has not been looked at yet; a look usually tells.");
    const qint64 minutes = std::max<qint64>(1, (looks.seconds + 59) / 60);
    const QString within = minutes == 1 ? Words::tr("1 minute") : Words::tr("%1 minutes").arg(minutes);
    QString text = looks.count == 1 ? Words::tr("We looked once:")
                                    : Words::tr("We looked %1 times within %2:").arg(looks.count).arg(within);
    text += QLatin1Char(' ');
    if (!job.rowsBefore || !looks.tableRows)
        return text + Words::tr("how many rows the table had before is not known, so we cannot tell.");
    const qint64 more = *looks.tableRows - *job.rowsBefore - rowsConfirmed;
    const QString count = QLocale().toString(std::abs(more));
    text += more > 0   ? Words::tr("the table has %1 rows more than before").arg(count)
            : more < 0 ? Words::tr("the table has %1 rows fewer than it should").arg(count)
                       : Words::tr("the table has no more rows than before");
    if (more != 0 && more != rows)
        return text + Words::tr(", and not %1, so it changed for another reason and we cannot tell.")
                          .arg(QLocale().toString(rows));
    return text + whyNotTold(job);
}

struct ChoiceWord
{
    UploadChoice choice;
    const char *word;
};
constexpr std::array choices{
    ChoiceWord{UploadChoice::LookAgain, "look"}, ChoiceWord{UploadChoice::TheyAreThere, "there"},
    ChoiceWord{UploadChoice::SendAgain, "send"}, ChoiceWord{UploadChoice::LeaveOut, "leave-out"}};

std::optional<BatchEvent> eventOf(UploadChoice choice)
{
    switch (choice) {
    case UploadChoice::LookAgain:
        break;
    case UploadChoice::TheyAreThere:
        return BatchEvent::TheyAreThere;
    case UploadChoice::SendAgain:
        return BatchEvent::SendAgain;
    case UploadChoice::LeaveOut:
        return BatchEvent::LeaveOut;
    }
    return std::nullopt;
}

/// Brings a batch in question to where a person may decide about it.
std::optional<ApiError> quarantine(UploadJournal &journal, const QString &job, JournalBatch &batch)
{
    if (batch.state == BatchState::Released || batch.state == BatchState::Verifying) {
        const Result<BatchState> died = journal.step(job, batch.seq, batch.state, BatchEvent::Died);
        if (!died)
            return died.error();
        batch.state = *died;
    }
    if (batch.state == BatchState::Quarantined)
        return std::nullopt;
    for (const BatchEvent event : {BatchEvent::Look, BatchEvent::CannotTell}) {
        const Result<BatchState> now = journal.step(job, batch.seq, batch.state, event);
        if (!now)
            return now.error();
        batch.state = *now;
    }
    return std::nullopt;
}

ApiError busy()
{
    return {ErrorKind::Local,
            0,
            {},
            Words::tr("Another Rowdesk is working on this upload."),
            Words::tr("Nothing was changed. Decide there."),
            {}};
}

} // namespace

QString UploadQuestion::label(UploadChoice choice)
{
    switch (choice) {
    case UploadChoice::LookAgain:
        return Words::tr("Look again");
    case UploadChoice::TheyAreThere:
        return Words::tr("They are there - go on");
    case UploadChoice::SendAgain:
        return Words::tr("They are not there - send them again");
    case UploadChoice::LeaveOut:
        break;
    }
    return Words::tr("Leave out, save these rows to a file");
}

QString UploadQuestion::shownText() const
{
    return headline + QLatin1Char(' ') + text + QLatin1Char(' ') + warning;
}

std::optional<UploadQuestion> questionOf(const JournalJob &job, const QVector<JournalBatch> &batches,
                                         const UploadJournal::Looks &looks)
{
    UploadQuestion question;
    QStringList ranges;
    qint64 denied = 0;
    for (const JournalBatch &batch : batches) {
        if (!isInQuestion(batch.state))
            continue;
        ++question.batches;
        denied += looks.denied.contains(batch.seq) ? 1 : 0;
        question.rows += batch.rows;
        ranges << rowRange(batch);
    }
    if (question.batches == 0)
        return std::nullopt;
    question.looks = looks.count;
    question.headline =
        question.rows == 1
            ? Words::tr("We do not know whether row %1 of %2 arrived.").arg(ranges.first(), job.sourceName)
            : Words::tr("We do not know whether %1 rows (%2 of %3) arrived.")
                  .arg(QLocale().toString(question.rows), ranges.join(QStringLiteral(", ")), job.sourceName);
    question.text = whatHappened(question.batches, denied) + QLatin1Char(' ') +
                    whatWasSeen(job, looks, receiptOf(job, batches, false).rowsConfirmed, question.rows);
    question.warning =
        question.rows == 1
            ? Words::tr("If you send it again and it did arrive, it will be in the table twice.")
            : Words::tr("If you send again and they did arrive, these %1 rows will be in the table twice.")
                  .arg(QLocale().toString(question.rows));
    return question;
}

QLatin1StringView choiceName(UploadChoice choice)
{
    return QLatin1StringView(std::find_if(choices.begin(), choices.end(), [choice](const ChoiceWord &c) {
                                 return c.choice == choice;
                             })->word);
}

std::optional<UploadChoice> choiceFromName(QStringView name)
{
    const auto found = std::find_if(choices.begin(), choices.end(),
                                    [name](const ChoiceWord &c) { return name == QLatin1StringView(c.word); });
    return found == choices.end() ? std::nullopt : std::optional(found->choice);
}

Result<Done> decide(UploadJournal &journal, const QString &job, UploadChoice choice)
{
    const std::optional<BatchEvent> event = eventOf(choice);
    if (journal.isHeldElsewhere(job))
        return busy();
    const Result<JournalJob> known = journal.job(job);
    if (!known)
        return known.error();
    Result<QVector<JournalBatch>> batches = journal.batches(job);
    if (!batches)
        return batches.error();
    const Result<UploadJournal::Looks> looks = journal.looks(job);
    if (!looks)
        return looks.error();
    const std::optional<UploadQuestion> question = questionOf(*known, *batches, *looks);
    for (JournalBatch &batch : batches.value()) {
        if (!isInQuestion(batch.state))
            continue;
        const Result<Done> noted =
            journal.noteDecision(job, batch.seq, choiceName(choice), question ? question->shownText() : QString());
        if (!noted)
            return noted.error();
        if (!event)
            continue;
        if (const std::optional<ApiError> error = quarantine(journal, job, batch))
            return *error;
        if (const Result<BatchState> now = journal.step(job, batch.seq, batch.state, *event); !now)
            return now.error();
    }
    return Done{};
}

Result<Done> giveUp(UploadJournal &journal, const QString &job, const QString &why)
{
    if (journal.isHeldElsewhere(job))
        return busy();
    return journal.setJobState(job, JournalJob::State::Abandoned, why.isEmpty() ? Words::tr("Given up by hand.") : why);
}

Result<QByteArray> rowsInQuestion(UploadJournal &journal, const QString &job)
{
    const Result<JournalJob> known = journal.job(job);
    if (!known)
        return known.error();
    const Result<QVector<JournalBatch>> batches = journal.batches(job);
    if (!batches)
        return batches.error();
    QByteArray rows;
    for (const JournalBatch &batch : *batches) {
        if (!isInQuestion(batch.state))
            continue;
        const Result<QByteArray> payload = readPayload(journal.spoolPath(job), batch);
        if (!payload)
            return payload.error();
        for (const PayloadRow &row : payloadRows(known->shape, *payload))
            rows += (rows.isEmpty() ? "[" : ",\n") + row.whole.toByteArray();
    }
    return rows.isEmpty() ? QByteArray("[]") : rows + ']';
}

} // namespace rowdesk
