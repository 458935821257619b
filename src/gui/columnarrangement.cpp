#include "gui/columnarrangement.h"

#include "gui/rowstable.h"
#include "models/tablemodel.h"

#include <QHeaderView>
#include <QScopedValueRollback>

namespace rowdesk {

ColumnArrangement::ColumnArrangement(RowsTable *table) : QObject(table), m_table(table)
{
    const QHeaderView *header = table->horizontalHeader();
    connect(header, &QHeaderView::sectionMoved, this, &ColumnArrangement::take);
    connect(header, &QHeaderView::sectionResized, this, [this] { m_table->headerChanged(); });
    // After the header has taken notice.
    connect(table->model(), &QAbstractItemModel::modelReset, this, &ColumnArrangement::apply);
    connect(table->model(), &QAbstractItemModel::columnsInserted, this, &ColumnArrangement::apply);
}

void ColumnArrangement::set(const ColumnLayout &layout)
{
    m_layout = layout;
    apply();
}

/// Columns that the layout names, in its order, then the others in theirs.
void ColumnArrangement::apply()
{
    const QScopedValueRollback applying(m_applying, true);
    QHeaderView *header = m_table->horizontalHeader();
    QStringList names;
    for (int column = 0; column < header->count(); ++column)
        names.append(name(column));
    int place = 0;
    const auto put = [&](int column) { header->moveSection(header->visualIndex(column), place++); };
    for (const QString &wanted : m_layout.order) {
        if (const qsizetype column = names.indexOf(wanted); column >= 0)
            put(static_cast<int>(column));
    }
    for (int column = 0; column < names.size(); ++column) {
        if (!m_layout.order.contains(names[column]))
            put(column);
        header->setSectionHidden(column, m_layout.hidden.contains(names[column]));
    }
    m_table->setFrozenColumns(std::min<int>(m_layout.frozen, static_cast<int>(shownColumns().size())));
}

/// What the header shows becomes the layout.
void ColumnArrangement::take()
{
    if (m_applying)
        return;
    const QHeaderView *header = m_table->horizontalHeader();
    ColumnLayout layout;
    layout.frozen = m_layout.frozen;
    bool moved = false;
    for (int visual = 0; visual < header->count(); ++visual) {
        const int column = header->logicalIndex(visual);
        moved = moved || column != visual;
        layout.order.append(name(column));
        if (header->isSectionHidden(column))
            layout.hidden.append(name(column));
    }
    if (!moved)
        layout.order.clear();
    m_layout = layout;
    m_table->headerChanged();
    emit chosen();
}

void ColumnArrangement::setHidden(int column, bool hidden)
{
    m_table->setColumnHidden(column, hidden);
    take();
}

void ColumnArrangement::showAll()
{
    for (int column = 0; column < m_table->model()->columnCount(); ++column)
        m_table->setColumnHidden(column, false);
    take();
}

void ColumnArrangement::move(int column, int by)
{
    const QVector<int> shown = shownColumns();
    const qsizetype place = shown.indexOf(column) + by;
    if (place < 0 || place >= shown.size())
        return;
    QHeaderView *header = m_table->horizontalHeader();
    header->moveSection(header->visualIndex(column), header->visualIndex(shown[place]));
}

void ColumnArrangement::freezeUpTo(int column)
{
    m_layout.frozen = isLastFrozen(column) ? 0 : static_cast<int>(shownColumns().indexOf(column)) + 1;
    m_table->setFrozenColumns(m_layout.frozen);
    emit chosen();
}

bool ColumnArrangement::isLastFrozen(int column) const
{
    return m_layout.frozen > 0 && shownColumns().indexOf(column) + 1 == m_layout.frozen;
}

void ColumnArrangement::reset()
{
    set({});
    emit chosen();
}

QString ColumnArrangement::name(int column) const
{
    return m_table->model()->headerData(column, Qt::Horizontal, TableModel::ExactTextRole).toString();
}

QVector<int> ColumnArrangement::shownColumns() const
{
    const QHeaderView *header = m_table->horizontalHeader();
    QVector<int> shown;
    for (int visual = 0; visual < header->count(); ++visual) {
        if (const int column = header->logicalIndex(visual); !header->isSectionHidden(column))
            shown.append(column);
    }
    return shown;
}

} // namespace rowdesk
