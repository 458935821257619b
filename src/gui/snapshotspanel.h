#pragma once

#include "models/snapshotlistmodel.h"

#include <QWidget>

class QAction;
class QTreeView;

namespace rowdesk {

/// The local snapshots of one dataset, below its versions. Shows what it is given; hidden while there are none.
class SnapshotsPanel : public QWidget
{
    Q_OBJECT
public:
    explicit SnapshotsPanel(QWidget *parent = nullptr);

    void showSnapshots(QVector<SnapshotInfo> snapshots);
    QTreeView *view() const { return m_view; }

signals:
    void openWanted(const SnapshotInfo &snapshot);
    /// The snapshot is to be compared with the current rows.
    void compareWanted(const SnapshotInfo &snapshot);
    /// The snapshot's file is to be deleted; the person said so.
    void deleteWanted(const SnapshotInfo &snapshot);

private:
    const SnapshotInfo *current() const;
    void askToDelete();
    void updateActions();

    SnapshotListModel m_model;
    QTreeView *m_view;
    QAction *m_open;
    QAction *m_compare;
    QAction *m_delete;
};

} // namespace rowdesk
