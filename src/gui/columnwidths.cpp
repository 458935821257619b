#include "gui/columnwidths.h"

#include "models/tablemodel.h"

#include <QHeaderView>
#include <QTableView>

namespace rowdesk {

ColumnWidths::ColumnWidths(QTableView *view) : QObject(view), m_view(view)
{
    connect(view->horizontalHeader(), &QHeaderView::sectionResized, this,
            [this](int column, int, int width) { keep(column, width); });
}

void ColumnWidths::fit(const std::function<void()> &fit)
{
    m_listening = false;
    fit();
    for (int column = 0; column < m_view->model()->columnCount(); ++column) {
        if (const int width = m_widths.value(name(column)); width > 0)
            m_view->setColumnWidth(column, width);
    }
    m_listening = true;
}

void ColumnWidths::keep(int column, int width)
{
    // Hiding a column makes it 0 wide; that is not a width to show it with.
    if (!m_listening || width == 0 || column >= m_view->model()->columnCount())
        return;
    m_widths[name(column)] = width;
    emit chosen(name(column), width);
}

QString ColumnWidths::name(int column) const
{
    return m_view->model()->headerData(column, Qt::Horizontal, TableModel::ExactTextRole).toString();
}

} // namespace rowdesk
