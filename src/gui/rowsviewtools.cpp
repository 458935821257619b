#include "gui/rowsview.h"

#include "gui/columnarrangement.h"
#include "gui/filterbar.h"
#include "gui/filtereditor.h"
#include "gui/findbar.h"
#include "gui/recordpanel.h"
#include "gui/rowsmenus.h"
#include "gui/rowstable.h"
#include "gui/valuepanel.h"
#include "gui/viewsmenu.h"
#include "models/tablefind.h"
#include "models/tablemodel.h"
#include "models/tablequery.h"

#include <QAction>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMenu>
#include <QToolButton>

// The tools around the table: filters, finding, menus, the value panel.

namespace rowdesk {

void RowsView::setUpActions()
{
    connect(m_findAction, &QAction::triggered, this, &RowsView::openFind);
    m_findAction->setToolTip(tr("Find in the rows (Ctrl+F)"));
    m_valueAction->setCheckable(true);
    connect(m_valueAction, &QAction::toggled, this, [this](bool shown) {
        m_value->setVisible(shown);
        currentMoved();
    });
    m_recordAction->setCheckable(true);
    connect(m_recordAction, &QAction::toggled, this, [this](bool shown) {
        m_record->setVisible(shown);
        currentMoved();
    });
    connect(m_record, &RecordPanel::stepWanted, this, &RowsView::step);
    connect(m_record, &RecordPanel::columnChosen, this,
            [this](int column) { goTo(m_view->currentIndex().row(), column); });
    connect(m_filters, &FilterBar::addWanted, this, &RowsView::addFilterHere);
    connect(m_filters, &FilterBar::editWanted, m_editor, &FilterEditor::openExisting);
    connect(m_editor, &FilterEditor::closed, this, [this] { m_view->setFocus(); });
}

void RowsView::findNext()
{
    findAgain(true);
}

void RowsView::findPrevious()
{
    findAgain(false);
}

void RowsView::addFilterHere()
{
    if (m_model->columnCount() > 0)
        addFilter(std::max(m_view->currentIndex().column(), 0));
}

void RowsView::clearFilters()
{
    m_query->clearFilters();
}

void RowsView::toggleValue()
{
    m_valueAction->toggle();
}

void RowsView::toggleRecord()
{
    m_recordAction->toggle();
}

void RowsView::openViews()
{
    m_viewsButton->showMenu();
}

void RowsView::step(int rows)
{
    const QModelIndex current = m_view->currentIndex();
    const int row = current.row() + rows;
    if (current.isValid() && row >= 0 && row < m_model->rowCount())
        goTo(row, current.column());
}

bool RowsView::goToSource(qint64 sourceRow)
{
    const int row = m_model->rowOfSource(sourceRow);
    if (row >= 0)
        goTo(row, std::max(m_view->currentIndex().column(), 0));
    return row >= 0;
}

void RowsView::setUpFind()
{
    connect(m_find, &TableFind::changed, m_view->viewport(), qOverload<>(&QWidget::update));
    connect(m_find, &TableFind::found, this, [this] {
        // While typing, the search goes from the cell where it began.
        const QModelIndex from = m_findOrigin.isValid() ? QModelIndex(m_findOrigin) : m_view->currentIndex();
        if (m_find->isHit(from.row(), from.column()))
            return goTo(from.row(), from.column());
        const TableFind::Place place = m_find->next({from.row(), from.column()});
        if (place.isValid())
            goTo(place.index, place.column);
    });
    connect(m_findBar, &FindBar::nextWanted, this, [this] { findAgain(true); });
    connect(m_findBar, &FindBar::previousWanted, this, [this] { findAgain(false); });
    connect(m_findBar, &FindBar::closed, this, &RowsView::findStopped);
}

void RowsView::openFind()
{
    if (m_view->isVisible() && !m_findBar->isVisible())
        m_findOrigin = m_view->currentIndex();
    m_findBar->open(m_view->currentIndex().column());
}

void RowsView::findInColumn(int column)
{
    m_findOrigin = m_view->currentIndex();
    m_findBar->openInColumn(column);
}

void RowsView::findAgain(bool forward)
{
    if (!m_find->isActive())
        return openFind();
    const QModelIndex current = m_view->currentIndex();
    const TableFind::Place from{current.row(), current.column()};
    const TableFind::Place place = forward ? m_find->next(from) : m_find->previous(from);
    if (place.isValid())
        goTo(place.index, place.column);
}

/// Esc in the find bar: back to the cell where finding began.
void RowsView::findStopped()
{
    if (m_findOrigin.isValid())
        goTo(m_findOrigin.row(), m_findOrigin.column());
    m_findOrigin = QModelIndex();
    m_view->setFocus();
}

void RowsView::goTo(qsizetype row, int column)
{
    const QModelIndex cell = m_model->index(static_cast<int>(row), column);
    if (m_view->isColumnHidden(column))
        m_arrangement->setHidden(column, false);
    m_view->setCurrentIndex(cell);
    m_view->scrollTo(cell);
}

bool RowsView::event(QEvent *event)
{
    // Esc in the table closes the find bar before it leaves the table.
    if (event->type() == QEvent::ShortcutOverride && m_findBar->isVisible() &&
        static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape) {
        event->accept();
        return true;
    }
    return QWidget::event(event);
}

void RowsView::keyPressEvent(QKeyEvent *event)
{
    if (event->key() != Qt::Key_Escape || !m_findBar->isVisible())
        return QWidget::keyPressEvent(event);
    m_findOrigin = QModelIndex(); // it stays where it is
    m_findBar->close();
}

void RowsView::addFilter(int column)
{
    m_editor->openNew(column);
}

void RowsView::menuAt(const QTableView *table, const QPoint &place)
{
    const QModelIndex cell = table->indexAt(place);
    if (!cell.isValid())
        return;
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    m_menus->fillCellMenu(menu, cell);
    menu->popup(table->viewport()->mapToGlobal(place));
}

void RowsView::columnMenu(int column, const QPoint &where)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    m_menus->fillColumnMenu(menu, column);
    menu->popup(where);
}

void RowsView::openColumnMenu()
{
    const QHeaderView *header = m_view->horizontalHeader();
    // Without rows there is no current cell, but there are columns.
    const int column = m_view->currentIndex().isValid() ? m_view->currentIndex().column() : m_column;
    if (column < header->count())
        columnMenu(column, header->viewport()->mapToGlobal(
                               QPoint(header->sectionViewportPosition(column), header->viewport()->height())));
}

} // namespace rowdesk
