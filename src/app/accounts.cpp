#include "app/accounts.h"

namespace rowdesk {

Accounts::Accounts(QNetworkAccessManager *network, QObject *parent) : QObject(parent), m_network(network) {}

Accounts::~Accounts() = default;

void Accounts::signIn(const Profile &profile, const Secrets &secrets)
{
    stop();
    m_trying = std::make_unique<Session>(m_network, profile, secrets);
    connect(m_trying->client()->log(), &TransportLog::added, &m_log, &TransportLog::add);
    connect(m_trying.get(), &Session::refreshTokenChanged, this,
            [this, profile, now = secrets](const QString &refreshToken) mutable {
                now.refreshToken = refreshToken;
                emit secretsChanged(profile, now);
            });
    m_trying->signIn().then(this, [this, asked = ++m_generation](const Result<Done> &result) {
        if (asked == m_generation)
            end(result);
    });
}

void Accounts::signInWithBrowser(const Profile &profile, const Secrets &secrets, BrowserSignIn::OpenUrl openUrl)
{
    stop();
    m_browser = std::make_unique<BrowserSignIn>(m_network, profile, secrets, std::move(openUrl));
    m_browser->start().then(this, [this, profile, asked = ++m_generation](const Result<Secrets> &result) {
        if (asked != m_generation)
            return;
        if (!result) {
            emit failed(profile, result.error());
            return;
        }
        emit secretsChanged(profile, *result);
        signIn(profile, *result);
    });
}

void Accounts::stop()
{
    ++m_generation;
    m_browser.reset();
    m_trying.reset();
}

void Accounts::end(const Result<Done> &result)
{
    std::unique_ptr<Session> tried = std::move(m_trying);
    if (!result) {
        emit failed(tried->profile(), result.error());
        return;
    }
    // `tried` is now the session before: it ends with this function, after the listeners have let go of it.
    m_session.swap(tried);
    emit changed();
}

void Accounts::signOut()
{
    stop();
    const std::unique_ptr<Session> last = std::move(m_session);
    emit changed();
}

} // namespace rowdesk
