#include "gui/diffdelegate.h"

#include "core/textedits.h"
#include "gui/look.h"
#include "models/diffmodel.h"

#include <QPainter>
#include <QStyle>
#include <QTextLayout>

namespace rowdesk {

namespace {

/// A fifth of the colour on the ground of lists.
QColor ground(const QPalette &palette, const QColor &colour)
{
    const QColor base = palette.color(QPalette::Base);
    const auto mix = [](int a, int b) { return (4 * a + b) / 5; };
    return QColor(mix(base.red(), colour.red()), mix(base.green(), colour.green()), mix(base.blue(), colour.blue()));
}

/// "old → new" with the edits marked; cut at the end where it is too wide.
void layOutEdits(QTextLayout &layout, const DiffModel::CellTexts &texts, const QStyleOptionViewItem &option)
{
    const QString arrow = QStringLiteral(" \u2192 ");
    const TextEdits edits = textEdits(texts.old, texts.now);
    const QColor text =
        option.palette.color(option.state & QStyle::State_Selected ? QPalette::HighlightedText : QPalette::Text);
    QVector<QTextLayout::FormatRange> formats;
    const auto add = [&](const QVector<TextPart> &parts, qsizetype from, const QColor &colour, bool gone) {
        for (const TextPart &part : parts) {
            QTextCharFormat format;
            format.setForeground(text);
            QColor tint = colour;
            tint.setAlpha(90);
            format.setBackground(tint);
            format.setFontStrikeOut(gone);
            format.setFontUnderline(!gone);
            formats.append({int(from + part.start), int(part.length), format});
        }
    };
    add(edits.old, 0, QColor(220, 40, 50), true);
    add(edits.now, texts.old.size() + arrow.size(), QColor(0, 160, 70), false);
    layout.setText(texts.difference.isEmpty()
                       ? texts.old + arrow + texts.now
                       : DiffModel::tr("%1 (%2)").arg(texts.old + arrow + texts.now, texts.difference));
    layout.setFont(option.font);
    QTextOption lines;
    lines.setWrapMode(QTextOption::NoWrap);
    layout.setTextOption(lines);
    layout.setFormats(formats);
    layout.beginLayout();
    layout.createLine().setLineWidth(1e6);
    layout.endLayout();
}

} // namespace

void DiffDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const auto *model = qobject_cast<const DiffModel *>(index.model());
    if (!model || !model->isCellChanged(index.row(), index.column()))
        return QStyledItemDelegate::paint(painter, option, index);
    const DiffModel::CellTexts texts = model->cellTexts(index.row(), index.column());
    if (!texts.areTexts)
        return QStyledItemDelegate::paint(painter, option, index);
    QStyleOptionViewItem cell = option;
    initStyleOption(&cell, index);
    cell.font.setBold(false);
    cell.text.clear();
    const QStyle *style = cell.widget->style();
    style->drawControl(QStyle::CE_ItemViewItem, &cell, painter, cell.widget);
    QTextLayout layout;
    layOutEdits(layout, texts, cell);
    const QRect area = cell.rect.adjusted(look::hair, 0, -look::hair, 0);
    const bool isWide = layout.lineAt(0).naturalTextWidth() > area.width();
    const QRect shown = isWide ? area.adjusted(0, 0, -cell.fontMetrics.horizontalAdvance(QChar(0x2026)), 0) : area;
    painter->save();
    painter->setClipRect(shown);
    const QPalette::ColorRole role = cell.state & QStyle::State_Selected ? QPalette::HighlightedText : QPalette::Text;
    painter->setPen(cell.palette.color(role));
    layout.draw(painter, QPointF(area.left(), area.top() + (area.height() - layout.boundingRect().height()) / 2));
    painter->setClipping(false);
    if (isWide)
        painter->drawText(area, Qt::AlignRight | Qt::AlignVCenter, QString(QChar(0x2026)));
    painter->restore();
}

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
    case DiffModel::Change::Same:
        option->palette.setColor(QPalette::Text, look::quietText(option->palette));
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
