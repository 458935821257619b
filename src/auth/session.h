#pragma once

#include "auth/profile.h"
#include "net/apiclient.h"

#include <memory>

namespace rowdesk {

/// A signed-in profile: makes an ApiClient that proves who we are. Renews tokens single-flight; tokens stay in memory.
class Session : public QObject
{
    Q_OBJECT
public:
    /// The manager is not owned.
    Session(QNetworkAccessManager *manager, Profile profile, Secrets secrets, QObject *parent = nullptr);
    ~Session() override;

    const Profile &profile() const;
    /// Owned by the session.
    ApiClient *client() const;

    /// Signs in: fetches a token where the method has one, and settles the API version when the profile says "auto"
    /// (a first harmless read; APIVersionRequired leads to the newest version both sides know: API contract §1).
    /// Errors tell wrong id, wrong secret, no network, wrong address and "not ClicData" apart, each with what to do.
    Call<Done> signIn();

signals:
    /// The service gave a new refresh token: write it to the SecretStore, the old one is no longer good.
    void refreshTokenChanged(const QString &refreshToken);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace rowdesk
