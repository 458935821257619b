#include "gui/exportflow.h"

#include "gui/datasettab.h"
#include "gui/datasettabs.h"
#include "gui/exportdialog.h"
#include "gui/mainwindow.h"
#include "gui/rowsview.h"
#include "models/words.h"

#include <QFileInfo>
#include <QTableView>

namespace rowdesk {

ExportFlow::ExportFlow(MainWindow *window) : QObject(window), m_window(window)
{
    connect(window, &MainWindow::exportWanted, this, &ExportFlow::start);
}

void ExportFlow::start()
{
    DatasetTab *tab = m_window->tabs()->currentTab();
    if (!tab)
        return;
    RowsView *rows = tab->rowsView();
    auto *what =
        new TableExport(rows->model(), rows->query(), rows->view()->selectionModel()->selection(), tab->schema());
    delete m_dialog;
    // The tab's child: it must not outlive the rows.
    m_dialog = new ExportDialog(what, tab->title(), tab);
    connect(rows, &RowsView::statusChanged, what, &TableExport::tableChanged);
    connect(what, &TableExport::readingWanted, rows, &RowsView::retry);
    connect(what, &TableExport::finished, this, [this](const Result<Exported> &result) {
        if (!result)
            return; // the dialog says it
        const QString file = Words::oneLine(QFileInfo(result->path).fileName());
        QString notice = tr("%1 exported to %2").arg(Words::rows(result->rows), file);
        if (result->guardedCells > 0)
            notice += tr(", an apostrophe put before %1").arg(Words::cells(result->guardedCells));
        m_window->setNotice(notice, result->path);
    });
    connect(m_dialog, &QDialog::finished, m_dialog, &QObject::deleteLater);
    m_dialog->open();
}

} // namespace rowdesk
