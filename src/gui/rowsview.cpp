#include "gui/rowsview.h"

#include "gui/celldelegate.h"
#include "gui/columnarrangement.h"
#include "gui/columnheader.h"
#include "gui/columnwidths.h"
#include "gui/emptystate.h"
#include "gui/filterbar.h"
#include "gui/filtereditor.h"
#include "gui/findbar.h"
#include "gui/icons.h"
#include "gui/look.h"
#include "gui/plainlabel.h"
#include "gui/recordpanel.h"
#include "gui/rowsmenus.h"
#include "gui/rowstable.h"
#include "gui/valuepanel.h"
#include "gui/viewsmenu.h"
#include "models/columnqualities.h"
#include "models/rowswords.h"
#include "models/selectionsummary.h"
#include "models/tablefind.h"
#include "models/tablemodel.h"
#include "models/tablequery.h"
#include "models/tabletext.h"
#include "models/words.h"

#include <QAction>
#include <QApplication>
#include <QBoxLayout>
#include <QClipboard>
#include <QHeaderView>
#include <QMimeData>
#include <QSplitter>
#include <QStackedWidget>
#include <QToolButton>

namespace rowdesk {

namespace {

constexpr int fittedRows = 100;           ///< rows looked at for the width of a column
constexpr qint64 mostFormatted = 100'000; ///< cells that are also copied as HTML
constexpr int widestColumn = 40;          ///< in characters
constexpr int mostFollowed = 1000;        ///< selected rows that stay selected when rows change places

} // namespace

RowsView::RowsView(QWidget *parent)
    : QWidget(parent)
    , m_model(new TableModel(this))
    , m_query(new TableQuery(m_model, this))
    , m_find(new TableFind(m_model, this))
    , m_summary(new SelectionSummary(m_model, this))
    , m_menus(new RowsMenus(this))
    , m_findAction(new QAction(icon(Icon::Search), tr("Find"), this))
    , m_valueAction(new QAction(tr("&Value panel"), this))
    , m_recordAction(new QAction(tr("&Record panel"), this))
    , m_filters(new FilterBar(m_query, m_findAction, this))
    , m_editor(new FilterEditor(m_model, m_query, this))
    , m_findBar(new FindBar(m_model, m_find, this))
    , m_value(new ValuePanel)
    , m_record(new RecordPanel(m_model))
    , m_qualities(new ColumnQualities(m_model, this))
    , m_none(new PlainLabel(tr("No row meets the filters. Change or remove one above."), PlainLabel::Weight::Quiet))
    , m_stack(new QStackedWidget(this))
    , m_view(new RowsTable)
    , m_empty(new EmptyState)
{
    setUpView();
    setUpActions();
    setUpFind();
    layOut();
    setFocusProxy(m_view);
}

void RowsView::layOut()
{
    auto *inTable = new QVBoxLayout(m_view->viewport());
    inTable->addWidget(m_none);
    m_none->setAlignment(Qt::AlignCenter);
    m_none->setWordWrap(true);
    m_none->hide();
    auto *halves = new QSplitter;
    halves->addWidget(m_view);
    halves->addWidget(m_record);
    halves->addWidget(m_value);
    halves->setStretchFactor(0, 3);
    halves->setStretchFactor(1, 1);
    halves->setStretchFactor(2, 1);
    halves->setChildrenCollapsible(false);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(halves);
    auto *rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, look::near, 0, 0);
    rows->setSpacing(look::hair);
    rows->addWidget(m_filters);
    rows->addWidget(m_editor);
    rows->addWidget(m_stack, 1);
    rows->addWidget(m_findBar);
    for (QWidget *later :
         {static_cast<QWidget *>(m_editor), static_cast<QWidget *>(m_findBar), static_cast<QWidget *>(m_record),
          static_cast<QWidget *>(m_value), static_cast<QWidget *>(m_filters)})
        later->hide();
}

RowsView::~RowsView() = default;

QTableView *RowsView::view() const
{
    return m_view;
}

/// What the table and the view of its frozen columns have in common.
void RowsView::setUpTable(QTableView *table)
{
    setUpHeader(table);
    auto *delegate = new CellDelegate(table);
    delegate->setFind(m_find);
    table->setItemDelegate(delegate);
    table->setContextMenuPolicy(Qt::CustomContextMenu);
    table->setAlternatingRowColors(true);
    table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    table->setWordWrap(false);
    table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    connect(table, &QWidget::customContextMenuRequested, this,
            [this, table](const QPoint &place) { menuAt(table, place); });
}

void RowsView::setUpView()
{
    setUpTable(m_view);
    setUpTable(m_view->frozenView());
    m_view->setModel(m_model);
    m_view->setAccessibleName(tr("Rows"));
    m_view->setTabKeyNavigation(false);
    m_view->setCornerButtonEnabled(true);
    m_view->verticalHeader()->setDefaultSectionSize(look::rowHeight(m_view));
    m_view->horizontalHeader()->setResizeContentsPrecision(fittedRows);
    m_view->horizontalHeader()->setMaximumSectionSize(m_view->fontMetrics().averageCharWidth() * 4 * widestColumn);
    setUpColumns();
    connect(m_view->selectionModel(), &QItemSelectionModel::selectionChanged, this, &RowsView::addUp);
    connect(m_view->selectionModel(), &QItemSelectionModel::selectionChanged, this, &RowsView::selectionChanged);
    connect(m_view->selectionModel(), &QItemSelectionModel::currentChanged, this, &RowsView::currentMoved);
    connect(m_summary, &SelectionSummary::changed, this, &RowsView::statusChanged);
    connect(m_model, &TableModel::rowsArrived, this, &RowsView::showState);
    connect(m_query, &TableQuery::changed, this, &RowsView::statusChanged);
    connect(m_query, &TableQuery::aboutToApply, this, &RowsView::keepPlace);
    connect(m_query, &TableQuery::applied, this, &RowsView::findPlace);
}

void RowsView::currentMoved()
{
    const QModelIndex current = m_view->currentIndex();
    m_findBar->setCurrentColumn(current.column());
    if (m_record->isVisibleTo(this))
        m_record->setRow(current.row());
    if (!m_value->isVisibleTo(this))
        return;
    if (!current.isValid())
        return m_value->clear();
    const QString column = Words::oneLine(m_model->store()->columnName(current.column()));
    const qint64 row = m_model->sourceRow(current.row()) + 1;
    m_value->setCell(tr("%1, row %2").arg(column, Words::number(row)),
                     RowsWords::kind(m_model->store()->kind(row - 1, current.column())),
                     current.data(TableModel::ExactTextRole).toString());
}

void RowsView::addUp()
{
    QVector<int> hidden;
    for (int column = 0; column < m_model->columnCount(); ++column) {
        if (m_view->isColumnHidden(column))
            hidden.append(column);
    }
    m_summary->setSelection(m_view->selectionModel()->selection(), hidden);
}

void RowsView::setUpHeader(QTableView *table)
{
    auto *header = new ColumnHeader(m_query, m_qualities, table);
    table->setHorizontalHeader(header);
    // A click sorts; the view would select the column.
    disconnect(header, &QHeaderView::sectionPressed, table, nullptr);
    disconnect(header, &QHeaderView::sectionEntered, table, nullptr);
    connect(header, &ColumnHeader::selectWanted, m_view, &QTableView::selectColumn);
    connect(header, &ColumnHeader::menuWanted, this, &RowsView::columnMenu);
}

void RowsView::setUpColumns()
{
    m_widths = new ColumnWidths(m_view);
    m_arrangement = new ColumnArrangement(m_view);
    m_views = new ViewsMenu(m_query, m_arrangement, this);
    m_viewsButton = m_filters->addMenu(tr("Views"), m_views);
    m_viewsButton->setToolTip(tr("Filters, sorting and columns under names of your own"));
    connect(m_arrangement, &ColumnArrangement::chosen, this, &RowsView::addUp);
    // The frozen part of the header is wider or narrower: so is the column.
    QHeaderView *frozen = m_view->frozenView()->horizontalHeader();
    frozen->setSectionsMovable(false);
    connect(frozen, &QHeaderView::sectionResized, m_view, [this](int column, int, int width) {
        if (width > 0)
            m_view->setColumnWidth(column, width);
    });
}

/// Rows are about to change places. Selected cells stay selected, unless following them would hold the window.
void RowsView::keepPlace()
{
    const QModelIndex current = m_view->currentIndex();
    m_row = std::max(current.row(), 0);
    m_column = std::max(current.column(), 0);
    qint64 rows = 0;
    const QItemSelection selection = m_view->selectionModel()->selection();
    for (const QItemSelectionRange &range : selection)
        rows += range.height();
    if (rows > mostFollowed)
        m_view->clearSelection();
}

/// The current cell is on its row still; when that is filtered out, the one in its place is.
void RowsView::findPlace()
{
    const int rows = m_model->rowCount();
    if (rows > 0 && !m_view->currentIndex().isValid())
        m_view->selectionModel()->setCurrentIndex(m_model->index(std::min(m_row, rows - 1), m_column),
                                                  QItemSelectionModel::NoUpdate);
    showFirstRows();
    addUp();
    currentMoved();
    showWhetherEmpty();
}

/// An empty table says why it is empty, and what to do.
void RowsView::showWhetherEmpty()
{
    m_none->setVisible(m_query->isFiltered() && m_model->rowCount() == 0 && m_model->knownRows() > 0);
}

void RowsView::read(std::unique_ptr<RowStream> stream)
{
    m_model->setStream(stream.get());
    m_stream = std::move(stream);
    m_fitted = false;
    connect(m_stream.get(), &RowStream::ended, this, &RowsView::showState);
    m_stream->start();
    showState();
}

void RowsView::showStore(std::shared_ptr<const ColumnStore> store)
{
    m_model->setStore(std::move(store));
    m_stream.reset();
    m_fitted = false;
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
    if (!m_isShown)
        return {};
    QStringList parts{RowsWords::state(*m_model->store())};
    if (m_query->isSorted())
        parts.append(isLoading() ? tr("%1 (of the rows loaded so far)").arg(m_query->sortWords())
                                 : m_query->sortWords());
    if (!m_summary->words().isEmpty())
        parts.append(m_summary->words());
    return parts.join(QStringLiteral(" · "));
}

void RowsView::showState()
{
    m_isShown = true;
    const ColumnStore &store = *m_model->store();
    if (store.state() != ColumnStore::State::Loading)
        m_query->catchUp();
    if (store.rowCount() == 0) {
        if (store.state() == ColumnStore::State::Loading)
            m_empty->setText(tr("Reading the first page of rows…"), QString());
        else if (store.isComplete())
            m_empty->setText(tr("No rows"), tr("The table is empty. Import a file to fill it, or drop one here."));
        else
            m_empty->setText(tr("No row could be read"), store.error() ? store.error()->text() : QString());
    }
    m_stack->setCurrentIndex(store.rowCount() == 0 ? 0 : 1);
    showWhetherEmpty();
    m_filters->setVisible(store.rowCount() > 0);
    m_filters->refresh();
    showFirstRows();
    emit statusChanged();
}

/// Once there are rows to see: what the widths of the columns come from, and the current cell.
void RowsView::showFirstRows()
{
    const bool noneWillCome = !isLoading() && !m_query->isRunning() && m_model->columnCount() > 0;
    if (m_fitted || (m_model->rowCount() == 0 && !noneWillCome))
        return;
    m_fitted = true;
    m_widths->fit([this] { fitColumns(); });
    m_view->setCurrentIndex(m_model->index(0, 0));
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
