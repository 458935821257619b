#include "gui/listview.h"

#include "gui/look.h"

#include <QHeaderView>
#include <QStyle>
#include <QStyleOptionHeader>
#include <QStyledItemDelegate>
#include <QTreeView>

namespace rowdesk {

namespace {

class AiryDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        // The ground over the whole cell, the text with air to the next column.
        QStyleOptionViewItem ground = option;
        initStyleOption(&ground, index);
        const QStyle *style = option.widget->style();
        style->drawPrimitive(QStyle::PE_PanelItemViewItem, &ground, painter, option.widget);
        QStyleOptionViewItem text = option;
        text.rect.adjust(look::hair, 0, -look::hair, 0);
        QStyledItemDelegate::paint(painter, text, index);
    }

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const QSize hint = QStyledItemDelegate::sizeHint(option, index);
        return {hint.width() + 2 * look::hair, option.fontMetrics.height() + look::near};
    }
};

/// ▲ is ascending, as in the table of rows; Qt's own headers draw it the other way round.
class ListHeader : public QHeaderView
{
public:
    explicit ListHeader(QWidget *parent) : QHeaderView(Qt::Horizontal, parent)
    {
        setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
        setSectionsMovable(true);
        setStretchLastSection(true);
    }

protected:
    void initStyleOptionForIndex(QStyleOptionHeader *option, int section) const override
    {
        QHeaderView::initStyleOptionForIndex(option, section);
        if (option->sortIndicator == QStyleOptionHeader::SortDown)
            option->sortIndicator = QStyleOptionHeader::SortUp;
        else if (option->sortIndicator == QStyleOptionHeader::SortUp)
            option->sortIndicator = QStyleOptionHeader::SortDown;
    }

    /// As the style does it, with the words above those of the cells.
    void paintSection(QPainter *painter, const QRect &rect, int section) const override
    {
        QStyleOptionHeaderV2 option;
        initStyleOption(&option);
        initStyleOptionForIndex(&option, section);
        option.rect = rect;
        style()->drawControl(QStyle::CE_HeaderSection, &option, painter, this);
        QStyleOptionHeaderV2 part = option;
        part.rect = style()->subElementRect(QStyle::SE_HeaderLabel, &option, this).adjusted(air(), 0, -air(), 0);
        style()->drawControl(QStyle::CE_HeaderLabel, &part, painter, this);
        if (option.sortIndicator == QStyleOptionHeader::None)
            return;
        part.rect = style()->subElementRect(QStyle::SE_HeaderArrow, &option, this);
        style()->drawPrimitive(QStyle::PE_IndicatorHeaderArrow, &part, painter, this);
    }

    QSize sectionSizeFromContents(int section) const override
    {
        const QSize size = QHeaderView::sectionSizeFromContents(section);
        return {size.width() + 2 * air(), size.height()};
    }

private:
    /// How much further in than a header's the text of a cell stands.
    int air() const
    {
        return look::hair + style()->pixelMetric(QStyle::PM_FocusFrameHMargin) + 1 -
               style()->pixelMetric(QStyle::PM_HeaderMargin);
    }
};

} // namespace

void styleList(QTreeView *view)
{
    view->setHeader(new ListHeader(view));
    view->setItemDelegate(new AiryDelegate(view));
    view->setRootIsDecorated(false);
    view->setUniformRowHeights(true);
    view->setAlternatingRowColors(true);
    view->setAllColumnsShowFocus(true);
    view->setEditTriggers(QAbstractItemView::NoEditTriggers);
    view->header()->setHighlightSections(false);
}

} // namespace rowdesk
