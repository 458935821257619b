#include "gui/datasetspage.h"

#include "gui/actions.h"
#include "gui/emptystate.h"
#include "gui/filedrop.h"
#include "gui/icons.h"
#include "gui/listview.h"
#include "gui/look.h"
#include "gui/pageframe.h"
#include "models/datasetfiltermodel.h"
#include "models/datasetlistmodel.h"
#include "models/words.h"

#include <QAction>
#include <QBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMenu>
#include <QStackedWidget>
#include <QTreeView>

namespace rowdesk {

DatasetsPage::DatasetsPage(const Actions &actions, QWidget *parent)
    : QWidget(parent)
    , m_frame(new PageFrame(tr("Datasets"), this))
    , m_search(new QLineEdit)
    , m_stack(new QStackedWidget)
    , m_view(new QTreeView)
    , m_nothing(new EmptyState)
    , m_noMatch(new EmptyState)
    , m_filter(new DatasetFilterModel(this))
{
    auto *page = new QVBoxLayout(this);
    page->setContentsMargins(0, 0, 0, 0);
    page->addWidget(m_frame);
    m_frame->addPageAction(actions.newTable);
    m_frame->addPageAction(actions.importFile);
    m_frame->addPageAction(actions.reload);

    setUpSearch();
    setUpView(actions);
    m_nothing->addStateAction(actions.newTable);
    m_nothing->addStateAction(actions.importFile);

    auto *content = new QWidget;
    auto *rows = new QVBoxLayout(content);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(look::near);
    rows->addWidget(m_search);
    rows->addWidget(m_stack, 1);
    m_stack->addWidget(m_view);
    m_stack->addWidget(m_nothing);
    m_stack->addWidget(m_noMatch);
    m_frame->setContent(content);
    setFocusProxy(m_search);
}

DatasetsPage::~DatasetsPage() = default;

void DatasetsPage::setUpSearch()
{
    m_search->setPlaceholderText(tr("Search by name, id or column"));
    m_search->setAccessibleName(tr("Search datasets"));
    m_search->setClearButtonEnabled(true);
    m_search->addAction(icon(Icon::Search), QLineEdit::LeadingPosition);
    m_search->installEventFilter(this);
    connect(m_search, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_filter->setSearch(text);
        if (!m_view->currentIndex().isValid() && m_filter->rowCount() > 0)
            m_view->setCurrentIndex(m_filter->index(0, 0));
        update();
    });
    connect(m_search, &QLineEdit::returnPressed, this, [this] {
        if (!currentId().isEmpty())
            emit openWanted(currentId());
    });
}

void DatasetsPage::setUpView(const Actions &actions)
{
    m_view->setModel(m_filter);
    m_view->setAccessibleName(tr("List of datasets"));
    styleList(m_view);
    m_view->setSortingEnabled(true);
    m_view->setContextMenuPolicy(Qt::CustomContextMenu);
    m_view->sortByColumn(DatasetListModel::NameColumn, Qt::AscendingOrder);
    connect(m_view, &QTreeView::activated, this,
            [this](const QModelIndex &index) { emit openWanted(index.data(DatasetListModel::IdRole).toString()); });
    connect(m_view->selectionModel(), &QItemSelectionModel::currentChanged, this, &DatasetsPage::currentChanged);
    auto *menu = new QMenu(this);
    menu->addActions({actions.openDataset, actions.openVersions, actions.whatChanged, actions.compare,
                      actions.importInto, actions.copyId});
    connect(m_view, &QWidget::customContextMenuRequested, menu, [this, menu](QPoint place) {
        if (!currentId().isEmpty())
            menu->popup(m_view->viewport()->mapToGlobal(place));
    });
    auto *drop = new FileDrop(m_view->viewport());
    const auto idAt = [this](QPoint place) { return m_view->indexAt(place).data(DatasetListModel::IdRole).toString(); };
    connect(drop, &FileDrop::dropped, this,
            [this, idAt](const QString &file, QPoint place) { emit fileDropped(file, idAt(place)); });
    connect(drop, &FileDrop::hovered, this, [this](QPoint place) {
        if (const QModelIndex under = m_view->indexAt(place); under.isValid())
            m_view->setCurrentIndex(under);
    });
}

void DatasetsPage::setModel(DatasetListModel *model)
{
    if (m_model)
        disconnect(m_model, nullptr, this, nullptr);
    m_model = model;
    m_ready = false;
    m_search->clear();
    m_filter->setSourceModel(model);
    if (model) {
        m_view->header()->setStretchLastSection(false);
        m_view->header()->setSectionResizeMode(DatasetListModel::NameColumn, QHeaderView::Stretch);
    }
    update();
}

void DatasetsPage::showLoading()
{
    if (!m_ready)
        m_nothing->setText(tr("Reading the list of datasets…"), QString());
    m_frame->setStatus(tr("Reading the list of datasets…"));
    update();
}

void DatasetsPage::showReady()
{
    const bool first = !std::exchange(m_ready, true);
    m_frame->setStatus(QString());
    m_nothing->setText(tr("No datasets yet"),
                       tr("Create a table, or import a file and let it make one. A file can also be dropped here."));
    update();
    // Once: widths that the user chose stay.
    for (int column = 1; first && column < m_filter->columnCount(); ++column)
        m_view->resizeColumnToContents(column);
    if (!m_view->currentIndex().isValid() && m_filter->rowCount() > 0)
        m_view->setCurrentIndex(m_filter->index(0, 0));
}

void DatasetsPage::showFailure(const QString &reason)
{
    m_frame->setStatus(m_ready ? tr("The list below is from before: %1").arg(reason) : QString());
    if (!m_ready)
        m_nothing->setText(tr("The list could not be read"), tr("%1 Press F5 to try again.").arg(reason));
    update();
}

void DatasetsPage::update()
{
    const int all = m_model ? m_model->rowCount() : 0;
    const int found = m_filter->rowCount();
    if (all > 0 && found == 0)
        m_noMatch->setText(tr("No dataset matches “%1”").arg(m_search->text()),
                           tr("Searched by name, id and column: %1. Esc clears the search.").arg(Words::datasets(all)));
    m_stack->setCurrentWidget(all == 0     ? static_cast<QWidget *>(m_nothing)
                              : found == 0 ? static_cast<QWidget *>(m_noMatch)
                                           : m_view);
    if (!m_ready)
        m_frame->setFact(QString());
    else if (found < all)
        m_frame->setFact(tr("%1 of %2").arg(Words::number(found), Words::datasets(all)));
    else
        m_frame->setFact(Words::datasets(all));
    hideUntoldColumns();
}

void DatasetsPage::hideUntoldColumns()
{
    // The name is always there: a view without any column measures its rows as zero high.
    for (int column = 1; m_model && column < DatasetListModel::ColumnCount; ++column)
        m_view->setColumnHidden(column, !m_model->isTold(static_cast<DatasetListModel::Column>(column)));
}

QString DatasetsPage::currentId() const
{
    return m_view->currentIndex().data(DatasetListModel::IdRole).toString();
}

void DatasetsPage::select(const QString &id)
{
    const int row = m_model ? m_model->rowOf(id) : -1;
    const QModelIndex index = row < 0 ? QModelIndex() : m_filter->mapFromSource(m_model->index(row, 0));
    if (!index.isValid())
        return;
    m_view->setCurrentIndex(index);
    m_view->scrollTo(index);
}

void DatasetsPage::focusSearch()
{
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

void DatasetsPage::focusList()
{
    m_view->setFocus(Qt::OtherFocusReason);
}

bool DatasetsPage::eventFilter(QObject *watched, QEvent *event)
{
    if (watched != m_search || (event->type() != QEvent::KeyPress && event->type() != QEvent::ShortcutOverride))
        return QWidget::eventFilter(watched, event);
    const auto *key = static_cast<QKeyEvent *>(event);
    if (key->key() == Qt::Key_Escape && !m_search->text().isEmpty()) {
        event->accept();
        if (event->type() == QEvent::KeyPress)
            m_search->clear();
        return true;
    }
    if (key->key() == Qt::Key_Down && event->type() == QEvent::KeyPress && m_filter->rowCount() > 0) {
        focusList();
        return true;
    }
    return false;
}

} // namespace rowdesk
