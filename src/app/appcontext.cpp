#include "app/appcontext.h"

#include "gui/compareflow.h"
#include "gui/datasettabs.h"
#include "gui/exportflow.h"
#include "gui/helpwindow.h"
#include "gui/importflow.h"
#include "gui/newtableflow.h"
#include "gui/uploadnotifier.h"
#include "gui/uploadspage.h"
#include "sandbox/sandboxserver.h"
#include "transfer/snapshotstore.h"
#include "transfer/uploadjournal.h"

#include <QAction>
#include <QGuiApplication>
#include <QScreen>

namespace rowdesk {

namespace {

constexpr int savingDelay = 300; ///< milliseconds

QList<QRect> availableScreens()
{
    QList<QRect> areas;
    for (const QScreen *screen : QGuiApplication::screens())
        areas.append(screen->availableGeometry());
    return areas;
}

} // namespace

AppContext::AppContext(StartOptions options, std::unique_ptr<SecretStore> keychain, QObject *parent)
    : QObject(parent)
    , m_options(std::move(options))
    , m_accounts(&m_network)
    , m_signIn(&m_accounts, ProfileStore(m_options.profilesFile), std::move(keychain), &m_window)
{
    connectWindow();
    m_compare = new CompareFlow(&m_window);
    connect(m_compare, &CompareFlow::comparisonMade, this, &AppContext::keepComparison);
    new ExportFlow(&m_window);
    new NewTableFlow(&m_window);
    m_import = new ImportFlow(&m_window);
    connect(m_import, &ImportFlow::recipeMade, this, &AppContext::keepImport);
    new UploadNotifier(&m_window);
    connect(m_window.uploadsPage(), &UploadsPage::tableChanged, this, [this](const QString &id) {
        if (m_workspace)
            m_workspace->rowsChanged(id);
    });
    connect(m_window.actions().loseAnswer, &QAction::triggered, this, &AppContext::loseAnswer);
    connect(m_window.actions().help, &QAction::triggered, this, &AppContext::showHelp);
    connect(&m_accounts, &Accounts::changed, this, &AppContext::showAccount);
    connect(&m_signIn, &SignInFlow::notice, &m_window, &MainWindow::setNotice);
    connect(&m_signIn, &SignInFlow::profilesChanged, this, &AppContext::showProfiles);
}

AppContext::~AppContext()
{
    m_deskShown = false;
    m_window.setWorkspace(nullptr);
}

void AppContext::connectWindow()
{
    m_window.setRequests(m_accounts.log());
    connect(&m_window, &MainWindow::sampleDataWanted, this, &AppContext::openSampleData);
    connect(&m_window, &MainWindow::signInWanted, this, [this] { m_signIn.ask(); });
    connect(&m_window, &MainWindow::signOutWanted, &m_signIn, &SignInFlow::signOut);
    connect(&m_window, &MainWindow::profileWanted, &m_signIn, &SignInFlow::open);
    connect(&m_window, &MainWindow::profileRemovalWanted, this, [this](const QString &name) {
        m_signIn.remove(name);
        m_settings.desks.remove(name);
        m_settings.recipes.remove(name);
        m_settings.comparisons.remove(name);
        m_saving.start();
    });
    connect(&m_window, &MainWindow::closing, this, &AppContext::saveNow);
    connect(&m_window, &MainWindow::workspaceReady, this, &AppContext::restoreDesk);
    connect(m_window.tabs(), &DatasetTabs::deskChanged, this, &AppContext::takeDesk);
    m_saving.setSingleShot(true);
    m_saving.setInterval(savingDelay);
    connect(&m_saving, &QTimer::timeout, this, &AppContext::saveNow);
}

void AppContext::start()
{
    restoreWindow();
    showProfiles();
    m_window.show();
    if (!m_options.file.isEmpty())
        m_import->start(m_options.file, {});
    if (m_options.sandbox)
        openSampleData();
    else if (!m_settings.lastProfile.isEmpty())
        m_signIn.open(m_settings.lastProfile);
}

void AppContext::restoreWindow()
{
    QString problem;
    m_settings = loadSettings(m_options.settingsFile, &problem);
    const QList<QRect> screens = availableScreens();
    const QRect wanted =
        m_settings.window.isNull() ? QRect(screens.first().topLeft(), m_window.size()) : m_settings.window;
    m_window.setGeometry(fitToScreens(wanted, screens));
    if (m_settings.maximized)
        m_window.setWindowState(Qt::WindowMaximized);
    if (problem.isEmpty() && m_signIn.storeProblem())
        problem = m_signIn.storeProblem()->text();
    m_window.setNotice(problem);
}

void AppContext::restoreDesk()
{
    m_deskShown = true;
    m_window.tabs()->restore(m_settings.desks.value(m_workspace->who()));
}

void AppContext::takeDesk()
{
    if (!m_deskShown || !m_workspace)
        return;
    DeskState desk = m_window.tabs()->desk();
    DeskState &kept = m_settings.desks[m_workspace->who()];
    if (kept == desk)
        return;
    kept = std::move(desk);
    m_saving.start();
}

void AppContext::keepImport(const ImportRecipe &recipe)
{
    if (!m_workspace)
        return;
    QVector<ImportRecipe> &kept = m_settings.recipes[m_workspace->who()];
    keepRecipe(kept, recipe);
    m_import->setRecipes(kept);
    m_saving.start();
}

void AppContext::keepComparison(const CompareMemory &memory)
{
    if (!m_workspace)
        return;
    QVector<CompareMemory> &kept = m_settings.comparisons[m_workspace->who()];
    rowdesk::keepComparison(kept, memory);
    m_compare->setMemories(kept);
    m_saving.start();
}

void AppContext::saveNow()
{
    m_saving.stop();
    m_settings.maximized = m_window.isMaximized();
    m_settings.window = m_window.normalGeometry();
    if (!saveSettings(m_options.settingsFile, m_settings))
        qWarning("The settings could not be written to %ls", qUtf16Printable(m_options.settingsFile));
}

bool AppContext::isOnSampleData() const
{
    const Session *session = m_accounts.session();
    return session && m_sandbox && session->profile().baseUrl == m_sandbox->url();
}

void AppContext::loseAnswer()
{
    if (!isOnSampleData())
        return;
    m_sandbox->loseNextAnswer();
    m_window.setNotice(tr("The answer to the next rows that are uploaded will be lost on its way"));
    connect(m_window.uploadsPage(), &UploadsPage::uploadEnded, this, &AppContext::forgetNotice, Qt::UniqueConnection);
}

void AppContext::showHelp()
{
    if (!m_help) {
        HelpFacts facts;
        for (const QAction *action : m_window.findChildren<QAction *>(QString(), Qt::FindDirectChildrenOnly))
            facts.actions.append(action);
        facts.files = {{tr("Journal of the uploads, with their receipts"), UploadJournal::defaultFolder()},
                       {tr("Snapshots of tables"), SnapshotStore::defaultFolder()},
                       {tr("Settings of the window"), m_options.settingsFile},
                       {tr("Accounts, without their secrets"), m_options.profilesFile},
                       {tr("Sample data"), m_options.sandboxDir}};
        m_help = new HelpWindow(facts, &m_window);
        m_help->setAttribute(Qt::WA_DeleteOnClose);
    }
    m_help->show();
    m_help->raise();
    m_help->activateWindow();
}

void AppContext::forgetNotice()
{
    disconnect(m_window.uploadsPage(), &UploadsPage::uploadEnded, this, &AppContext::forgetNotice);
    m_window.setNotice({});
}

void AppContext::openSampleData()
{
    // Signing in again would close every tab.
    if (isOnSampleData()) {
        m_window.showDatasets();
        return;
    }
    if (!m_sandbox) {
        SandboxOptions options;
        options.dataDir = m_options.sandboxDir;
        options.demo = true;
        m_sandbox = std::make_unique<SandboxServer>(options);
        if (!m_sandbox->start()) {
            m_window.setNotice(tr("The sample data could not be opened: %1").arg(m_sandbox->errorText()));
            m_sandbox.reset();
            return;
        }
    }
    Profile demo;
    demo.name = tr("demo · sandbox");
    demo.baseUrl = m_sandbox->url();
    demo.clientId = QStringLiteral("demo");
    // The port is another at each start; the data, and so its unfinished uploads, are the same.
    demo.identity = QLatin1String("sample data ") + m_options.sandboxDir;
    Secrets secrets;
    secrets.clientSecret = QStringLiteral("demo-secret");
    m_window.setNotice(tr("Opening the sample data…"));
    m_accounts.signIn(demo, secrets);
}

void AppContext::showAccount()
{
    m_deskShown = false;
    m_window.setWorkspace(nullptr);
    m_workspace.reset();
    if (Session *session = m_accounts.session()) {
        m_workspace = std::make_unique<Workspace>(session->client(), session->profile().name);
        m_workspace->reload();
    }
    const QString name = m_workspace ? m_workspace->who() : QString();
    m_import->setRecipes(m_settings.recipes.value(name));
    m_compare->setMemories(m_settings.comparisons.value(name));
    m_window.setWorkspace(m_workspace.get());
    m_window.actions().loseAnswer->setVisible(isOnSampleData());
    showProfiles();
    m_settings.lastProfile = m_signIn.profileNames().contains(name) ? name : QString();
    m_saving.start();
}

void AppContext::showProfiles()
{
    const Session *session = m_accounts.session();
    m_window.setProfiles(m_signIn.profileNames(), session ? session->profile().name : QString());
}

} // namespace rowdesk
