#include "gui/comparepage.h"

#include "files/diffreport.h"
#include "files/tablewriter.h"
#include "gui/diffdelegate.h"
#include "gui/flowlayout.h"
#include "gui/icons.h"
#include "gui/listview.h"
#include "gui/look.h"
#include "gui/message.h"
#include "gui/pageframe.h"
#include "gui/plainlabel.h"
#include "models/diffcolumnmodel.h"
#include "models/diffmodel.h"
#include "models/diffwords.h"
#include "models/words.h"
#include "transfer/onworker.h"

#include <QAction>
#include <QBoxLayout>
#include <QFileDialog>
#include <QHeaderView>
#include <QLocale>
#include <QSpinBox>
#include <QSplitter>
#include <QTableView>
#include <QToolButton>
#include <QTreeView>

#include <algorithm>

namespace rowdesk {

ComparePage::ComparePage(std::shared_ptr<const Comparison> comparison, Target target, QWidget *parent)
    : QWidget(parent)
    , m_comparison(std::move(comparison))
    , m_model(new DiffModel(m_comparison, this))
    , m_columns(new DiffColumnModel(m_comparison, this))
    , m_frame(new PageFrame(QString(), this))
    , m_columnsView(new QTreeView)
    , m_rows(new QTableView)
    , m_export(new QAction(icon(Icon::File), tr("&Export…"), this))
    , m_stop(new QAction(icon(Icon::Close), tr("Stop"), this))
    , m_putBack(new QAction(icon(Icon::Back), tr("&Put rows back…"), this))
    , m_life(new QAction(icon(Icon::History), tr("&Life of this row"), this))
    , m_target(std::move(target))
{
    m_frame->setTitle(title());
    m_frame->setFact(m_comparison->diff.byKey
                         ? tr("by %1").arg(Words::oneLine(m_comparison->options.key.join(QStringLiteral(", "))))
                         : tr("whole rows, without a key"));
    auto *content = new QWidget;
    auto *rows = new QVBoxLayout(content);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(look::near);
    rows->addWidget(makeSummary());
    // The title tells the key already.
    const QStringList rules = diffRules(m_comparison->options).mid(1);
    for (const QString &remark : (rules.isEmpty() ? rules : QStringList{rules.join(QLatin1Char(' '))}) +
                                     diffRemarks(m_comparison->report(), QLocale())) {
        auto *label = new PlainLabel(remark);
        label->setWordWrap(true);
        rows->addWidget(label);
    }
    setUpViews();
    auto *splitter = new QSplitter;
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(m_columnsView);
    splitter->addWidget(m_rows);
    splitter->setStretchFactor(1, 1);
    rows->addWidget(makeTools());
    rows->addWidget(splitter, 1);
    splitter->setSizes({260, 800});
    m_frame->setContent(content);
    auto *page = new QVBoxLayout(this);
    page->setContentsMargins(0, 0, 0, 0);
    page->addWidget(m_frame);
    addActions();
    addRowActions();
    setFocusProxy(m_rows);
    showStatus();
}

ComparePage::~ComparePage()
{
    if (m_stopExport)
        m_stopExport();
}

QString ComparePage::title() const
{
    return tr("%1 \u2192 %2").arg(Words::oneLine(m_comparison->a.name), Words::oneLine(m_comparison->b.name));
}

QString ComparePage::status() const
{
    return m_frame->status();
}

QToolButton *ComparePage::makeFilter(const QString &text, bool shown)
{
    auto *button = new QToolButton;
    button->setText(text);
    button->setCheckable(true);
    button->setChecked(shown);
    button->setEnabled(shown);
    button->setFocusPolicy(Qt::StrongFocus);
    button->setAccessibleName(tr("Show the rows: %1").arg(text));
    connect(button, &QToolButton::toggled, this, &ComparePage::applyFilter);
    return button;
}

QWidget *ComparePage::makeSummary()
{
    const TableDiff &diff = m_comparison->diff;
    auto *summary = new QWidget;
    auto *parts = new FlowLayout(summary, look::near);
    auto *counts = new PlainLabel(DiffWords::counts(diff), PlainLabel::Weight::Title);
    counts->setTextInteractionFlags(Qt::TextSelectableByMouse);
    parts->addWidget(counts);
    m_added = makeFilter(DiffWords::added(diff), !diff.added.empty());
    m_removed = makeFilter(DiffWords::removed(diff), !diff.removed.empty());
    m_changed = makeFilter(DiffWords::changed(diff), !diff.changed.empty());
    for (QToolButton *button : {m_added, m_removed, m_changed})
        parts->addWidget(button);
    parts->addWidget(new PlainLabel(DiffWords::same(diff)));
    return summary;
}

/// What is shown of the rows that differ, and what can be done with them.
QWidget *ComparePage::makeTools()
{
    auto *tools = new QWidget;
    auto *parts = new FlowLayout(tools, look::near);
    m_changedColumns = new QToolButton;
    m_changedColumns->setText(tr("Only columns that c&hanged"));
    m_changedColumns->setCheckable(true);
    m_changedColumns->setFocusPolicy(Qt::StrongFocus);
    m_changedColumns->setEnabled(m_comparison->diff.byKey);
    connect(m_changedColumns, &QToolButton::toggled, this, &ComparePage::applyFilter);
    m_context = new QSpinBox;
    m_context->setRange(0, 100);
    m_context->setAccessibleName(tr("Rows around each change"));
    connect(m_context, &QSpinBox::valueChanged, this, &ComparePage::applyFilter);
    auto *around = new PlainLabel(tr("&Rows around:"));
    around->setBuddy(m_context);
    parts->addWidget(m_changedColumns);
    parts->addWidget(around);
    parts->addWidget(m_context);
    for (QAction *action : {m_life, m_putBack}) {
        auto *button = new QToolButton;
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        button->setFocusPolicy(Qt::StrongFocus);
        button->setDefaultAction(action);
        parts->addWidget(button);
    }
    return tools;
}

void ComparePage::setUpViews()
{
    m_columnsView->setModel(m_columns);
    m_columnsView->setAccessibleName(tr("Columns and how many of their cells changed"));
    styleList(m_columnsView);
    m_columnsView->setCurrentIndex(m_columns->index(0, 0));
    for (int column = 0; column < DiffColumnModel::ColumnCount; ++column)
        m_columnsView->resizeColumnToContents(column);
    connect(m_columnsView->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &ComparePage::applyFilter);

    m_rows->setModel(m_model);
    m_rows->setItemDelegate(new DiffDelegate(m_rows));
    m_rows->setAccessibleName(tr("Rows that differ"));
    m_rows->setTabKeyNavigation(false);
    m_rows->setWordWrap(false);
    m_rows->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_rows->verticalHeader()->setDefaultSectionSize(look::rowHeight(m_rows));
    m_rows->horizontalHeader()->setResizeContentsPrecision(100);
    fitColumns();
}

void ComparePage::fitColumns()
{
    // Widths of hundreds of columns would hold the window.
    constexpr int mostFitted = 60;
    for (int column = 0; column < std::min(m_model->columnCount(), mostFitted); ++column) {
        m_rows->resizeColumnToContents(column);
        m_rows->setColumnWidth(column, std::clamp(m_rows->columnWidth(column), 60, 320));
    }
}

void ComparePage::addActions()
{
    const auto add = [this](const QString &text, Icon picture, const QKeySequence &key, const auto &act) {
        auto *action = new QAction(icon(picture), text, this);
        action->setShortcut(key);
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        connect(action, &QAction::triggered, this, act);
        addAction(action);
        return action;
    };
    QAction *next = add(tr("&Next change"), Icon::Search, Qt::Key_F7, [this] { goToChange(true); });
    add(tr("&Previous change"), Icon::Search, Qt::SHIFT | Qt::Key_F7, [this] { goToChange(false); });
    next->setToolTip(tr("F7 goes to the next change, Shift+F7 to the previous one"));
    next->setEnabled(!m_comparison->diff.added.empty() || !m_comparison->diff.removed.empty() ||
                     !m_comparison->diff.changed.empty());
    auto *again = new QAction(icon(Icon::Retry), tr("Compare &again…"), this);
    connect(again, &QAction::triggered, this, &ComparePage::againWanted);
    connect(m_export, &QAction::triggered, this, &ComparePage::askWhereToSave);
    m_frame->addPageAction(next);
    m_frame->addPageAction(again);
    m_frame->addPageAction(m_export);
}

void ComparePage::applyFilter()
{
    const QModelIndex column = m_columnsView->currentIndex();
    DiffModel::Filter filter{m_changed->isChecked(), m_added->isChecked(),         m_removed->isChecked(), -1,
                             m_context->value(),     m_changedColumns->isChecked()};
    const int chosen = column.isValid() ? m_columns->diffColumn(column.row()) : -1;
    if (chosen >= 0 && m_comparison->diff.columns[static_cast<size_t>(chosen)].changed > 0)
        filter.column = chosen;
    const int columns = m_model->columnCount();
    m_model->setFilter(filter);
    if (m_model->columnCount() != columns)
        fitColumns();
    if (const int shown = chosen < 0 ? -1 : m_model->columnOf(chosen); shown >= 0 && m_model->rowCount() > 0)
        m_rows->setCurrentIndex(m_model->index(0, shown));
    showStatus();
}

void ComparePage::showStatus()
{
    if (m_comparison->diff.isSame())
        return m_frame->setStatus(diffRules(m_comparison->options).size() > 1
                                      ? tr("No difference in what was compared; what was not is said above.")
                                      : tr("The two tables are the same."));
    const int rows = m_model->rowCount();
    QString sentence = tr("%1 shown").arg(Words::rows(rows));
    if (m_model->filter().column >= 0) {
        const auto column = static_cast<size_t>(m_model->filter().column);
        sentence = tr("%1 shown whose %2 changed")
                       .arg(Words::rows(rows), Words::oneLine(m_comparison->diff.columns[column].name));
    }
    m_frame->setStatus(tr("%1 · F7 next change").arg(sentence));
}

void ComparePage::goToChange(bool forward)
{
    const QModelIndex next = m_model->nextChange(m_rows->currentIndex(), forward);
    if (!next.isValid()) {
        m_frame->setStatus(forward ? tr("There is no further change below.") : tr("There is no change above."));
        return;
    }
    m_rows->setCurrentIndex(next);
    m_rows->scrollTo(next);
    m_rows->setFocus();
    showStatus();
}

void ComparePage::askWhereToSave()
{
    auto *chooser = new QFileDialog(this, tr("Export the comparison"));
    chooser->setAttribute(Qt::WA_DeleteOnClose);
    chooser->setAcceptMode(QFileDialog::AcceptSave);
    chooser->setNameFilters({tr("Report to read (*.html)"), tr("Excel workbook (*.xlsx)"),
                             tr("CSV, one line a cell (*.csv)"), tr("JSON, the counts (*.json)")});
    chooser->setDefaultSuffix(QStringLiteral("html"));
    chooser->selectFile(exportFileName(title(), QStringLiteral("html")));
    connect(chooser, &QFileDialog::filterSelected, chooser, [chooser](const QString &filter) {
        const qsizetype dot = filter.lastIndexOf(QLatin1Char('.'));
        chooser->setDefaultSuffix(filter.mid(dot + 1).chopped(1));
    });
    connect(chooser, &QFileDialog::fileSelected, this, &ComparePage::save);
    chooser->open();
}

void ComparePage::save(const QString &path)
{
    m_export->setEnabled(false);
    m_stop->setVisible(true);
    m_frame->setStatus(tr("Writing %1…").arg(Words::oneLine(path)));
    const auto writing =
        runOnWorker<Done>([comparison = m_comparison, path](const std::atomic_bool &cancelled) -> Result<Done> {
            return saveDiffAs(comparison->report(), path, &cancelled);
        });
    m_stopExport = [writing] { writing.abort(); };
    writing.then(this, [this, path](const Result<Done> &done) {
        m_stopExport = {};
        m_export->setEnabled(true);
        m_stop->setVisible(false);
        if (done)
            return m_frame->setStatus(tr("Written to %1.").arg(Words::oneLine(path)));
        showStatus();
        if (done.error().kind == ErrorKind::Cancelled)
            m_frame->setStatus(done.error().text());
        else
            message::showProblem(this, tr("The comparison was not exported"), done.error());
    });
}

} // namespace rowdesk
