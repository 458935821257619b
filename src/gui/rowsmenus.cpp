#include "gui/rowsmenus.h"

#include "gui/columnarrangement.h"
#include "gui/icons.h"
#include "gui/rowsview.h"
#include "models/plaintooltip.h"
#include "models/tablemodel.h"
#include "models/tablequery.h"
#include "models/words.h"

#include <QHeaderView>
#include <QMenu>
#include <QTableView>

namespace rowdesk {

RowsMenus::RowsMenus(RowsView *view) : QObject(view), m_rows(view) {}

void RowsMenus::addSorting(QMenu *menu, int column)
{
    TableQuery *query = m_rows->query();
    const int place = query->orderOf(column);
    const auto add = [&](const QString &text, bool descending, bool further) {
        QAction *action = menu->addAction(
            text, query, [query, column, descending, further] { query->setSort(column, descending, further); });
        const bool alone = query->orders().size() == 1;
        action->setCheckable(true);
        action->setChecked(place >= 0 && query->orders()[place].descending == descending && alone != further);
    };
    add(tr("Sort &ascending"), false, false);
    add(tr("Sort &descending"), true, false);
    if (query->isSorted() && (place != 0 || query->orders().size() > 1)) {
        add(tr("Then ascending by this column"), false, true);
        add(tr("Then descending by this column"), true, true);
    }
    if (query->isSorted())
        menu->addAction(tr("Stop sorting"), query, &TableQuery::clearSort);
}

void RowsMenus::addWidths(QMenu *menu, int column)
{
    menu->addAction(tr("Fit &width"), m_rows, [this, column] { m_rows->view()->resizeColumnToContents(column); });
    menu->addAction(tr("Fit all widths"), m_rows, &RowsView::fitColumns);
}

void RowsMenus::addArrangement(QMenu *menu, int column)
{
    const QHeaderView *header = m_rows->view()->horizontalHeader();
    ColumnArrangement *columns = m_rows->columnArrangement();
    const int shown = header->count() - header->hiddenSectionCount();
    menu->addAction(columns->isLastFrozen(column) ? tr("&Unfreeze the columns") : tr("Free&ze up to this column"),
                    columns, [columns, column] { columns->freezeUpTo(column); });
    menu->addAction(tr("Move to the &left"), columns, [columns, column] { columns->move(column, -1); });
    menu->addAction(tr("Move to the &right"), columns, [columns, column] { columns->move(column, 1); });
    menu->addAction(tr("&Hide this column"), columns, [columns, column] { columns->setHidden(column, true); })
        ->setEnabled(shown > 1);
    if (header->hiddenSectionCount() > 0)
        menu->addAction(header->hiddenSectionCount() == 1
                            ? tr("&Show the hidden column")
                            : tr("&Show the %n hidden columns", nullptr, header->hiddenSectionCount()),
                        columns, &ColumnArrangement::showAll);
    if (columns->layout() != ColumnLayout())
        menu->addAction(tr("Columns as they came"), columns, &ColumnArrangement::reset);
}

void RowsMenus::fillColumnMenu(QMenu *menu, int column)
{
    addSorting(menu, column);
    menu->addSeparator();
    menu->addAction(tr("&Filter by this column…"), m_rows, [this, column] { m_rows->addFilter(column); });
    menu->addAction(icon(Icon::Search), tr("F&ind in this column"), m_rows,
                    [this, column] { m_rows->findInColumn(column); });
    menu->addAction(tr("&Profile of this column"), m_rows, [this, column] { emit m_rows->profileWanted(column); });
    menu->addAction(tr("&Duplicates in this column"), m_rows,
                    [this, column] { emit m_rows->duplicatesWanted(column); });
    menu->addAction(tr("Select the &column"), m_rows, [this, column] { m_rows->view()->selectColumn(column); });
    menu->addSeparator();
    addArrangement(menu, column);
    addWidths(menu, column);
}

void RowsMenus::fillCellMenu(QMenu *menu, const QModelIndex &cell)
{
    using Look = TableModel::Look;
    const auto look = static_cast<Look>(cell.data(TableModel::LookRole).toInt());
    const QString exact = cell.data(TableModel::ExactTextRole).toString();
    const int column = cell.column();
    const bool none = look == Look::Null;
    const QString shown = none ? tr("no value")
                          : look == Look::Empty
                              ? tr("empty text")
                              : QStringLiteral("“%1”").arg(withoutMnemonic(Words::oneLine(exact, 30)));
    const auto filter = [this, column, exact](Filter::Op op, bool hasValue) {
        // A value of the column itself is never refused.
        (void)m_rows->query()->addFilter({column, op, hasValue ? QStringList{exact} : QStringList{}, false});
    };
    menu->addAction(tr("&Only %1").arg(shown), m_rows,
                    [filter, none] { filter(none ? Filter::Op::Null : Filter::Op::Equals, !none); });
    menu->addAction(tr("&Without %1").arg(shown), m_rows,
                    [filter, none] { filter(none ? Filter::Op::NotNull : Filter::Op::NotEquals, !none); });
    menu->addSeparator();
    menu->addAction(icon(Icon::Copy), tr("&Copy"), m_rows, [this] { m_rows->copySelection(false); });
    menu->addAction(tr("Copy with &headers"), m_rows, [this] { m_rows->copySelection(true); });
    menu->addAction(m_rows->valueAction());
    menu->addAction(m_rows->recordAction());
    menu->addSeparator();
    const QString name = m_rows->view()->model()->headerData(column, Qt::Horizontal).toString();
    QMenu *columnMenu = menu->addMenu(tr("Column “%1”").arg(withoutMnemonic(Words::oneLine(name, 30))));
    fillColumnMenu(columnMenu, column);
}

} // namespace rowdesk
