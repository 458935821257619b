#pragma once

#include "auth/profile.h"
#include "net/apiclient.h"

namespace rowdesk {

/// The Authorization header of the Basic method: "Basic " base64(clientId ":" base64(user ":" password)), in UTF-8 (API
/// contract §2). ErrorKind::Usage when the client id holds a ":", which the service could not tell from the separator.
Result<QByteArray> basicHeader(const QString &clientId, const QString &user, const QString &password);

/// Credentials that are the same in every request and can't be renewed: Basic and API key.
class HeaderAuthorizer : public Authorizer
{
public:
    HeaderAuthorizer(QByteArray name, Result<QByteArray> value);

    static std::unique_ptr<HeaderAuthorizer> basic(const Profile &profile, const Secrets &secrets);
    static std::unique_ptr<HeaderAuthorizer> apiKey(const Secrets &secrets);

    Call<Done> ready() override;
    void authorize(QNetworkRequest &request) const override;
    Call<Done> renew() override;
    bool isRenewable() const override { return false; }

private:
    QByteArray m_name;
    Result<QByteArray> m_value;
};

} // namespace rowdesk
