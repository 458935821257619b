#include "transfer/uploadedversions.h"

#include "transfer/uploadtally.h"

namespace rowdesk {

Result<QVector<UploadedVersions>> uploadedVersions(const UploadJournal &journal, const QString &account,
                                                   const QString &datasetId)
{
    QVector<UploadedVersions> found;
    const Result<QVector<JournalJob>> jobs = journal.jobs();
    if (!jobs)
        return jobs.error();
    for (const JournalJob &job : *jobs) {
        if (job.datasetId != datasetId || job.account != account || job.versionAfter.isEmpty() || !job.rowsBefore)
            continue;
        const Result<Receipt> receipt = briefReceipt(journal, job);
        if (!receipt)
            return receipt.error();
        if (receipt->rowsConfirmed > 0 && receipt->rowsUnknown == 0) {
            found.append(
                {job.sourceName, job.versionBefore, job.versionAfter, *job.rowsBefore, receipt->rowsConfirmed});
        }
    }
    return found;
}

} // namespace rowdesk
