#pragma once

#include "gui/actions.h"

#include <QMainWindow>
#include <QPointer>

#include <functional>

class QMenu;
class QStackedWidget;

namespace rowdesk {

class CopySource;
class DatasetTabs;
class Navigation;
class PlainLabel;
class RequestsWindow;
class TransportLog;
class UnfinishedBar;
class UploadsPage;
class WelcomePage;
class Workspace;
struct RunningWork;

/// The window: menus, navigation, pages, one status sentence that is always true. It shows and asks; signing in and
/// out, settings and the sandbox are others' work.
class MainWindow : public QMainWindow
{
    Q_OBJECT
public:
    explicit MainWindow(QWidget *parent = nullptr);
    ~MainWindow() override;

    /// Shows this account; null: nobody is signed in, the welcome page. Not owned, outlives its being shown.
    void setWorkspace(Workspace *workspace);
    /// What is going on while nobody is signed in ("Signing in as …"), or what is worth knowing besides ("Secrets are
    /// kept until Rowdesk is closed"). Stays until it is replaced; `details` are its tooltip.
    void setNotice(const QString &sentence, const QString &details = {});
    /// Profiles to offer; `current` is checked.
    void setProfiles(const QStringList &names, const QString &current);

    /// What Help → Requests shows. Not owned, outlives the window's use.
    void setRequests(TransportLog *log);

    const Actions &actions() const { return m_actions; }
    DatasetTabs *tabs() const { return m_tabs; }
    UploadsPage *uploadsPage() const { return m_uploads; }
    WelcomePage *welcomePage() const { return m_welcome; }
    Workspace *workspace() const { return m_workspace; }
    void showDatasets();
    void showUploads();
    Navigation *navigation() const { return m_navigation; }
    QString statusSentence() const;

    /// Opens a dataset that the next reading of the list will tell.
    void openWhenListed(const QString &datasetId);

signals:
    /// The list of a newly shown account has been read.
    void workspaceReady();
    void sampleDataWanted();
    void signInWanted();
    void signOutWanted();
    void profileWanted(const QString &name);
    /// The person has agreed to it.
    void profileRemovalWanted(const QString &name);
    void newTableWanted();
    /// A file is to be imported; empty name: ask for one. Empty id: ask for the table.
    void importWanted(const QString &file, const QString &datasetId);
    void exportWanted(); ///< of the rows that are looked at
    /// What has changed in this dataset?
    void compareWanted(const QString &datasetId);
    /// What changed in this dataset since last week is to be told.
    void whatChangedWanted(const QString &datasetId);
    void closing();

protected:
    void closeEvent(QCloseEvent *event) override;

private:
    void connectActions();
    void connectAccountActions();
    void connectRowsActions();
    void showPage(QWidget *page);
    void showStatus();
    void updateActions();
    void copy(bool withHeaders);
    const CopySource *copySource() const;
    void reload();
    void listStateChanged();
    /// Does it at once, or, while uploads are running, once the user has said that they may be cut off.
    /// What would be cut off if the account were left now.
    RunningWork work() const;
    void leave(const QString &act, std::function<void()> go);
    void askToRemove(const QString &profile);
    void showRequests();

    Actions m_actions;
    Navigation *m_navigation;
    UnfinishedBar *m_unfinished;
    QStackedWidget *m_pages;
    WelcomePage *m_welcome;
    DatasetTabs *m_tabs;
    UploadsPage *m_uploads;
    PlainLabel *m_status;
    QMenu *m_removeMenu = nullptr;
    Workspace *m_workspace = nullptr;
    TransportLog *m_requests = nullptr;
    QPointer<RequestsWindow> m_requestsWindow;
    QString m_notice;
    QString m_toOpen; ///< dataset to open once the list names it
    bool m_mayClose = false;
    bool m_ready = false; ///< the account's list has been read once
};

} // namespace rowdesk
