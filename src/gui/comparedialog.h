#pragma once

#include "models/comparesession.h"

#include <QDialog>

#include <memory>

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
    /// Compares without a further word once both tables are read, if a key tells all their rows apart. Once.
    void startWhenUnique() { m_startWhenUnique = true; }
    /// What is chosen now.
    DiffOptions options() const;

private:
    enum ColumnPart { NamePart, KeyPart, ComparePart, TolerancePart };

    void showStep();
    void showStatus();
    void fillKeys();
    void fillColumns();
    void keyChosen();
    void columnEdited(QTreeWidgetItem *item, int part);
    void editTolerance(QTreeWidgetItem *item, int part);
    void showEvidence(const QString &sentence);
    QStringList checkedKey() const;
    bool hasBadTolerance() const;
    void start();

    std::unique_ptr<Ui::CompareDialog> m_ui;
    CompareSession *m_session;
    bool m_filling = false;
    bool m_startWhenUnique = false;
};

} // namespace rowdesk
