#include "transfer/earlieruploads.h"

#include "transfer/uploadtally.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

#include <algorithm>

namespace rowdesk {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(rowdesk::EarlierUpload)
};

QString when(const EarlierUpload &upload)
{
    return QLocale().toString(QDateTime::fromMSecsSinceEpoch(upload.at), QLocale::ShortFormat);
}

QString rowsText(const EarlierUpload &upload)
{
    const QString count = QLocale().toString(upload.rows);
    if (!upload.complete)
        return upload.rows == 1 ? Words::tr("1 row of it") : Words::tr("%1 rows of it").arg(count);
    return upload.rows == 1 ? Words::tr("1 row") : Words::tr("%1 rows").arg(count);
}

QString nameOf(const EarlierUpload &upload)
{
    return upload.targetName.isEmpty() ? upload.datasetId : upload.targetName;
}

} // namespace

Result<QVector<EarlierUpload>> earlierUploads(const UploadJournal &journal, const QString &account,
                                              const QByteArray &sha256)
{
    QVector<EarlierUpload> found;
    if (sha256.isEmpty())
        return found;
    const Result<QVector<JournalJob>> jobs = journal.jobs();
    if (!jobs)
        return jobs.error();
    for (const JournalJob &job : *jobs) {
        if (job.file.sha256 != sha256 || job.account != account || job.removal == JournalJob::Removal::Done)
            continue;
        const Result<QVector<JournalBatch>> batches = journal.batches(job.id);
        if (!batches)
            return batches.error();
        const Receipt receipt = receiptOf(job, *batches, false);
        if (receipt.rowsConfirmed > 0) {
            found.append(
                {job.id, job.createdAt, job.datasetId, receipt.datasetName, receipt.rowsConfirmed, receipt.complete});
        }
    }
    return found;
}

QString earlierUploadNote(const QVector<EarlierUpload> &earlier, const QString &datasetId)
{
    if (earlier.isEmpty())
        return {};
    const auto same = std::find_if(earlier.begin(), earlier.end(), [&datasetId](const EarlierUpload &upload) {
        return !datasetId.isEmpty() && upload.datasetId == datasetId;
    });
    if (same != earlier.end()) {
        return Words::tr("This file was already uploaded on %1 into “%2” (%3). Rows of it that are sent again will be "
                         "in the table a second time.")
            .arg(when(*same), nameOf(*same), rowsText(*same));
    }
    const EarlierUpload &last = earlier.first();
    return Words::tr("This file was uploaded before, on %1 into “%2” (%3).")
        .arg(when(last), nameOf(last), rowsText(last));
}

} // namespace rowdesk
