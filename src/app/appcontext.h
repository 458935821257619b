#pragma once

#include "app/accounts.h"
#include "app/settings.h"
#include "app/signinflow.h"
#include "gui/mainwindow.h"
#include "models/workspace.h"

#include <QNetworkAccessManager>
#include <QObject>
#include <QPointer>
#include <QTimer>

#include <memory>

namespace rowdesk {

class CompareFlow;
class HelpWindow;
class ImportFlow;
class SandboxServer;

/// What the program was started with.
struct StartOptions
{
    bool sandbox = false; ///< begin on the sample data
    QString file;         ///< a file to import; empty: none
    QString settingsFile; ///< where settings are kept
    QString profilesFile; ///< where profiles are kept
    QString sandboxDir;   ///< where the sample data lives
};

/// The composition root: makes everything, introduces it to each other, and is the only class that knows everybody.
class AppContext : public QObject
{
    Q_OBJECT
public:
    AppContext(StartOptions options, std::unique_ptr<SecretStore> keychain, QObject *parent = nullptr);
    ~AppContext() override;

    /// Shows the window and signs in where the options or the last run say so.
    void start();
    MainWindow *window() { return &m_window; }
    SignInFlow *signIn() { return &m_signIn; }

private:
    void connectWindow();
    void restoreWindow();
    void takeDesk();
    void restoreDesk();
    void keepImport(const ImportRecipe &recipe);
    void keepComparison(const CompareMemory &memory);
    void saveNow();
    void openSampleData();
    bool isOnSampleData() const;
    void loseAnswer();
    void forgetNotice();
    void showHelp();
    void showAccount();
    void showProfiles();

    StartOptions m_options;
    Settings m_settings;
    QNetworkAccessManager m_network;
    Accounts m_accounts;
    std::unique_ptr<SandboxServer> m_sandbox;
    std::unique_ptr<Workspace> m_workspace; ///< ends before the session that it asks
    MainWindow m_window;                    ///< ends before what it shows
    SignInFlow m_signIn;
    ImportFlow *m_import = nullptr;   ///< the window's
    CompareFlow *m_compare = nullptr; ///< the window's
    QPointer<HelpWindow> m_help;
    QTimer m_saving;          ///< a little later: many changes come at once
    bool m_deskShown = false; ///< the account's tabs are back: from now on what is open counts
};

} // namespace rowdesk
