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
    , m_head(new QHBoxLayout)
    , m_rows(new QVBoxLayout(this))
    , m_foot(new QWidget(this))
    , m_footRow(new QHBoxLayout(m_foot))
{
    m_title->setElided(12);
    m_fact->setElided(20);
    m_head->setSpacing(look::near);
    m_head->addWidget(m_title);
    m_head->addSpacing(look::hair);
    m_head->addWidget(m_fact);
    m_head->addStretch(1);

    m_footRow->setContentsMargins(0, 0, 0, 0);
    m_footRow->setSpacing(look::near);
    m_status->setWordWrap(true);
    m_footRow->addWidget(m_status, 1);
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

void PageFrame::addStatusAction(QAction *action)
{
    QToolButton *button = makeButton(m_foot);
    button->setDefaultAction(action);
    button->setVisible(action->isVisible());
    // Before the sentence: that may be long.
    m_footRow->insertWidget(m_footRow->count() - 1, button);
    connect(action, &QAction::visibleChanged, button, [button, action] { button->setVisible(action->isVisible()); });
}

} // namespace rowdesk
