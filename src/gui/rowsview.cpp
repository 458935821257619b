#include "gui/rowsview.h"

#include "gui/celldelegate.h"
#include "gui/emptystate.h"
#include "gui/look.h"
#include "models/rowswords.h"
#include "models/tablemodel.h"
#include "models/tabletext.h"
#include "models/words.h"

#include <QApplication>
#include <QBoxLayout>
#include <QClipboard>
#include <QHeaderView>
#include <QMimeData>
#include <QStackedWidget>
#include <QTableView>

namespace rowdesk {

namespace {

constexpr int fittedRows = 100;           ///< rows looked at for the width of a column
constexpr qint64 mostFormatted = 100'000; ///< cells that are also copied as HTML
constexpr int widestColumn = 40;          ///< in characters

} // namespace

RowsView::RowsView(QWidget *parent)
    : QWidget(parent)
    , m_model(new TableModel(this))
    , m_stack(new QStackedWidget(this))
    , m_view(new QTableView)
    , m_empty(new EmptyState)
{
    setUpView();
    m_stack->addWidget(m_empty);
    m_stack->addWidget(m_view);
    auto *rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, look::near, 0, 0);
    rows->addWidget(m_stack);
    setFocusProxy(m_view);
}

RowsView::~RowsView() = default;

void RowsView::setUpView()
{
    m_view->setModel(m_model);
    m_view->setItemDelegate(new CellDelegate(m_view));
    m_view->setAccessibleName(tr("Rows"));
    m_view->setAlternatingRowColors(true);
    m_view->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_view->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_view->setTabKeyNavigation(false);
    m_view->setWordWrap(false);
    m_view->setCornerButtonEnabled(true);
    m_view->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_view->verticalHeader()->setDefaultSectionSize(look::rowHeight(m_view));
    m_view->horizontalHeader()->setSectionsMovable(true);
    m_view->horizontalHeader()->setHighlightSections(false);
    m_view->horizontalHeader()->setResizeContentsPrecision(fittedRows);
    m_view->horizontalHeader()->setMaximumSectionSize(m_view->fontMetrics().averageCharWidth() * 4 * widestColumn);
    connect(m_view->selectionModel(), &QItemSelectionModel::selectionChanged, this, &RowsView::selectionChanged);
}

void RowsView::read(std::unique_ptr<RowStream> stream)
{
    m_model->setStream(stream.get());
    m_stream = std::move(stream);
    m_fitted = false;
    connect(m_stream.get(), &RowStream::rowsAppended, this, &RowsView::showState);
    connect(m_stream.get(), &RowStream::ended, this, &RowsView::showState);
    m_stream->start();
    showState();
}

void RowsView::retry()
{
    if (!canRetry())
        return;
    m_stream->retry();
    showState();
}

void RowsView::stop()
{
    if (m_stream)
        m_stream->stop();
}

bool RowsView::canRetry() const
{
    return m_stream && m_stream->store()->state() == ColumnStore::State::Stopped;
}

bool RowsView::isLoading() const
{
    return m_stream && m_stream->store()->state() == ColumnStore::State::Loading;
}

QString RowsView::status() const
{
    return m_stream ? RowsWords::state(*m_stream->store()) : QString();
}

void RowsView::showState()
{
    const ColumnStore &store = *m_stream->store();
    if (store.rowCount() == 0) {
        if (store.state() == ColumnStore::State::Loading)
            m_empty->setText(tr("Reading the first page of rows…"), QString());
        else if (store.isComplete())
            m_empty->setText(tr("No rows"), tr("The table is empty. Import a file to fill it, or drop one here."));
        else
            m_empty->setText(tr("No row could be read"), store.error() ? store.error()->text() : QString());
    }
    m_stack->setCurrentWidget(store.rowCount() == 0 ? static_cast<QWidget *>(m_empty) : m_view);
    if (!m_fitted && store.rowCount() > 0) {
        m_fitted = true;
        fitColumns();
        m_view->setCurrentIndex(m_model->index(0, 0));
    }
    emit statusChanged();
}

void RowsView::fitColumns()
{
    m_view->resizeColumnsToContents();
    const int widest = m_view->fontMetrics().averageCharWidth() * widestColumn;
    for (int column = 0; column < m_model->columnCount(); ++column) {
        if (m_view->columnWidth(column) > widest)
            m_view->setColumnWidth(column, widest);
    }
}

bool RowsView::hasSelection() const
{
    return m_view->selectionModel()->hasSelection();
}

void RowsView::selectAll()
{
    m_view->selectAll();
}

QString RowsView::copySelection(bool withHeaders) const
{
    const CellBlock block = selectedBlock(m_view->selectionModel()->selection());
    if (block.isEmpty())
        return {};
    const qint64 cells = qint64(block.rows.size()) * block.columns.size();
    if (cells > mostCopied)
        return tr("nothing was copied: %1 cells are selected, one copy takes at most %2")
            .arg(Words::number(cells), Words::number(mostCopied));
    auto *copied = new QMimeData;
    copied->setText(blockAsTsv(*m_model, block, withHeaders));
    if (cells <= mostFormatted)
        copied->setHtml(blockAsHtml(*m_model, block, withHeaders));
    QApplication::clipboard()->setMimeData(copied);
    return tr("copied %1 × %2").arg(Words::rows(block.rows.size()), Words::columns(block.columns.size()));
}

} // namespace rowdesk
