#pragma once

#include "api/accountinfo.h"
#include "net/apiclient.h"

#include <QVector>

namespace rowdesk {

/// The account: usage and activity (API contract §5). Lives in the client's thread.
class AccountService
{
public:
    explicit AccountService(ApiClient *client);

    Call<AccountInfo> account() const;
    /// One object an activity, with the members that the service gives them.
    Call<QVector<QJsonObject>> userActivity() const;
    Call<QVector<QJsonObject>> dashboardActivity() const;

private:
    Call<QVector<QJsonObject>> activity(const QString &of) const;

    ApiClient *m_client;
};

} // namespace rowdesk
