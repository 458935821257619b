#include "cli/uploadwaits.h"

#include "cli/command.h"

namespace rowdesk::cli {

QString UploadWaits::news(const UploadJob &job)
{
    if (const std::optional<UploadJob::Wait> wait = job.waiting())
        return newsOfWait(*wait);
    const Receipt &receipt = job.receipt();
    if (m_looking && (!job.isLooking() || receipt.rowsUnknown < m_unknown))
        return endOfLook(receipt);
    return job.isLooking() ? newsOfLook(job) : QString();
}

QString UploadWaits::newsOfWait(const UploadJob::Wait &wait)
{
    constexpr qint64 isLong = 10;
    if (wait.seconds < isLong && wait.why == m_saidWait)
        return {};
    m_saidWait = wait.why;
    if (wait.seconds == 0)
        return tr("%1 New ones were obtained; it goes on by itself.").arg(wait.why); // credentials
    return tr("%1 Waiting %2 s, then it goes on by itself; nothing needs to be done.").arg(wait.why).arg(wait.seconds);
}

QString UploadWaits::newsOfLook(const UploadJob &job)
{
    const Receipt &receipt = job.receipt();
    if (!m_looking && receipt.rowsUnknown > 0) {
        m_looking = true;
        m_confirmed = receipt.rowsConfirmed;
        m_unknown = receipt.rowsUnknown;
        return tr("No answer tells whether %1 rows from row %2 on arrived. The table is read to find out, which may "
                  "take %3 s and longer: rows may be slow to appear. Nothing is sent meanwhile; nothing needs to be "
                  "done.")
            .arg(receipt.rowsUnknown)
            .arg(receipt.firstUnknownRow)
            .arg(job.plan().settleSeconds);
    }
    const qint64 rest = job.secondsToNextLook();
    if (rest == 0)
        return {};
    return (m_looking ? tr("The table does not show all of these rows yet. It is read again in %1 s; nothing needs to "
                           "be done.")
                      : tr("Every row is confirmed, but the table does not show each of them once yet. It is read "
                           "again in %1 s; nothing needs to be done."))
        .arg(rest);
}

QString UploadWaits::endOfLook(const Receipt &receipt)
{
    m_looking = false;
    if (receipt.rowsUnknown >= m_unknown)
        return {}; // it could not be read or did not tell: the end says why
    const qint64 found = receipt.rowsConfirmed - m_confirmed;
    const qint64 open = receipt.rowsUnknown;
    const QString seen = tr("The table was read: %1 of these %2 rows are in it").arg(found).arg(m_unknown);
    const qint64 again = m_unknown - found - open;
    return again > 0 ? seen + tr(", %1 are not and are sent again.").arg(again) : seen + QLatin1Char('.');
}

} // namespace rowdesk::cli
