#pragma once

#include <QObject>
#include <QPointer>

namespace rowdesk {

class ExportDialog;
class MainWindow;

/// From the rows of a tab to a file: the dialog asks what and how, the window's status line says what became of it.
class ExportFlow : public QObject
{
    Q_OBJECT
public:
    /// The window is not owned.
    explicit ExportFlow(MainWindow *window);

    /// Exports the rows of the tab that is looked at.
    void start();

private:
    MainWindow *m_window;
    QPointer<ExportDialog> m_dialog;
};

} // namespace rowdesk
