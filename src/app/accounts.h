#pragma once

#include "auth/browsersignin.h"
#include "auth/session.h"
#include "net/transportlog.h"

#include <QObject>

#include <memory>

class QNetworkAccessManager;

namespace rowdesk {

/// Who is signed in. One session at a time; the one there is stays until another has been signed in.
class Accounts : public QObject
{
    Q_OBJECT
public:
    explicit Accounts(QNetworkAccessManager *network, QObject *parent = nullptr);
    ~Accounts() override;

    /// Null while nobody is signed in.
    Session *session() const { return m_session.get(); }

    /// Tries. Ends with changed() or failed(); a try that is replaced by another or stopped ends with nothing.
    void signIn(const Profile &profile, const Secrets &secrets);
    /// The same, after the person has signed in in a browser (BrowserSignIn) that `openUrl` opens.
    void signInWithBrowser(const Profile &profile, const Secrets &secrets, BrowserSignIn::OpenUrl openUrl);
    void stop();
    /// What was asked of the service, by every session and every try since the start.
    TransportLog *log() { return &m_log; }
    /// Forgets the session and its tokens.
    void signOut();

signals:
    /// session() is another. The one before lives until every listener has returned.
    void changed();
    void failed(const rowdesk::Profile &profile, const rowdesk::ApiError &error);
    /// The service gave a refresh token, maybe while a try is still under way: from now on only these secrets are good.
    void secretsChanged(const rowdesk::Profile &profile, const rowdesk::Secrets &secrets);

private:
    void end(const Result<Done> &result);

    TransportLog m_log;
    QNetworkAccessManager *m_network;
    std::unique_ptr<Session> m_session;
    std::unique_ptr<Session> m_trying;
    std::unique_ptr<BrowserSignIn> m_browser; ///< kept after its end: its last page may still be on the way
    int m_generation = 0;
};

} // namespace rowdesk
