#include "gui/snapshotspanel.h"

#include "gui/flowlayout.h"
#include "gui/icons.h"
#include "gui/listview.h"
#include "gui/look.h"
#include "gui/message.h"
#include "gui/plainlabel.h"

#include <QAction>
#include <QBoxLayout>
#include <QHeaderView>
#include <QToolButton>
#include <QTreeView>

namespace rowdesk {

SnapshotsPanel::SnapshotsPanel(QWidget *parent)
    : QWidget(parent)
    , m_view(new QTreeView)
    , m_open(new QAction(icon(Icon::Open), tr("Open this s&napshot"), this))
    , m_compare(new QAction(icon(Icon::History), tr("Compare snapshot with c&urrent"), this))
    , m_delete(new QAction(icon(Icon::Close), tr("&Delete snapshot…"), this))
{
    m_view->setModel(&m_model);
    m_view->setAccessibleName(tr("Local snapshots"));
    styleList(m_view);
    m_view->setContextMenuPolicy(Qt::ActionsContextMenu);
    m_view->addActions({m_open, m_compare, m_delete});
    auto *acts = new QWidget;
    auto *head = new FlowLayout(acts, look::near);
    head->addWidget(new PlainLabel(tr("Local snapshots, kept on this computer")));
    for (QAction *action : {m_open, m_compare, m_delete}) {
        auto *button = new QToolButton;
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        button->setFocusPolicy(Qt::StrongFocus);
        button->setDefaultAction(action);
        head->addWidget(button);
    }
    auto *rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, look::near, 0, 0);
    rows->setSpacing(look::near);
    rows->addWidget(acts);
    rows->addWidget(m_view);
    const auto open = [this] {
        if (const SnapshotInfo *snapshot = current(); snapshot && !snapshot->isDamaged())
            emit openWanted(*snapshot);
    };
    connect(m_view, &QTreeView::activated, this, open);
    connect(m_open, &QAction::triggered, this, open);
    connect(m_compare, &QAction::triggered, this, [this] {
        if (const SnapshotInfo *snapshot = current())
            emit compareWanted(*snapshot);
    });
    connect(m_delete, &QAction::triggered, this, &SnapshotsPanel::askToDelete);
    connect(m_view->selectionModel(), &QItemSelectionModel::currentChanged, this, &SnapshotsPanel::updateActions);
    setVisible(false);
}

const SnapshotInfo *SnapshotsPanel::current() const
{
    const QModelIndex index = m_view->currentIndex();
    return index.isValid() ? &m_model.snapshot(index.row()) : nullptr;
}

void SnapshotsPanel::showSnapshots(QVector<SnapshotInfo> snapshots)
{
    constexpr int mostRows = 4; // of the list without a scroll bar: the versions above need the room
    const int count = int(snapshots.size());
    m_model.setSnapshots(std::move(snapshots));
    setVisible(count > 0);
    for (int column = 0; column < SnapshotListModel::ColumnCount; ++column)
        m_view->resizeColumnToContents(column);
    const int line = fontMetrics().height() + look::near;
    m_view->setFixedHeight(m_view->header()->sizeHint().height() + line * std::min(count, mostRows) + look::near);
    if (count > 0)
        m_view->setCurrentIndex(m_model.index(0, 0));
    updateActions();
}

void SnapshotsPanel::updateActions()
{
    const SnapshotInfo *snapshot = current();
    m_open->setEnabled(snapshot && !snapshot->isDamaged());
    m_compare->setEnabled(snapshot && !snapshot->isDamaged());
    m_delete->setEnabled(snapshot != nullptr);
}

void SnapshotsPanel::askToDelete()
{
    const SnapshotInfo *snapshot = current();
    if (!snapshot)
        return;
    message::ask(this, tr("Delete the local snapshot"),
                 tr("The file on this computer is deleted for good. Nothing is changed in ClicData."), tr("Delete"),
                 [this, it = *snapshot] { emit deleteWanted(it); });
}

} // namespace rowdesk
