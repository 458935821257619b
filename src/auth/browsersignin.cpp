#include "auth/browsersignin.h"

#include "auth/signinerror.h"
#include "auth/tokenauthorizer.h"
#include "net/envelope.h"
#include "net/requestfactory.h"

#include <QCoreApplication>

namespace rowdesk {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(rowdesk::BrowserSignIn)
};

/// Every scope seen in use (API contract §2).
QString scopes()
{
    return QStringLiteral("account_read data_read data_write table_read table_write");
}

ApiError notSignedIn(ErrorKind kind, const QString &message, const QString &hint = {})
{
    return {kind, 0, {}, message, hint, {}};
}

} // namespace

BrowserSignIn::BrowserSignIn(QNetworkAccessManager *manager, Profile profile, Secrets secrets, OpenUrl openUrl,
                             QObject *parent)
    : QObject(parent)
    , m_profile(std::move(profile))
    , m_secrets(std::move(secrets))
    , m_openUrl(std::move(openUrl))
    , m_client(manager, m_profile.baseUrl)
{
    m_listener.judge = [this](const QUrlQuery &query) { return judge(query); };
    m_patience.setSingleShot(true);
    connect(&m_patience, &QTimer::timeout, this, [this] {
        finish(notSignedIn(ErrorKind::Timeout, Words::tr("The browser did not come back within five minutes."),
                           Words::tr("Start the sign-in again.")));
    });
}

Call<Secrets> BrowserSignIn::start()
{
    finish(notSignedIn(ErrorKind::Cancelled, Words::tr("The sign-in was started again.")));
    m_completion = std::make_unique<Completion<Secrets>>();
    const Call<Secrets> call = m_completion->call();
    m_completion->onAbort([self = QPointer<BrowserSignIn>(this)] {
        if (self)
            self->finish(notSignedIn(ErrorKind::Cancelled, Words::tr("The sign-in was cancelled.")));
    });
    if (const Result<Done> listening = m_listener.listen(m_profile.redirectUrl); !listening) {
        finish(listening.error());
        return call;
    }
    m_redirectUrl = m_profile.redirectUrl;
    m_redirectUrl.setPort(m_listener.port());
    m_pkce = makePkce();
    m_state = randomAddressText();
    m_patience.start(patience);
    if (!m_openUrl(authorizeUrl())) {
        finish(notSignedIn(ErrorKind::Local, Words::tr("No browser could be opened."),
                           Words::tr("Set a default browser, or choose another way of signing in.")));
    }
    return call;
}

QUrl BrowserSignIn::authorizeUrl() const
{
    QUrl url = m_profile.baseUrl;
    url.setPath(url.path(QUrl::FullyEncoded) + QLatin1String("oauth20/authorize"), QUrl::StrictMode);
    url.setQuery(makeQuery({{QStringLiteral("response_type"), QStringLiteral("code")},
                            {QStringLiteral("client_id"), m_profile.clientId},
                            {QStringLiteral("scope"), scopes()},
                            {QStringLiteral("redirect_uri"), m_redirectUrl.toString()},
                            {QStringLiteral("state"), QString::fromLatin1(m_state)},
                            {QStringLiteral("code_challenge"), QString::fromLatin1(m_pkce.challenge)},
                            {QStringLiteral("code_challenge_method"), QStringLiteral("S256")}}));
    return url;
}

LoopbackListener::Verdict BrowserSignIn::judge(const QUrlQuery &query)
{
    using Verdict = LoopbackListener::Verdict;
    const auto value = [&](const char *name) {
        return query.queryItemValue(QString::fromLatin1(name), QUrl::FullyDecoded);
    };
    if (m_state.isEmpty() || !isEqualInConstantTime(value("state").toUtf8(), m_state))
        return Verdict::Ignored;
    const QString code = value("code");
    const QString error = plainForeignText(value("error")).left(100);
    if (code.isEmpty() && error.isEmpty())
        return Verdict::Ignored;
    m_state.clear(); // good for one answer
    if (!error.isEmpty()) {
        const bool denied = error == QLatin1String("access_denied");
        finish(notSignedIn(ErrorKind::Credentials,
                           denied
                               ? Words::tr("Access was not granted in the browser.")
                               : Words::tr("%1 refused the sign-in: %2.").arg(hostForPeople(m_profile.baseUrl), error),
                           Words::tr("Start the sign-in again, or check the API application in ClicData.")));
        return Verdict::Refused;
    }
    exchange(code);
    return Verdict::SignedIn;
}

void BrowserSignIn::exchange(const QString &code)
{
    m_patience.stop();
    // A write: a code is good for one use, so a lost answer is not asked for again.
    m_exchange = m_client.send(tokenRequest({{QStringLiteral("grant_type"), QStringLiteral("authorization_code")},
                                             {QStringLiteral("code"), code},
                                             {QStringLiteral("client_id"), m_profile.clientId},
                                             {QStringLiteral("client_secret"), m_secrets.clientSecret},
                                             {QStringLiteral("redirect_uri"), m_redirectUrl.toString()},
                                             {QStringLiteral("code_verifier"), QString::fromLatin1(m_pkce.verifier)}},
                                            Request::Effect::Write));
    m_exchange.then(this, [this](const Result<Answer> &answer) { take(answer); });
}

void BrowserSignIn::take(const Result<Answer> &answer)
{
    if (!answer)
        return finish(signInError(answer.error(), AuthMethod::AuthorizationCode, hostForPeople(m_profile.baseUrl)));
    const Result<TokenAnswer> token = readTokenAnswer(*answer);
    if (!token)
        return finish(token.error());
    if (token->refreshToken.isEmpty()) {
        return finish(
            notSignedIn(ErrorKind::Credentials,
                        Words::tr("%1 gave a token that can't be renewed.").arg(hostForPeople(m_profile.baseUrl)),
                        Words::tr("Allow refresh tokens for the API application in ClicData.")));
    }
    Secrets secrets = m_secrets;
    secrets.refreshToken = token->refreshToken;
    finish(secrets);
}

void BrowserSignIn::finish(const Result<Secrets> &result)
{
    m_patience.stop();
    m_state.clear();
    m_listener.close();
    m_exchange.abort();
    m_exchange = {};
    if (const auto completion = std::exchange(m_completion, nullptr))
        completion->finish(result);
}

} // namespace rowdesk
