#pragma once

#include "api/datasetinfo.h"
#include "core/tablesnapshot.h"
#include "gui/deskstate.h"
#include "gui/icons.h"

#include <QHash>
#include <QTabWidget>

namespace rowdesk {

class DatasetsPage;
class DatasetTab;
class Workspace;
struct Actions;
struct SnapshotInfo;

/// The list of datasets, and beside it one closable tab for each open dataset or version. Opening what is open already
/// goes to its tab.
class DatasetTabs : public QTabWidget
{
    Q_OBJECT
public:
    explicit DatasetTabs(const Actions &actions, QWidget *parent = nullptr);

    /// Closes every tab and shows this account's list. Not owned; null shows an empty list.
    void setWorkspace(Workspace *workspace);

    DatasetsPage *listPage() const { return m_list; }
    /// Null while the list itself is in front.
    DatasetTab *currentTab() const;
    /// The dataset that an action would be about: the open one, or the current one of the list.
    QString currentId() const;

    DatasetTab *open(const QString &id);
    DatasetTab *openVersion(const QString &id, const VersionInfo &version);
    DatasetTab *openSnapshot(const SnapshotInfo &snapshot);
    /// Another closable tab, such as the result of a comparison. Takes the page.
    void addPage(QWidget *page, const QString &title, Icon picture);
    /// The rows of stored versions of a dataset that are open and read as a whole, by version.
    QHash<QString, TableSnapshot> loadedVersions(const QString &id) const;
    void closeCurrent();
    void showList();
    /// The rows of this dataset have changed: its tab reads them again.
    void refresh(const QString &id);

    /// What is open here, how the columns of tables were arranged, and the views that were saved.
    DeskState desk() const;
    /// Opens what was open. Rows are read once a tab is looked at; what the list does not name is shown as gone. Tabs
    /// that are open already stay as they are, and then in front. For a list that is Ready.
    void restore(const DeskState &desk);

signals:
    /// desk() is another: tabs were opened, closed, moved or chosen, columns were arranged, or a view was saved.
    void deskChanged();
    void currentDatasetChanged();
    /// Two versions of a dataset are to be compared; an empty one is its current rows.
    void compareVersionsWanted(const QString &datasetId, const QString &before, const QString &after);
    /// A local snapshot is to be compared with the current rows of its dataset.
    void compareSnapshotWanted(const SnapshotInfo &snapshot);
    /// Another account is shown, or none.
    void workspaceChanged();

private:
    DatasetTab *find(const QString &id, const QString &version) const;
    DatasetTab *add(DatasetTab *tab);
    void close(int index);
    void showListState();
    void openBehind(const OpenTab &tab);
    void keepWidth(const DatasetTab *tab, const QString &column, int width);
    void keepViews(const DatasetTab *tab);
    void furnish(DatasetTab *tab);
    const DatasetInfo *dataset(const QString &id) const;

    const Actions &m_actions;
    DatasetsPage *m_list;
    Workspace *m_workspace = nullptr;
    DeskState m_kept; ///< about datasets; without tabs
    bool m_restoring = false;
};

} // namespace rowdesk
