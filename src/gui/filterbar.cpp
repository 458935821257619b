#include "gui/filterbar.h"

#include "gui/flowlayout.h"
#include "gui/icons.h"
#include "gui/look.h"
#include "gui/plainlabel.h"
#include "models/filterwords.h"
#include "models/plaintooltip.h"
#include "models/tablequery.h"

#include <QAccessible>
#include <QAction>
#include <QBoxLayout>
#include <QMenu>
#include <QToolButton>

#include <chrono>

namespace rowdesk {

namespace {

constexpr std::chrono::milliseconds aMoment{400};

QToolButton *makeButton(QWidget *parent, const QString &text)
{
    auto *button = new QToolButton(parent);
    button->setText(text);
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::StrongFocus);
    return button;
}

} // namespace

FilterBar::FilterBar(TableQuery *query, QAction *find, QWidget *parent)
    : QWidget(parent)
    , m_query(query)
    , m_parts(new QHBoxLayout(this))
    , m_flow(new QWidget(this))
    , m_add(makeButton(this, tr("+ Filter")))
    , m_clear(makeButton(this, tr("Clear all")))
    , m_count(new PlainLabel(this))
    , m_cancel(makeButton(this, tr("Cancel")))
{
    new FlowLayout(m_flow, look::hair);
    m_flow->layout()->addWidget(m_add);
    m_flow->layout()->addWidget(m_clear);
    auto *findButton = makeButton(this, QString());
    findButton->setDefaultAction(find);
    findButton->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_parts->setContentsMargins(0, 0, 0, 0);
    m_parts->setSpacing(look::near);
    m_parts->addWidget(m_flow, 1);
    m_parts->addWidget(m_count, 0, Qt::AlignTop);
    m_parts->addWidget(m_cancel, 0, Qt::AlignTop);
    m_parts->addWidget(findButton, 0, Qt::AlignTop);
    m_count->setMinimumHeight(m_add->sizeHint().height());
    m_add->setToolTip(tr("Show only rows that meet a condition"));
    m_cancel->setToolTip(tr("Go back to the rows that are shown"));
    m_slow.setSingleShot(true);
    m_slow.setInterval(aMoment);
    connect(&m_slow, &QTimer::timeout, this, &FilterBar::refresh);
    connect(m_add, &QToolButton::clicked, this, &FilterBar::addWanted);
    connect(m_clear, &QToolButton::clicked, query, &TableQuery::clearFilters);
    connect(m_cancel, &QToolButton::clicked, query, &TableQuery::cancel);
    connect(query, &TableQuery::changed, this, &FilterBar::refresh);
    refresh();
}

QToolButton *FilterBar::addMenu(const QString &text, QMenu *menu)
{
    auto *button = makeButton(this, text);
    button->setMenu(menu);
    button->setPopupMode(QToolButton::InstantPopup);
    m_parts->addWidget(button, 0, Qt::AlignTop);
    return button;
}

QString FilterBar::count() const
{
    return m_count->text();
}

void FilterBar::refresh()
{
    QStringList chips;
    for (const TableQuery::Condition &condition : m_query->conditions())
        chips.append(FilterWords::sentence(condition.column, condition.filter) + u'\n' + condition.problem);
    if (chips != m_shown) {
        m_shown = chips;
        rebuildChips();
    }
    m_clear->setVisible(chips.size() > 1);

    const bool running = m_query->isRunning();
    const bool slow = running && !m_slow.isActive() && m_cancel->isVisibleTo(this);
    if (running && !slow && !m_slow.isActive() && sender() != &m_slow)
        m_slow.start();
    else if (!running)
        m_slow.stop();
    const bool tell = running && (slow || sender() == &m_slow);
    m_cancel->setVisible(tell);
    const QString words = tell ? tr("sorting and filtering…") : m_query->countWords();
    if (words == m_count->text())
        return;
    m_count->setText(words);
    QAccessibleEvent changed(m_count, QAccessible::NameChanged);
    QAccessible::updateAccessibility(&changed);
}

void FilterBar::rebuildChips()
{
    auto *flow = m_flow->layout();
    while (flow->count() > 0)
        delete flow->takeAt(0);
    // Later: a chip must not go while its button speaks.
    for (QWidget *chip : m_flow->findChildren<QFrame *>(QStringLiteral("chip"), Qt::FindDirectChildrenOnly)) {
        chip->hide();
        chip->setObjectName(QString());
        chip->deleteLater();
    }
    QWidget *before = m_flow;
    for (int place = 0; place < m_query->conditions().size(); ++place) {
        QWidget *chip = makeChip(place);
        flow->addWidget(chip);
        chip->show();
        before = chip;
    }
    flow->addWidget(m_add);
    flow->addWidget(m_clear);
    QWidget::setTabOrder(before, m_add);
    QWidget::setTabOrder(m_add, m_clear);
    updateGeometry();
}

QWidget *FilterBar::makeChip(int place)
{
    const TableQuery::Condition &condition = m_query->conditions()[place];
    const QString sentence = FilterWords::sentence(condition.column, condition.filter);
    auto *chip = new QFrame(m_flow);
    chip->setObjectName(QStringLiteral("chip"));
    chip->setFrameShape(QFrame::StyledPanel);
    chip->setBackgroundRole(QPalette::Button);
    chip->setAutoFillBackground(true);
    auto *text = makeButton(chip, withoutMnemonic(sentence));
    auto *remove = makeButton(chip, QString());
    remove->setIcon(icon(Icon::Close));
    if (!condition.problem.isEmpty()) {
        text->setIcon(icon(Icon::Warning));
        text->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    }
    text->setToolTip(plainToolTip(condition.problem.isEmpty() ? tr("Change this filter") : condition.problem));
    text->setAccessibleName(tr("Filter: %1").arg(sentence));
    text->setAccessibleDescription(condition.problem);
    remove->setToolTip(tr("Remove this filter"));
    remove->setAccessibleName(tr("Remove the filter %1").arg(sentence));
    auto *columns = new QHBoxLayout(chip);
    columns->setContentsMargins(0, 0, 0, 0);
    columns->setSpacing(0);
    columns->addWidget(text);
    columns->addWidget(remove);
    connect(text, &QToolButton::clicked, this, [this, place] { emit editWanted(place); });
    connect(remove, &QToolButton::clicked, this, [this, place] {
        m_add->setFocus(); // the button that has it is going
        m_query->removeFilter(place);
    });
    return chip;
}

} // namespace rowdesk
