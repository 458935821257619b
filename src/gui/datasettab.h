#pragma once

#include "api/datasetinfo.h"
#include "gui/deskstate.h"
#include "net/call.h"
#include "transfer/snapshotfile.h"

#include <QWidget>

#include <functional>
#include <optional>

class QAction;
class QTabWidget;

namespace rowdesk {

class DuplicatesPanel;
class PageFrame;
class ProfilePanel;
class RowsView;
class VersionsPage;
class Workspace;
struct Actions;

/// One open dataset: its rows and its versions; or, for a stored version or a local snapshot, its rows alone under a
/// banner that says so.
class DatasetTab : public QWidget
{
    Q_OBJECT
public:
    /// The workspace outlives the tab.
    DatasetTab(Workspace *workspace, const DatasetInfo &dataset, const Actions &actions, QWidget *parent = nullptr);
    /// A stored version, read-only.
    DatasetTab(Workspace *workspace, const DatasetInfo &dataset, const VersionInfo &version, const Actions &actions,
               QWidget *parent = nullptr);
    /// A local snapshot, read-only.
    DatasetTab(Workspace *workspace, const DatasetInfo &dataset, const SnapshotInfo &snapshot, const Actions &actions,
               QWidget *parent = nullptr);
    ~DatasetTab() override;

    const QString &datasetId() const { return m_dataset.id; }
    QString version() const { return m_version ? m_version->version : QString(); }
    bool isSnapshot() const { return m_snapshot.has_value(); }
    QString snapshotFile() const { return m_snapshot ? m_snapshot->path : QString(); }
    /// Whether the rows are those that the dataset has now.
    bool isCurrent() const { return !m_version && !m_snapshot; }
    /// What the tab is called: "Weather", "Weather, version 2", "Weather, snapshot of today 09:12".
    QString title() const;
    QString wholeTitle() const; ///< however long the name is
    /// What the service says of the columns; of a stored version it says nothing.
    std::optional<Schema> schema() const { return isCurrent() ? m_dataset.schema : std::nullopt; }

    /// Takes what the list says of the dataset by now.
    void setDataset(const DatasetInfo &dataset);
    /// Reads rows and versions again.
    void reload();
    /// Reading begins once the tab is looked at, so that many tabs cost nothing until then.
    bool isRead() const { return m_isRead; }
    OpenTab remembered() const;
    void showVersions();
    void showRows();
    /// Shows the rows, and the bar to find something in them.
    void findRows();

    RowsView *rowsView() const { return m_rows; }
    ProfilePanel *profilePanel() const { return m_profile; }
    DuplicatesPanel *duplicatesPanel() const { return m_duplicates; }
    VersionsPage *versionsPage() const { return m_versions; } ///< null unless isCurrent()
    QString status() const;

signals:
    void openVersionWanted(const QString &datasetId, const VersionInfo &version);
    void selectionChanged();
    /// Two versions are to be compared; an empty one is the current rows.
    void compareWanted(const QString &datasetId, const QString &before, const QString &after);
    /// A local snapshot of the dataset is to be compared with its current rows, or opened.
    void compareSnapshotWanted(const SnapshotInfo &snapshot);
    void openSnapshotWanted(const SnapshotInfo &snapshot);

protected:
    void showEvent(QShowEvent *event) override;

private:
    DatasetTab(Workspace *workspace, const DatasetInfo &dataset, std::optional<VersionInfo> version, QWidget *parent);
    QString titleWith(const QString &name) const;
    void addViews();
    void addVersions();
    void addSnapshots();
    void saveSnapshot();
    void addProfile();
    void addDuplicates();
    void refreshShown();
    void viewChanged();
    void setUpStored(const Actions &actions);
    void addBanner();
    QString bannerText() const;
    void readSnapshotRows();
    void readRows();
    void readVersions();
    void showFacts();
    void showStatus();

    Workspace *m_workspace;
    DatasetInfo m_dataset;
    std::optional<VersionInfo> m_version;
    std::optional<SnapshotInfo> m_snapshot;
    PageFrame *m_frame;
    QTabWidget *m_views = nullptr;
    RowsView *m_rows;
    VersionsPage *m_versions = nullptr;
    ProfilePanel *m_profile = nullptr;
    DuplicatesPanel *m_duplicates = nullptr;
    QAction *m_retry;
    QAction *m_stop;
    Call<SavedTable> m_reading; ///< of a snapshot
    int m_versionsAsked = 0;
    int m_snapshotAsked = 0;
    std::function<void()> m_stopSaving; ///< ends the saving of a snapshot
    bool m_isRead = false;
};

} // namespace rowdesk
