#include "gui/recordpanel.h"

#include "gui/celldelegate.h"
#include "gui/listview.h"
#include "gui/look.h"
#include "gui/plainlabel.h"
#include "models/recordmodel.h"
#include "models/tablemodel.h"

#include <QBoxLayout>
#include <QHeaderView>
#include <QShortcut>
#include <QToolButton>
#include <QTreeView>

namespace rowdesk {

RecordPanel::RecordPanel(TableModel *rows, QWidget *parent)
    : QWidget(parent)
    , m_rows(rows)
    , m_record(new RecordModel(rows, this))
    , m_title(new PlainLabel(this))
    , m_previous(makeStep(QStringLiteral("▲"), tr("Previous row"), Qt::ALT | Qt::Key_PageUp, -1))
    , m_next(makeStep(QStringLiteral("▼"), tr("Next row"), Qt::ALT | Qt::Key_PageDown, 1))
    , m_list(new QTreeView(this))
{
    styleList(m_list);
    m_list->setModel(m_record);
    m_list->setItemDelegateForColumn(RecordModel::ValueColumn, new CellDelegate(m_list));
    m_list->setAccessibleName(tr("The current row"));
    m_list->header()->setSectionResizeMode(RecordModel::NameColumn, QHeaderView::ResizeToContents);
    m_title->setWordWrap(true);
    auto *head = new QHBoxLayout;
    head->addWidget(m_title, 1);
    head->addWidget(m_previous);
    head->addWidget(m_next);
    auto *lines = new QVBoxLayout(this);
    lines->setContentsMargins(look::near, 0, 0, 0);
    lines->setSpacing(look::hair);
    lines->addLayout(head);
    lines->addWidget(m_list, 1);
    connect(m_record, &RecordModel::titleChanged, this, [this] { setRow(m_record->row()); });
    connect(m_list, &QTreeView::activated, this, [this](const QModelIndex &line) { emit columnChosen(line.row()); });
    setFocusProxy(m_list);
    setRow(-1);
}

QToolButton *RecordPanel::makeStep(const QString &text, const QString &tip, const QKeySequence &key, int rows)
{
    auto *button = new QToolButton(this);
    button->setText(text);
    button->setToolTip(QStringLiteral("%1 (%2)").arg(tip, key.toString(QKeySequence::NativeText)));
    button->setAccessibleName(tip);
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::StrongFocus);
    connect(button, &QToolButton::clicked, this, [this, rows] { emit stepWanted(rows); });
    // A shortcut of the button would press it for a while; this one repeats as long as the key is held.
    connect(new QShortcut(key, this), &QShortcut::activated, this, [this, rows] { emit stepWanted(rows); });
    return button;
}

void RecordPanel::setRow(int row)
{
    const QModelIndex line = m_list->currentIndex();
    m_record->setRow(row);
    if (line.row() >= 0 && !m_list->currentIndex().isValid())
        m_list->setCurrentIndex(m_record->index(line.row(), RecordModel::ValueColumn));
    m_title->setText(m_record->title());
    m_previous->setEnabled(row > 0);
    m_next->setEnabled(row >= 0 && row + 1 < m_rows->rowCount());
}

QString RecordPanel::title() const
{
    return m_title->text();
}

} // namespace rowdesk
