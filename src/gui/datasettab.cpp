#include "gui/datasettab.h"

#include "gui/actions.h"
#include "gui/duplicatespanel.h"
#include "gui/icons.h"
#include "gui/look.h"
#include "gui/message.h"
#include "gui/pageframe.h"
#include "gui/plainlabel.h"
#include "gui/profilepanel.h"
#include "gui/rowsview.h"
#include "gui/snapshotspanel.h"
#include "gui/versionspage.h"
#include "models/snapshotlistmodel.h"
#include "models/tablequery.h"
#include "models/timewords.h"
#include "models/words.h"
#include "models/workspace.h"
#include "transfer/onworker.h"

#include <QAction>
#include <QBoxLayout>
#include <QPointer>
#include <QTabWidget>

namespace rowdesk {

DatasetTab::DatasetTab(Workspace *workspace, const DatasetInfo &dataset, std::optional<VersionInfo> version,
                       QWidget *parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_dataset(dataset)
    , m_version(std::move(version))
    , m_frame(new PageFrame(Words::oneLine(dataset.name, dataset.name.size()), this))
    , m_rows(new RowsView(this))
    , m_retry(new QAction(icon(Icon::Retry), tr("Retry"), this))
    , m_stop(new QAction(icon(Icon::Close), tr("Stop"), this))
{
    auto *page = new QVBoxLayout(this);
    page->setContentsMargins(0, 0, 0, 0);
    page->addWidget(m_frame);
    m_retry->setVisible(false);
    m_stop->setVisible(false);
    m_frame->addStatusAction(m_retry);
    m_frame->addStatusAction(m_stop);
    connect(m_retry, &QAction::triggered, m_rows, &RowsView::retry);
    connect(m_stop, &QAction::triggered, m_rows, &RowsView::stop);
    connect(m_rows, &RowsView::statusChanged, this, &DatasetTab::showStatus);
    connect(m_rows, &RowsView::selectionChanged, this, &DatasetTab::selectionChanged);
    setFocusProxy(m_rows);
}

DatasetTab::DatasetTab(Workspace *workspace, const DatasetInfo &dataset, const Actions &actions, QWidget *parent)
    : DatasetTab(workspace, dataset, std::nullopt, parent)
{
    m_frame->addPageAction(actions.importInto);
    m_frame->addPageAction(actions.compare);
    m_frame->addPageAction(actions.exportRows);
    addViews();
    addVersions();
    addProfile();
    addDuplicates();
    m_frame->setContent(m_views);
    showFacts();
}

DatasetTab::DatasetTab(Workspace *workspace, const DatasetInfo &dataset, const VersionInfo &version,
                       const Actions &actions, QWidget *parent)
    : DatasetTab(workspace, dataset, std::optional(version), parent)
{
    setUpStored(actions);
}

DatasetTab::DatasetTab(Workspace *workspace, const DatasetInfo &dataset, const SnapshotInfo &snapshot,
                       const Actions &actions, QWidget *parent)
    : DatasetTab(workspace, dataset, std::nullopt, parent)
{
    m_snapshot = snapshot;
    setUpStored(actions);
}

DatasetTab::~DatasetTab()
{
    m_reading.abort();
}

/// What is not the dataset itself.
void DatasetTab::setUpStored(const Actions &actions)
{
    m_frame->setTitle(wholeTitle()); // it cuts the name where it has no room
    m_frame->addPageAction(actions.exportRows);
    m_frame->addPageAction(actions.reload);
    addViews();
    addProfile();
    addDuplicates();
    addBanner();
    showFacts();
}

QString DatasetTab::title() const
{
    return titleWith(Words::oneLine(m_dataset.name));
}

QString DatasetTab::wholeTitle() const
{
    return titleWith(Words::oneLine(m_dataset.name, m_dataset.name.size()));
}

QString DatasetTab::titleWith(const QString &name) const
{
    if (m_snapshot)
        return SnapshotListModel::title(*m_snapshot);
    return m_version ? tr("%1, version %2").arg(name, Words::oneLine(m_version->version)) : name;
}

void DatasetTab::addViews()
{
    m_views = new QTabWidget;
    m_views->setAccessibleName(tr("Parts of the dataset"));
    m_views->setDocumentMode(true);
    m_views->addTab(m_rows, tr("Rows"));
    connect(m_views, &QTabWidget::currentChanged, this, &DatasetTab::viewChanged);
}

void DatasetTab::addProfile()
{
    m_profile = new ProfilePanel(m_rows->model());
    m_views->addTab(m_profile, tr("Profile"));
    connect(m_profile, &ProfilePanel::statusChanged, this, &DatasetTab::showStatus);
    connect(m_profile, &ProfilePanel::filterWanted, this, [this](const QVector<Filter> &filters) {
        for (const Filter &filter : filters)
            (void)m_rows->query()->addFilter(filter); // made from the values themselves
        showRows();
        m_rows->setFocus();
    });
    connect(m_rows, &RowsView::profileWanted, this, [this](int column) {
        m_views->setCurrentWidget(m_profile);
        m_profile->showColumn(column);
        m_profile->setFocus();
    });
    // Rows that came while the profile is looked at: once they are all there, it is made anew.
    connect(m_rows, &RowsView::statusChanged, this, [this] {
        if (!m_rows->isLoading() && !m_rows->query()->isRunning())
            refreshShown();
    });
}

void DatasetTab::addDuplicates()
{
    m_duplicates = new DuplicatesPanel(m_rows->model());
    m_views->addTab(m_duplicates, tr("Duplicates"));
    connect(m_duplicates, &DuplicatesPanel::statusChanged, this, &DatasetTab::showStatus);
    connect(m_duplicates, &DuplicatesPanel::rowWanted, this, [this](qint64 row) {
        if (!m_rows->goToSource(row))
            return; // other filters by now; coming back to the panel looks again
        showRows();
        m_rows->setFocus();
    });
    connect(m_rows, &RowsView::duplicatesWanted, this, [this](int column) {
        m_views->setCurrentWidget(m_duplicates);
        m_duplicates->showColumn(column);
        m_duplicates->setFocus();
    });
}

/// What is worked out from the rows is worked out anew when they are others by now.
void DatasetTab::refreshShown()
{
    if (m_views->currentWidget() == m_profile)
        m_profile->refresh();
    else if (m_views->currentWidget() == m_duplicates)
        m_duplicates->refresh();
}

void DatasetTab::viewChanged()
{
    refreshShown();
    showStatus();
}

void DatasetTab::addVersions()
{
    m_versions = new VersionsPage;
    m_views->addTab(m_versions, tr("Versions"));
    connect(m_versions, &VersionsPage::statusChanged, this, &DatasetTab::showStatus);
    connect(m_versions, &VersionsPage::openWanted, this,
            [this](const VersionInfo &version) { emit openVersionWanted(m_dataset.id, version); });
    connect(m_versions, &VersionsPage::compareWanted, this,
            [this](const QString &before, const QString &after) { emit compareWanted(m_dataset.id, before, after); });
    addSnapshots();
}

void DatasetTab::addSnapshots()
{
    SnapshotsPanel *snapshots = m_versions->snapshots();
    const auto show = [this] { m_versions->showSnapshots(m_workspace->snapshots(m_dataset.id)); };
    show();
    connect(m_workspace, &Workspace::snapshotsChanged, this, [this, show](const QString &id) {
        if (id == m_dataset.id)
            show();
    });
    connect(m_versions, &VersionsPage::saveSnapshotWanted, this, &DatasetTab::saveSnapshot);
    connect(m_versions, &VersionsPage::stopSavingWanted, this, [this] {
        if (m_stopSaving)
            m_stopSaving();
    });
    connect(snapshots, &SnapshotsPanel::openWanted, this, &DatasetTab::openSnapshotWanted);
    connect(snapshots, &SnapshotsPanel::compareWanted, this, &DatasetTab::compareSnapshotWanted);
    connect(snapshots, &SnapshotsPanel::deleteWanted, this, [this](const SnapshotInfo &snapshot) {
        if (!m_workspace->removeSnapshot(snapshot))
            message::showInformation(this, tr("Delete the local snapshot"), tr("The file can't be deleted."),
                                     snapshot.path);
    });
}

void DatasetTab::saveSnapshot()
{
    m_versions->showSaving(tr("saving a local snapshot…"));
    const auto saving = m_workspace->saveSnapshot(m_dataset.id, QString(), [self = QPointer(this)](qint64 rows) {
        if (self && self->m_stopSaving)
            self->m_versions->showSaving(tr("saving a local snapshot: %1 read so far").arg(Words::rows(rows)));
    });
    m_stopSaving = [saving] { saving.abort(); };
    saving.then(this, [this](const Result<SnapshotInfo> &saved) {
        m_stopSaving = {};
        m_versions->showSaving({});
        if (!saved && saved.error().kind != ErrorKind::Cancelled)
            message::showProblem(this, tr("The local snapshot was not saved"), saved.error());
    });
}

void DatasetTab::addBanner()
{
    auto *content = new QWidget;
    auto *rows = new QVBoxLayout(content);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(look::near);
    auto *banner = new PlainLabel(bannerText());
    banner->setWordWrap(true);
    banner->setFrameShape(QFrame::StyledPanel);
    banner->setMargin(look::near);
    rows->addWidget(banner);
    rows->addWidget(m_views, 1);
    m_frame->setContent(content);
}

QString DatasetTab::bannerText() const
{
    if (m_snapshot)
        return tr("A local snapshot, kept on this computer and read-only. The current rows are in the tab of the "
                  "dataset.");
    const QString when = timeWords(m_version->created, QDateTime::currentDateTime());
    return when.isEmpty()
               ? tr("A stored version, read-only. The current rows are in the tab of the dataset.")
               : tr("A stored version from %1, read-only. The current rows are in the tab of the dataset.").arg(when);
}

void DatasetTab::setDataset(const DatasetInfo &dataset)
{
    m_dataset = dataset;
    m_frame->setTitle(wholeTitle()); // it cuts the name where it has no room
    showFacts();
}

void DatasetTab::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (!m_isRead)
        reload();
}

OpenTab DatasetTab::remembered() const
{
    OpenTab tab{m_dataset.id, m_dataset.name, {}, {}, {}};
    if (m_version) {
        tab.version = m_version->version;
        tab.created = m_version->created;
        tab.rows = m_version->rows;
    }
    return tab;
}

void DatasetTab::reload()
{
    m_isRead = true;
    readRows();
    if (m_versions)
        readVersions();
}

/// The checksum is looked at before the rows.
void DatasetTab::readSnapshotRows()
{
    m_reading.abort();
    m_rows->showStore(std::make_shared<ColumnStore>());
    m_reading = runOnWorker<SavedTable>(
        [path = m_snapshot->path](const std::atomic_bool &cancelled) { return readSnapshot(path, &cancelled); });
    m_reading.then(this, [this, asked = ++m_snapshotAsked](const Result<SavedTable> &saved) {
        if (asked != m_snapshotAsked)
            return;
        if (saved)
            return m_rows->showStore(saved->store);
        auto none = std::make_shared<ColumnStore>();
        none->setStopped(saved.error());
        m_rows->showStore(none);
    });
}

void DatasetTab::readRows()
{
    if (m_snapshot)
        return readSnapshotRows();
    m_rows->read(m_workspace->rows({m_dataset.id, version()}));
}

void DatasetTab::readVersions()
{
    m_versions->showLoading();
    m_workspace->versions(m_dataset.id)
        .then(this, [this, asked = ++m_versionsAsked](Result<QVector<VersionInfo>> versions) {
            if (asked != m_versionsAsked)
                return;
            m_views->setTabText(1, versions && !versions->isEmpty() ? tr("Versions (%1)").arg(versions->size())
                                                                    : tr("Versions"));
            if (versions)
                m_versions->showVersions(std::move(versions).value(), m_workspace->uploads()->versionsOf(m_dataset.id));
            else if (m_dataset.history == false)
                m_versions->showHistoryOff();
            else
                m_versions->showFailure(versions.error());
        });
}

void DatasetTab::showRows()
{
    if (m_views)
        m_views->setCurrentWidget(m_rows);
}

void DatasetTab::findRows()
{
    showRows();
    m_rows->openFind();
}

void DatasetTab::showVersions()
{
    if (!m_versions)
        return;
    m_views->setCurrentWidget(m_versions);
    m_versions->setFocus();
}

QString DatasetTab::status() const
{
    return m_frame->status();
}

void DatasetTab::showFacts()
{
    QStringList facts{tr("id %1").arg(m_dataset.id)};
    const std::optional<qint64> rows = m_snapshot  ? std::optional(m_snapshot->rows)
                                       : m_version ? m_version->rows
                                                   : m_dataset.rows;
    if (rows)
        facts.append(Words::rows(*rows));
    if (m_dataset.schema && isCurrent())
        facts.append(Words::columns(m_dataset.schema->columns.size()));
    m_frame->setFact(facts.join(QStringLiteral(" · ")));
}

void DatasetTab::showStatus()
{
    const QWidget *shown = m_views->currentWidget();
    m_retry->setVisible(shown == m_rows && m_rows->canRetry());
    m_stop->setVisible(shown == m_rows && m_rows->isLoading());
    if (shown == m_rows)
        m_frame->setStatus(m_rows->status());
    else if (shown == m_duplicates)
        m_frame->setStatus(m_duplicates->status());
    else
        m_frame->setStatus(shown == m_profile ? m_profile->status() : m_versions->status());
}

} // namespace rowdesk
