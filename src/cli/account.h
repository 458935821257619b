#pragma once

#include "auth/secretstore.h"
#include "auth/session.h"
#include "cli/environment.h"

#include <QNetworkAccessManager>

#include <memory>

namespace rowdesk::cli {

/// The signed-in account of this run of the program.
class Account : public QObject
{
    Q_OBJECT
public:
    Account();
    ~Account() override;

    /// Signs in with a stored profile, or with the environment when the name is empty. The client is owned here.
    Call<ApiClient *> open(const QString &profileName);
    /// Waits until a renewed refresh token is in the keychain.
    Call<Done> close();

private:
    Call<Credentials> credentials(const QString &profileName);
    Call<ApiClient *> signIn(const Credentials &credentials);
    void keepRefreshToken(const QString &token);

    QNetworkAccessManager m_network;
    std::unique_ptr<SecretStore> m_secretStore; ///< of a stored profile
    Credentials m_credentials;
    std::unique_ptr<Session> m_session;
    Call<Done> m_tokenKept = Call<Done>::finished(Done{});
};

} // namespace rowdesk::cli
