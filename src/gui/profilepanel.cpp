#include "gui/profilepanel.h"

#include "gui/histogramview.h"
#include "gui/icons.h"
#include "gui/listview.h"
#include "gui/look.h"
#include "gui/plainlabel.h"
#include "models/profilemodel.h"
#include "models/profilewords.h"
#include "models/rowswords.h"
#include "models/valuecountsmodel.h"
#include "models/words.h"

#include <QBoxLayout>
#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QScrollArea>
#include <QSplitter>
#include <QToolButton>
#include <QTreeView>

namespace rowdesk {

namespace {

QToolButton *makeButton(QWidget *parent, Icon picture, const QString &text)
{
    auto *button = new QToolButton(parent);
    button->setIcon(icon(picture));
    button->setText(text);
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setFocusPolicy(Qt::StrongFocus);
    return button;
}

/// Takes the widgets of a layout away.
void emptyLayout(QLayout *layout)
{
    while (QLayoutItem *item = layout->takeAt(0)) {
        delete item->widget();
        delete item;
    }
}

QString exactNumber(double value)
{
    return QString::number(value, 'g', QLocale::FloatingPointShortest);
}

} // namespace

ProfilePanel::ProfilePanel(TableModel *rows, QWidget *parent)
    : QWidget(parent)
    , m_rows(rows)
    , m_model(new ProfileModel(this))
    , m_counts(new ValueCountsModel(this))
    , m_columns(new QTreeView)
    , m_title(new PlainLabel(QString(), PlainLabel::Weight::Title))
    , m_findings(new QVBoxLayout)
    , m_facts(new QGridLayout)
    , m_histogram(new HistogramView)
    , m_valuesTitle(new PlainLabel(tr("Most frequent values")))
    , m_values(new QTreeView)
    , m_cancel(makeButton(this, Icon::Close, tr("Cancel")))
    , m_again(makeButton(this, Icon::Reload, tr("Look again")))
    , m_copy(makeButton(this, Icon::Copy, tr("Copy as text")))
{
    setUpLists();
    auto *halves = new QSplitter;
    m_halves = halves;
    halves->addWidget(m_columns);
    halves->addWidget(makeDetails());
    halves->setChildrenCollapsible(false);
    halves->setStretchFactor(0, 3);
    halves->setStretchFactor(1, 2);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, look::near, 0, 0);
    layout->addWidget(makeRefusal());
    layout->addWidget(halves, 1);
    setFocusProxy(m_columns);

    connect(m_model, &ProfileModel::statusChanged, this, &ProfilePanel::showButtons);
    connect(m_model, &ProfileModel::profiled, this, [this](int column) {
        if (column == currentColumn())
            showCurrent();
    });
    connect(m_histogram, &HistogramView::binChosen, this, &ProfilePanel::binChosen);
    connect(m_cancel, &QToolButton::clicked, m_model, &ProfileModel::cancel);
    connect(m_again, &QToolButton::clicked, this, &ProfilePanel::lookAgain);
    connect(m_copy, &QToolButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(asText()); });
    showCurrent();
}

void ProfilePanel::setUpLists()
{
    styleList(m_columns);
    m_columns->setModel(m_model);
    m_columns->setAccessibleName(tr("Columns"));
    m_columns->header()->setSectionResizeMode(QHeaderView::ResizeToContents);
    connect(m_columns->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this] {
        m_model->want(std::max(currentColumn(), 0));
        showCurrent();
    });
    styleList(m_values);
    m_values->setModel(m_counts);
    m_values->setAccessibleName(tr("Most frequent values"));
    m_values->setToolTip(tr("A click, or Enter, shows the rows with this value"));
    m_values->setSizeAdjustPolicy(QAbstractScrollArea::AdjustToContents);
    m_values->header()->setStretchLastSection(false);
    m_values->header()->setSectionResizeMode(ValueCountsModel::ValueColumn, QHeaderView::Stretch);
    m_values->header()->setSectionResizeMode(ValueCountsModel::CountColumn, QHeaderView::ResizeToContents);
    connect(m_values, &QTreeView::clicked, this, &ProfilePanel::valueChosen);
    connect(m_values, &QTreeView::activated, this, &ProfilePanel::valueChosen);
}

QWidget *ProfilePanel::makeDetails()
{
    auto *details = new QWidget;
    auto *rows = new QVBoxLayout(details);
    rows->setContentsMargins(look::gap, 0, look::near, 0);
    rows->setSpacing(look::near);
    auto *head = new QHBoxLayout;
    head->addWidget(m_title, 1);
    head->addWidget(m_again);
    head->addWidget(m_cancel);
    head->addWidget(m_copy);
    rows->addLayout(head);
    m_title->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    rows->addLayout(m_findings);
    m_facts->setHorizontalSpacing(look::gap);
    m_facts->setVerticalSpacing(look::hair);
    m_facts->setColumnStretch(1, 1);
    m_facts->setColumnStretch(3, 1);
    rows->addLayout(m_facts);
    rows->addWidget(m_histogram);
    rows->addWidget(m_valuesTitle);
    rows->addWidget(m_values);
    rows->addStretch(1);
    auto *area = new QScrollArea;
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setFocusPolicy(Qt::NoFocus);
    area->setWidget(details);
    return area;
}

/// What stands there instead of a profile of rows that are not all rows.
QWidget *ProfilePanel::makeRefusal()
{
    m_refusal = new QWidget;
    m_why = new PlainLabel;
    m_why->setWordWrap(true);
    auto *anyway = makeButton(m_refusal, Icon::Column, tr("Profile the rows that are here"));
    auto *lines = new QVBoxLayout(m_refusal);
    lines->addWidget(m_why);
    lines->addWidget(anyway, 0, Qt::AlignLeft);
    lines->addStretch(1);
    connect(anyway, &QToolButton::clicked, this, [this] {
        m_partWanted = m_rows->store().get();
        refresh();
        m_columns->setFocus();
    });
    m_refusal->hide();
    return m_refusal;
}

int ProfilePanel::currentColumn() const
{
    return m_columns->currentIndex().row();
}

void ProfilePanel::refresh()
{
    const QString why = RowsWords::whyNotWhole(*m_rows->store());
    const bool refused = !why.isEmpty() && m_partWanted != m_rows->store().get();
    m_refusal->setVisible(refused);
    m_halves->setHidden(refused);
    m_why->setText(why);
    if (refused)
        return m_model->clear();
    if (!m_model->isAbout(*m_rows))
        lookAgain();
}

void ProfilePanel::lookAgain()
{
    const int column = std::max(currentColumn(), 0);
    m_model->profile(*m_rows, column);
    showColumn(column);
}

void ProfilePanel::showColumn(int column)
{
    if (m_model->rowCount() == 0)
        refresh();
    if (m_model->rowCount() == 0)
        return;
    m_columns->setCurrentIndex(m_model->index(std::min(column, m_model->rowCount() - 1), 0));
    showCurrent();
}

QString ProfilePanel::status() const
{
    if (m_refusal->isVisibleTo(this))
        return tr("no profile: not all rows are here");
    return m_model->status();
}

void ProfilePanel::showButtons()
{
    m_cancel->setVisible(m_model->isRunning());
    m_again->setVisible(!m_model->isRunning() && m_rows->store()->rowCount() > 0);
    m_copy->setEnabled(m_model->profileOf(currentColumn()) != nullptr);
    emit statusChanged();
}

void ProfilePanel::showCurrent()
{
    const ColumnProfile *profile = m_model->profileOf(currentColumn());
    m_title->setText(currentColumn() < 0 ? QString() : Words::oneLine(m_model->columnName(currentColumn())));
    showFacts();
    m_histogram->setBins(profile && profile->numbers ? profile->numbers->histogram : std::vector<ColumnProfile::Bin>());
    if (profile)
        m_counts->setCounts(profile->values);
    else
        m_counts->clear();
    m_values->setVisible(profile && !profile->values.most.empty());
    m_valuesTitle->setVisible(m_values->isVisibleTo(this));
    m_values->setFixedHeight((m_counts->rowCount() + 1) * look::rowHeight(this) + 2 * look::near);
    showButtons();
}

void ProfilePanel::showFacts()
{
    emptyLayout(m_facts);
    emptyLayout(m_findings);
    const ColumnProfile *profile = m_model->profileOf(currentColumn());
    if (!profile)
        return;
    for (const ColumnProfile::Finding &finding : profile->findings) {
        auto *label = new PlainLabel(QStringLiteral("⚠ ") + findingSentence(finding));
        label->setWordWrap(true);
        m_findings->addWidget(label);
    }
    const QVector<ProfileWords::Fact> facts = ProfileWords::facts(*profile);
    const int lines = int(facts.size() + 1) / 2;
    for (int i = 0; i < facts.size(); ++i) {
        auto *value = new PlainLabel(facts[i].value);
        value->setTextInteractionFlags(Qt::TextSelectableByMouse);
        value->setWordWrap(true);
        value->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
        m_facts->addWidget(new PlainLabel(facts[i].name, PlainLabel::Weight::Quiet), i % lines, i / lines * 2,
                           Qt::AlignTop);
        m_facts->addWidget(value, i % lines, i / lines * 2 + 1);
    }
}

QString ProfilePanel::asText() const
{
    const ColumnProfile *profile = m_model->profileOf(currentColumn());
    return profile ? ProfileWords::asText(m_model->columnName(currentColumn()), m_model->scope(), *profile) : QString();
}

void ProfilePanel::valueChosen(const QModelIndex &value)
{
    const QString text = value.data(ValueCountsModel::ExactTextRole).toString();
    if (text.isNull())
        emit filterWanted({{currentColumn(), Filter::Op::Null, {}, false}});
    else
        emit filterWanted({{currentColumn(), Filter::Op::Equals, {text}, false}});
}

/// The upper end belongs to the next bar, that of the last bar to itself.
void ProfilePanel::binChosen(int bin)
{
    const ColumnProfile *profile = m_model->profileOf(currentColumn());
    if (!profile || !profile->numbers)
        return;
    const std::vector<ColumnProfile::Bin> &bins = profile->numbers->histogram;
    const ColumnProfile::Bin &range = bins[static_cast<size_t>(bin)];
    const bool last = bin + 1 == int(bins.size());
    emit filterWanted(
        {{currentColumn(), Filter::Op::GreaterOrEqual, {exactNumber(range.from)}, false},
         {currentColumn(), last ? Filter::Op::LessOrEqual : Filter::Op::Less, {exactNumber(range.to)}, false}});
}

} // namespace rowdesk
