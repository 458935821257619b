#pragma once

#include "models/comparememory.h"
#include "models/keyhistory.h"

#include <QObject>
#include <QPointer>

#include <memory>

namespace rowdesk {

class CompareDialog;
class CompareSession;
class MainWindow;
class Workspace;
struct Comparison;
struct SnapshotInfo;
struct VersionInfo;

/// From "Compare" to the tab with what changed: the dialog collects, a session reads and compares, the window shows.
class CompareFlow : public QObject
{
    Q_OBJECT
public:
    /// The window is not owned.
    explicit CompareFlow(MainWindow *window);
    ~CompareFlow() override;

    /// Compares two versions of a dataset, empty for its current rows. Without both: the previous version with the
    /// current rows.
    void start(const QString &datasetId, const QString &before, const QString &after);
    /// The previous version with the current rows.
    void startWithPrevious(const QString &datasetId);
    /// A local snapshot with the current rows of its dataset.
    void startWithSnapshot(const SnapshotInfo &snapshot);
    /// What the dataset was a week ago with its current rows. The answer comes by itself when a key tells the rows
    /// apart; else the dialog asks.
    void startSinceLastWeek(const QString &datasetId);
    /// How datasets of this account were compared last.
    void setMemories(const QVector<CompareMemory> &memories) { m_memories = memories; }

signals:
    /// To be kept for the account.
    void comparisonMade(const rowdesk::CompareMemory &memory);

private:
    /// A dialog with what it read and was told: kept for another try while it, or a tab with a result of it, is open.
    struct Kept;

    CompareDialog *openDialog();
    void compareSince(const QString &datasetId, const QVector<VersionInfo> &versions);
    void drop();
    void showResult(const std::shared_ptr<Kept> &kept);
    void remember(const CompareDialog &dialog, const Comparison &comparison);
    void showLife(const CompareSession *session, const QString &datasetId, const QVector<KeyHistory::KeyPart> &key);

    MainWindow *m_window;
    QPointer<Workspace> m_workspace; ///< the account that the dialog was opened for
    QVector<CompareMemory> m_memories;
    std::shared_ptr<Kept> m_kept; ///< until there is a result: then its tab has it
};

} // namespace rowdesk
