#pragma once

#include "models/comparememory.h"
#include "models/comparesession.h"

#include <QDialog>

#include <memory>
#include <optional>

namespace Ui {
class CompareDialog;
}

class QTreeWidgetItem;

namespace rowdesk {

class CompareSide;
class Workspace;

/// Collects what to compare, by which key, and what counts as the same. The tables are read while one chooses, so that
/// each key comes with what was measured. Compare starts the session and the dialog stays until it is done.
class CompareDialog : public QDialog
{
    Q_OBJECT
public:
    /// Neither is owned; both outlive the dialog.
    CompareDialog(Workspace *workspace, CompareSession *session, QWidget *parent = nullptr);
    ~CompareDialog() override;

    CompareSide *side(CompareSession::Side side) const;
    /// How datasets were compared last: that is chosen first for the later table's dataset, else for the earlier one's.
    void setMemories(QVector<CompareMemory> memories) { m_memories = std::move(memories); }
    /// Compares without a further word once both tables are read, if a key tells all their rows apart or this dataset
    /// was compared before and nothing of that has to be left out. Once.
    void startWhenUnique() { m_startWhenUnique = true; }
    /// The dataset that the choices are remembered for; empty when both are files.
    QString datasetId() const;
    /// What is chosen now.
    DiffOptions options() const;

private:
    enum ColumnPart { NamePart, KeyPart, ComparePart, TolerancePart };

    void showStep();
    void showStatus();
    void takeTables();
    void fillKeys();
    void fillColumns(const DiffOptions &options);
    void chooseKey(const QStringList &columns);
    void checkKey(const QStringList &columns);
    void setSwitches(const DiffOptions &options);
    void startOver();
    void keyChosen();
    void columnEdited(QTreeWidgetItem *item, int part);
    void editTolerance(QTreeWidgetItem *item, int part);
    void showEvidence(const QString &sentence);
    QStringList checkedKey() const;
    bool hasBadTolerance() const;
    void start();

    std::unique_ptr<Ui::CompareDialog> m_ui;
    CompareSession *m_session;
    QVector<CompareMemory> m_memories;
    std::optional<QString> m_filledFor; ///< the dataset that the choices in sight are for
    bool m_isOwnKey = false;            ///< a person chose the key, now or the last time
    bool m_filling = false;
    bool m_startWhenUnique = false;
};

} // namespace rowdesk
