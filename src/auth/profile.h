#pragma once

#include <QString>
#include <QUrl>

#include <optional>

namespace rowdesk {

/// The four ways to prove who we are (API contract §2).
enum class AuthMethod { ClientCredentials, AuthorizationCode, Basic, ApiKey };

/// "client_credentials", "authorization_code", "basic", "api_key": the words of settings and environment.
QString authMethodName(AuthMethod method);
std::optional<AuthMethod> authMethodFromName(QStringView name);

/// An account as a person set it up. Holds no secret: those are Secrets, kept by a SecretStore.
struct Profile
{
    QString name; ///< what the person calls it, unique; the key of its secrets
    AuthMethod method = AuthMethod::ClientCredentials;
    QUrl baseUrl = QUrl(QStringLiteral("https://api.clicdata.com/"));
    QString apiVersion = QStringLiteral("auto"); ///< "auto", "classic" or a version such as "2025.3"
    QString clientId;                            ///< client credentials, authorization code, basic
    QString user;                                ///< basic
    /// Authorization code: must equal the address registered with the API application (API contract §2).
    QUrl redirectUrl = QUrl(QStringLiteral("http://127.0.0.1:18765/callback"));
    /// What the account is in records, where the rest does not tell: its address changes (the sample data), or it has no
    /// name (a key from the environment). Not kept with the profile.
    QString identity;
};

/// What records that outlive a session call the account: the same in every session and in every program that signs in
/// the same way. Holds no secret.
QString identityOf(const Profile &profile);

/// What must never be written anywhere but to the keychain.
struct Secrets
{
    QString clientSecret;
    QString password;
    QString apiKey;
    QString refreshToken;

    bool isEmpty() const
    {
        return clientSecret.isEmpty() && password.isEmpty() && apiKey.isEmpty() && refreshToken.isEmpty();
    }
};

} // namespace rowdesk
