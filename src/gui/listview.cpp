#include "gui/listview.h"

#include "gui/look.h"

#include <QHeaderView>
#include <QStyledItemDelegate>
#include <QTreeView>

namespace rowdesk {

namespace {

class AiryDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const QSize hint = QStyledItemDelegate::sizeHint(option, index);
        return {hint.width() + look::near, option.fontMetrics.height() + look::near};
    }
};

} // namespace

void styleList(QTreeView *view)
{
    view->setItemDelegate(new AiryDelegate(view));
    view->setRootIsDecorated(false);
    view->setUniformRowHeights(true);
    view->setAlternatingRowColors(true);
    view->setAllColumnsShowFocus(true);
    view->setEditTriggers(QAbstractItemView::NoEditTriggers);
    view->header()->setHighlightSections(false);
}

} // namespace rowdesk
