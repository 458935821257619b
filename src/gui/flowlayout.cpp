#include "gui/flowlayout.h"

#include <QWidget>

namespace rowdesk {

FlowLayout::FlowLayout(QWidget *parent, int gap) : QLayout(parent)
{
    setContentsMargins(0, 0, 0, 0);
    setSpacing(gap);
}

FlowLayout::~FlowLayout()
{
    qDeleteAll(m_items);
}

QLayoutItem *FlowLayout::takeAt(int index)
{
    return index >= 0 && index < m_items.size() ? m_items.takeAt(index) : nullptr;
}

QSize FlowLayout::minimumSize() const
{
    QSize size;
    for (const QLayoutItem *item : m_items)
        size = size.expandedTo(item->minimumSize());
    return size;
}

void FlowLayout::setGeometry(const QRect &area)
{
    QLayout::setGeometry(area);
    place(area, false);
}

int FlowLayout::place(const QRect &area, bool onlyMeasure) const
{
    const bool mirrored = parentWidget() && parentWidget()->isRightToLeft();
    int x = 0;
    int y = 0;
    int lineHeight = 0;
    for (QLayoutItem *item : m_items) {
        if (item->isEmpty())
            continue;
        const QSize size = item->sizeHint().boundedTo(QSize(area.width(), item->sizeHint().height()));
        if (x > 0 && x + size.width() > area.width()) {
            x = 0;
            y += lineHeight + spacing();
            lineHeight = 0;
        }
        if (!onlyMeasure) {
            const int left = mirrored ? area.right() + 1 - x - size.width() : area.left() + x;
            item->setGeometry(QRect(QPoint(left, area.top() + y), size));
        }
        x += size.width() + spacing();
        lineHeight = std::max(lineHeight, size.height());
    }
    return y + lineHeight;
}

} // namespace rowdesk
