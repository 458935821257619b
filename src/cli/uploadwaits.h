#pragma once

#include "transfer/uploadjob.h"

namespace rowdesk::cli {

/// What an upload waits for and for how long, put into lines that stay, also where stderr is a file. Each is said once;
/// short waits that follow each other for the same reason count as one.
class UploadWaits
{
public:
    /// What is new since it was asked last, one sentence or two; empty: nothing.
    QString news(const UploadJob &job);

private:
    QString newsOfWait(const UploadJob::Wait &wait);
    QString newsOfLook(const UploadJob &job);
    QString endOfLook(const Receipt &receipt);

    QString m_saidWait;
    bool m_looking = false; ///< for rows of which nobody knows whether they arrived
    qint64 m_confirmed = 0; ///< before that
    qint64 m_unknown = 0;
};

} // namespace rowdesk::cli
