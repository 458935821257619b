#include "gui/newtableflow.h"

#include "gui/datasettabs.h"
#include "gui/mainwindow.h"
#include "gui/message.h"
#include "gui/newtabledialog.h"
#include "models/workspace.h"

namespace rowdesk {

NewTableFlow::NewTableFlow(MainWindow *window) : QObject(window), m_window(window)
{
    connect(window, &MainWindow::newTableWanted, this, &NewTableFlow::start);
}

void NewTableFlow::start()
{
    m_workspace = m_window->workspace();
    if (!m_workspace)
        return;
    delete m_dialog;
    m_dialog = new NewTableDialog(m_workspace->datasets()->names(), m_window);
    connect(m_dialog, &QDialog::accepted, this, &NewTableFlow::create);
    connect(m_dialog, &QDialog::rejected, m_dialog, &QObject::deleteLater);
    m_dialog->open();
}

void NewTableFlow::create()
{
    if (!m_workspace)
        return;
    m_workspace->create(m_dialog->newTable()).then(this, [this](const Result<QString> &id) {
        if (id)
            return open(*id);
        // What was typed stays, below the reason.
        if (m_dialog)
            m_dialog->open();
        message::showProblem(m_dialog ? static_cast<QWidget *>(m_dialog) : m_window, tr("The table was not created"),
                             id.error());
    });
}

void NewTableFlow::open(const QString &id)
{
    if (m_dialog)
        m_dialog->deleteLater();
    if (m_workspace == m_window->workspace())
        m_window->openWhenListed(id);
}

} // namespace rowdesk
