#pragma once

#include "core/result.h"
#include "models/versionlistmodel.h"

#include <QDate>
#include <QWidget>

class QAction;
class QDateEdit;
class QHBoxLayout;
class QStackedWidget;
class QTreeView;

namespace rowdesk {

class EmptyState;
class RowsOverTime;
class SnapshotsPanel;
struct SnapshotInfo;

/// The versions of one dataset. Shows what it is given; opening is others' work.
class VersionsPage : public QWidget
{
    Q_OBJECT
public:
    explicit VersionsPage(QWidget *parent = nullptr);

    void showLoading();
    /// `uploads`: what the journal knows of them.
    void showVersions(QVector<VersionInfo> versions, const QVector<UploadedVersions> &uploads = {});
    /// History is switched off: says so, and who can switch it on.
    void showHistoryOff();
    /// Why there are none to see.
    void showFailure(const ApiError &error);

    /// The local snapshots of the dataset, below the versions.
    void showSnapshots(QVector<SnapshotInfo> snapshots);
    /// How far a snapshot is that is being saved; empty: none is. While it is, another can't be begun.
    void showSaving(const QString &sentence);

    /// The sentence for the status line.
    QString status() const { return m_saving.isEmpty() ? m_status : m_saving; }
    QTreeView *view() const { return m_view; }
    QDateEdit *firstDay() const { return m_from; } ///< versions of earlier days are not listed
    QDateEdit *lastDay() const { return m_to; }    ///< nor are those of later days
    SnapshotsPanel *snapshots() const { return m_snapshots; }

signals:
    void statusChanged();
    void openWanted(const VersionInfo &version);
    /// These versions are to be compared, the older one first; empty `after`: the current rows.
    void compareWanted(const QString &before, const QString &after);
    /// The current rows are to be kept as a local snapshot.
    void saveSnapshotWanted();
    void stopSavingWanted();

private:
    void setUpView();
    QHBoxLayout *makeTop();
    void setUpDays();
    QDate dayOf(int row) const;
    void showDays();
    void chooseDays();
    void compareSelected();
    void compareWithCurrent();
    void selectionChanged();
    void say(const QString &status, QWidget *shown);

    VersionListModel m_model;
    QStackedWidget *m_stack;
    QWidget *m_list;
    QTreeView *m_view;
    EmptyState *m_empty;
    QAction *m_open;
    QAction *m_compare;
    QAction *m_compareCurrent;
    QAction *m_save;
    QAction *m_stop;
    QDateEdit *m_from;
    QDateEdit *m_to;
    QWidget *m_days; ///< both, with their words
    RowsOverTime *m_overTime;
    SnapshotsPanel *m_snapshots;
    QString m_status;
    QString m_saving;
    bool m_fillingDays = false;
};

} // namespace rowdesk
