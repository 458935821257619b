#include "gui/versionspage.h"

#include "gui/emptystate.h"
#include "gui/icons.h"
#include "gui/listview.h"
#include "gui/look.h"
#include "models/words.h"

#include <QAction>
#include <QBoxLayout>
#include <QHeaderView>
#include <QStackedWidget>
#include <QToolButton>
#include <QTreeView>

#include <algorithm>

namespace rowdesk {

VersionsPage::VersionsPage(QWidget *parent)
    : QWidget(parent)
    , m_stack(new QStackedWidget(this))
    , m_list(new QWidget)
    , m_view(new QTreeView(m_list))
    , m_empty(new EmptyState)
    , m_open(new QAction(icon(Icon::Open), tr("Open this &version"), this))
    , m_compare(new QAction(icon(Icon::History), tr("Compare &selected"), this))
    , m_compareCurrent(new QAction(icon(Icon::History), tr("Compare with &current"), this))
{
    setUpView();
    m_stack->addWidget(m_list);
    m_stack->addWidget(m_empty);
    auto *rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, look::near, 0, 0);
    rows->addWidget(m_stack);
    setFocusProxy(m_view);
    showLoading();
}

void VersionsPage::setUpView()
{
    m_view->setModel(&m_model);
    m_view->setAccessibleName(tr("List of versions"));
    styleList(m_view);
    // Enter and a double click open; the arrow, and the keys Right and Left, show the steps of a run.
    m_view->setExpandsOnDoubleClick(false);
    m_view->setContextMenuPolicy(Qt::ActionsContextMenu);
    m_view->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_view->addActions({m_open, m_compare, m_compareCurrent});
    m_compare->setToolTip(tr("Select two versions, with Ctrl and a click or with Shift and the arrow keys"));
    const auto open = [this] {
        if (m_view->currentIndex().isValid())
            emit openWanted(m_model.version(m_view->currentIndex()));
    };
    connect(m_view, &QTreeView::activated, this, open);
    connect(m_open, &QAction::triggered, this, open);
    connect(m_compare, &QAction::triggered, this, &VersionsPage::compareSelected);
    connect(m_compareCurrent, &QAction::triggered, this, &VersionsPage::compareWithCurrent);
    connect(m_view->selectionModel(), &QItemSelectionModel::selectionChanged, this, &VersionsPage::selectionChanged);

    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(look::near);
    QWidget *before = nullptr;
    for (QAction *action : {m_open, m_compare, m_compareCurrent}) {
        auto *button = new QToolButton(m_list);
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        button->setFocusPolicy(Qt::StrongFocus);
        button->setDefaultAction(action);
        buttons->addWidget(button);
        if (before)
            setTabOrder(before, button);
        before = button;
    }
    buttons->addStretch(1);
    auto *rows = new QVBoxLayout(m_list);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(look::near);
    rows->addLayout(buttons);
    rows->addWidget(m_view, 1);
    setTabOrder(before, m_view);
}

void VersionsPage::compareSelected()
{
    const QModelIndexList rows = m_view->selectionModel()->selectedRows();
    if (rows.size() != 2)
        return;
    const bool isFirstNewer = m_model.place(rows[0]) < m_model.place(rows[1]);
    emit compareWanted(m_model.version(rows[isFirstNewer ? 1 : 0]).version,
                       m_model.version(rows[isFirstNewer ? 0 : 1]).version);
}

void VersionsPage::compareWithCurrent()
{
    if (m_view->currentIndex().isValid())
        emit compareWanted(m_model.version(m_view->currentIndex()).version, QString());
}

void VersionsPage::selectionChanged()
{
    const qsizetype count = m_view->selectionModel()->selectedRows().size();
    const bool shown = m_stack->currentWidget() == m_list;
    m_compare->setEnabled(shown && count == 2);
    m_compareCurrent->setEnabled(shown && count == 1);
    m_open->setEnabled(shown && count == 1);
}

void VersionsPage::showLoading()
{
    m_empty->setText(tr("Reading the list of versions…"), QString());
    say(tr("reading the list of versions…"), m_empty);
}

void VersionsPage::showVersions(QVector<VersionInfo> versions)
{
    const auto count = versions.size();
    m_model.setVersions(std::move(versions));
    if (count == 0) {
        m_empty->setText(
            tr("No versions yet"),
            tr("History keeps a version each time the dataset is refreshed or changed. There is none so far."));
        say(tr("no versions"), m_empty);
        return;
    }
    m_view->setRootIsDecorated(m_model.hasRuns());
    for (int column = 0; column < VersionListModel::CommentColumn; ++column)
        m_view->resizeColumnToContents(column);
    // The steps of a run stand further in, and are not on the screen to be measured.
    if (m_model.hasRuns())
        m_view->setColumnWidth(0, m_view->columnWidth(0) + m_view->indentation());
    m_view->setCurrentIndex(m_model.index(0, 0));
    say(tr("all %1").arg(Words::versions(count)), m_list);
}

void VersionsPage::showHistoryOff()
{
    m_empty->setText(
        tr("Data History is off"),
        tr("ClicData keeps no versions of this dataset. Its owner or an administrator of the account can "
           "switch Data History on in the web app, in the dataset's settings; versions are kept from then on."));
    say(tr("no versions: Data History is off"), m_empty);
}

void VersionsPage::showFailure(const ApiError &error)
{
    m_empty->setText(tr("No versions to show"), error.text());
    say(tr("the versions could not be read"), m_empty);
}

void VersionsPage::say(const QString &status, QWidget *shown)
{
    m_status = status;
    m_stack->setCurrentWidget(shown);
    selectionChanged();
    emit statusChanged();
}

} // namespace rowdesk
