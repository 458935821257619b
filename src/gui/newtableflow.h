#pragma once

#include <QObject>
#include <QPointer>

namespace rowdesk {

class MainWindow;
class NewTableDialog;
class Workspace;

/// From "New table" to the new table's tab: the dialog collects, the workspace creates, the window opens it.
class NewTableFlow : public QObject
{
    Q_OBJECT
public:
    /// The window is not owned.
    explicit NewTableFlow(MainWindow *window);

    void start();

private:
    void create();
    void open(const QString &id);

    MainWindow *m_window;
    QPointer<NewTableDialog> m_dialog;
    QPointer<Workspace> m_workspace; ///< the account that the dialog was opened for
};

} // namespace rowdesk
