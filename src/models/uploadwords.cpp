#include "models/uploadwords.h"

#include "models/words.h"

#include <algorithm>

namespace rowdesk {
namespace {

/// Rows that the job is done with, whatever became of them.
qint64 settled(const Receipt &receipt)
{
    return receipt.rowsConfirmed + receipt.rowsSkipped + receipt.rowsUnknown;
}

qint64 notSent(const UploadEntry &entry)
{
    return std::max<qint64>(0, std::max(entry.rowsTotal.value_or(0), entry.receipt.rowsRead) - settled(entry.receipt));
}

QString joined(const QStringList &sentences)
{
    return sentences.join(u' ');
}

} // namespace

UploadOutcome outcomeOf(const UploadEntry &entry)
{
    switch (entry.state) {
    case UploadEntry::State::Waiting:
        return UploadOutcome::Waiting;
    case UploadEntry::State::Running:
        return UploadOutcome::Running;
    case UploadEntry::State::Stopping:
        return UploadOutcome::Stopping;
    case UploadEntry::State::Ended:
        break;
    }
    if (entry.receipt.rowsUnknown > 0 ||
        (entry.receipt.error && entry.receipt.error->kind == ErrorKind::OutcomeUnknown))
        return UploadOutcome::Unknown;
    return entry.receipt.complete ? UploadOutcome::Complete : UploadOutcome::Stopped;
}

QString UploadWords::title(const UploadEntry &entry)
{
    return tr("%1 → %2").arg(Words::oneLine(entry.sourceName), Words::oneLine(entry.targetName));
}

QString UploadWords::outcome(UploadOutcome outcome)
{
    switch (outcome) {
    case UploadOutcome::Waiting:
        return tr("Waiting");
    case UploadOutcome::Running:
        return tr("Uploading");
    case UploadOutcome::Stopping:
        return tr("Stopping");
    case UploadOutcome::Complete:
        return tr("Complete");
    case UploadOutcome::Unknown:
        return tr("Unknown");
    case UploadOutcome::Stopped:
        return tr("Stopped");
    }
    return {};
}

QString UploadWords::progress(const UploadEntry &entry, const RateMeter &rate)
{
    switch (entry.state) {
    case UploadEntry::State::Waiting:
        return tr("Waiting for the upload before it. Nothing has been sent yet.");
    case UploadEntry::State::Stopping:
        return tr("%1 confirmed · stopping after this answer").arg(Words::rows(entry.receipt.rowsConfirmed));
    case UploadEntry::State::Running:
        break;
    case UploadEntry::State::Ended:
        return {};
    }
    const qint64 done = settled(entry.receipt);
    QStringList parts{entry.rowsTotal ? tr("%1 of %2").arg(Words::number(done), Words::rows(*entry.rowsTotal))
                                      : Words::rows(done)};
    if (const auto perSecond = rate.perSecond())
        parts.append(tr("%1 rows/s").arg(Words::number(qint64(*perSecond + 0.5))));
    if (entry.rowsTotal && done < *entry.rowsTotal) {
        if (const auto seconds = rate.secondsFor(*entry.rowsTotal - done))
            parts.append(tr("%1 left", "time left").arg(span(*seconds)));
    }
    return parts.join(QStringLiteral(" · "));
}

QString UploadWords::result(const UploadEntry &entry)
{
    switch (outcomeOf(entry)) {
    case UploadOutcome::Complete:
        return completed(entry);
    case UploadOutcome::Unknown:
        return unknown(entry);
    case UploadOutcome::Stopped:
        return stopped(entry);
    default:
        return {};
    }
}

QString UploadWords::completed(const UploadEntry &entry)
{
    QStringList parts{tr("%1 confirmed").arg(Words::rows(entry.receipt.rowsConfirmed)),
                      tr("%1 left out").arg(Words::number(entry.receipt.rowsSkipped))};
    // What the table had before is known only when someone looked; the sum is then what it must have now.
    if (entry.rowsBefore) {
        parts.append(
            tr("table %1 → %2")
                .arg(Words::number(*entry.rowsBefore), Words::number(*entry.rowsBefore + entry.receipt.rowsConfirmed)));
    }
    return parts.join(QStringLiteral(" · "));
}

QString UploadWords::unknown(const UploadEntry &entry)
{
    const Receipt &receipt = entry.receipt;
    QStringList sentences;
    const QString target = Words::oneLine(entry.targetName);
    if (receipt.rowsUnknown == 0) {
        sentences = {tr("We do not know whether the table “%1” was created.").arg(target)};
        if (receipt.error)
            sentences.append(receipt.error->message);
        sentences.append(tr("No row was sent. Reload the list of datasets and look whether the table is there. "
                            "Nothing is sent again by itself."));
        return joined(sentences);
    }
    const QString file = Words::oneLine(entry.sourceName);
    const qint64 last = receipt.firstUnknownRow + receipt.rowsUnknown - 1;
    sentences = {
        receipt.rowsUnknown == 1
            ? tr("We do not know whether row %1 of %2 arrived.").arg(Words::number(receipt.firstUnknownRow), file)
            : tr("We do not know whether %1 (%2–%3 of %4) arrived.")
                  .arg(Words::rows(receipt.rowsUnknown), Words::number(receipt.firstUnknownRow), Words::number(last),
                       file)};
    if (receipt.error)
        sentences.append(receipt.error->message);
    sentences.append(whatIsIn(entry));
    sentences.append(
        tr("Open “%1”, reload it and look for these rows. Nothing is sent again by itself: if they did arrive "
           "and were sent again, they would be in the table twice.")
            .arg(target));
    return joined(sentences);
}

QString UploadWords::stopped(const UploadEntry &entry)
{
    QStringList sentences;
    const std::optional<ApiError> &error = entry.receipt.error;
    if (error && error->kind != ErrorKind::Cancelled)
        sentences.append(error->message);
    else
        sentences.append(tr("Cancelled."));
    sentences.append(whatIsIn(entry));
    if (error && error->kind != ErrorKind::Cancelled && !error->hint.isEmpty())
        sentences.append(error->hint);
    return joined(sentences);
}

QString UploadWords::whatIsIn(const UploadEntry &entry)
{
    const Receipt &receipt = entry.receipt;
    const QString target = Words::oneLine(entry.targetName);
    QString text;
    if (receipt.rowsConfirmed > 0) {
        text = receipt.rowsConfirmed == 1 ? tr("1 row is in “%1”").arg(target)
                                          : tr("%1 are in “%2”").arg(Words::rows(receipt.rowsConfirmed), target);
    } else if (entry.createsTable && !receipt.datasetId.isEmpty() && receipt.rowsUnknown == 0) {
        text = tr("The new table “%1” exists and is empty").arg(target);
    } else if (receipt.rowsUnknown > 0) {
        text = tr("No other row was confirmed");
    } else {
        return entry.createsTable ? tr("Nothing was created and nothing was sent.") : tr("Nothing was sent.");
    }
    if (receipt.rowsSkipped > 0)
        text += tr(", %1 left out on purpose").arg(Words::number(receipt.rowsSkipped));
    if (const qint64 rest = notSent(entry); rest > 0)
        text += rest == 1 ? tr(", 1 row was not sent") : tr(", %1 were not sent").arg(Words::rows(rest));
    return text + u'.';
}

int UploadWords::percent(const UploadEntry &entry)
{
    if (entry.state == UploadEntry::State::Ended && entry.receipt.complete)
        return 100;
    if (!entry.rowsTotal || *entry.rowsTotal <= 0)
        return -1;
    return int(std::min<qint64>(100, settled(entry.receipt) * 100 / *entry.rowsTotal));
}

QString UploadWords::span(qint64 seconds)
{
    if (seconds < 90)
        return tr("%1 s", "seconds").arg(seconds);
    const qint64 minutes = (seconds + 59) / 60;
    if (minutes < 60)
        return tr("%1 min", "minutes").arg(minutes);
    return tr("%1 h %2 min", "hours, minutes").arg(minutes / 60).arg(minutes % 60);
}

} // namespace rowdesk
