#include "gui/rowstable.h"

#include <QHeaderView>
#include <QScrollBar>

namespace rowdesk {

RowsTable::RowsTable(QWidget *parent) : QTableView(parent), m_frozen(new QTableView(this)), m_edge(new QFrame(this))
{
    m_frozen->setFocusPolicy(Qt::NoFocus);
    m_frozen->setFrameShape(QFrame::NoFrame);
    m_frozen->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_frozen->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_frozen->setEditTriggers(NoEditTriggers);
    m_frozen->setAlternatingRowColors(true);
    m_frozen->setWordWrap(false);
    m_frozen->setContextMenuPolicy(Qt::CustomContextMenu);
    m_frozen->verticalHeader()->hide();
    m_frozen->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_frozen->hide();
    m_edge->setFrameShape(QFrame::VLine);
    m_edge->setFrameShadow(QFrame::Plain);
    m_edge->setLineWidth(2);
    m_edge->hide();
    connect(verticalScrollBar(), &QScrollBar::valueChanged, m_frozen->verticalScrollBar(), &QScrollBar::setValue);
    connect(m_frozen->verticalScrollBar(), &QScrollBar::valueChanged, verticalScrollBar(), &QScrollBar::setValue);
}

void RowsTable::setModel(QAbstractItemModel *model)
{
    QTableView::setModel(model);
    // What the table's own header does later than this is copied by headerChanged().
    connect(model, &QAbstractItemModel::modelReset, this, &RowsTable::headerChanged, Qt::QueuedConnection);
    connect(model, &QAbstractItemModel::columnsInserted, this, &RowsTable::headerChanged, Qt::QueuedConnection);
}

void RowsTable::setSelectionModel(QItemSelectionModel *selection)
{
    QTableView::setSelectionModel(selection);
    if (m_frozen->model())
        m_frozen->setSelectionModel(selection);
}

/// A view without frozen columns has no model, so that it costs nothing when rows arrive.
void RowsTable::setFrozenColumns(int columns)
{
    m_frozenColumns = columns;
    QAbstractItemModel *shown = columns > 0 ? model() : nullptr;
    if (m_frozen->model() != shown) {
        QItemSelectionModel *own = m_frozen->selectionModel();
        m_frozen->setModel(shown);
        if (own && own != selectionModel())
            own->deleteLater();
        if (shown)
            m_frozen->setSelectionModel(selectionModel());
    }
    headerChanged();
}

void RowsTable::headerChanged()
{
    m_frozen->setVisible(m_frozenColumns > 0);
    m_edge->setVisible(m_frozenColumns > 0);
    if (m_frozenColumns == 0)
        return;
    copySections();
    placeFrozen();
}

/// The same order, widths and hidden columns, and of those shown only the first.
void RowsTable::copySections()
{
    const QHeaderView *from = horizontalHeader();
    QHeaderView *to = m_frozen->horizontalHeader();
    m_frozen->verticalHeader()->setDefaultSectionSize(verticalHeader()->defaultSectionSize());
    int left = m_frozenColumns;
    for (int visual = 0; visual < std::min(from->count(), to->count()); ++visual) {
        const int column = from->logicalIndex(visual);
        to->moveSection(to->visualIndex(column), visual);
        const bool shown = !from->isSectionHidden(column) && left-- > 0;
        to->setSectionHidden(column, !shown);
        if (shown)
            to->resizeSection(column, from->sectionSize(column));
    }
}

void RowsTable::placeFrozen()
{
    const QRect inside = viewport()->geometry();
    const int head = horizontalHeader()->isVisible() ? horizontalHeader()->height() : 0;
    const int width = std::min(frozenWidth(), inside.width() * 3 / 4);
    m_frozen->setGeometry(inside.left(), inside.top() - head, width, inside.height() + head);
    m_frozen->horizontalHeader()->setFixedHeight(head);
    m_edge->setGeometry(inside.left() + width, inside.top() - head, m_edge->lineWidth(), inside.height() + head);
    m_frozen->raise();
    m_edge->raise();
    m_frozen->verticalScrollBar()->setValue(verticalScrollBar()->value());
}

bool RowsTable::isFrozen(int column) const
{
    return m_frozenColumns > 0 && !m_frozen->isColumnHidden(column);
}

int RowsTable::frozenWidth() const
{
    return m_frozenColumns > 0 ? m_frozen->horizontalHeader()->length() : 0;
}

void RowsTable::scrollTo(const QModelIndex &index, ScrollHint hint)
{
    if (m_frozenColumns == 0)
        return QTableView::scrollTo(index, hint);
    const int before = horizontalScrollBar()->value();
    QTableView::scrollTo(index, hint);
    if (isFrozen(index.column()))
        return horizontalScrollBar()->setValue(before);
    const int behind = m_frozen->width() - columnViewportPosition(index.column());
    if (behind > 0)
        horizontalScrollBar()->setValue(horizontalScrollBar()->value() - behind);
}

void RowsTable::resizeEvent(QResizeEvent *event)
{
    QTableView::resizeEvent(event);
    if (m_frozenColumns > 0)
        placeFrozen();
}

void RowsTable::updateGeometries()
{
    QTableView::updateGeometries();
    if (m_frozenColumns > 0)
        placeFrozen();
}

} // namespace rowdesk
