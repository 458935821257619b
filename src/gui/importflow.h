#pragma once

#include "models/importrecipe.h"
#include "transfer/tablereading.h"

#include <QObject>
#include <QPointer>

namespace rowdesk {

class ImportDialog;
class MainWindow;
class Workspace;

/// From a file to an upload: the dialog collects a plan, the workspace's queue sends it, the uploads page tells.
/// A file that comes while nobody is signed in waits until somebody is.
class ImportFlow : public QObject
{
    Q_OBJECT
public:
    /// The window is not owned.
    explicit ImportFlow(MainWindow *window);

    /// `file` empty: the dialog asks for one. `datasetId` empty: it asks for the table.
    void start(const QString &file, const QString &datasetId);
    /// What was decided about earlier files of this account.
    void setRecipes(const QVector<ImportRecipe> &recipes) { m_recipes = recipes; }

signals:
    /// To be kept for the account.
    void recipeMade(const rowdesk::ImportRecipe &recipe);

private:
    void wait(const QString &file);
    void askForFile();
    void openDialog(const QString &file, const QString &datasetId);
    void answerSchema(const QString &datasetId);
    void readTable(const QString &datasetId);
    void send();

    MainWindow *m_window;
    QPointer<ImportDialog> m_dialog;
    QPointer<Workspace> m_workspace; ///< the account that the dialog was opened for
    Call<WholeTable> m_reading;      ///< the rows that the dialog looks for its own in
    int m_readings = 0;              ///< only the newest one's answer counts
    QVector<ImportRecipe> m_recipes;
    QString m_waitingFile;
};

} // namespace rowdesk
