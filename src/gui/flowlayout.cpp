#include "gui/flowlayout.h"

#include <QWidget>

#include <algorithm>
#include <utility>

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

/// What stands in one line is centred in its height.
int FlowLayout::place(const QRect &area, bool onlyMeasure) const
{
    const bool mirrored = parentWidget() && parentWidget()->isRightToLeft();
    QList<std::pair<QLayoutItem *, QRect>> line; // places from the left and the top of the area
    int x = 0;
    int y = 0;
    int lineHeight = 0;
    const auto endLine = [&] {
        for (const auto &[item, place] : std::as_const(line)) {
            const int left = mirrored ? area.right() + 1 - place.x() - place.width() : area.left() + place.x();
            const int top = area.top() + y + (lineHeight - place.height()) / 2;
            if (!onlyMeasure)
                item->setGeometry(QRect(QPoint(left, top), place.size()));
        }
        line.clear();
    };
    for (QLayoutItem *item : m_items) {
        if (item->isEmpty())
            continue;
        const QSize size = item->sizeHint().boundedTo(QSize(area.width(), item->sizeHint().height()));
        if (x > 0 && x + size.width() > area.width()) {
            endLine();
            x = 0;
            y += lineHeight + spacing();
            lineHeight = 0;
        }
        line.append({item, QRect(QPoint(x, 0), size)});
        x += size.width() + spacing();
        lineHeight = std::max(lineHeight, size.height());
    }
    endLine();
    return y + lineHeight;
}

} // namespace rowdesk
