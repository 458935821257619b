#pragma once

#include "api/accountinfo.h"
#include "net/apiclient.h"

#include <QVector>

namespace rowdesk {

/// Schedules: what is refreshed when (API contract §5). Lives in the client's thread.
class ScheduleService
{
public:
    explicit ScheduleService(ApiClient *client);

    Call<QVector<NamedObject>> list() const;
    Call<NamedObject> details(const QString &id) const;
    /// Runs the schedule now. Sent once; a lost answer is ErrorKind::OutcomeUnknown.
    Call<Done> trigger(const QString &id) const;

private:
    ApiClient *m_client;
};

} // namespace rowdesk
