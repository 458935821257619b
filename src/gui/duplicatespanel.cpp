#include "gui/duplicatespanel.h"

#include "gui/icons.h"
#include "gui/listview.h"
#include "gui/look.h"
#include "gui/plainlabel.h"
#include "models/duplicatesmodel.h"
#include "models/tablemodel.h"
#include "models/words.h"

#include <QBoxLayout>
#include <QHeaderView>
#include <QListView>
#include <QScopedValueRollback>
#include <QSplitter>
#include <QStandardItemModel>
#include <QToolButton>
#include <QTreeView>

namespace rowdesk {

DuplicatesPanel::DuplicatesPanel(TableModel *rows, QWidget *parent)
    : QWidget(parent)
    , m_rows(rows)
    , m_model(new DuplicatesModel(this))
    , m_choices(new QStandardItemModel(this))
    , m_columns(new QListView)
    , m_sentence(new PlainLabel)
    , m_cancel(new QToolButton)
    , m_groups(new QTreeView)
{
    m_columns->setModel(m_choices);
    m_columns->setAccessibleName(tr("Columns of the key"));
    m_columns->setEditTriggers(QAbstractItemView::NoEditTriggers);
    styleList(m_groups);
    m_groups->setRootIsDecorated(true);
    m_groups->setModel(m_model);
    m_groups->setAccessibleName(tr("Keys that several rows have"));
    m_groups->setToolTip(tr("A double click, or Enter, goes to the row"));
    m_groups->header()->setStretchLastSection(false);
    m_groups->header()->setSectionResizeMode(DuplicatesModel::KeyColumn, QHeaderView::Stretch);
    m_groups->header()->setSectionResizeMode(DuplicatesModel::CountColumn, QHeaderView::ResizeToContents);
    m_sentence->setWordWrap(true);
    m_cancel->setIcon(icon(Icon::Close));
    m_cancel->setText(tr("Cancel"));
    m_cancel->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);

    auto *result = new QWidget;
    auto *head = new QHBoxLayout;
    head->addWidget(m_sentence, 1);
    head->addWidget(m_cancel);
    auto *lines = new QVBoxLayout(result);
    lines->setContentsMargins(0, 0, 0, 0);
    lines->addLayout(head);
    lines->addWidget(m_groups, 1);
    auto *halves = new QSplitter(this);
    halves->addWidget(m_columns);
    halves->addWidget(result);
    halves->setStretchFactor(0, 1);
    halves->setStretchFactor(1, 3);
    halves->setChildrenCollapsible(false);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, look::near, 0, 0);
    layout->addWidget(halves);
    setFocusProxy(m_columns);

    connect(m_choices, &QStandardItemModel::itemChanged, this, [this] {
        if (!m_listing)
            look();
    });
    connect(m_model, &DuplicatesModel::changed, this, &DuplicatesPanel::showState);
    connect(m_cancel, &QToolButton::clicked, m_model, &DuplicatesModel::cancel);
    connect(m_groups, &QTreeView::activated, this, [this](const QModelIndex &line) {
        emit rowWanted(line.data(DuplicatesModel::SourceRowRole).toLongLong());
    });
    showState();
}

/// The columns of the table; those chosen before stay chosen.
void DuplicatesPanel::listColumns()
{
    const QScopedValueRollback listing(m_listing, true);
    QStringList kept;
    for (const int column : chosen())
        kept.append(m_choices->item(column)->data().toString());
    m_choices->clear();
    for (const QString &name : m_rows->store()->columnNames()) {
        auto *item = new QStandardItem(Words::oneLine(name));
        item->setData(name);
        item->setCheckable(true);
        item->setCheckState(kept.contains(name) ? Qt::Checked : Qt::Unchecked);
        m_choices->appendRow(item);
    }
    if (m_choices->rowCount() > 0)
        m_columns->setCurrentIndex(m_choices->index(0, 0));
}

QVector<int> DuplicatesPanel::chosen() const
{
    QVector<int> columns;
    for (int row = 0; row < m_choices->rowCount(); ++row) {
        if (m_choices->item(row)->checkState() == Qt::Checked)
            columns.append(row);
    }
    return columns;
}

void DuplicatesPanel::refresh()
{
    if (m_choices->rowCount() > 0 && m_model->isAbout(*m_rows, chosen()))
        return;
    listColumns();
    look();
}

void DuplicatesPanel::showColumn(int column)
{
    listColumns();
    {
        const QScopedValueRollback listing(m_listing, true);
        for (int row = 0; row < m_choices->rowCount(); ++row)
            m_choices->item(row)->setCheckState(row == column ? Qt::Checked : Qt::Unchecked);
    }
    m_columns->setCurrentIndex(m_choices->index(column, 0));
    look();
}

void DuplicatesPanel::look()
{
    m_model->find(*m_rows, chosen());
}

void DuplicatesPanel::showState()
{
    m_sentence->setText(m_model->sentence());
    m_cancel->setVisible(m_model->isRunning());
    if (m_model->rowCount() > 0 && !m_groups->currentIndex().isValid())
        m_groups->setCurrentIndex(m_model->index(0, 0));
    emit statusChanged();
}

QString DuplicatesPanel::status() const
{
    return m_model->sentence();
}

} // namespace rowdesk
