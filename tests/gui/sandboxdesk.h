#pragma once

#include "auth/session.h"
#include "gui/mainwindow.h"
#include "models/workspace.h"
#include "sandbox/sandboxserver.h"

#include <QNetworkAccessManager>
#include <QSignalSpy>
#include <QTest>

#include <memory>

namespace rowdesk {

/// A window on a sandbox with sample data, signed in as a person would be.
class SandboxDesk
{
public:
    SandboxDesk() : m_server(demoOptions()) {}

    /// False when the sandbox or signing in did not come up; say so with QVERIFY.
    bool start()
    {
        if (!m_server.start())
            return false;
        Profile profile;
        profile.name = QStringLiteral("demo");
        profile.baseUrl = m_server.url();
        profile.clientId = QStringLiteral("demo");
        Secrets secrets;
        secrets.clientSecret = QStringLiteral("demo-secret");
        session = std::make_unique<Session>(&m_network, profile, secrets);
        bool signedIn = false;
        QObject context;
        session->signIn().then(&context, [&](const Result<Done> &result) { signedIn = bool(result); });
        if (!QTest::qWaitFor([&] { return signedIn; }, 30'000))
            return false;
        workspace = std::make_unique<Workspace>(session->client(), profile.name);
        workspace->reload();
        window.setWorkspace(workspace.get());
        window.show();
        return QTest::qWaitFor([&] { return workspace->listState() == Workspace::ListState::Ready; }, 30'000);
    }

    QString idOf(const QString &name) const
    {
        for (const DatasetInfo &dataset : workspace->datasets()->datasets()) {
            if (dataset.name == name)
                return dataset.id;
        }
        return {};
    }

private:
    static SandboxOptions demoOptions()
    {
        SandboxOptions options;
        options.demo = true;
        return options;
    }

    SandboxServer m_server;
    QNetworkAccessManager m_network;

public:
    std::unique_ptr<Session> session;
    std::unique_ptr<Workspace> workspace;
    MainWindow window; ///< goes first
};

} // namespace rowdesk
