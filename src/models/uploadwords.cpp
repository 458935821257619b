#include "models/uploadwords.h"

#include "core/timespan.h"
#include "models/words.h"
#include "transfer/uploadjournal.h"

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

/// Rows are sent once all of them are read.
bool isPreparing(const UploadEntry &entry)
{
    return entry.state == UploadEntry::State::Running && entry.receipt.rowsRead == 0 && settled(entry.receipt) == 0;
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
        return isPreparing(entry) ? UploadOutcome::Preparing : UploadOutcome::Running;
    case UploadEntry::State::Stopping:
        return UploadOutcome::Stopping;
    case UploadEntry::State::Paused:
        return UploadOutcome::Paused;
    case UploadEntry::State::Ended:
        break;
    }
    if (entry.receipt.isUndone())
        return UploadOutcome::Undone;
    if (entry.receipt.rowsUnknown > 0 ||
        (entry.receipt.error && entry.receipt.error->kind == ErrorKind::OutcomeUnknown))
        return UploadOutcome::Unknown;
    if (!entry.receipt.complete)
        return UploadOutcome::Stopped;
    if (entry.receipt.removalOpen)
        return UploadOutcome::PartlyUndone;
    return entry.receipt.isSound() ? UploadOutcome::Complete : UploadOutcome::Differs;
}

QString UploadWords::title(const UploadEntry &entry)
{
    return title(entry.sourceName, entry.targetName);
}

QString UploadWords::title(const QString &file, const QString &table)
{
    return tr("%1 → %2").arg(Words::oneLine(file), Words::oneLine(table));
}

QString UploadWords::outcome(UploadOutcome outcome)
{
    switch (outcome) {
    case UploadOutcome::Waiting:
        return tr("Waiting");
    case UploadOutcome::Preparing:
        return tr("Preparing");
    case UploadOutcome::Running:
        return tr("Uploading");
    case UploadOutcome::Stopping:
        return tr("Stopping");
    case UploadOutcome::Paused:
        return tr("Paused");
    case UploadOutcome::Complete:
        return tr("Complete");
    case UploadOutcome::Differs:
        return tr("Count does not agree");
    case UploadOutcome::PartlyUndone:
        return tr("Partly undone");
    case UploadOutcome::Undone:
        return tr("Undone");
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
    case UploadEntry::State::Paused:
        return whatIsIn(entry) + QLatin1Char(' ') + tr("Nothing is sent until you continue.");
    case UploadEntry::State::Running:
        break;
    case UploadEntry::State::Ended:
        return {};
    }
    if (!entry.waitsFor.isEmpty()) {
        return tr("%1 confirmed · waiting, then it goes on by itself. %2")
            .arg(Words::rows(entry.receipt.rowsConfirmed), entry.waitsFor);
    }
    if (entry.isLooking)
        return looking(entry);
    if (isPreparing(entry))
        return tr("Reading the table's count and the file. Nothing has been sent yet.");
    const qint64 done = settled(entry.receipt);
    QStringList parts{entry.rowsTotal ? tr("%1 of %2").arg(Words::number(done), Words::rows(*entry.rowsTotal))
                                      : Words::rows(done)};
    if (const auto perSecond = rate.perSecond())
        parts.append(tr("%1 rows/s").arg(Words::number(qint64(*perSecond + 0.5))));
    if (entry.rowsTotal && done < *entry.rowsTotal) {
        if (const auto seconds = rate.secondsFor(*entry.rowsTotal - done))
            parts.append(tr("%1 left", "time left").arg(spanText(*seconds)));
    }
    return parts.join(QStringLiteral(" · "));
}

QString UploadWords::beforeCancel(const UploadEntry &entry)
{
    QStringList sentences{whatIsIn(entry)};
    if (entry.state == UploadEntry::State::Running) {
        sentences << tr(
            "It goes on until you choose. When you cancel it, it stops after the answer under way and can't "
            "be continued; what is in the table stays there. Pause stops it for a while only.");
    } else if (entry.receipt.rowsUnknown > 0) {
        sentences << tr("When you cancel it, it stays in the list until it is found out whether those rows arrived.");
    } else {
        sentences << tr("When you cancel it, it can't be continued; what is in the table stays there.");
    }
    return sentences.join(QStringLiteral("\n\n"));
}

QString UploadWords::result(const UploadEntry &entry)
{
    switch (outcomeOf(entry)) {
    case UploadOutcome::Complete:
    case UploadOutcome::Differs:
    case UploadOutcome::PartlyUndone:
    case UploadOutcome::Undone:
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
    const Receipt &receipt = entry.receipt;
    if (receipt.rowsBefore && receipt.rowsAfter) {
        parts.append(tr("table %1 → %2").arg(Words::number(*receipt.rowsBefore), Words::number(*receipt.rowsAfter)));
    }
    QStringList sentences{parts.join(QStringLiteral(" · "))};
    if (const QString lost = receipt.lostSentence(); !lost.isEmpty())
        sentences.append(lost);
    if (receipt.complete && receipt.countDifference().value_or(0) != 0)
        sentences.append(receipt.countSentence());
    if (const QString sentence = undone(entry); !sentence.isEmpty())
        sentences.append(sentence);
    return sentences.join(QLatin1Char('\n'));
}

/// What was taken out of the table again; empty when nothing was.
QString UploadWords::undone(const UploadEntry &entry)
{
    const Receipt &receipt = entry.receipt;
    QStringList sentences;
    if (receipt.rowsRemoved > 0) {
        sentences << (receipt.rowsRemoved == 1 ? tr("%1 of it was taken out of the table again.")
                                               : tr("%1 of it were taken out of the table again."))
                         .arg(Words::rows(receipt.rowsRemoved));
    }
    if (receipt.removalOpen) {
        sentences << (receipt.rowsRemoved > 0
                          ? tr("The undo is not over: “Undo upload…” in the receipt goes on with it.")
                          : tr("An undo was begun and not ended: rows of it may be gone. “Undo upload…” in the "
                               "receipt counts them and goes on."));
    }
    return joined(sentences);
}

QString UploadWords::looking(const UploadEntry &entry)
{
    const QString confirmed = Words::rows(entry.receipt.rowsConfirmed);
    if (entry.receipt.rowsUnknown == 0)
        return tr("%1 confirmed · reading the table: is each of them there once?").arg(confirmed);
    return tr("%1 confirmed · reading the table: did the other %2 arrive? They may take a few minutes to appear, so it "
              "is "
              "read several times. Nothing is sent meanwhile.")
        .arg(confirmed, Words::rows(entry.receipt.rowsUnknown));
}

QString UploadWords::ranges(const QVector<RowRange> &ranges)
{
    return rangesText(ranges);
}

/// "500 rows (501–1,000)": with the numbers where they are known.
QString UploadWords::which(qint64 rows, const QVector<RowRange> &known)
{
    return known.isEmpty() ? Words::rows(rows) : tr("%1 (%2)").arg(Words::rows(rows), ranges(known));
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
    if (const QString sentence = undone(entry); !sentence.isEmpty())
        sentences.append(sentence);
    if (receipt.error && isJournalLost(*receipt.error)) {
        sentences.append(receipt.error->hint); // an upload that can't be continued is not offered again
        return joined(sentences);
    }
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
    sentences.append(error && !error->message.isEmpty() ? error->message : tr("Cancelled."));
    sentences.append(whatIsIn(entry));
    if (error && error->kind != ErrorKind::Cancelled && !error->hint.isEmpty())
        sentences.append(error->hint);
    if (const QString sentence = undone(entry); !sentence.isEmpty())
        sentences.append(sentence);
    return joined(sentences);
}

QString UploadWords::whatIsIn(const UploadEntry &entry)
{
    const Receipt &receipt = entry.receipt;
    const bool goesOn = entry.state == UploadEntry::State::Running;
    const QString target = Words::oneLine(entry.targetName);
    QString text;
    if (receipt.rowsConfirmed > 0) {
        const QString rows = which(receipt.rowsConfirmed, receipt.inTable);
        const bool wasChanged = receipt.rowsRemoved > 0 || receipt.removalOpen;
        if (wasChanged) // undone() says what is there no more
            text = receipt.rowsConfirmed == 1 ? tr("%1 was confirmed").arg(rows) : tr("%1 were confirmed").arg(rows);
        else
            text = receipt.rowsConfirmed == 1 ? tr("%1 is in “%2”").arg(rows, target)
                                              : tr("%1 are in “%2”").arg(rows, target);
    } else if (!goesOn && entry.createsTable && !receipt.datasetId.isEmpty() && receipt.rowsUnknown == 0) {
        text = tr("The new table “%1” exists and is empty").arg(target);
    } else if (receipt.rowsUnknown > 0) {
        text = tr("No other row was confirmed");
    } else if (goesOn) {
        text = tr("No row is confirmed yet");
    } else {
        return entry.createsTable ? tr("Nothing was created and nothing was sent.") : tr("Nothing was sent.");
    }
    if ((goesOn || entry.state == UploadEntry::State::Paused) && receipt.rowsUnknown > 0)
        text += tr(", whether %1 arrived is not known").arg(which(receipt.rowsUnknown, receipt.unknown));
    if (receipt.rowsSkipped > 0)
        text += tr(", %1 left out on purpose").arg(Words::number(receipt.rowsSkipped));
    const qint64 rest = notSent(entry);
    if (goesOn && rest > 0 && receipt.rowsConfirmed + receipt.rowsUnknown > 0)
        text += tr(", %1 not yet").arg(which(rest, {}));
    else if (!goesOn && rest > 0)
        text += rest == 1 ? tr(", 1 row was not sent") : tr(", %1 were not sent").arg(which(rest, receipt.notSent));
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

} // namespace rowdesk
