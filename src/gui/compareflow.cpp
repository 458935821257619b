#include "gui/compareflow.h"

#include "gui/comparedialog.h"
#include "gui/comparepage.h"
#include "gui/compareside.h"
#include "gui/datasettabs.h"
#include "gui/icons.h"
#include "gui/keyhistorypage.h"
#include "gui/mainwindow.h"
#include "models/versionlistmodel.h"
#include "models/words.h"
#include "models/workspace.h"

namespace rowdesk {

struct CompareFlow::Kept
{
    QPointer<CompareDialog> dialog;
    QPointer<CompareSession> session;

    Kept() = default;
    ~Kept()
    {
        // One of their signals may have led here.
        if (dialog)
            dialog->deleteLater();
        if (!session)
            return;
        session->stop();
        session->deleteLater();
    }
    Q_DISABLE_COPY_MOVE(Kept)
};

CompareFlow::CompareFlow(MainWindow *window) : QObject(window), m_window(window)
{
    connect(window, &MainWindow::compareWanted, this, &CompareFlow::startWithPrevious);
    connect(window, &MainWindow::whatChangedWanted, this, &CompareFlow::startSinceLastWeek);
    connect(window->tabs(), &DatasetTabs::compareVersionsWanted, this, &CompareFlow::start);
    connect(window->tabs(), &DatasetTabs::compareSnapshotWanted, this, &CompareFlow::startWithSnapshot);
    connect(window->tabs(), &DatasetTabs::workspaceChanged, this, &CompareFlow::drop);
}

CompareFlow::~CompareFlow() = default;

CompareDialog *CompareFlow::openDialog()
{
    drop();
    m_workspace = m_window->workspace();
    if (!m_workspace)
        return nullptr;
    const auto kept = std::make_shared<Kept>();
    // It belongs to the account: what it reads goes through it.
    kept->session = new CompareSession(m_workspace, m_workspace);
    kept->dialog = new CompareDialog(m_workspace, kept->session, m_window);
    const std::weak_ptr<Kept> known = kept;
    connect(kept->session, &CompareSession::compared, this, [this, known] {
        if (const auto it = known.lock())
            showResult(it);
    });
    connect(kept->dialog, &QDialog::rejected, this, [this, known] {
        if (m_kept == known.lock())
            drop();
    });
    m_kept = kept;
    kept->dialog->setMemories(m_memories);
    kept->dialog->open();
    return kept->dialog;
}

void CompareFlow::drop()
{
    m_kept.reset();
}

void CompareFlow::start(const QString &datasetId, const QString &before, const QString &after)
{
    CompareDialog *dialog = openDialog();
    if (!dialog)
        return;
    const auto pick = [](const QString &version) {
        return version.isEmpty() ? CompareSide::Pick::Current : CompareSide::Pick::Named;
    };
    dialog->side(CompareSession::Side::A)->choose(datasetId, pick(before), before);
    dialog->side(CompareSession::Side::B)->choose(datasetId, pick(after), after);
}

void CompareFlow::startWithPrevious(const QString &datasetId)
{
    CompareDialog *dialog = openDialog();
    if (!dialog)
        return;
    dialog->side(CompareSession::Side::A)->choose(datasetId, CompareSide::Pick::Previous);
    dialog->side(CompareSession::Side::B)->choose(datasetId, CompareSide::Pick::Current);
}

void CompareFlow::startWithSnapshot(const SnapshotInfo &snapshot)
{
    CompareDialog *dialog = openDialog();
    if (!dialog)
        return;
    dialog->side(CompareSession::Side::A)->choose(snapshot.datasetId, CompareSide::Pick::Named, snapshot.path);
    dialog->side(CompareSession::Side::B)->choose(snapshot.datasetId, CompareSide::Pick::Current);
}

void CompareFlow::startSinceLastWeek(const QString &datasetId)
{
    if (!m_window->workspace())
        return;
    m_window->workspace()->versions(datasetId).then(
        this, [this, datasetId, asked = QPointer(m_window->workspace())](const Result<QVector<VersionInfo>> &versions) {
            if (asked && asked == m_window->workspace())
                compareSince(datasetId, versions ? *versions : QVector<VersionInfo>());
        });
}

/// Without a version that can be compared a local snapshot may do: the newest one that is a week old, or the oldest.
void CompareFlow::compareSince(const QString &datasetId, const QVector<VersionInfo> &versions)
{
    DatasetListModel *datasets = m_window->workspace()->datasets();
    const int row = datasets->rowOf(datasetId);
    const QString name = row < 0 ? datasetId : Words::oneLine(datasets->dataset(row).name);
    const QDateTime lastWeek = QDateTime::currentDateTimeUtc().addDays(-7);
    QString before = VersionListModel::versionBefore(versions, lastWeek);
    for (const SnapshotInfo &snapshot : m_window->workspace()->snapshots(datasetId)) {
        if (!versions.isEmpty() || snapshot.isDamaged())
            continue;
        before = snapshot.path;
        if (snapshot.saved <= lastWeek)
            break;
    }
    if (versions.size() > 1 && before == versions.first().version) {
        before = versions.at(1).version;
        m_window->setNotice(tr("%1 has not changed since last week. The last change is shown: version %2 to %3.")
                                .arg(name, Words::oneLine(before), Words::oneLine(versions.first().version)));
    }
    if (before.isEmpty()) {
        m_window->setNotice(
            tr("%1 has no earlier version to compare with. Its tab Versions tells how to keep one.").arg(name));
        return;
    }
    CompareDialog *dialog = openDialog();
    if (!dialog)
        return;
    dialog->startWhenUnique();
    dialog->side(CompareSession::Side::A)->choose(datasetId, CompareSide::Pick::Named, before);
    dialog->side(CompareSession::Side::B)->choose(datasetId, CompareSide::Pick::Current);
}

/// A table that tells no columns has nothing to do with the key that it was compared by.
void CompareFlow::remember(const CompareDialog &dialog, const Comparison &comparison)
{
    const bool isTold = comparison.a.rows.columnCount() > 0 && comparison.b.rows.columnCount() > 0;
    if (const QString dataset = dialog.datasetId(); isTold && !dataset.isEmpty())
        emit comparisonMade({dataset, comparison.options});
}

void CompareFlow::showResult(const std::shared_ptr<Kept> &kept)
{
    kept->dialog->hide();
    remember(*kept->dialog, *kept->session->comparison());
    const TableOrigin &later = kept->session->origin(CompareSession::Side::B);
    ComparePage::Target target;
    if (const int row = m_workspace ? m_workspace->datasets()->rowOf(later.rows.datasetId) : -1;
        row >= 0 && !later.isFile())
        target = {later.rows.datasetId, m_workspace->datasets()->dataset(row).name, later.rows.version.isEmpty()};
    auto *page = new ComparePage(kept->session->comparison(), target);
    // The connection holds it as long as the tab is open.
    connect(page, &ComparePage::againWanted, this, [kept] {
        if (kept->dialog)
            kept->dialog->open();
    });
    connect(page, &ComparePage::importWanted, m_window, &MainWindow::importWanted);
    connect(page, &ComparePage::lifeWanted, this,
            [this, kept, workspace = m_workspace](const QString &datasetId, const QVector<KeyHistory::KeyPart> &key) {
                if (workspace && workspace == m_window->workspace())
                    showLife(kept->session, datasetId, key);
            });
    if (kept == m_kept)
        drop();
    m_window->tabs()->addPage(page, page->title(), Icon::History);
}

/// Versions that were compared, or that have a tab, are not read again.
void CompareFlow::showLife(const CompareSession *session, const QString &datasetId,
                           const QVector<KeyHistory::KeyPart> &key)
{
    QHash<QString, TableSnapshot> loaded = m_window->tabs()->loadedVersions(datasetId);
    for (const auto side : {CompareSession::Side::A, CompareSession::Side::B}) {
        const TableOrigin origin = session ? session->origin(side) : TableOrigin();
        if (!origin.isFile() && origin.rows.datasetId == datasetId && !origin.rows.version.isEmpty() &&
            session->table(side))
            loaded.insert(origin.rows.version, session->table(side)->rows);
    }
    auto *history = new KeyHistory(m_window->workspace(), datasetId, key);
    history->setLoaded(std::move(loaded));
    auto *life = new KeyHistoryPage(history);
    m_window->tabs()->addPage(life, life->title(), Icon::History);
}

} // namespace rowdesk
