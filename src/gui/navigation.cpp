#include "gui/navigation.h"

#include "gui/actions.h"
#include "gui/icons.h"
#include "gui/look.h"
#include "models/plaintooltip.h"
#include "models/words.h"

#include <QActionGroup>
#include <QBoxLayout>
#include <QEvent>
#include <QListWidget>
#include <QMenu>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QToolButton>

namespace rowdesk {

namespace {

constexpr int BadgeRole = Qt::UserRole;

/// Draws the row, and its number at the right end.
class PageDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        return {QStyledItemDelegate::sizeHint(option, index).width(), option.fontMetrics.height() + look::gap};
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        QStyledItemDelegate::paint(painter, option, index);
        const int count = index.data(BadgeRole).toInt();
        if (count == 0)
            return;
        const bool selected = option.state & QStyle::State_Selected;
        painter->setPen(option.palette.color(selected ? QPalette::HighlightedText : QPalette::WindowText));
        painter->drawText(option.rect.adjusted(0, 0, -look::near, 0), Qt::AlignVCenter | Qt::AlignRight,
                          Words::number(count));
    }
};

} // namespace

Navigation::Navigation(const Actions &actions, QWidget *parent)
    : QWidget(parent), m_account(new QToolButton(this)), m_accountMenu(new QMenu(this)), m_pages(new QListWidget(this))
{
    m_accountMenu->setAccessibleName(tr("Accounts"));
    m_fixedPart = m_accountMenu->addSeparator();
    m_accountMenu->addActions({actions.signIn, actions.sampleData, actions.signOut});
    m_account->setMenu(m_accountMenu);
    m_account->setPopupMode(QToolButton::InstantPopup);
    m_account->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_account->setAutoRaise(true);
    m_account->setFocusPolicy(Qt::StrongFocus);
    m_account->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);

    m_pages->setFrameShape(QFrame::NoFrame);
    m_pages->setItemDelegate(new PageDelegate(m_pages));
    m_pages->setAccessibleName(tr("Pages"));
    m_pages->viewport()->setAutoFillBackground(false);
    m_pages->setIconSize(QSize(look::edge, look::edge));
    m_pages->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    addPage(tr("Datasets"), icon(Icon::Dataset));
    addPage(tr("Uploads"), icon(Icon::Upload));
    m_pages->setCurrentRow(DatasetsPlace);
    connect(m_pages, &QListWidget::currentRowChanged, this, [this](int row) {
        if (row >= 0)
            emit pageWanted(static_cast<Page>(row));
    });

    auto *rows = new QVBoxLayout(this);
    rows->setContentsMargins(look::near, look::gap, 0, look::near);
    rows->setSpacing(look::near);
    rows->addWidget(m_account);
    rows->addWidget(m_pages, 1);
    rows->addStretch();
    setAccount(QString());
    fitWidth();
}

void Navigation::addPage(const QString &name, const QIcon &picture)
{
    new QListWidgetItem(picture, name, m_pages);
}

void Navigation::setAccount(const QString &name)
{
    m_name = name;
    const QString shown = name.isEmpty() ? tr("Not signed in") : Words::oneLine(name, 24);
    m_account->setIcon(icon(name.isEmpty() ? Icon::SignedOut : Icon::SignedIn));
    m_account->setText(withoutMnemonic(shown));
    m_account->setAccessibleName(tr("Account: %1").arg(shown));
    m_account->setToolTip(plainToolTip(name));
}

void Navigation::setProfiles(const QStringList &names, const QString &current)
{
    qDeleteAll(m_profileActions);
    m_profileActions.clear();
    for (const QString &name : names) {
        auto *action = new QAction(withoutMnemonic(Words::oneLine(name)), m_accountMenu);
        action->setCheckable(true);
        action->setChecked(name == current);
        connect(action, &QAction::triggered, this, [this, name] { emit profileWanted(name); });
        m_accountMenu->insertAction(m_fixedPart, action);
        m_profileActions.append(action);
    }
}

void Navigation::setCurrentPage(Page page)
{
    const QSignalBlocker quiet(m_pages);
    m_pages->setCurrentRow(page);
}

void Navigation::setPagesEnabled(bool enabled)
{
    m_pages->setVisible(enabled);
}

void Navigation::setUploadCount(int count)
{
    QListWidgetItem *item = m_pages->item(UploadsPlace);
    item->setData(BadgeRole, count);
    item->setData(Qt::AccessibleTextRole,
                  count == 0 ? tr("Uploads") : tr("Uploads, %1 to watch").arg(Words::number(count)));
}

void Navigation::fitWidth()
{
    setFixedWidth(fontMetrics().averageCharWidth() * 24 + look::wide);
}

void Navigation::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        fitWidth();
}

} // namespace rowdesk
