#include "gui/compareflow.h"

#include "gui/comparedialog.h"
#include "gui/comparepage.h"
#include "gui/compareside.h"
#include "gui/datasettabs.h"
#include "gui/icons.h"
#include "gui/mainwindow.h"
#include "models/workspace.h"

namespace rowdesk {

struct CompareFlow::Kept
{
    QPointer<CompareDialog> dialog;
    QPointer<CompareSession> session;

    Kept() = default;
    ~Kept()
    {
        // One of their signals may have led here.
        if (dialog)
            dialog->deleteLater();
        if (!session)
            return;
        session->stop();
        session->deleteLater();
    }
    Q_DISABLE_COPY_MOVE(Kept)
};

CompareFlow::CompareFlow(MainWindow *window) : QObject(window), m_window(window)
{
    connect(window, &MainWindow::compareWanted, this, &CompareFlow::startWithPrevious);
    connect(window->tabs(), &DatasetTabs::compareVersionsWanted, this, &CompareFlow::start);
    connect(window->tabs(), &DatasetTabs::workspaceChanged, this, &CompareFlow::drop);
}

CompareFlow::~CompareFlow() = default;

CompareDialog *CompareFlow::openDialog()
{
    drop();
    m_workspace = m_window->workspace();
    if (!m_workspace)
        return nullptr;
    const auto kept = std::make_shared<Kept>();
    // It belongs to the account: what it reads goes through it.
    kept->session = new CompareSession(m_workspace, m_workspace);
    kept->dialog = new CompareDialog(m_workspace, kept->session, m_window);
    const std::weak_ptr<Kept> known = kept;
    connect(kept->session, &CompareSession::compared, this, [this, known] {
        if (const auto it = known.lock())
            showResult(it);
    });
    connect(kept->dialog, &QDialog::rejected, this, [this, known] {
        if (m_kept == known.lock())
            drop();
    });
    m_kept = kept;
    kept->dialog->open();
    return kept->dialog;
}

void CompareFlow::drop()
{
    m_kept.reset();
}

void CompareFlow::start(const QString &datasetId, const QString &before, const QString &after)
{
    CompareDialog *dialog = openDialog();
    if (!dialog)
        return;
    const auto pick = [](const QString &version) {
        return version.isEmpty() ? CompareSide::Pick::Current : CompareSide::Pick::Named;
    };
    dialog->side(CompareSession::Side::A)->choose(datasetId, pick(before), before);
    dialog->side(CompareSession::Side::B)->choose(datasetId, pick(after), after);
}

void CompareFlow::startWithPrevious(const QString &datasetId)
{
    CompareDialog *dialog = openDialog();
    if (!dialog)
        return;
    dialog->side(CompareSession::Side::A)->choose(datasetId, CompareSide::Pick::Previous);
    dialog->side(CompareSession::Side::B)->choose(datasetId, CompareSide::Pick::Current);
}

void CompareFlow::showResult(const std::shared_ptr<Kept> &kept)
{
    kept->dialog->hide();
    auto *page = new ComparePage(kept->session->comparison());
    // The connection holds it as long as the tab is open.
    connect(page, &ComparePage::againWanted, this, [kept] {
        if (kept->dialog)
            kept->dialog->open();
    });
    if (kept == m_kept)
        drop();
    m_window->tabs()->addPage(page, page->title(), Icon::History);
}

} // namespace rowdesk
