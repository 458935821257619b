#include "gui/celldelegate.h"

#include "gui/look.h"
#include "models/tablefind.h"
#include "models/tablemodel.h"

namespace rowdesk {

void CellDelegate::initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    if (m_find && m_find->isHit(index.row(), index.column())) {
        QColor ground = option->palette.color(QPalette::Highlight);
        ground.setAlphaF(0.25f);
        option->backgroundBrush = ground;
        option->font.setUnderline(true);
    }
    switch (static_cast<TableModel::Look>(index.data(TableModel::LookRole).toInt())) {
    case TableModel::Look::Null:
    case TableModel::Look::Empty:
    case TableModel::Look::Spaces:
        option->font.setItalic(true);
        option->palette.setColor(QPalette::Text, look::quietText(option->palette));
        break;
    case TableModel::Look::Json:
        option->font.setItalic(true);
        break;
    case TableModel::Look::Text:
    case TableModel::Look::Number:
    case TableModel::Look::Bool:
        break;
    }
}

} // namespace rowdesk
