#include "api/accountservice.h"

#include "api/codec.h"

namespace rowdesk {

AccountService::AccountService(ApiClient *client) : m_client(client) {}

Call<AccountInfo> AccountService::account() const
{
    return m_client->send(Request::get(makePath({QStringLiteral("account")})))
        .map<AccountInfo>([](const Answer &answer) { return decodeAccount(answer.body); });
}

Call<QVector<QJsonObject>> AccountService::userActivity() const
{
    return activity(QStringLiteral("users"));
}

Call<QVector<QJsonObject>> AccountService::dashboardActivity() const
{
    return activity(QStringLiteral("dashboards"));
}

Call<QVector<QJsonObject>> AccountService::activity(const QString &of) const
{
    const QString path = makePath({QStringLiteral("account"), QStringLiteral("activity"), of});
    return m_client->send(Request::get(path)).map<QVector<QJsonObject>>([](const Answer &answer) {
        return decodeObjects(answer.body);
    });
}

} // namespace rowdesk
