#include "gui/emptystate.h"

#include "gui/look.h"
#include "gui/plainlabel.h"

#include <QAction>
#include <QBoxLayout>
#include <QToolButton>

namespace rowdesk {

EmptyState::EmptyState(QWidget *parent)
    : QWidget(parent)
    , m_heading(new PlainLabel(QString(), PlainLabel::Weight::Title, this))
    , m_sentence(new PlainLabel(this))
    , m_column(new QVBoxLayout(this))
{
    m_heading->setAlignment(Qt::AlignHCenter);
    m_heading->setWordWrap(true);
    m_sentence->setAlignment(Qt::AlignHCenter);
    m_sentence->setWordWrap(true);
    m_column->setContentsMargins(look::wide, look::wide, look::wide, look::wide);
    m_column->setSpacing(look::near);
    m_column->addStretch(2);
    m_column->addWidget(m_heading);
    m_column->addWidget(m_sentence);
    m_column->addStretch(3);
}

void EmptyState::setText(const QString &heading, const QString &sentence)
{
    m_heading->setText(heading);
    m_sentence->setText(sentence);
}

QString EmptyState::heading() const
{
    return m_heading->text();
}

QString EmptyState::sentence() const
{
    return m_sentence->text();
}

void EmptyState::addStateAction(QAction *action)
{
    auto *button = new QToolButton(this);
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setFocusPolicy(Qt::StrongFocus);
    button->setDefaultAction(action);
    button->setVisible(action->isVisible());
    connect(action, &QAction::visibleChanged, button, [button, action] { button->setVisible(action->isVisible()); });
    m_column->insertWidget(m_column->count() - 1, button, 0, Qt::AlignHCenter);
}

} // namespace rowdesk
