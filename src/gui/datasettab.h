#pragma once

#include "api/datasetinfo.h"
#include "gui/deskstate.h"

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
struct SnapshotInfo;

/// One open dataset: its rows and its versions, or, for a stored version, its rows alone under a banner that says so.
class DatasetTab : public QWidget
{
    Q_OBJECT
public:
    /// The workspace outlives the tab.
    DatasetTab(Workspace *workspace, const DatasetInfo &dataset, const Actions &actions, QWidget *parent = nullptr);
    /// A stored version, read-only.
    DatasetTab(Workspace *workspace, const DatasetInfo &dataset, const VersionInfo &version, const Actions &actions,
               QWidget *parent = nullptr);

    const QString &datasetId() const { return m_dataset.id; }
    QString version() const { return m_version ? m_version->version : QString(); }
    /// What the tab is called: "Weather", "Weather, version 2".
    QString title() const;
    /// What the service says of the columns; of a stored version it says nothing.
    std::optional<Schema> schema() const { return m_version ? std::nullopt : m_dataset.schema; }

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
    VersionsPage *versionsPage() const { return m_versions; } ///< null in the tab of a version
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
    void addViews();
    void addVersions();
    void addSnapshots();
    void saveSnapshot();
    void addProfile();
    void addDuplicates();
    void refreshShown();
    void viewChanged();
    void addBanner();
    void readRows();
    void readVersions();
    void showFacts();
    void showStatus();

    Workspace *m_workspace;
    DatasetInfo m_dataset;
    std::optional<VersionInfo> m_version;
    PageFrame *m_frame;
    QTabWidget *m_views = nullptr;
    RowsView *m_rows;
    VersionsPage *m_versions = nullptr;
    ProfilePanel *m_profile = nullptr;
    DuplicatesPanel *m_duplicates = nullptr;
    QAction *m_retry;
    QAction *m_stop;
    int m_versionsAsked = 0;
    std::function<void()> m_stopSaving; ///< ends the saving of a snapshot
    bool m_isRead = false;
};

} // namespace rowdesk
