#include "files/tablefile.h"
#include "gui/actions.h"
#include "gui/comparedialog.h"
#include "gui/compareflow.h"
#include "gui/comparepage.h"
#include "gui/compareside.h"
#include "gui/datasetspage.h"
#include "gui/datasettab.h"
#include "gui/datasettabs.h"
#include "gui/keyhistorypage.h"
#include "gui/putback.h"
#include "gui/rowsview.h"
#include "gui/snapshotspanel.h"
#include "gui/versionspage.h"
#include "models/diffmodel.h"
#include "models/tablemodel.h"
#include "models/tablequery.h"
#include "net/transportlog.h"
#include "sandboxdesk.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QDateEdit>
#include <QDialogButtonBox>
#include <QLabel>
#include <QMessageBox>
#include <QPushButton>
#include <QTableView>
#include <QTemporaryDir>
#include <QToolButton>
#include <QTreeView>
#include <QTreeWidget>

#include <algorithm>
#include <numeric>

using namespace rowdesk;

/// What changed? From the list of datasets to the answer, against the sandbox.
class TestCompare : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void cleanup();

    void previousAgainstCurrentInThreeActions();
    void twoSelectedVersions();
    void walksThroughTheChanges();
    void filtersByColumnAndKind();
    void anotherKeyAndIgnoredColumns();
    void aFailedReadingSaysSo();
    void again();
    void reportsTellWhenItWasCompared();
    void sameAgainNextTime();
    void whatChangedTheSameWay();
    void whatChangedSinceLastWeek();
    void localSnapshots();
    void rowsArePutBack();
    void lifeOfARow();
    void copiesCells();
    void uniqueKeyOfTheAccount();
    void signedOutMeanwhile();
    void fitsASmallScreen();
    void versionsOfSomeDays();

private:
    /// The one in sight; results keep theirs.
    CompareDialog *dialog() const
    {
        const auto dialogs = m_desk->window.findChildren<CompareDialog *>();
        const auto shown = std::ranges::find_if(dialogs, [](const QWidget *each) { return each->isVisible(); });
        return shown != dialogs.end() ? *shown : dialogs.value(0);
    }
    QPushButton *compareButton() const
    {
        return dialog()->findChild<QDialogButtonBox *>()->button(QDialogButtonBox::Ok);
    }
    ComparePage *page() const { return qobject_cast<ComparePage *>(m_desk->window.tabs()->currentWidget()); }
    bool waitForPage() const
    {
        return QTest::qWaitFor([this] { return page() != nullptr; }, 30'000);
    }
    /// Compares two versions of Weather with what the dialog suggests.
    bool compare(const QString &before, const QString &after) const
    {
        emit m_desk->window.tabs()->compareVersionsWanted(m_desk->idOf(QStringLiteral("Weather")), before, after);
        if (!dialog() || !QTest::qWaitFor([this] { return compareButton()->isEnabled(); }, 30'000))
            return false;
        compareButton()->click();
        return waitForPage();
    }

    std::unique_ptr<SandboxDesk> m_desk;
    QTemporaryDir m_data;
};

void TestCompare::init()
{
    qputenv("ROWDESK_DATA_DIR", m_data.path().toLocal8Bit());
    m_desk = std::make_unique<SandboxDesk>();
    QVERIFY(m_desk->start());
    new CompareFlow(&m_desk->window);
}

void TestCompare::cleanup()
{
    m_desk.reset();
}

void TestCompare::previousAgainstCurrentInThreeActions()
{
    MainWindow &window = m_desk->window;
    window.tabs()->listPage()->select(m_desk->idOf(QStringLiteral("Weather"))); // 1: choose it
    window.actions().compare->trigger();                                        // 2: Ctrl+D
    QVERIFY(dialog());
    QTRY_VERIFY_WITH_TIMEOUT(compareButton()->isEnabled(), 30'000);
    const auto *key = dialog()->findChild<QComboBox *>(QStringLiteral("key"));
    QVERIFY2(key->currentText().startsWith(QStringLiteral("location, date: unique in both")),
             qPrintable(key->currentText()));
    compareButton()->click(); // 3: Enter
    QVERIFY(waitForPage());
    // Version 3 against the current rows: 3 rows came back, 13 cells changed (resources/sandbox/README.md).
    const TableDiff &diff = page()->model()->comparison().diff;
    QCOMPARE(diff.rowsA, 2919);
    QCOMPARE(diff.added.size(), size_t(3));
    QCOMPARE(diff.changed.size(), size_t(13));
    QCOMPARE(page()->model()->rowCount(), 16);
    QVERIFY(!dialog() || !dialog()->isVisible());
}

void TestCompare::twoSelectedVersions()
{
    DatasetTab *tab = m_desk->window.tabs()->open(m_desk->idOf(QStringLiteral("Weather")));
    QTreeView *view = tab->versionsPage()->view();
    QTRY_COMPARE_WITH_TIMEOUT(view->model()->rowCount(), 4, 30'000);
    tab->showVersions();
    const auto act = [tab](const QString &text) {
        for (QAction *action : tab->versionsPage()->findChildren<QAction *>()) {
            if (action->text().remove(QLatin1Char('&')) == text)
                return action;
        }
        return static_cast<QAction *>(nullptr);
    };
    QAction *compare = act(QStringLiteral("Compare selected"));
    QVERIFY(compare && !compare->isEnabled());
    QVERIFY(act(QStringLiteral("Compare with current"))->isEnabled());
    // Rows are versions 4, 3, 2, 1: the lower one is the older one, whichever was chosen first.
    view->selectionModel()->select(view->model()->index(2, 0),
                                   QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    view->selectionModel()->select(view->model()->index(1, 0), QItemSelectionModel::Select | QItemSelectionModel::Rows);
    QVERIFY(compare->isEnabled());
    compare->trigger();
    QVERIFY(dialog());
    QTRY_VERIFY_WITH_TIMEOUT(compareButton()->isEnabled(), 30'000);
    compareButton()->click();
    QVERIFY(waitForPage());
    const TableDiff &diff = page()->model()->comparison().diff;
    QCOMPARE(diff.rowsA, 2922);
    QCOMPARE(diff.rowsB, 2919);
    QCOMPARE(diff.removed.size(), size_t(3));
    QCOMPARE(diff.changed.size(), size_t(12));
}

void TestCompare::walksThroughTheChanges()
{
    QVERIFY(compare(QStringLiteral("2"), QStringLiteral("3")));
    const DiffModel *model = page()->model();
    QTableView *view = page()->rowsView();
    int stops = 0;
    for (; stops < 100; ++stops) {
        const QModelIndex before = view->currentIndex();
        page()->goToChange(true);
        if (view->currentIndex() == before)
            break;
    }
    QCOMPARE(stops, 15);
    QVERIFY(page()->status().contains(QStringLiteral("no further change")));
    QCOMPARE(model->change(view->currentIndex().row()), DiffModel::Change::Removed);
    for (; stops > 0; --stops) {
        const QModelIndex before = view->currentIndex();
        page()->goToChange(false);
        if (view->currentIndex() == before)
            break;
    }
    QCOMPARE(stops, 1);
    QStringList keys;
    for (const QAction *action : page()->actions())
        keys.append(action->shortcut().toString());
    QCOMPARE(keys, QStringList({QStringLiteral("F7"), QStringLiteral("Shift+F7")}));
    QCOMPARE(view->currentIndex().data().toString(), QStringLiteral("25.0 \u2192 35.0 (+10, +40 %)"));
}

void TestCompare::filtersByColumnAndKind()
{
    QVERIFY(compare(QStringLiteral("3"), QStringLiteral("4")));
    const DiffModel *model = page()->model();
    QCOMPARE(model->rowCount(), 16);
    QTreeView *columns = page()->columnsView();
    QCOMPARE(columns->model()->index(1, 0).data().toString(), QStringLiteral("temp_max"));
    QCOMPARE(columns->model()->index(1, 1).data().toString(), QStringLiteral("12"));
    columns->setCurrentIndex(columns->model()->index(2, 0));
    QCOMPARE(model->rowCount(), 1);
    QVERIFY(page()->status().contains(QStringLiteral("wind")));
    columns->setCurrentIndex(columns->model()->index(0, 0));
    for (QToolButton *button : page()->findChildren<QToolButton *>()) {
        if (button->text().contains(QStringLiteral("changed")))
            button->click();
    }
    QCOMPARE(model->rowCount(), 3);
    QCOMPARE(model->change(0), DiffModel::Change::Added);
}

void TestCompare::anotherKeyAndIgnoredColumns()
{
    emit m_desk->window.tabs()->compareVersionsWanted(m_desk->idOf(QStringLiteral("Weather")), QStringLiteral("2"),
                                                      QStringLiteral("3"));
    QTRY_VERIFY_WITH_TIMEOUT(compareButton()->isEnabled(), 30'000);
    auto *columns = dialog()->findChild<QTreeWidget *>(QStringLiteral("columns"));
    const auto row = [columns](const char *name) {
        return columns->findItems(QString::fromLatin1(name), Qt::MatchExactly).value(0);
    };
    QCOMPARE(row("date")->checkState(1), Qt::Checked);
    row("temp_max")->setCheckState(2, Qt::Unchecked);
    row("wind")->setText(3, QStringLiteral("much"));
    QVERIFY(!compareButton()->isEnabled());
    row("wind")->setText(3, QStringLiteral("0.5"));
    QVERIFY(compareButton()->isEnabled());
    row("date")->setCheckState(1, Qt::Unchecked);
    const auto *evidence = dialog()->findChild<QLabel *>(QStringLiteral("evidence"));
    QTRY_VERIFY(evidence->text().contains(QStringLiteral("rows repeat a key")));
    row("date")->setCheckState(1, Qt::Checked);
    const DiffOptions options = dialog()->options();
    QCOMPARE(options.key, QStringList({QStringLiteral("location"), QStringLiteral("date")}));
    QCOMPARE(options.ignored, QStringList{QStringLiteral("temp_max")});
    QCOMPARE(options.tolerances.value(QStringLiteral("wind")).absolute, (Decimal{5, 1}));
    compareButton()->click();
    QVERIFY(waitForPage());
    QVERIFY(page()->model()->comparison().diff.changed.empty());
}

void TestCompare::aFailedReadingSaysSo()
{
    emit m_desk->window.tabs()->compareVersionsWanted(m_desk->idOf(QStringLiteral("Weather")), QStringLiteral("2"),
                                                      QStringLiteral("3"));
    QVERIFY(dialog());
    // A file that is not there stands for a table that can't be read.
    dialog()->side(CompareSession::Side::A)->chooseFile(QStringLiteral("/nowhere/none.csv"));
    const auto *status = dialog()->findChild<QLabel *>(QStringLiteral("status"));
    QTRY_VERIFY_WITH_TIMEOUT(status->text().contains(QStringLiteral("none.csv")) &&
                                 !status->text().contains(QStringLiteral("Reading")),
                             30'000);
    QVERIFY(!compareButton()->isEnabled());
    dialog()->reject();
}

void TestCompare::again()
{
    QVERIFY(compare(QStringLiteral("2"), QStringLiteral("3")));
    const ComparePage *first = page();
    emit page()->againWanted();
    QVERIFY(dialog() && dialog()->isVisible() && compareButton()->isEnabled());
    dialog()->findChild<QTreeWidget *>(QStringLiteral("columns"))->topLevelItem(3)->setCheckState(2, Qt::Unchecked);
    compareButton()->click();
    QTRY_VERIFY_WITH_TIMEOUT(page() && page() != first, 30'000);
    // The first tab goes, the dialog stays for the second.
    m_desk->window.tabs()->setCurrentIndex(1);
    m_desk->window.tabs()->closeCurrent();
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    emit page()->againWanted();
    QVERIFY(dialog() && dialog()->isVisible());
}

/// A result may stay open for days before it is exported.
void TestCompare::reportsTellWhenItWasCompared()
{
    ColumnStore store;
    store.setComplete();
    const DiffTable table = DiffTable::of(QStringLiteral("t"), store);
    const Comparison compared{table, table, {}, {}, QDateTime(QDate(2026, 1, 31), QTime(9, 5), Qt::UTC)};
    ComparePage page(std::make_shared<const Comparison>(compared), {});
    const QString path = m_data.filePath(QStringLiteral("report.json"));
    page.save(path);
    QTRY_VERIFY(page.status().contains(QStringLiteral("Written to")));
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(file.readAll().contains(R"("compared_at":"2026-01-31T09:05:00Z")"));
}

void TestCompare::sameAgainNextTime()
{
    auto *flow = m_desk->window.findChild<CompareFlow *>();
    QVector<CompareMemory> memories;
    connect(flow, &CompareFlow::comparisonMade, this, [&](const CompareMemory &memory) {
        keepComparison(memories, memory);
        flow->setMemories(memories);
    });
    const auto open = [this](const QString &before, const QString &after) {
        emit m_desk->window.tabs()->compareVersionsWanted(m_desk->idOf(QStringLiteral("Weather")), before, after);
        return QTest::qWaitFor([this] { return dialog() && compareButton()->isEnabled(); }, 30'000);
    };
    const auto child = [this](const char *name) { return dialog()->findChild<QWidget *>(QString::fromLatin1(name)); };
    const auto item = [&child](const char *name) {
        return qobject_cast<QTreeWidget *>(child("columns"))
            ->findItems(QString::fromLatin1(name), Qt::MatchExactly)
            .value(0);
    };
    // The first time nothing is remembered.
    QVERIFY(open(QStringLiteral("2"), QStringLiteral("3")));
    QVERIFY(child("memory")->isHidden());
    item("temp_max")->setCheckState(2, Qt::Unchecked);
    item("wind")->setText(3, QStringLiteral("0.5; 1%"));
    item("location")->setCheckState(1, Qt::Unchecked); // a key that is no good
    qobject_cast<QCheckBox *>(child("trim"))->setChecked(true);
    const DiffOptions chosen = dialog()->options();
    QCOMPARE(chosen.key, QStringList{QStringLiteral("date")});
    compareButton()->click();
    QVERIFY(waitForPage());
    // The result says how it was compared.
    QStringList told;
    for (const QLabel *label : page()->findChildren<QLabel *>())
        told.append(label->text());
    QVERIFY(told.join(QLatin1Char('|')).contains(QStringLiteral("Not compared: temp_max.")));
    QCOMPARE(memories.size(), 1);
    // The next time, for other versions, all of it is there, and that is said.
    QVERIFY(open(QStringLiteral("3"), QString()));
    QCOMPARE(dialog()->options(), chosen);
    QVERIFY(child("memory")->isVisible());
    QVERIFY(dialog()->findChild<QLabel *>(QStringLiteral("memoryLabel"))->text().contains(QStringLiteral("last comp")));
    // Another version keeps what was chosen in the dialog.
    item("temp_max")->setCheckState(2, Qt::Checked);
    dialog()
        ->side(CompareSession::Side::A)
        ->choose(m_desk->idOf(QStringLiteral("Weather")), CompareSide::Pick::Named, QStringLiteral("1"));
    QTRY_VERIFY_WITH_TIMEOUT(!compareButton()->isEnabled(), 30'000);
    QTRY_VERIFY_WITH_TIMEOUT(compareButton()->isEnabled(), 30'000);
    QCOMPARE(item("temp_max")->checkState(2), Qt::Checked);
    QCOMPARE(item("wind")->text(3), QStringLiteral("0.5; 1%"));
    // It can be taken back.
    qobject_cast<QPushButton *>(child("startOver"))->click();
    DiffOptions suggested;
    suggested.key = QStringList{QStringLiteral("location"), QStringLiteral("date")};
    QCOMPARE(dialog()->options(), suggested);
    QVERIFY(child("memory")->isHidden() && compareButton()->isEnabled());
    dialog()->reject();
    // A column that is gone is left out with a word, and the key that needs it.
    memories.first().options.key = QStringList{QStringLiteral("station")};
    flow->setMemories(memories);
    QVERIFY(open(QStringLiteral("2"), QStringLiteral("3")));
    QCOMPARE(dialog()->options().key, suggested.key);
    QCOMPARE(dialog()->options().ignored, chosen.ignored);
    QVERIFY(dialog()->findChild<QLabel *>(QStringLiteral("memoryLabel"))->text().contains(QStringLiteral("station")));
    dialog()->reject();
}

/// The short way takes them, too: an answer by the key of the last time needs no question.
void TestCompare::whatChangedTheSameWay()
{
    DiffOptions options;
    options.key = QStringList{QStringLiteral("location"), QStringLiteral("date")};
    options.ignored = QStringList{QStringLiteral("temp_max")};
    const QString id = m_desk->idOf(QStringLiteral("Weather"));
    m_desk->window.findChild<CompareFlow *>()->setMemories({{id, options}});
    m_desk->window.tabs()->listPage()->select(id);
    m_desk->window.actions().whatChanged->trigger();
    QVERIFY(waitForPage());
    QCOMPARE(page()->model()->comparison().options, options);
}

void TestCompare::whatChangedSinceLastWeek()
{
    MainWindow &window = m_desk->window;
    window.tabs()->listPage()->select(m_desk->idOf(QStringLiteral("Weather"))); // 1: choose it
    QVERIFY(window.actions().whatChanged->isEnabled());
    window.actions().whatChanged->trigger(); // 2: Ctrl+Shift+D, or the context menu
    QVERIFY(waitForPage());
    // The sample's versions are all older: the last change is shown, and that it is older is said.
    QCOMPARE(page()->model()->comparison().a.name, QStringLiteral("Weather, version 3"));
    QVERIFY(window.statusSentence().contains(QStringLiteral("Weather has not changed since last week")));
    QCOMPARE(page()->model()->comparison().options.key,
             QStringList({QStringLiteral("location"), QStringLiteral("date")}));
    QVERIFY(!dialog() || !dialog()->isVisible());
    // A dataset without history says why there is nothing to compare with.
    window.tabs()->showList();
    window.tabs()->listPage()->select(m_desk->idOf(QStringLiteral("Bird strikes")));
    window.actions().whatChanged->trigger();
    QTRY_VERIFY_WITH_TIMEOUT(window.statusSentence().contains(QStringLiteral("no earlier version")), 30'000);
}

void TestCompare::localSnapshots()
{
    const QString id = m_desk->idOf(QStringLiteral("Weather"));
    DatasetTab *tab = m_desk->window.tabs()->open(id);
    tab->showVersions();
    VersionsPage *versions = tab->versionsPage();
    QTRY_COMPARE_WITH_TIMEOUT(versions->view()->model()->rowCount(), 4, 30'000);
    QVERIFY(!versions->snapshots()->isVisible());
    emit versions->saveSnapshotWanted();
    QVERIFY(versions->status().contains(QStringLiteral("saving a local snapshot")));
    QTRY_VERIFY_WITH_TIMEOUT(versions->snapshots()->isVisible(), 30'000);
    const QAbstractItemModel *list = versions->snapshots()->view()->model();
    QCOMPARE(list->rowCount(), 1);
    QCOMPARE(list->index(0, SnapshotListModel::RowsColumn).data().toString(), QStringLiteral("2,922"));
    QTRY_VERIFY(!versions->status().contains(QStringLiteral("saving")));
    const SnapshotInfo snapshot = m_desk->workspace->snapshots(id).first();
    // Opened: read-only rows under a banner.
    emit versions->snapshots()->openWanted(snapshot);
    DatasetTab *opened = m_desk->window.tabs()->currentTab();
    QVERIFY(opened && opened->isSnapshot() && !opened->versionsPage());
    QTRY_COMPARE(opened->rowsView()->model()->rowCount(), 2922);
    QCOMPARE(opened->rowsView()->model()->index(0, 0).flags() & Qt::ItemIsEditable, Qt::ItemFlags());
    QCOMPARE(opened->status(), QStringLiteral("all 2,922 rows"));
    // What can be done with any rows can be done with these.
    const Actions &actions = m_desk->window.actions();
    for (const QAction *action : {actions.find, actions.addFilter, actions.exportRows, actions.copy})
        QVERIFY2(action->isEnabled(), qPrintable(action->text()));
    RowsView *rows = opened->rowsView();
    QVERIFY(rows->query()->addFilter({3, Filter::Op::Greater, {QStringLiteral("35")}}));
    QTRY_COMPARE(rows->model()->rowCount(), 8);
    rows->query()->setSort(3, true, false);
    QTRY_COMPARE(rows->model()->index(0, 3).data().toString(), QStringLiteral("37.8"));
    // Once more goes to its tab; it is no tab of the dataset, which is not opened by it, nor when the program starts.
    emit versions->snapshots()->openWanted(snapshot);
    QCOMPARE(m_desk->window.tabs()->currentTab(), opened);
    QCOMPARE(m_desk->window.tabs()->count(), 3);
    QCOMPARE(m_desk->window.tabs()->desk().tabs.size(), 1);
    QCOMPARE(m_desk->window.tabs()->open(id), tab);
    // Compared with the current rows: the same.
    emit versions->snapshots()->compareWanted(snapshot);
    QVERIFY(dialog());
    QTRY_VERIFY_WITH_TIMEOUT(compareButton()->isEnabled(), 30'000);
    compareButton()->click();
    QVERIFY(waitForPage());
    QVERIFY(page()->model()->comparison().diff.isSame());
    QVERIFY(page()->model()->comparison().a.name.startsWith(QStringLiteral("Weather, snapshot of today")));
    // Damaged since it was opened: read again, it says so and shows no row.
    {
        QFile file(snapshot.path);
        QVERIFY(file.open(QIODevice::ReadWrite) && file.seek(file.size() / 2) && file.write("x") == 1);
    }
    opened->reload();
    QTRY_VERIFY(opened->status().contains(QStringLiteral("checksum")));
    QCOMPARE(rows->model()->rowCount(), 0);
    // Damaged: listed with words, and not to be opened.
    QFile file(snapshot.path);
    QVERIFY(file.open(QIODevice::ReadWrite) && file.resize(9));
    emit m_desk->workspace->snapshotsChanged(id);
    QVERIFY(list->index(0, SnapshotListModel::OfColumn).data().toString().contains(QStringLiteral("can't be used")));
    emit versions->snapshots()->deleteWanted(m_desk->workspace->snapshots(id).first());
    QCOMPARE(list->rowCount(), 0);
    QVERIFY(!QFile::exists(snapshot.path));
}

void TestCompare::rowsArePutBack()
{
    QVERIFY(compare(QStringLiteral("2"), QStringLiteral("3")));
    const PutBack all = PutBack::of(*page()->model(), {});
    QCOMPARE(all.rows.size(), size_t(3));
    std::vector<int> every(static_cast<size_t>(page()->model()->rowCount()));
    std::iota(every.begin(), every.end(), 0);
    const PutBack back = PutBack::of(*page()->model(), every);
    QCOMPARE(back.rows, all.rows);
    QCOMPARE(back.changed, 12);
    const QString words = back.explanation(QStringLiteral("Weather"), false);
    QVERIFY(words.contains(QStringLiteral("12 rows with other values are left out")));
    QVERIFY(words.contains(QStringLiteral("nothing is sent before you press Upload")));
    QVERIFY(words.contains(QStringLiteral("not with the current rows")));
    QSignalSpy wanted(&m_desk->window, &MainWindow::importWanted);
    page()->putBack();
    auto *box = page()->findChild<QMessageBox *>();
    QVERIFY(box);
    for (QAbstractButton *button : box->buttons()) {
        if (button->text().contains(QStringLiteral("Check 3 rows")))
            button->click();
    }
    QTRY_COMPARE(wanted.size(), 1);
    QCOMPARE(wanted.first().at(1).toString(), m_desk->idOf(QStringLiteral("Weather")));
    const Result<TableFile> file = readTableFile(wanted.first().at(0).toString());
    QVERIFY(file);
    QCOMPARE(file->store->rowCount(), 3);
    QCOMPARE(file->store->snapshot().columnNames(), page()->model()->comparison().a.rows.columnNames());
}

void TestCompare::lifeOfARow()
{
    QVERIFY(compare(QStringLiteral("2"), QStringLiteral("3")));
    const DiffModel *model = page()->model();
    const int last = model->rowCount() - 1; // a removed one
    QCOMPARE(model->change(last), DiffModel::Change::Removed);
    page()->rowsView()->setCurrentIndex(model->index(last, 0));
    // Version 4 has a tab; 2 and 3 were compared: none of them is read again.
    VersionInfo newest;
    newest.version = QStringLiteral("4");
    ComparePage *compared = page();
    const DatasetTab *open = m_desk->window.tabs()->openVersion(m_desk->idOf(QStringLiteral("Weather")), newest);
    QTRY_COMPARE_WITH_TIMEOUT(open->status(), QStringLiteral("all 2,922 rows"), 30'000);
    m_desk->session->client()->log()->clear();
    compared->showLife();
    auto *life = qobject_cast<KeyHistoryPage *>(m_desk->window.tabs()->currentWidget());
    QVERIFY(life);
    QStringList said;
    connect(life->history(), &KeyHistory::statusChanged, this,
            [&said, life] { said.append(life->history()->status()); });
    QAbstractItemModelTester tester(life->history(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    QTRY_VERIFY_WITH_TIMEOUT(!life->history()->isRunning(), 30'000);
    QCOMPARE(life->history()->rowCount(), 4);
    QVERIFY(!said.isEmpty());
    QCOMPARE(said.first(),
             QStringLiteral("4 versions, 3 of them loaded already, 2,700 rows to read; reading version 1 of 4…"));
    const auto event = [life](int row) {
        return life->history()->index(row, KeyHistory::EventColumn).data().toString();
    };
    QCOMPARE(event(2), QStringLiteral("\u2212 gone"));
    QCOMPARE(event(3), QStringLiteral("+ appears"));
    QVERIFY(life->title().contains(QStringLiteral("location ")));
    QStringList read;
    for (const TransportLine &line : m_desk->session->client()->log()->lines()) {
        if (line.path.contains(QStringLiteral("/v/")) && !read.contains(line.path))
            read.append(line.path);
    }
    QCOMPARE(read.size(), 1);
    QVERIFY(read.first().endsWith(QStringLiteral("/v/1")));
}

void TestCompare::copiesCells()
{
    QVERIFY(compare(QStringLiteral("3"), QStringLiteral("4")));
    page()->rowsView()->selectRow(0);
    QVERIFY(m_desk->window.actions().copyWithHeaders->isEnabled());
    m_desk->window.actions().copyWithHeaders->trigger();
    const QStringList lines = QApplication::clipboard()->text().split(QLatin1Char('\n'));
    QCOMPARE(lines.size(), 3);
    QVERIFY(lines[0].startsWith(QStringLiteral("Change\tlocation\tdate\t")));
    QVERIFY(lines[1].startsWith(page()->model()->index(0, 0).data().toString()));
}

/// A key that the account names comes first, also when a column alone would do.
void TestCompare::uniqueKeyOfTheAccount()
{
    QCOMPARE(m_desk->workspace->uniqueKey(m_desk->idOf(QStringLiteral("Weather"))),
             QStringList({QStringLiteral("location"), QStringLiteral("date")}));
    QVERIFY(m_desk->workspace->uniqueKey(QStringLiteral("nothing")).isEmpty());
}

void TestCompare::signedOutMeanwhile()
{
    emit m_desk->window.tabs()->compareVersionsWanted(m_desk->idOf(QStringLiteral("Readings")), QString(), QString());
    QVERIFY(dialog());
    m_desk->window.setWorkspace(nullptr);
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    QVERIFY(!dialog());
}

/// Weather has versions of the 4th, 11th, 18th and 25th of January 2016.
void TestCompare::versionsOfSomeDays()
{
    DatasetTab *tab = m_desk->window.tabs()->open(m_desk->idOf(QStringLiteral("Weather")));
    tab->showVersions();
    VersionsPage *page = tab->versionsPage();
    QTreeView *view = page->view();
    QTRY_COMPARE_WITH_TIMEOUT(view->model()->rowCount(), 4, 30'000);
    QVERIFY(page->firstDay()->isVisible());
    QCOMPARE(page->status(), QStringLiteral("all 4 versions"));
    const auto hidden = [view] {
        QList<bool> rows;
        for (int row = 0; row < 4; ++row)
            rows.append(view->isRowHidden(row, {}));
        return rows;
    };
    QCOMPARE(hidden(), (QList<bool>{false, false, false, false}));
    const QDate first = page->firstDay()->date();
    view->selectAll();
    page->lastDay()->setDate(first.addDays(14));
    page->firstDay()->setDate(first.addDays(7));
    QCOMPARE(hidden(), (QList<bool>{true, false, false, true}));
    QCOMPARE(page->status(), QStringLiteral("2 of 4 versions"));
    QCOMPARE(view->currentIndex().row(), 1);
    QVERIFY(view->selectionModel()->selectedRows().size() <= 2);
    // Days without a version are days, too.
    page->lastDay()->setDate(first.addDays(8));
    page->firstDay()->setDate(first.addDays(8));
    QCOMPARE(hidden(), (QList<bool>{true, true, true, true}));
    QVERIFY(view->selectionModel()->selectedRows().isEmpty());
    // Read again, all are there.
    tab->reload();
    QTRY_COMPARE_WITH_TIMEOUT(page->status(), QStringLiteral("all 4 versions"), 30'000);
    QCOMPARE(hidden(), (QList<bool>{false, false, false, false}));
}

/// 1024 pixels wide, the window with all that this way opens; a little less, since fonts differ.
void TestCompare::fitsASmallScreen()
{
    constexpr int widest = 960;
    MainWindow &window = m_desk->window;
    const QString id = m_desk->idOf(QStringLiteral("Weather"));
    DatasetTab *tab = window.tabs()->open(id);
    QTRY_COMPARE_WITH_TIMEOUT(tab->versionsPage()->view()->model()->rowCount(), 4, 30'000);
    tab->showVersions();
    emit tab->versionsPage()->saveSnapshotWanted();
    QTRY_VERIFY_WITH_TIMEOUT(tab->versionsPage()->snapshots()->isVisible(), 30'000);
    QVERIFY2(window.minimumSizeHint().width() <= widest, qPrintable(QString::number(window.minimumSizeHint().width())));
    QVERIFY(compare(QStringLiteral("2"), QStringLiteral("3")));
    QVERIFY2(window.minimumSizeHint().width() <= widest, qPrintable(QString::number(window.minimumSizeHint().width())));
    QVERIFY(window.minimumSizeHint().height() <= 700);
    QVERIFY(dialog()->minimumSizeHint().width() <= widest && dialog()->minimumSizeHint().height() <= 700);
    window.resize(1024, 700);
    // Counts of millions of rows go on in the next line.
    Comparison large{page()->model()->comparison()};
    large.diff.rowsA = large.diff.rowsB = large.diff.unchanged = 123'456'789;
    ComparePage millions(std::make_shared<const Comparison>(large), {});
    QVERIFY2(millions.minimumSizeHint().width() <= 800,
             qPrintable(QString::number(millions.minimumSizeHint().width())));
}

QTEST_MAIN(TestCompare)
#include "tst_compare.moc"
