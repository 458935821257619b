#include "gui/diffdelegate.h"

#include "gui/look.h"
#include "models/diffmodel.h"

namespace rowdesk {

namespace {

/// A fifth of the colour on the ground of lists.
QColor ground(const QPalette &palette, const QColor &colour)
{
    const QColor base = palette.color(QPalette::Base);
    const auto mix = [](int a, int b) { return (4 * a + b) / 5; };
    return QColor(mix(base.red(), colour.red()), mix(base.green(), colour.green()), mix(base.blue(), colour.blue()));
}

} // namespace

void DiffDelegate::initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    const bool isChanged = index.data(DiffModel::CellChangedRole).toBool();
    if (index.data(DiffModel::NothingRole).toBool()) {
        option->font.setItalic(true);
        option->palette.setColor(QPalette::Text, look::quietText(option->palette));
    }
    switch (static_cast<DiffModel::Change>(index.data(DiffModel::ChangeRole).toInt())) {
    case DiffModel::Change::Added:
        option->backgroundBrush = ground(option->palette, QColor(0, 160, 70));
        break;
    case DiffModel::Change::Removed:
        option->backgroundBrush = ground(option->palette, QColor(220, 40, 50));
        break;
    case DiffModel::Change::Changed:
        if (!isChanged)
            break;
        option->backgroundBrush = ground(option->palette, QColor(240, 170, 0));
        option->font.setBold(true);
        break;
    }
}

} // namespace rowdesk
