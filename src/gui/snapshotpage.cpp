#include "gui/snapshotpage.h"

#include "gui/celldelegate.h"
#include "gui/look.h"
#include "gui/pageframe.h"
#include "gui/plainlabel.h"
#include "models/snapshotlistmodel.h"
#include "models/tablemodel.h"
#include "models/tabletext.h"
#include "models/words.h"
#include "transfer/onworker.h"

#include <QApplication>
#include <QBoxLayout>
#include <QClipboard>
#include <QHeaderView>
#include <QTableView>

namespace rowdesk {

SnapshotPage::SnapshotPage(const SnapshotInfo &snapshot, QWidget *parent)
    : QWidget(parent)
    , m_snapshot(snapshot)
    , m_frame(new PageFrame(QString(), this))
    , m_model(new TableModel(this))
    , m_view(new QTableView)
{
    m_frame->setTitle(title());
    m_frame->setFact(Words::rows(snapshot.rows));
    auto *banner = new PlainLabel(
        tr("A local snapshot, kept on this computer and read-only. The current rows are in the tab of the dataset."));
    banner->setWordWrap(true);
    banner->setFrameShape(QFrame::StyledPanel);
    banner->setMargin(look::near);
    m_view->setModel(m_model);
    m_view->setItemDelegate(new CellDelegate(m_view));
    m_view->setAccessibleName(tr("Rows of the snapshot"));
    m_view->setTabKeyNavigation(false);
    m_view->setWordWrap(false);
    m_view->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_view->verticalHeader()->setDefaultSectionSize(look::rowHeight(m_view));
    m_view->horizontalHeader()->setResizeContentsPrecision(100);
    auto *content = new QWidget;
    auto *rows = new QVBoxLayout(content);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(look::near);
    rows->addWidget(banner);
    rows->addWidget(m_view, 1);
    m_frame->setContent(content);
    auto *page = new QVBoxLayout(this);
    page->setContentsMargins(0, 0, 0, 0);
    page->addWidget(m_frame);
    setFocusProxy(m_view);
    read();
}

QString SnapshotPage::title() const
{
    return SnapshotListModel::title(m_snapshot);
}

QString SnapshotPage::status() const
{
    return m_frame->status();
}

void SnapshotPage::read()
{
    m_frame->setStatus(tr("Reading the local snapshot…"));
    runOnWorker<SavedTable>([path = m_snapshot.path](const std::atomic_bool &cancelled) {
        return readSnapshot(path, &cancelled);
    }).then(this, [this](const Result<SavedTable> &saved) {
        if (!saved)
            return m_frame->setStatus(saved.error().text());
        m_model->setStore(saved->store);
        constexpr int mostFitted = 60;
        for (int column = 0; column < std::min(m_model->columnCount(), mostFitted); ++column) {
            m_view->resizeColumnToContents(column);
            m_view->setColumnWidth(column, std::clamp(m_view->columnWidth(column), 60, 320));
        }
        m_frame->setStatus(tr("all %1").arg(Words::rows(saved->store->rowCount())));
    });
}

QString SnapshotPage::copySelection(bool withHeaders) const
{
    constexpr qsizetype mostCopied = 1'000'000;
    const CellBlock block = selectedBlock(m_view->selectionModel()->selection());
    const qsizetype cells = block.rows.size() * block.columns.size();
    if (cells == 0)
        return tr("Nothing is selected.");
    if (cells > mostCopied)
        return tr("Nothing was copied: %1 are selected, and %2 is the most.")
            .arg(Words::cells(cells), Words::number(mostCopied));
    QApplication::clipboard()->setText(blockAsTsv(*m_model, block, withHeaders));
    return tr("%1 copied").arg(Words::cells(cells));
}

} // namespace rowdesk
