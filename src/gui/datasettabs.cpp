#include "gui/datasettabs.h"

#include "gui/actions.h"
#include "gui/columnarrangement.h"
#include "gui/columnwidths.h"
#include "gui/datasetspage.h"
#include "gui/datasettab.h"
#include "gui/gonetab.h"
#include "gui/icons.h"
#include "gui/rowsview.h"
#include "gui/viewsmenu.h"
#include "models/plaintooltip.h"
#include "models/tablemodel.h"
#include "models/workspace.h"

#include <QScopedValueRollback>
#include <QTabBar>

namespace rowdesk {
namespace {

/// Where there are more tabs than room: the list keeps its name, and so much is left of every other name that its
/// beginning and its end are seen. Further tabs are scrolled to.
class DatasetTabBar : public QTabBar
{
protected:
    QSize minimumTabSizeHint(int index) const override
    {
        constexpr int leastCharacters = 30; // with its picture and the button that closes it
        const QSize whole = tabSizeHint(index);
        if (index == 0)
            return whole;
        return whole.boundedTo({fontMetrics().averageCharWidth() * leastCharacters, whole.height()});
    }
};

} // namespace

DatasetTabs::DatasetTabs(const Actions &actions, QWidget *parent)
    : QTabWidget(parent), m_actions(actions), m_list(new DatasetsPage(actions))
{
    setTabBar(new DatasetTabBar);
    setAccessibleName(tr("Open datasets"));
    setDocumentMode(true);
    setMovable(false);
    setTabsClosable(true);
    setTabBarAutoHide(true);
    setElideMode(Qt::ElideMiddle); // names that begin alike mostly differ at their end
    tabBar()->setExpanding(false);
    addTab(m_list, icon(Icon::Dataset), tr("All datasets"));
    // The list can't be closed.
    for (const auto side : {QTabBar::LeftSide, QTabBar::RightSide})
        tabBar()->setTabButton(0, side, nullptr);
    connect(this, &QTabWidget::tabCloseRequested, this, &DatasetTabs::close);
    connect(this, &QTabWidget::currentChanged, this, [this] {
        if (currentIndex() > 0)
            currentWidget()->setFocus();
        emit currentDatasetChanged();
        emit deskChanged();
    });
    connect(m_list, &DatasetsPage::currentChanged, this, &DatasetTabs::currentDatasetChanged);
    connect(m_list, &DatasetsPage::openWanted, this, &DatasetTabs::open);
}

void DatasetTabs::setWorkspace(Workspace *workspace)
{
    // At once: they read through a session that may be gone when the event loop comes round.
    while (count() > 1)
        delete widget(count() - 1);
    if (m_workspace)
        disconnect(m_workspace, nullptr, this, nullptr);
    m_workspace = workspace;
    m_kept = {};
    emit workspaceChanged();
    m_list->setModel(workspace ? workspace->datasets() : nullptr);
    if (!workspace)
        return;
    connect(workspace, &Workspace::listStateChanged, this, &DatasetTabs::showListState);
    connect(workspace, &Workspace::datasetChanged, this, &DatasetTabs::refresh);
    showListState();
    m_list->focusSearch();
}

void DatasetTabs::showListState()
{
    switch (m_workspace->listState()) {
    case Workspace::ListState::Loading:
        m_list->showLoading();
        return;
    case Workspace::ListState::Failed:
        m_list->showFailure(m_workspace->listError().text());
        return;
    case Workspace::ListState::Ready:
        break;
    }
    m_list->showReady();
    for (int i = 1; i < count(); ++i) {
        auto *tab = qobject_cast<DatasetTab *>(widget(i));
        if (!tab)
            continue;
        if (const DatasetInfo *info = dataset(tab->datasetId()))
            tab->setDataset(*info);
        setTabText(i, withoutMnemonic(tab->title()));
        setTabToolTip(i, plainToolTip(tab->wholeTitle()));
    }
}

const DatasetInfo *DatasetTabs::dataset(const QString &id) const
{
    const int row = m_workspace ? m_workspace->datasets()->rowOf(id) : -1;
    return row < 0 ? nullptr : &m_workspace->datasets()->dataset(row);
}

DatasetTab *DatasetTabs::currentTab() const
{
    return qobject_cast<DatasetTab *>(currentWidget());
}

QString DatasetTabs::currentId() const
{
    if (const DatasetTab *tab = currentTab())
        return tab->datasetId();
    return currentIndex() > 0 ? QString() : m_list->currentId();
}

DatasetTab *DatasetTabs::find(const QString &id, const QString &version) const
{
    for (int i = 1; i < count(); ++i) {
        auto *tab = qobject_cast<DatasetTab *>(widget(i));
        if (tab && !tab->isSnapshot() && tab->datasetId() == id && tab->version() == version)
            return tab;
    }
    return nullptr;
}

DatasetTab *DatasetTabs::open(const QString &id)
{
    if (DatasetTab *tab = find(id, QString())) {
        setCurrentWidget(tab);
        return tab;
    }
    const DatasetInfo *info = dataset(id);
    return info ? add(new DatasetTab(m_workspace, *info, m_actions)) : nullptr;
}

DatasetTab *DatasetTabs::openVersion(const QString &id, const VersionInfo &version)
{
    if (DatasetTab *tab = find(id, version.version)) {
        setCurrentWidget(tab);
        return tab;
    }
    const DatasetInfo *info = dataset(id);
    return info ? add(new DatasetTab(m_workspace, *info, version, m_actions)) : nullptr;
}

DatasetTab *DatasetTabs::openSnapshot(const SnapshotInfo &snapshot)
{
    for (int i = 1; i < count(); ++i) {
        auto *tab = qobject_cast<DatasetTab *>(widget(i));
        if (tab && tab->snapshotFile() == snapshot.path) {
            setCurrentWidget(tab);
            return tab;
        }
    }
    const DatasetInfo *info = dataset(snapshot.datasetId);
    return info ? add(new DatasetTab(m_workspace, *info, snapshot, m_actions)) : nullptr;
}

DatasetTab *DatasetTabs::add(DatasetTab *tab)
{
    connect(tab, &DatasetTab::openVersionWanted, this, &DatasetTabs::openVersion);
    connect(tab, &DatasetTab::selectionChanged, this, &DatasetTabs::currentDatasetChanged);
    connect(tab, &DatasetTab::compareWanted, this, &DatasetTabs::compareVersionsWanted);
    connect(tab, &DatasetTab::compareSnapshotWanted, this, &DatasetTabs::compareSnapshotWanted);
    connect(tab, &DatasetTab::openSnapshotWanted, this, &DatasetTabs::openSnapshot);
    furnish(tab);
    const Icon picture = tab->isCurrent() ? Icon::Dataset : Icon::History;
    const int index = addTab(tab, icon(picture), withoutMnemonic(tab->title()));
    setTabToolTip(index, plainToolTip(tab->wholeTitle()));
    if (!m_restoring)
        setCurrentIndex(index);
    return tab;
}

void DatasetTabs::addPage(QWidget *page, const QString &title, Icon picture)
{
    const int index = addTab(page, icon(picture), withoutMnemonic(title));
    setTabToolTip(index, plainToolTip(title));
    setCurrentIndex(index);
}

QHash<QString, TableSnapshot> DatasetTabs::loadedVersions(const QString &id) const
{
    QHash<QString, TableSnapshot> loaded;
    for (int i = 1; i < count(); ++i) {
        const auto *tab = qobject_cast<DatasetTab *>(widget(i));
        if (!tab || tab->datasetId() != id || tab->version().isEmpty())
            continue;
        if (const ColumnStore &store = *tab->rowsView()->model()->store(); store.isComplete())
            loaded.insert(tab->version(), store.snapshot());
    }
    return loaded;
}

void DatasetTabs::close(int index)
{
    if (index < 1)
        return;
    QWidget *tab = widget(index);
    removeTab(index);
    // A click inside the tab may have led here.
    tab->deleteLater();
    emit deskChanged();
}

void DatasetTabs::closeCurrent()
{
    close(currentIndex());
}

void DatasetTabs::showList()
{
    setCurrentIndex(0);
    m_list->focusList();
}

void DatasetTabs::refresh(const QString &id)
{
    if (DatasetTab *tab = find(id, QString()); tab && tab->isRead())
        tab->reload();
}

DeskState DatasetTabs::desk() const
{
    DeskState desk = m_kept;
    for (int i = 1; i < count(); ++i) {
        if (const auto *tab = qobject_cast<DatasetTab *>(widget(i)); tab && !tab->isSnapshot())
            desk.tabs.append(tab->remembered());
        else if (const auto *gone = qobject_cast<GoneTab *>(widget(i)))
            desk.tabs.append(gone->tab());
        else
            continue; // a page that can't be opened again
        if (i == currentIndex())
            desk.current = int(desk.tabs.size());
    }
    return desk;
}

void DatasetTabs::restore(const DeskState &desk)
{
    const bool isEmpty = count() == 1;
    m_kept = desk;
    m_kept.tabs.clear();
    m_kept.current = 0;
    {
        const QScopedValueRollback restoring(m_restoring, true);
        for (const OpenTab &tab : desk.tabs)
            openBehind(tab);
    }
    if (isEmpty)
        setCurrentIndex(qBound(0, desk.current, count() - 1));
    emit deskChanged();
}

void DatasetTabs::openBehind(const OpenTab &tab)
{
    if (find(tab.datasetId, tab.version))
        return;
    if (!dataset(tab.datasetId)) {
        auto *gone = new GoneTab(tab);
        connect(gone, &GoneTab::closeWanted, this, [this, gone] { close(indexOf(gone)); });
        const int index = addTab(gone, icon(Icon::Warning), withoutMnemonic(gone->title()));
        setTabToolTip(index, plainToolTip(gone->title()));
    } else if (tab.version.isEmpty()) {
        open(tab.datasetId);
    } else {
        VersionInfo version;
        version.version = tab.version;
        version.created = tab.created;
        version.rows = tab.rows;
        openVersion(tab.datasetId, version);
    }
}

/// Gives the tab what was arranged for its dataset, and keeps what is arranged in it.
void DatasetTabs::furnish(DatasetTab *tab)
{
    const QString id = tab->datasetId();
    RowsView *rows = tab->rowsView();
    rows->columnWidths()->set(m_kept.widths.value(id));
    rows->columnArrangement()->set(m_kept.layouts.value(id));
    rows->viewsMenu()->setViews(m_kept.views.value(id));
    connect(rows->columnWidths(), &ColumnWidths::chosen, this,
            [this, tab](const QString &column, int width) { keepWidth(tab, column, width); });
    connect(rows->columnArrangement(), &ColumnArrangement::chosen, this, [this, id, rows] {
        m_kept.layouts[id] = rows->columnArrangement()->layout();
        emit deskChanged();
    });
    connect(rows->viewsMenu(), &ViewsMenu::viewsChanged, this, [this, tab] { keepViews(tab); });
}

void DatasetTabs::keepWidth(const DatasetTab *tab, const QString &column, int width)
{
    m_kept.widths[tab->datasetId()][column] = width;
    emit deskChanged();
}

/// The versions of a dataset in other tabs offer the same views.
void DatasetTabs::keepViews(const DatasetTab *tab)
{
    const QVector<SavedView> views = tab->rowsView()->viewsMenu()->views();
    m_kept.views[tab->datasetId()] = views;
    for (int i = 1; i < count(); ++i) {
        const auto *other = qobject_cast<DatasetTab *>(widget(i));
        if (other && other->datasetId() == tab->datasetId())
            other->rowsView()->viewsMenu()->setViews(views);
    }
    emit deskChanged();
}

} // namespace rowdesk
