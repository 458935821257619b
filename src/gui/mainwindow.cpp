#include "gui/mainwindow.h"

#include "gui/altletters.h"
#include "gui/copysource.h"
#include "gui/datasetspage.h"
#include "gui/datasettab.h"
#include "gui/datasettabs.h"
#include "gui/filedrop.h"
#include "gui/helpwindow.h"
#include "gui/icons.h"
#include "gui/leavequestion.h"
#include "gui/look.h"
#include "gui/menus.h"
#include "gui/message.h"
#include "gui/navigation.h"
#include "gui/plainlabel.h"
#include "gui/requestswindow.h"
#include "gui/returnkey.h"
#include "gui/rowsview.h"
#include "gui/unfinishedbar.h"
#include "gui/uploadspage.h"
#include "gui/welcomepage.h"
#include "models/plaintooltip.h"
#include "models/words.h"
#include "models/workspace.h"

#include <QApplication>
#include <QBoxLayout>
#include <QClipboard>
#include <QCloseEvent>
#include <QMenu>
#include <QMenuBar>
#include <QMessageBox>
#include <QStackedWidget>
#include <QStatusBar>
#include <QTreeView>

namespace rowdesk {

MainWindow::MainWindow(QWidget *parent)
    : QMainWindow(parent)
    , m_actions(this)
    , m_navigation(new Navigation(m_actions))
    , m_unfinished(new UnfinishedBar)
    , m_pages(new QStackedWidget)
    , m_welcome(new WelcomePage)
    , m_tabs(new DatasetTabs(m_actions))
    , m_uploads(new UploadsPage)
    , m_status(new PlainLabel)
{
    setWindowIcon(programIcon());
    auto *center = new QWidget;
    auto *columns = new QHBoxLayout(center);
    columns->setContentsMargins(0, 0, 0, 0);
    columns->setSpacing(0);
    columns->addWidget(m_navigation);
    auto *page = new QVBoxLayout;
    page->setSpacing(0);
    page->addWidget(m_unfinished);
    page->addWidget(m_pages, 1);
    columns->addLayout(page, 1);
    m_pages->addWidget(m_welcome);
    m_pages->addWidget(m_tabs);
    m_pages->addWidget(m_uploads);
    m_uploads->setImportAction(m_actions.importFile);
    setCentralWidget(center);

    m_status->setContentsMargins(look::near, 0, look::near, 0);
    m_status->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_status->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    statusBar()->addWidget(m_status, 1);
    statusBar()->setSizeGripEnabled(false);

    m_removeMenu = addMenus(menuBar(), m_actions);
    new ReturnKey(this);
    new AltLetters(this);
    connectActions();
    connectAccountActions();
    connectRowsActions();
    setRequests(nullptr);
    setWorkspace(nullptr);
    resize(1160, 740);
}

MainWindow::~MainWindow() = default;

void MainWindow::connectActions()
{
    connect(m_actions.newTable, &QAction::triggered, this, &MainWindow::newTableWanted);
    connect(m_actions.importFile, &QAction::triggered, this, [this] { emit importWanted({}, {}); });
    connect(m_actions.importInto, &QAction::triggered, this, [this] { emit importWanted({}, m_tabs->currentId()); });
    connect(m_actions.exportRows, &QAction::triggered, this, &MainWindow::exportWanted);
    connect(m_actions.compare, &QAction::triggered, this, [this] { emit compareWanted(m_tabs->currentId()); });
    connect(m_actions.whatChanged, &QAction::triggered, this, [this] { emit whatChangedWanted(m_tabs->currentId()); });
    connect(m_tabs->listPage(), &DatasetsPage::fileDropped, this, &MainWindow::importWanted);
    connect(new FileDrop(this), &FileDrop::dropped, this, [this](const QString &file) {
        const DatasetTab *tab = m_workspace ? m_tabs->currentTab() : nullptr;
        emit importWanted(file, tab && tab->isCurrent() ? tab->datasetId() : QString());
    });

    connect(m_actions.closeTab, &QAction::triggered, m_tabs, &DatasetTabs::closeCurrent);
    connect(m_actions.quit, &QAction::triggered, this, &QWidget::close);
    connect(m_actions.copy, &QAction::triggered, this, [this] { copy(false); });
    connect(m_actions.copyWithHeaders, &QAction::triggered, this, [this] { copy(true); });
    connect(m_actions.find, &QAction::triggered, this, [this] {
        if (DatasetTab *tab = m_pages->currentWidget() == m_tabs ? m_tabs->currentTab() : nullptr)
            return tab->findRows();
        showDatasets();
        m_tabs->listPage()->focusSearch();
    });
    connect(m_actions.showDatasets, &QAction::triggered, this, &MainWindow::showDatasets);
    connect(m_actions.showUploads, &QAction::triggered, this, &MainWindow::showUploads);
    connect(m_uploads, &UploadsPage::watchCountChanged, m_navigation, &Navigation::setUploadCount);
    connect(m_uploads, &UploadsPage::watchCountChanged, this, [this] {
        if (!m_unfinished->isHidden())
            m_unfinished->show(m_uploads->unfinishedSentence());
    });
    connect(m_unfinished, &UnfinishedBar::showWanted, this, &MainWindow::showUploads);
    connect(m_uploads, &UploadsPage::openWanted, this, [this](const QString &id) {
        showPage(m_tabs);
        m_tabs->open(id);
    });
    connect(m_actions.reload, &QAction::triggered, this, &MainWindow::reload);
    connect(m_actions.back, &QAction::triggered, m_tabs, &DatasetTabs::showList);
    connect(m_actions.openDataset, &QAction::triggered, this, [this] { m_tabs->open(m_tabs->currentId()); });
    connect(m_actions.openVersions, &QAction::triggered, this, [this] {
        if (DatasetTab *tab = m_tabs->open(m_tabs->currentId()))
            tab->showVersions();
    });
    connect(m_actions.copyId, &QAction::triggered, this,
            [this] { QApplication::clipboard()->setText(m_tabs->currentId()); });
    connect(m_tabs, &DatasetTabs::currentDatasetChanged, this, &MainWindow::updateActions);
    connect(m_actions.requests, &QAction::triggered, this, &MainWindow::showRequests);
    connect(m_actions.about, &QAction::triggered, this, [this] { showAbout(this); });
}

void MainWindow::connectRowsActions()
{
    using Act = void (RowsView::*)();
    const std::pair<QAction *, Act> acts[] = {
        {m_actions.selectAll, &RowsView::selectAll},       {m_actions.findNext, &RowsView::findNext},
        {m_actions.findPrevious, &RowsView::findPrevious}, {m_actions.addFilter, &RowsView::addFilterHere},
        {m_actions.clearFilters, &RowsView::clearFilters}, {m_actions.columnMenu, &RowsView::openColumnMenu},
        {m_actions.valuePanel, &RowsView::toggleValue},    {m_actions.recordPanel, &RowsView::toggleRecord},
        {m_actions.savedViews, &RowsView::openViews}};
    for (const auto &[action, act] : acts)
        connect(action, &QAction::triggered, this, [this, act = act] {
            if (DatasetTab *tab = m_tabs->currentTab()) {
                tab->showRows();
                (tab->rowsView()->*act)();
            }
        });
}

void MainWindow::connectAccountActions()
{
    const auto sample = [this] { leave(tr("Leave this account"), [this] { emit sampleDataWanted(); }); };
    const auto signIn = [this] { leave(tr("Leave this account"), [this] { emit signInWanted(); }); };
    connect(m_welcome, &WelcomePage::sampleDataWanted, this, sample);
    connect(m_welcome, &WelcomePage::signInWanted, this, signIn);
    connect(m_welcome, &WelcomePage::openFileWanted, this, [this] { emit importWanted({}, {}); });
    connect(m_actions.sampleData, &QAction::triggered, this, sample);
    connect(m_actions.signIn, &QAction::triggered, this, signIn);
    connect(m_actions.signOut, &QAction::triggered, this,
            [this] { leave(tr("Sign out"), [this] { emit signOutWanted(); }); });
    connect(m_navigation, &Navigation::profileWanted, this, [this](const QString &name) {
        leave(tr("Leave this account"), [this, name] { emit profileWanted(name); });
    });
    connect(m_navigation, &Navigation::pageWanted, this, [this](Navigation::Page page) {
        showPage(page == Navigation::UploadsPlace ? static_cast<QWidget *>(m_uploads) : m_tabs);
    });
}

RunningWork MainWindow::work() const
{
    if (!m_workspace)
        return {};
    return {m_workspace->uploads(), m_uploads->undoing(), m_workspace->who()};
}

void MainWindow::leave(const QString &act, std::function<void()> go)
{
    const RunningWork running = work();
    if (!running.isUnderWay())
        return go();
    askToLeave(this, running, Leaving::Account, act, std::move(go));
}

void MainWindow::setWorkspace(Workspace *workspace)
{
    if (m_workspace)
        disconnect(m_workspace, nullptr, this, nullptr);
    m_workspace = workspace;
    m_tabs->setWorkspace(workspace);
    m_uploads->setQueue(workspace ? workspace->uploads() : nullptr);
    if (workspace)
        connect(workspace, &Workspace::listStateChanged, this, &MainWindow::listStateChanged);
    m_ready = false;
    m_toOpen.clear();
    if (workspace)
        m_welcome->showWaitingFile(QString());
    showPage(m_tabs);
    m_unfinished->show(m_uploads->unfinishedSentence());
    if (!workspace)
        m_welcome->setFocus();
    const QString who = workspace ? workspace->who() : QString();
    m_navigation->setAccount(who);
    setWindowTitle(who.isEmpty() ? tr("Rowdesk") : tr("%1 — Rowdesk").arg(Words::oneLine(who)));
    setNotice({});
    updateActions();
}

void MainWindow::showPage(QWidget *page)
{
    // Without an account there is nothing on any page but the welcome.
    m_pages->setCurrentWidget(m_workspace ? page : m_welcome);
    if (page == m_uploads)
        m_unfinished->show({}); // what it says is seen there
    m_navigation->setCurrentPage(page == m_uploads ? Navigation::UploadsPlace : Navigation::DatasetsPlace);
    m_navigation->setPagesEnabled(m_workspace != nullptr);
    updateActions();
}

void MainWindow::showDatasets()
{
    showPage(m_tabs);
    m_tabs->showList();
}

void MainWindow::showUploads()
{
    showPage(m_uploads);
    m_uploads->setFocus();
}

void MainWindow::listStateChanged()
{
    showStatus();
    updateActions();
    if (m_workspace->listState() != Workspace::ListState::Ready)
        return;
    if (!m_toOpen.isEmpty() && m_workspace->datasets()->rowOf(m_toOpen) >= 0) {
        showPage(m_tabs);
        m_tabs->listPage()->select(m_toOpen);
        m_tabs->open(std::exchange(m_toOpen, QString()));
    }
    if (!std::exchange(m_ready, true))
        emit workspaceReady();
}

void MainWindow::openWhenListed(const QString &datasetId)
{
    m_toOpen = datasetId;
    listStateChanged();
}

void MainWindow::setNotice(const QString &sentence, const QString &details)
{
    m_notice = sentence;
    m_status->setToolTip(plainToolTip(details));
    showStatus();
}

void MainWindow::setProfiles(const QStringList &names, const QString &current)
{
    m_navigation->setProfiles(names, current);
    m_removeMenu->clear();
    m_removeMenu->setEnabled(!names.isEmpty());
    for (const QString &name : names)
        m_removeMenu->addAction(withoutMnemonic(Words::oneLine(name)), this, [this, name] { askToRemove(name); });
}

void MainWindow::askToRemove(const QString &profile)
{
    QString text = tr("%1 is taken off the accounts of this computer, and its secret out of the keychain. Nothing is "
                      "changed in ClicData.")
                       .arg(Words::oneLine(profile));
    const bool isHere = m_workspace && m_workspace->who() == profile;
    if (isHere)
        text += QLatin1Char(' ') + tr("You are signed out.");
    QMessageBox *box = message::ask(this, tr("Remove account"), text, tr("Remove"),
                                    [this, profile] { emit profileRemovalWanted(profile); });
    if (isHere)
        tellWhileAsked(box, work(), Leaving::Account, text);
}

void MainWindow::showStatus()
{
    QStringList parts;
    if (!m_workspace) {
        parts.append(tr("Not signed in"));
    } else {
        switch (m_workspace->listState()) {
        case Workspace::ListState::Loading:
            parts.append(tr("Reading the list of datasets…"));
            break;
        case Workspace::ListState::Failed:
            parts.append(tr("The list of datasets could not be read"));
            break;
        case Workspace::ListState::Ready:
            parts.append(Words::datasets(m_workspace->datasets()->rowCount()));
            break;
        }
        parts.append(tr("signed in as %1").arg(Words::oneLine(m_workspace->who())));
    }
    if (!m_notice.isEmpty())
        parts.append(m_notice);
    m_status->setText(parts.join(QStringLiteral(" · ")));
}

QString MainWindow::statusSentence() const
{
    return m_status->text();
}

void MainWindow::updateActions()
{
    const bool signedIn = m_workspace != nullptr;
    const bool onTabs = m_pages->currentWidget() == m_tabs;
    const bool onDataset = onTabs && !m_tabs->currentId().isEmpty();
    const DatasetTab *tab = onTabs ? m_tabs->currentTab() : nullptr;
    m_actions.showDatasets->setChecked(onTabs);
    m_actions.showUploads->setChecked(m_pages->currentWidget() == m_uploads);
    m_actions.showUploads->setEnabled(signedIn);
    m_actions.newTable->setEnabled(signedIn);
    m_actions.reload->setEnabled(signedIn);
    m_actions.find->setEnabled(signedIn);
    m_actions.showDatasets->setEnabled(signedIn);
    m_actions.signOut->setEnabled(signedIn);
    for (QAction *action : {m_actions.openDataset, m_actions.openVersions, m_actions.importInto, m_actions.compare,
                            m_actions.whatChanged, m_actions.copyId})
        action->setEnabled(onDataset);
    for (QAction *action : {m_actions.exportRows, m_actions.selectAll, m_actions.findNext, m_actions.findPrevious,
                            m_actions.addFilter, m_actions.clearFilters, m_actions.columnMenu, m_actions.valuePanel,
                            m_actions.recordPanel, m_actions.savedViews})
        action->setEnabled(tab != nullptr);
    for (QAction *action : {m_actions.closeTab, m_actions.back})
        action->setEnabled(onTabs && m_tabs->currentIndex() > 0);
    for (QAction *action : {m_actions.copy, m_actions.copyWithHeaders})
        action->setEnabled(tab ? tab->rowsView()->hasSelection() : onTabs && copySource());
}

void MainWindow::copy(bool withHeaders)
{
    if (const DatasetTab *tab = m_tabs->currentTab())
        setNotice(tab->rowsView()->copySelection(withHeaders));
    else if (const CopySource *source = copySource())
        setNotice(source->copySelection(withHeaders));
}

/// The page in front, when its cells can be copied.
const CopySource *MainWindow::copySource() const
{
    return dynamic_cast<const CopySource *>(m_tabs->currentWidget());
}

void MainWindow::reload()
{
    if (DatasetTab *tab = m_tabs->currentTab())
        tab->reload();
    if (m_workspace)
        m_workspace->reload();
}

void MainWindow::setRequests(TransportLog *log)
{
    m_requests = log;
    m_actions.requests->setEnabled(log != nullptr);
}

void MainWindow::showRequests()
{
    if (!m_requestsWindow) {
        m_requestsWindow = new RequestsWindow(m_requests, this);
        m_requestsWindow->setAttribute(Qt::WA_DeleteOnClose);
    }
    m_requestsWindow->show();
    m_requestsWindow->raise();
    m_requestsWindow->activateWindow();
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    if (const RunningWork running = work(); !m_mayClose && running.isUnderWay()) {
        event->ignore();
        askToLeave(this, running, Leaving::Program, tr("Quit"), [this] {
            m_mayClose = true;
            close();
        });
        return;
    }
    emit closing();
    QMainWindow::closeEvent(event);
}

} // namespace rowdesk
