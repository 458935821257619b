#pragma once

#include "api/datasetinfo.h"
#include "net/apiclient.h"

namespace rowdesk {

/// History of a dataset (API contract §4). Reading a version's rows is RowStream's.
class HistoryService
{
public:
    explicit HistoryService(ApiClient *client);

    /// The stored versions, newest first. History switched off ends with an error whose hint says who can switch it on.
    Call<QVector<VersionInfo>> versions(const QString &datasetId) const;

private:
    ApiClient *m_client;
};

} // namespace rowdesk
