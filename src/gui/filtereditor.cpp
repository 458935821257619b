#include "gui/filtereditor.h"

#include "gui/listview.h"
#include "gui/look.h"
#include "gui/plainlabel.h"
#include "models/filterwords.h"
#include "models/tablequery.h"
#include "models/valuecountsmodel.h"
#include "models/words.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPushButton>
#include <QTreeView>

namespace rowdesk {

namespace {

constexpr int shownValues = 6; ///< rows of the list of values

} // namespace

FilterEditor::FilterEditor(TableModel *model, TableQuery *query, QWidget *parent)
    : QFrame(parent)
    , m_model(model)
    , m_query(query)
    , m_counts(new ValueCountsModel(this))
    , m_column(new QComboBox(this))
    , m_condition(new QComboBox(this))
    , m_value(new QLineEdit(this))
    , m_and(new PlainLabel(tr("and"), this))
    , m_second(new QLineEdit(this))
    , m_values(new QTreeView(this))
    , m_about(new PlainLabel(QString(), PlainLabel::Weight::Quiet, this))
    , m_problem(new PlainLabel(this))
    , m_apply(new QPushButton(tr("Add filter"), this))
{
    setFrameShape(QFrame::StyledPanel);
    layOut();
    m_column->setAccessibleName(tr("Column"));
    m_condition->setAccessibleName(tr("Condition"));
    m_value->setAccessibleName(tr("Value"));
    m_second->setAccessibleName(tr("Second value"));
    m_values->setModel(m_counts);
    styleList(m_values);
    m_values->setAccessibleName(tr("Values of the column"));
    m_values->header()->hide();
    m_values->header()->setSectionResizeMode(ValueCountsModel::ValueColumn, QHeaderView::Stretch);
    m_values->header()->setSectionResizeMode(ValueCountsModel::CountColumn, QHeaderView::ResizeToContents);
    m_values->header()->setStretchLastSection(false);
    m_values->setFixedHeight(look::rowHeight(this) * shownValues);
    connect(m_column, &QComboBox::currentIndexChanged, this, &FilterEditor::columnChosen);
    connect(m_condition, &QComboBox::currentIndexChanged, this, &FilterEditor::conditionChosen);
    connect(m_value, &QLineEdit::textEdited, this, &FilterEditor::check);
    connect(m_second, &QLineEdit::textEdited, this, &FilterEditor::check);
    connect(m_values, &QTreeView::clicked, this, &FilterEditor::valueChosen);
    connect(m_values, &QTreeView::activated, this, &FilterEditor::valueChosen);
    connect(m_apply, &QPushButton::clicked, this, &FilterEditor::apply);
    connect(m_counts, &ValueCountsModel::counted, this, [this] {
        const ValueCounts &counts = m_counts->counts();
        const auto shown = static_cast<qint64>(counts.most.size()) - (counts.nulls > 0 ? 1 : 0);
        m_about->setText(
            shown < counts.distinct
                ? tr("the %1 most frequent of %2 values").arg(Words::number(shown), Words::number(counts.distinct))
            : counts.distinct == 1 ? tr("1 different value")
                                   : tr("%1 different values").arg(Words::number(counts.distinct)));
    });
}

void FilterEditor::layOut()
{
    auto *cancel = new QPushButton(tr("Close"), this);
    connect(cancel, &QPushButton::clicked, this, &FilterEditor::close);
    auto *left = new QVBoxLayout;
    left->setSpacing(look::near);
    auto *line = new QHBoxLayout;
    line->setSpacing(look::near);
    m_column->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_column->setMinimumContentsLength(14);
    line->addWidget(m_column, 1);
    line->addWidget(m_condition);
    left->addLayout(line);
    auto *values = new QHBoxLayout;
    values->setSpacing(look::near);
    values->addWidget(m_value, 1);
    values->addWidget(m_and);
    values->addWidget(m_second, 1);
    left->addLayout(values);
    m_problem->setWordWrap(true);
    left->addWidget(m_problem);
    left->addStretch(1);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(look::near);
    buttons->addWidget(m_apply);
    buttons->addWidget(cancel);
    buttons->addStretch(1);
    left->addLayout(buttons);
    auto *right = new QVBoxLayout;
    right->setSpacing(look::hair);
    right->addWidget(m_values);
    right->addWidget(m_about);
    auto *columns = new QHBoxLayout(this);
    columns->setContentsMargins(look::near, look::near, look::near, look::near);
    columns->setSpacing(look::gap);
    columns->addLayout(left, 1);
    columns->addLayout(right, 1);
    // The order in which a person fills it in.
    QWidget *before = m_column;
    for (QWidget *next :
         {static_cast<QWidget *>(m_condition), static_cast<QWidget *>(m_value), static_cast<QWidget *>(m_second),
          static_cast<QWidget *>(m_values), static_cast<QWidget *>(m_apply), static_cast<QWidget *>(cancel)}) {
        QWidget::setTabOrder(before, next);
        before = next;
    }
}

void FilterEditor::fillColumns()
{
    const QSignalBlocker quiet(m_column);
    m_column->clear();
    for (const QString &name : m_model->store()->columnNames())
        m_column->addItem(Words::oneLine(name));
}

void FilterEditor::openNew(int column)
{
    m_place = -1;
    fillColumns();
    m_apply->setText(tr("Add filter"));
    {
        const QSignalBlocker quiet(m_column);
        m_column->setCurrentIndex(column);
    }
    m_value->clear();
    m_second->clear();
    columnChosen();
    show();
    (m_value->isVisibleTo(this) ? static_cast<QWidget *>(m_value) : m_condition)->setFocus();
}

void FilterEditor::openExisting(int place)
{
    const TableQuery::Condition &condition = m_query->conditions()[place];
    const int column = m_model->store()->columnIndex(condition.column);
    if (column < 0)
        return;
    openNew(column);
    m_place = place;
    m_apply->setText(tr("Change filter"));
    setFilter(condition.filter);
    (m_value->isVisibleTo(this) ? static_cast<QWidget *>(m_value) : m_condition)->setFocus();
}

void FilterEditor::setFilter(const Filter &filter)
{
    m_condition->setCurrentIndex(m_condition->findData(static_cast<int>(filter.op)));
    m_value->setText(filter.operands.value(0));
    m_second->setText(filter.operands.value(1));
    if (filter.op == Filter::Op::In)
        m_counts->setChecked(filter.operands);
    check();
}

void FilterEditor::columnChosen()
{
    const int column = m_column->currentIndex();
    if (column < 0)
        return;
    const QVariant before = m_condition->currentData();
    {
        const QSignalBlocker quiet(m_condition);
        m_condition->clear();
        for (const Filter::Op op : FilterWords::conditionsFor(m_model->store()->content(column)))
            m_condition->addItem(FilterWords::condition(op), static_cast<int>(op));
        m_condition->setCurrentIndex(std::max(m_condition->findData(before), 0));
    }
    m_about->setText(tr("counting the values…"));
    m_counts->count(m_model->store()->snapshot(), column, nullptr);
    conditionChosen();
}

void FilterEditor::conditionChosen()
{
    const int values = FilterWords::valueCount(condition());
    m_value->setVisible(values > 0);
    m_and->setVisible(values == 2);
    m_second->setVisible(values == 2);
    m_counts->setCheckable(values < 0);
    m_values->setEnabled(values != 0);
    check();
}

void FilterEditor::valueChosen(const QModelIndex &value)
{
    const QString text = value.data(ValueCountsModel::ExactTextRole).toString();
    if (condition() == Filter::Op::In || text.isNull())
        return;
    (m_second->isVisible() && m_second->text().isEmpty() && !m_value->text().isEmpty() ? m_second : m_value)
        ->setText(text);
    check();
}

Filter::Op FilterEditor::condition() const
{
    return static_cast<Filter::Op>(m_condition->currentData().toInt());
}

Filter FilterEditor::filter() const
{
    Filter filter;
    filter.column = m_column->currentIndex();
    filter.op = condition();
    const int values = FilterWords::valueCount(filter.op);
    if (values < 0)
        filter.operands = m_counts->checked();
    if (values > 0)
        filter.operands.append(m_value->text());
    if (values > 1)
        filter.operands.append(m_second->text());
    return filter;
}

void FilterEditor::showProblem(const QString &problem)
{
    m_problem->setText(problem);
    m_problem->setVisible(!problem.isEmpty());
    m_value->setAccessibleDescription(problem);
}

/// Of a value that is being typed; an empty field is not told off.
void FilterEditor::check()
{
    const bool empty = m_value->text().isEmpty() || (m_second->isVisibleTo(this) && m_second->text().isEmpty());
    if (empty || m_column->currentIndex() < 0)
        return showProblem(QString());
    const Result<Done> good = checkFilter(filter(), m_model->store()->content(m_column->currentIndex()));
    showProblem(good || condition() == Filter::Op::In ? QString() : good.error().message);
}

void FilterEditor::apply()
{
    if (m_column->currentIndex() < 0)
        return;
    const Filter wanted = filter();
    const bool isSearch = wanted.op == Filter::Op::Contains || wanted.op == Filter::Op::NotContains ||
                          wanted.op == Filter::Op::StartsWith;
    if (isSearch && m_value->text().isEmpty()) // every cell would do
        return showProblem(tr("Type what to look for."));
    const Result<Done> done = m_place >= 0 && m_place < m_query->conditions().size()
                                  ? m_query->replaceFilter(m_place, wanted)
                                  : m_query->addFilter(wanted);
    if (!done)
        return showProblem(done.error().message);
    close();
}

void FilterEditor::close()
{
    hide();
    m_counts->clear();
    emit closed();
}

bool FilterEditor::event(QEvent *event)
{
    // Esc closes this form before it is taken as a shortcut of the window.
    if (event->type() == QEvent::ShortcutOverride && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape) {
        event->accept();
        return true;
    }
    return QFrame::event(event);
}

void FilterEditor::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        close();
    else if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        apply();
    else
        QFrame::keyPressEvent(event);
}

} // namespace rowdesk
