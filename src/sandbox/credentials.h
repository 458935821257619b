#pragma once

#include "sandbox/http.h"

#include <QDateTime>
#include <QHash>
#include <QSet>

#include <functional>
#include <mutex>
#include <optional>

namespace rowdesk::sandbox {

/// The fixed client and key of every sandbox.
inline constexpr QLatin1StringView clientId{"demo"};
inline constexpr QLatin1StringView clientSecret{"demo-secret"};
inline constexpr QLatin1StringView apiKey{"demo-key"};

/// Every permission there is; what is granted when a client asks for none in particular.
QSet<QString> allScopes();

/// Who a request comes from, and what it may do.
struct Principal
{
    QString user; ///< e-mail address; empty for the client itself and for the API key
    QSet<QString> scopes = allScopes();
};

/// Tokens, codes and headers. In memory: a restart signs everybody out. Safe to use from any thread.
class Credentials
{
public:
    /// Is this the user's password? Asked of the caller because users live in the store.
    using PasswordCheck = std::function<bool(const QString &user, const QString &password)>;

    struct Grant
    {
        QByteArray accessToken;
        QByteArray refreshToken; ///< empty for client credentials
        int expiresIn = 0;       ///< seconds
        QSet<QString> scopes;
    };

    /// What an authorization code stands for until it is exchanged, once, within a minute.
    struct Consent
    {
        Principal principal;
        QString redirectUri;
        QString challenge; ///< S256; empty when the client sent none
        QDateTime until;
    };

    Grant grantClient(const QSet<QString> &scopes);
    QString issueCode(Consent consent);
    /// Exchanges a code: empty when the code, the address or the verifier is wrong.
    std::optional<Grant> redeemCode(const QString &code, const QString &redirectUri, const QString &verifier);
    /// A refresh token is good for one use; the answer brings the next one.
    std::optional<Grant> renew(const QString &refreshToken);

    /// Who sent this request; empty when its credentials are missing, wrong or expired.
    std::optional<Principal> identify(const HttpRequest &request, const PasswordCheck &check);

    static constexpr int usualLifetime = 3600; ///< seconds
    /// Of the access tokens given out from now on.
    void setLifetime(int seconds);
    /// Ends every access token given out so far; refresh tokens stay good.
    void expireTokens();

private:
    struct Token
    {
        Principal principal;
        QDateTime until;
    };
    Grant grant(const Principal &principal, bool renewable);
    std::optional<Principal> identifyBasic(const QByteArray &encoded, const PasswordCheck &check) const;

    std::mutex m_mutex;
    int m_lifetime = usualLifetime;
    QHash<QByteArray, Token> m_tokens;
    QHash<QByteArray, Principal> m_renewals;
    QHash<QString, Consent> m_codes;
};

} // namespace rowdesk::sandbox
