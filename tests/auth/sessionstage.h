#pragma once

#include "auth/session.h"
#include "support/await.h"
#include "support/faultserver.h"

#include <QNetworkAccessManager>
#include <QTest>
#include <QUrlQuery>

namespace rowdesk::test {

/// The few lines of ClicData that signing in touches.
struct FakeService
{
    QString id = QStringLiteral("id");
    QString secret = QStringLiteral("s3cret&+=%");
    int lifetime = 3600;
    int tokens = 0;
    QByteArray versions; ///< empty: the classic dialect
    bool saysVersions = true;
    bool isVague = false;

    Fault operator()(const LedgerEntry &entry)
    {
        if (entry.target == "/oauth20/token")
            return token(entry);
        if (entry.header("authorization") != "Bearer token" + QByteArray::number(tokens))
            return Fault::answer(401, "{\"message\":\"expired\"}");
        return account(entry);
    }

    Fault token(const LedgerEntry &entry)
    {
        const QUrlQuery form(QString::fromLatin1(entry.body));
        const auto value = [&](const char *name) {
            return form.queryItemValue(QString::fromLatin1(name), QUrl::FullyDecoded);
        };
        if (value("client_id") != id)
            return refuse("unknown client");
        if (value("client_secret") != secret)
            return refuse("wrong secret");
        ++tokens;
        return Fault::answer(200, "{\"access_token\":\"token" + QByteArray::number(tokens) +
                                      "\",\"expires_in\":" + QByteArray::number(lifetime) +
                                      ",\"refresh_token\":\"next" + QByteArray::number(tokens) + "\"}");
    }

    Fault refuse(const QByteArray &why) const
    {
        return Fault::answer(401, "{\"error\":\"invalid_client\",\"error_description\":\"" +
                                      (isVague ? QByteArray() : why) + "\"}");
    }

    Fault account(const LedgerEntry &entry) const
    {
        const QString asked =
            QUrlQuery(QUrl::fromEncoded(entry.target).query()).queryItemValue(QStringLiteral("api_version"));
        const QByteArray header = saysVersions ? "api-supported-versions: " + versions + "\r\n" : QByteArray();
        if (versions.isEmpty())
            return Fault::answer(200, "{\"name\":\"Demo\"}");
        if (asked.isEmpty())
            return Fault::answer(200, "{\"error\":{\"code\":\"APIVersionRequired\",\"description\":\"x\"}}",
                                 "application/json", header);
        if (!versions.split(',').contains(asked.toLatin1()))
            return Fault::answer(200, "{\"error\":{\"code\":\"InvalidVersion\",\"description\":\"x\"}}",
                                 "application/json", header);
        return Fault::answer(200, "{\"success\":true,\"result\":{}}", "application/json", header);
    }
};

/// A session with a local server that may be wrong in many ways.
class SessionStage
{
protected:
    void setUp();

    Profile profile(AuthMethod method = AuthMethod::ClientCredentials) const;
    Result<Done> signIn(const Profile &profile, const Secrets &secrets = {});
    Secrets goodSecrets() const;

    FakeService m_service;
    std::unique_ptr<FaultServer> m_server;
    QNetworkAccessManager m_manager;
    std::unique_ptr<Session> m_session;
};

inline void SessionStage::setUp()
{
    m_session.reset();
    m_service = {};
    m_server = std::make_unique<FaultServer>();
    m_server->respond = [this](const LedgerEntry &entry) { return m_service(entry); };
    QVERIFY(m_server->start());
}

inline Profile SessionStage::profile(AuthMethod method) const
{
    Profile profile;
    profile.method = method;
    profile.baseUrl = m_server->url();
    profile.clientId = QStringLiteral("id");
    return profile;
}

inline Secrets SessionStage::goodSecrets() const
{
    Secrets secrets;
    secrets.clientSecret = QStringLiteral("s3cret&+=%");
    return secrets;
}

inline Result<Done> SessionStage::signIn(const Profile &profile, const Secrets &secrets)
{
    m_session = std::make_unique<Session>(&m_manager, profile, secrets);
    RetryPolicy quick;
    quick.base = std::chrono::milliseconds(1);
    m_session->client()->setRetryPolicy(quick);
    return await(m_session->signIn());
}

} // namespace rowdesk::test
