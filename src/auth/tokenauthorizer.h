#pragma once

#include "auth/profile.h"
#include "net/apiclient.h"

#include <QDeadlineTimer>
#include <QObject>

#include <functional>
#include <vector>

namespace rowdesk {

/// What the token endpoint gave (API contract §2).
struct TokenAnswer
{
    QByteArray accessToken;
    QString refreshToken; ///< empty when there is none
    qint64 expiresIn = 0; ///< seconds
};

/// Reads the answer of oauth20/token. ErrorKind::WrongAddress when it holds no token: then it is not one of ClicData.
Result<TokenAnswer> readTokenAnswer(const Answer &answer);

/// A form-encoded POST to oauth20/token; without credentials in headers, without a version.
Request tokenRequest(const QList<std::pair<QString, QString>> &form, Request::Effect effect);

/// Bearer tokens, fetched with client credentials or a refresh token and kept in memory. A token is renewed before it
/// expires, counted on a clock that nobody can set; however many ask, one request is under way.
class TokenAuthorizer : public QObject, public Authorizer
{
    Q_OBJECT
public:
    /// The client sends the token requests; not owned.
    TokenAuthorizer(ApiClient *client, const Profile &profile, Secrets secrets, QObject *parent = nullptr);

    Call<Done> ready() override;
    void authorize(QNetworkRequest &request) const override;
    Call<Done> renew() override;

    bool hasToken() const { return !m_token.isEmpty(); }

signals:
    /// A refresh token is good for one use; this is the next one.
    void refreshTokenChanged(const QString &refreshToken);

private:
    Call<Done> fetch();
    Result<Request> nextRequest() const;
    void take(const Result<Answer> &answer);
    void finish(const Result<Done> &result);

    ApiClient *m_client;
    AuthMethod m_method;
    QString m_clientId;
    Secrets m_secrets;
    QByteArray m_token;
    QDeadlineTimer m_renewAt;
    std::vector<Completion<Done>> m_waiting;
};

} // namespace rowdesk
