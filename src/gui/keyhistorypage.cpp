#include "gui/keyhistorypage.h"

#include "gui/icons.h"
#include "gui/look.h"
#include "gui/pageframe.h"

#include <QAction>
#include <QBoxLayout>
#include <QHeaderView>
#include <QStyledItemDelegate>
#include <QTableView>

namespace rowdesk {

namespace {

/// What changed is bold; the word beside it says so, too.
class ChangeDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override
    {
        QStyledItemDelegate::initStyleOption(option, index);
        option->font.setBold(index.data(KeyHistory::ChangedRole).toBool());
    }
};

} // namespace

KeyHistoryPage::KeyHistoryPage(KeyHistory *history, QWidget *parent)
    : QWidget(parent)
    , m_history(history)
    , m_frame(new PageFrame(QString(), this))
    , m_view(new QTableView)
    , m_stop(new QAction(icon(Icon::Close), tr("Stop"), this))
{
    m_history->setParent(this);
    m_frame->setTitle(title());
    m_view->setModel(m_history);
    m_view->setItemDelegate(new ChangeDelegate(m_view));
    m_view->setAccessibleName(tr("The row in each version"));
    m_view->setTabKeyNavigation(false);
    m_view->setWordWrap(false);
    m_view->verticalHeader()->hide();
    m_view->verticalHeader()->setDefaultSectionSize(look::rowHeight(m_view));
    m_frame->setContent(m_view);
    m_frame->addStatusAction(m_stop);
    auto *page = new QVBoxLayout(this);
    page->setContentsMargins(0, 0, 0, 0);
    page->addWidget(m_frame);
    setFocusProxy(m_view);
    connect(m_stop, &QAction::triggered, m_history, &KeyHistory::stop);
    connect(m_history, &KeyHistory::statusChanged, this, &KeyHistoryPage::showStatus);
    m_history->start();
}

QString KeyHistoryPage::title() const
{
    return tr("%1 in all versions").arg(m_history->keyWords());
}

QString KeyHistoryPage::status() const
{
    return m_frame->status();
}

void KeyHistoryPage::showStatus()
{
    constexpr int widest = 320;
    m_stop->setVisible(m_history->isRunning());
    m_frame->setStatus(m_history->status());
    for (int column = 0; column < m_history->columnCount(); ++column) {
        m_view->resizeColumnToContents(column);
        m_view->setColumnWidth(column, std::min(m_view->columnWidth(column), widest));
    }
}

} // namespace rowdesk
