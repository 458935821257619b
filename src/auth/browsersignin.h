#pragma once

#include "auth/loopbacklistener.h"
#include "auth/pkce.h"
#include "auth/profile.h"
#include "net/apiclient.h"

#include <QObject>
#include <QTimer>

#include <functional>
#include <memory>

class QNetworkAccessManager;

namespace rowdesk {

/// Signs in with the person's own browser (authorization code with PKCE, RFC 8252; API contract §2).
///
///     start: listen on the loopback address, open the browser
///       → the browser comes back with our state and a code (anything else is ignored; five minutes at most)
///       → the code is exchanged, once → Secrets with a refresh token, for a SecretStore and a Session
class BrowserSignIn : public QObject
{
    Q_OBJECT
public:
    /// Opens an address in the browser; false when there is none. Given by whoever has a window or a terminal.
    using OpenUrl = std::function<bool(const QUrl &)>;

    static constexpr std::chrono::minutes patience{5};

    /// The manager is not owned. Of `secrets` only the client secret is used.
    BrowserSignIn(QNetworkAccessManager *manager, Profile profile, Secrets secrets, OpenUrl openUrl,
                  QObject *parent = nullptr);

    /// One attempt at a time; a second start() gives up the first.
    Call<Secrets> start();

private:
    QUrl authorizeUrl() const;
    LoopbackListener::Verdict judge(const QUrlQuery &query);
    void exchange(const QString &code);
    void take(const Result<Answer> &answer);
    void finish(const Result<Secrets> &result);

    Profile m_profile;
    Secrets m_secrets;
    OpenUrl m_openUrl;
    ApiClient m_client;
    LoopbackListener m_listener;
    QTimer m_patience;
    Pkce m_pkce;
    QByteArray m_state; ///< empty: nothing is waited for
    QUrl m_redirectUrl;
    std::unique_ptr<Completion<Secrets>> m_completion;
    Call<Answer> m_exchange;
};

} // namespace rowdesk
