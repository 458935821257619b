#pragma once

#include "api/dataservice.h"
#include "models/tablename.h"

#include <QDialog>

#include <memory>

namespace Ui {
class NewTableDialog;
}

namespace rowdesk {

class SchemaModel;

/// Collects the name, description and columns of a table to be. It sends nothing: on accept ask newTable().
///
/// Create is enabled only while everything is in order; the reason stands next to it otherwise.
/// Keys in the grid: Insert adds, Delete removes, Alt+Up and Alt+Down move, Enter edits, Ctrl+V takes a header line.
class NewTableDialog : public QDialog
{
    Q_OBJECT
public:
    /// `takenNames`: the names of the account's datasets, checked while typing.
    explicit NewTableDialog(const QStringList &takenNames, QWidget *parent = nullptr);
    ~NewTableDialog() override;

    /// What was collected; valid once the dialog was accepted.
    DataService::NewTable newTable() const;

    /// Starts from these columns (those of another dataset, say) instead of one blank column.
    void setSchema(const Schema &schema);

public slots:
    /// Asks before what was typed is lost: the Escape that closes an editor is easily pressed once too often.
    void reject() override;

private:
    bool hasInput() const;
    void connectGrid();
    void addShortcut(const QKeySequence &keys, void (NewTableDialog::*act)());
    void addColumn();
    void removeColumn();
    void moveColumn(int by);
    void moveUp() { moveColumn(-1); }
    void moveDown() { moveColumn(1); }
    void pasteNames();
    void editCurrent();
    void showState();
    void select(int row, bool edit = false);
    int currentRow() const;

    std::unique_ptr<Ui::NewTableDialog> m_ui;
    SchemaModel *m_model;
    TableNameCheck m_names;
};

} // namespace rowdesk
