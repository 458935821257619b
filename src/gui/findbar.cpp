#include "gui/findbar.h"

#include "gui/icons.h"
#include "gui/look.h"
#include "gui/plainlabel.h"
#include "models/tablefind.h"
#include "models/words.h"

#include <QAccessible>
#include <QBoxLayout>
#include <QCheckBox>
#include <QComboBox>
#include <QKeyEvent>
#include <QLineEdit>
#include <QToolButton>

namespace rowdesk {

namespace {

enum Scope { AllColumns, OneColumn };

QToolButton *makeButton(QWidget *parent, const QString &text, const QString &tip)
{
    auto *button = new QToolButton(parent);
    button->setText(text);
    button->setToolTip(tip);
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::StrongFocus);
    return button;
}

} // namespace

FindBar::FindBar(TableModel *model, TableFind *find, QWidget *parent)
    : QFrame(parent)
    , m_model(model)
    , m_find(find)
    , m_text(new QLineEdit(this))
    , m_scope(new QComboBox(this))
    , m_case(new QCheckBox(tr("Match case"), this))
    , m_count(new PlainLabel(this))
{
    setFrameShape(QFrame::StyledPanel);
    m_text->setPlaceholderText(tr("Find in the rows shown"));
    m_text->setAccessibleName(tr("Find"));
    m_text->setClearButtonEnabled(true);
    m_text->setMinimumWidth(fontMetrics().averageCharWidth() * 24);
    m_scope->setAccessibleName(tr("Columns to look in"));
    m_scope->addItem(tr("in all columns"));
    m_scope->addItem(QString());
    auto *previous = makeButton(this, tr("Previous"), tr("Previous cell (Shift+F3)"));
    auto *next = makeButton(this, tr("Next"), tr("Next cell (F3)"));
    auto *shut = makeButton(this, QString(), tr("Close (Esc)"));
    shut->setIcon(icon(Icon::Close));
    shut->setAccessibleName(tr("Close the find bar"));
    auto *columns = new QHBoxLayout(this);
    columns->setContentsMargins(look::near, look::hair, look::near, look::hair);
    columns->setSpacing(look::near);
    columns->addWidget(m_text);
    columns->addWidget(m_scope);
    columns->addWidget(m_case);
    columns->addWidget(previous);
    columns->addWidget(next);
    columns->addWidget(m_count, 1);
    columns->addWidget(shut);
    setFocusProxy(m_text);
    connect(m_text, &QLineEdit::textChanged, this, &FindBar::search);
    connect(m_scope, &QComboBox::currentIndexChanged, this, &FindBar::search);
    connect(m_case, &QCheckBox::toggled, this, &FindBar::search);
    connect(previous, &QToolButton::clicked, this, &FindBar::previousWanted);
    connect(next, &QToolButton::clicked, this, &FindBar::nextWanted);
    connect(shut, &QToolButton::clicked, this, &FindBar::close);
    connect(find, &TableFind::changed, this, &FindBar::showCount);
}

void FindBar::open(int column)
{
    setCurrentColumn(column);
    show();
    m_text->selectAll();
    m_text->setFocus(Qt::ShortcutFocusReason);
    search();
}

void FindBar::openInColumn(int column)
{
    m_scope->setCurrentIndex(OneColumn);
    open(column);
}

void FindBar::setCurrentColumn(int column)
{
    if (column < 0 || column >= m_model->columnCount() ||
        (m_column == column && !m_scope->itemText(OneColumn).isEmpty()))
        return;
    // While a search in one column goes from hit to hit, its column stays.
    if (isVisible() && m_scope->currentIndex() == OneColumn)
        return;
    m_column = column;
    m_scope->setItemText(OneColumn, tr("in %1").arg(Words::oneLine(m_model->store()->columnName(column), 24)));
}

void FindBar::search()
{
    if (!isVisible())
        return;
    m_find->setSearch({m_text->text(), m_case->isChecked(), m_scope->currentIndex() == OneColumn ? m_column : -1});
}

void FindBar::showCount()
{
    m_count->setText(m_find->countWords());
    QAccessibleEvent changed(m_count, QAccessible::NameChanged);
    QAccessible::updateAccessibility(&changed);
}

void FindBar::close()
{
    hide();
    m_find->setSearch({});
    emit closed();
}

bool FindBar::event(QEvent *event)
{
    // Esc closes this bar before it is taken as a shortcut of the window.
    if (event->type() == QEvent::ShortcutOverride && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape) {
        event->accept();
        return true;
    }
    return QFrame::event(event);
}

void FindBar::keyPressEvent(QKeyEvent *event)
{
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (event->key() == Qt::Key_Escape)
        close();
    else if (enter && event->modifiers().testFlag(Qt::ShiftModifier))
        emit previousWanted();
    else if (enter)
        emit nextWanted();
    else
        QFrame::keyPressEvent(event);
}

} // namespace rowdesk
