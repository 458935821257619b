#include "gui/pageframe.h"

#include "gui/look.h"
#include "gui/plainlabel.h"

#include <QAccessible>
#include <QAction>
#include <QBoxLayout>
#include <QToolButton>

namespace rowdesk {

namespace {

QToolButton *makeButton(QWidget *parent)
{
    auto *button = new QToolButton(parent);
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setFocusPolicy(Qt::StrongFocus);
    return button;
}

} // namespace

PageFrame::PageFrame(const QString &title, QWidget *parent)
    : QWidget(parent)
    , m_title(new PlainLabel(title, PlainLabel::Weight::Title, this))
    , m_fact(new PlainLabel(QString(), PlainLabel::Weight::Quiet, this))
    , m_status(new PlainLabel(this))
    , m_statusButton(makeButton(this))
    , m_head(new QHBoxLayout)
    , m_rows(new QVBoxLayout(this))
    , m_foot(new QWidget(this))
{
    m_title->setMinimumWidth(0);
    m_head->setSpacing(look::near);
    m_head->addWidget(m_title);
    m_head->addSpacing(look::hair);
    m_head->addWidget(m_fact, 1);

    auto *foot = new QHBoxLayout(m_foot);
    foot->setContentsMargins(0, 0, 0, 0);
    foot->setSpacing(look::near);
    foot->addWidget(m_status);
    foot->addWidget(m_statusButton);
    foot->addStretch();
    m_statusButton->hide();
    m_foot->hide();

    m_rows->setContentsMargins(look::edge, look::gap, look::edge, look::near);
    m_rows->setSpacing(look::near);
    m_rows->addLayout(m_head);
    m_rows->addWidget(m_foot);
}

void PageFrame::setTitle(const QString &title)
{
    m_title->setText(title);
}

void PageFrame::setFact(const QString &fact)
{
    m_fact->setText(fact);
}

void PageFrame::addPageAction(QAction *action)
{
    Q_ASSERT(m_actions < maxActions);
    ++m_actions;
    QToolButton *button = makeButton(this);
    button->setDefaultAction(action);
    m_head->addWidget(button);
}

void PageFrame::setContent(QWidget *content)
{
    m_rows->insertWidget(1, content, 1);
}

void PageFrame::setStatus(const QString &sentence)
{
    if (sentence == m_status->text())
        return;
    m_status->setText(sentence);
    m_foot->setVisible(!sentence.isEmpty());
    QAccessibleEvent changed(m_status, QAccessible::NameChanged);
    QAccessible::updateAccessibility(&changed);
}

QString PageFrame::status() const
{
    return m_status->text();
}

void PageFrame::setStatusAction(QAction *action)
{
    m_statusButton->setDefaultAction(action);
    m_statusButton->setVisible(action->isVisible());
    connect(action, &QAction::visibleChanged, m_statusButton,
            [this, action] { m_statusButton->setVisible(action->isVisible()); });
}

} // namespace rowdesk
