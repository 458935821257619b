#include "auth/tokenauthorizer.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkRequest>

#include <algorithm>

namespace rowdesk {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(rowdesk::SignIn)
};

/// When the service does not say how long a token lives. Too short costs a request, too long costs a 401.
constexpr qint64 assumedLifetime = 600;

/// Twice the deadline of an append, so that no token runs out under way; a fifth of tokens that live shorter than that.
qint64 renewalMargin(qint64 lifetime)
{
    return std::min<qint64>(240, lifetime / 5);
}

qint64 seconds(const QJsonValue &value)
{
    const double number = value.isString() ? value.toString().toDouble() : value.toDouble();
    return number >= 1 ? qint64(std::min(number, 1e9)) : assumedLifetime;
}

bool isHeaderValue(const QByteArray &token)
{
    return !token.isEmpty() && std::all_of(token.begin(), token.end(), [](char c) { return c > 0x20 && c < 0x7f; });
}

} // namespace

Request tokenRequest(const QList<std::pair<QString, QString>> &form, Request::Effect effect)
{
    QByteArray body;
    for (const auto &[name, value] : form) {
        if (!body.isEmpty())
            body += '&';
        body += QUrl::toPercentEncoding(name) + '=' + QUrl::toPercentEncoding(value);
    }
    Request request = Request::write(Request::Verb::Post, QStringLiteral("oauth20/token"), body);
    request.contentType = "application/x-www-form-urlencoded";
    request.effect = effect;
    request.authorized = false;
    request.versioned = false;
    request.deadline = std::chrono::seconds(60);
    return request;
}

Result<TokenAnswer> readTokenAnswer(const Answer &answer)
{
    const QJsonObject object = QJsonDocument::fromJson(answer.body).object();
    TokenAnswer token;
    token.accessToken = object.value(QLatin1String("access_token")).toString().toUtf8();
    token.refreshToken = object.value(QLatin1String("refresh_token")).toString();
    token.expiresIn = seconds(object.value(QLatin1String("expires_in")));
    if (!isHeaderValue(token.accessToken)) {
        return ApiError{ErrorKind::WrongAddress,
                        answer.status,
                        {},
                        Words::tr("Something answered at %1, but it is not the ClicData API: it gave no token.")
                            .arg(answer.url.host()),
                        Words::tr("Check the address of the account."),
                        answer.requestId};
    }
    return token;
}

TokenAuthorizer::TokenAuthorizer(ApiClient *client, const Profile &profile, Secrets secrets, QObject *parent)
    : QObject(parent)
    , m_client(client)
    , m_method(profile.method)
    , m_clientId(profile.clientId)
    , m_secrets(std::move(secrets))
    , m_renewAt(0)
{
}

Call<Done> TokenAuthorizer::ready()
{
    if (hasToken() && !m_renewAt.hasExpired())
        return Call<Done>::finished(Done{});
    return fetch();
}

Call<Done> TokenAuthorizer::renew()
{
    return fetch();
}

void TokenAuthorizer::authorize(QNetworkRequest &request) const
{
    request.setRawHeader("Authorization", "Bearer " + m_token);
}

Call<Done> TokenAuthorizer::fetch()
{
    const bool underWay = !m_waiting.empty();
    const Call<Done> call = m_waiting.emplace_back().call();
    if (underWay)
        return call;
    const Result<Request> request = nextRequest();
    if (!request) {
        finish(request.error());
        return call;
    }
    m_client->send(*request).then(this, [this](const Result<Answer> &answer) { take(answer); });
    return call;
}

Result<Request> TokenAuthorizer::nextRequest() const
{
    const std::pair clientId{QStringLiteral("client_id"), m_clientId};
    const std::pair clientSecret{QStringLiteral("client_secret"), m_secrets.clientSecret};
    if (m_method == AuthMethod::ClientCredentials) {
        // May be repeated: a token that was granted and got lost harms nobody.
        return tokenRequest(
            {{QStringLiteral("grant_type"), QStringLiteral("client_credentials")}, clientId, clientSecret},
            Request::Effect::Read);
    }
    if (m_secrets.refreshToken.isEmpty()) {
        return ApiError{ErrorKind::Credentials,
                        0,
                        QStringLiteral("invalid_grant"),
                        Words::tr("This account has not been signed in with a browser yet."),
                        Words::tr("Sign in with the browser."),
                        {}};
    }
    // May not: the first use of a refresh token can be its last.
    return tokenRequest({{QStringLiteral("grant_type"), QStringLiteral("refresh_token")},
                         {QStringLiteral("refresh_token"), m_secrets.refreshToken},
                         clientId,
                         clientSecret},
                        Request::Effect::Write);
}

void TokenAuthorizer::take(const Result<Answer> &answer)
{
    if (!answer)
        return finish(answer.error());
    const Result<TokenAnswer> token = readTokenAnswer(*answer);
    if (!token)
        return finish(token.error());
    m_token = token->accessToken;
    m_renewAt.setRemainingTime((token->expiresIn - renewalMargin(token->expiresIn)) * 1000);
    if (!token->refreshToken.isEmpty() && token->refreshToken != m_secrets.refreshToken) {
        m_secrets.refreshToken = token->refreshToken;
        emit refreshTokenChanged(m_secrets.refreshToken);
    }
    finish(Done{});
}

void TokenAuthorizer::finish(const Result<Done> &result)
{
    for (const Completion<Done> &waiting : std::exchange(m_waiting, {}))
        waiting.finish(result);
}

} // namespace rowdesk
