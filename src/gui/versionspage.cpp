#include "gui/versionspage.h"

#include "gui/emptystate.h"
#include "gui/flowlayout.h"
#include "gui/icons.h"
#include "gui/listview.h"
#include "gui/look.h"
#include "gui/plainlabel.h"
#include "gui/rowsovertime.h"
#include "gui/snapshotspanel.h"
#include "models/timewords.h"
#include "models/words.h"

#include <QAction>
#include <QBoxLayout>
#include <QDateEdit>
#include <QHeaderView>
#include <QStackedWidget>
#include <QToolButton>
#include <QTreeView>

#include <algorithm>
#include <tuple>

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
    , m_save(new QAction(icon(Icon::File), tr("&Save local snapshot"), this))
    , m_stop(new QAction(icon(Icon::Close), tr("S&top saving"), this))
    , m_from(new QDateEdit)
    , m_to(new QDateEdit)
    , m_days(new QWidget(m_list))
    , m_overTime(new RowsOverTime(m_list))
    , m_snapshots(new SnapshotsPanel)
{
    m_save->setToolTip(tr("Keeps the current rows in a file on this computer, to open and compare them later"));
    connect(m_save, &QAction::triggered, this, &VersionsPage::saveSnapshotWanted);
    connect(m_stop, &QAction::triggered, this, &VersionsPage::stopSavingWanted);
    m_stop->setVisible(false);
    m_empty->addStateAction(m_save);
    m_empty->addStateAction(m_stop);
    setUpView();
    m_stack->addWidget(m_list);
    m_stack->addWidget(m_empty);
    auto *rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, look::near, 0, 0);
    rows->addWidget(m_stack, 1);
    rows->addWidget(m_snapshots);
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

    auto *rows = new QVBoxLayout(m_list);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(look::near);
    rows->addLayout(makeTop());
    rows->addWidget(m_view, 1);
    setTabOrder(m_overTime, m_view);
}

/// What can be done with the versions, and their rows over time.
QHBoxLayout *VersionsPage::makeTop()
{
    auto *acts = new QWidget(m_list);
    auto *buttons = new FlowLayout(acts, look::near);
    QWidget *before = nullptr;
    for (QAction *action : {m_open, m_compare, m_compareCurrent, m_save, m_stop}) {
        auto *button = new QToolButton(m_list);
        connect(action, &QAction::visibleChanged, button,
                [button, action] { button->setVisible(action->isVisible()); });
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        button->setFocusPolicy(Qt::StrongFocus);
        button->setDefaultAction(action);
        button->setVisible(action->isVisible());
        buttons->addWidget(button);
        if (before)
            setTabOrder(before, button);
        before = button;
    }
    setUpDays();
    buttons->addWidget(m_days);
    setTabOrder(before, m_from);
    setTabOrder(m_from, m_to);
    auto *top = new QHBoxLayout;
    top->setSpacing(look::near);
    top->addWidget(acts, 1);
    top->addWidget(m_overTime);
    setTabOrder(m_to, m_overTime);
    connect(m_overTime, &RowsOverTime::rowChosen, this, [this](int row) {
        if (m_view->isRowHidden(row, {}))
            showDays();
        m_view->setCurrentIndex(m_model.index(row, 0));
        m_view->setFocus();
    });
    return top;
}

void VersionsPage::compareSelected()
{
    if (const auto pair = m_model.pairOf(m_view->selectionModel()->selectedRows()))
        emit compareWanted(pair->before, pair->after);
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
    m_compare->setEnabled(shown && m_model.pairOf(m_view->selectionModel()->selectedRows()).has_value());
    m_compareCurrent->setEnabled(shown && count == 1);
    m_open->setEnabled(shown && count == 1);
}

void VersionsPage::showLoading()
{
    m_empty->setText(tr("Reading the list of versions…"), QString());
    say(tr("reading the list of versions…"), m_empty);
}

void VersionsPage::showVersions(QVector<VersionInfo> versions, const QVector<UploadedVersions> &uploads)
{
    const auto count = versions.size();
    m_model.setVersions(std::move(versions), uploads);
    m_overTime->setCounts(m_model.counts());
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
    say(QString(), m_list);
    showDays();
}

void VersionsPage::setUpDays()
{
    auto *parts = new QHBoxLayout(m_days);
    parts->setContentsMargins(0, 0, 0, 0);
    parts->setSpacing(look::hair);
    for (const auto &[edit, word, name] : {std::tuple(m_from, tr("From"), tr("Versions from this day on")),
                                           std::tuple(m_to, tr("to"), tr("Versions up to this day"))}) {
        auto *label = new PlainLabel(word);
        label->setBuddy(edit);
        edit->setCalendarPopup(true);
        edit->setAccessibleName(name);
        parts->addWidget(label);
        parts->addWidget(edit);
        connect(edit, &QDateEdit::dateChanged, this, &VersionsPage::chooseDays);
    }
    m_days->hide();
}

/// The day of a row's version on this computer's clock; not valid when the service did not tell it.
QDate VersionsPage::dayOf(int row) const
{
    return serviceTime(m_model.version(m_model.index(row, 0)).created).toLocalTime().date();
}

/// All days that there are.
void VersionsPage::showDays()
{
    QDate first;
    QDate last;
    for (int row = 0; row < m_model.rowCount(); ++row) {
        const QDate day = dayOf(row);
        first = first.isValid() && (!day.isValid() || first < day) ? first : day;
        last = last.isValid() && (!day.isValid() || last > day) ? last : day;
    }
    m_days->setVisible(first.isValid() && first < last);
    m_fillingDays = true;
    for (QDateEdit *edit : {m_from, m_to}) {
        edit->setDateRange(first.isValid() ? first : QDate::currentDate(),
                           last.isValid() ? last : QDate::currentDate());
        edit->setDate(edit == m_from ? edit->minimumDate() : edit->maximumDate());
    }
    m_fillingDays = false;
    chooseDays();
}

/// Lists the versions of the chosen days; what is hidden is not selected.
void VersionsPage::chooseDays()
{
    if (m_fillingDays)
        return;
    qsizetype shown = 0; // versions: those of a run are one row
    int firstShown = -1;
    for (int row = 0; row < m_model.rowCount(); ++row) {
        const QModelIndex index = m_model.index(row, 0);
        const QDate day = dayOf(row);
        const bool isOut = day.isValid() && (day < m_from->date() || day > m_to->date());
        m_view->setRowHidden(row, {}, isOut);
        if (isOut) {
            m_view->selectionModel()->select(index, QItemSelectionModel::Deselect | QItemSelectionModel::Rows);
            continue;
        }
        firstShown = firstShown < 0 ? row : firstShown;
        shown += std::max(1, m_model.rowCount(index));
    }
    if (const QModelIndex current = m_view->currentIndex();
        firstShown >= 0 && (!current.isValid() || m_view->isRowHidden(current.row(), {})))
        m_view->setCurrentIndex(m_model.index(firstShown, 0));
    const QString all = Words::versions(m_model.count());
    m_status = shown == m_model.count() ? tr("all %1").arg(all) : tr("%1 of %2").arg(Words::number(shown), all);
    selectionChanged();
    emit statusChanged();
}

void VersionsPage::showHistoryOff()
{
    m_empty->setText(
        tr("Data History is off"),
        tr("ClicData keeps no versions of this dataset. Its owner or an administrator of the account can "
           "switch Data History on in the web app, in the dataset's settings; versions are kept from then on. "
           "Meanwhile a local snapshot keeps today's rows on this computer, to be compared with later ones."));
    say(tr("no versions: Data History is off"), m_empty);
}

void VersionsPage::showFailure(const ApiError &error)
{
    m_empty->setText(tr("No versions to show"), error.text());
    say(tr("the versions could not be read"), m_empty);
}

void VersionsPage::showSnapshots(QVector<SnapshotInfo> snapshots)
{
    m_snapshots->showSnapshots(std::move(snapshots));
}

void VersionsPage::showSaving(const QString &sentence)
{
    m_saving = sentence;
    m_save->setEnabled(sentence.isEmpty());
    m_stop->setVisible(!sentence.isEmpty());
    emit statusChanged();
}

void VersionsPage::say(const QString &status, QWidget *shown)
{
    m_status = status;
    m_stack->setCurrentWidget(shown);
    selectionChanged();
    emit statusChanged();
}

} // namespace rowdesk
