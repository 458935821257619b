#include "comparestage.h"
#include "files/tablefile.h"
#include "gui/actions.h"
#include "gui/datasetspage.h"
#include "gui/datasettab.h"
#include "gui/keyhistorypage.h"
#include "gui/putback.h"
#include "gui/rowsview.h"
#include "gui/snapshotspanel.h"
#include "gui/versionspage.h"
#include "models/diffmodel.h"
#include "models/tablequery.h"
#include "net/transportlog.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QDateEdit>
#include <QMessageBox>
#include <QTableView>
#include <QTreeView>

#include <numeric>

using namespace rowdesk;
using namespace rowdesk::test;

/// What a table was: its versions, snapshots, the life of a row, rows put back. Against the sandbox.
class TestOverTime : public QObject, protected CompareStage
{
    Q_OBJECT
private slots:
    void init() { QVERIFY(open()); }
    void cleanup() { close(); }

    void whatChangedSinceLastWeek();
    void localSnapshots();
    void rowsArePutBack();
    void lifeOfARow();
    void copiesCells();
    void uniqueKeyOfTheAccount();
    void versionsOfSomeDays();
};

void TestOverTime::whatChangedSinceLastWeek()
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

void TestOverTime::localSnapshots()
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

void TestOverTime::rowsArePutBack()
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

void TestOverTime::lifeOfARow()
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

void TestOverTime::copiesCells()
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
void TestOverTime::uniqueKeyOfTheAccount()
{
    QCOMPARE(m_desk->workspace->uniqueKey(m_desk->idOf(QStringLiteral("Weather"))),
             QStringList({QStringLiteral("location"), QStringLiteral("date")}));
    QVERIFY(m_desk->workspace->uniqueKey(QStringLiteral("nothing")).isEmpty());
}

/// Weather has versions of the 4th, 11th, 18th and 25th of January 2016.
void TestOverTime::versionsOfSomeDays()
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

QTEST_MAIN(TestOverTime)
#include "tst_overtime.moc"
