#include "gui/datasetspage.h"
#include "gui/datasettab.h"
#include "gui/datasettabs.h"
#include "gui/navigation.h"
#include "gui/rowsview.h"
#include "gui/versionspage.h"
#include "gui/welcomepage.h"
#include "sandboxdesk.h"

#include <QAccessible>
#include <QAction>
#include <QApplication>
#include <QBoxLayout>
#include <QClipboard>
#include <QCommandLinkButton>
#include <QDialog>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QMimeData>
#include <QPushButton>
#include <QTabBar>
#include <QTableView>
#include <QTimer>
#include <QToolButton>
#include <QTreeView>

using namespace rowdesk;

class TestMainWindow : public QObject
{
    Q_OBJECT

    static constexpr int patience = 30'000;

private slots:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }

    void beginsWithThreeChoicesByKeyboard()
    {
        MainWindow window;
        window.show();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        auto *welcome = window.welcomePage();
        QVERIFY(welcome->isVisible());
        QCOMPARE(window.statusSentence(), u"Not signed in"_qs);
        QVERIFY(!window.actions().newTable->isEnabled());
        QSignalSpy sample(&window, &MainWindow::sampleDataWanted);
        QSignalSpy signIn(&window, &MainWindow::signInWanted);
        QSignalSpy file(&window, &MainWindow::importWanted);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Space);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Space);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Space);
        QCOMPARE(sample.count(), 1);
        QCOMPARE(signIn.count(), 1);
        QCOMPARE(file.count(), 1);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        QCOMPARE(file.count(), 2);
    }

    /// Whatever has the focus: Return does what Space does.
    void returnPressesButtons()
    {
        MainWindow window;
        window.show();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        auto *account = window.navigation()->findChild<QToolButton *>();
        account->setFocus();
        bool opened = false;
        QTimer::singleShot(0, &window, [&opened] {
            // The menu has its own loop until it is closed.
            QWidget *menu = QApplication::activePopupWidget();
            opened = qobject_cast<QMenu *>(menu);
            if (menu)
                menu->close();
        });
        QTest::keyClick(account, Qt::Key_Return);
        QTRY_VERIFY(opened);
        auto *card = new QPushButton(u"card"_qs, &window);
        card->setAutoDefault(false);
        QSignalSpy clicked(card, &QPushButton::clicked);
        card->show();
        QTest::keyClick(card, Qt::Key_Return);
        QTest::keyClick(card, Qt::Key_Enter);
        QTest::keyClick(card, Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(clicked.count(), 2);
        card->setEnabled(false);
        QTest::keyClick(card, Qt::Key_Return);
        QCOMPARE(clicked.count(), 2);
    }

    /// Return in a dialog is for its default button, whatever has the focus.
    void returnInADialogIsForItsDefault()
    {
        MainWindow window;
        QDialog dialog(&window);
        auto *rows = new QVBoxLayout(&dialog);
        auto *tool = new QToolButton;
        auto *button = new QPushButton(u"OK"_qs);
        button->setDefault(true);
        rows->addWidget(tool);
        rows->addWidget(button);
        QSignalSpy chosen(button, &QPushButton::clicked);
        QSignalSpy pressed(tool, &QToolButton::clicked);
        dialog.show();
        QVERIFY(QTest::qWaitForWindowExposed(&dialog));
        tool->setFocus();
        QTest::keyClick(tool, Qt::Key_Return);
        QCOMPARE(chosen.count(), 1);
        QCOMPARE(pressed.count(), 0);
    }

    void theFocusedChoiceIsSeen()
    {
        MainWindow window;
        window.show();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        QWidget *first = QApplication::focusWidget();
        QVERIFY(qobject_cast<QCommandLinkButton *>(first));
        const QColor ring = first->palette().color(QPalette::Highlight);
        const auto edge = [&] { return first->grab().toImage().pixelColor(0, first->height() / 2); };
        QCOMPARE(edge().rgb(), ring.rgb());
        first->clearFocus();
        QVERIFY(edge().rgb() != ring.rgb());
    }

    void opensADatasetAndItsFirstVersion()
    {
        SandboxDesk desk;
        QVERIFY(desk.start());
        QCOMPARE(desk.window.statusSentence(),
                 u"%1 datasets · signed in as demo"_qs.arg(desk.workspace->datasets()->rowCount()));

        // Type a name, press Enter.
        auto *search = desk.window.tabs()->listPage()->findChild<QLineEdit *>();
        QTest::keyClicks(search, u"weather"_qs);
        QTest::keyClick(search, Qt::Key_Return);
        DatasetTab *tab = desk.window.tabs()->currentTab();
        QVERIFY(tab);
        QCOMPARE(tab->title(), u"Weather"_qs);
        QTRY_COMPARE_WITH_TIMEOUT(tab->status(), u"all 2,922 rows"_qs, patience);
        QCOMPARE(tab->rowsView()->view()->model()->rowCount(), 2922);

        desk.window.actions().openVersions->trigger();
        QTreeView *versions = tab->versionsPage()->view();
        QTRY_COMPARE_WITH_TIMEOUT(versions->model()->rowCount(), 4, patience);
        QCOMPARE(tab->status(), u"all 4 versions"_qs);
        versions->setCurrentIndex(versions->model()->index(3, 0));
        QTest::keyClick(versions, Qt::Key_Return);

        DatasetTab *first = desk.window.tabs()->currentTab();
        QVERIFY(first && first != tab);
        QCOMPARE(first->title(), u"Weather, version 1"_qs);
        QCOMPARE(first->versionsPage(), nullptr);
        QTRY_COMPARE_WITH_TIMEOUT(first->status(), u"all 2,700 rows"_qs, patience);

        // Opening what is open goes to its tab; closing goes through the tabs, never the list.
        desk.window.tabs()->open(desk.idOf(u"Weather"_qs));
        QCOMPARE(desk.window.tabs()->currentTab(), tab);
        QCOMPARE(desk.window.tabs()->count(), 3);
        desk.window.actions().closeTab->trigger();
        desk.window.actions().closeTab->trigger();
        desk.window.actions().closeTab->trigger();
        QCOMPARE(desk.window.tabs()->count(), 1);
        QVERIFY(!desk.window.actions().closeTab->isEnabled());
    }

    void copiesWhatIsSelected()
    {
        SandboxDesk desk;
        QVERIFY(desk.start());
        DatasetTab *tab = desk.window.tabs()->open(desk.idOf(u"Weather"_qs));
        QTRY_COMPARE_WITH_TIMEOUT(tab->status(), u"all 2,922 rows"_qs, patience);
        QTableView *view = tab->rowsView()->view();
        view->selectionModel()->select(QItemSelection(view->model()->index(0, 0), view->model()->index(1, 2)),
                                       QItemSelectionModel::ClearAndSelect);
        desk.window.actions().copy->trigger();
        QCOMPARE(QApplication::clipboard()->text(), u"Seattle\t2012-01-01\t0.0\nSeattle\t2012-01-02\t10.9\n"_qs);
        desk.window.actions().copyWithHeaders->trigger();
        QCOMPARE(QApplication::clipboard()->text(),
                 u"location\tdate\tprecipitation\nSeattle\t2012-01-01\t0.0\nSeattle\t2012-01-02\t10.9\n"_qs);
    }

    void refusesToCopyMoreThanTheWindowCanBear()
    {
        SandboxDesk desk;
        QVERIFY(desk.start());
        DatasetTab *tab = desk.window.tabs()->open(desk.idOf(u"Readings"_qs));
        QAbstractItemModel *rows = tab->rowsView()->view()->model();
        QTRY_VERIFY_WITH_TIMEOUT(rows->rowCount() * rows->columnCount() > RowsView::mostCopied, patience);
        tab->rowsView()->stop();
        QApplication::clipboard()->setText(u"before"_qs);
        desk.window.actions().selectAll->trigger();
        desk.window.actions().copy->trigger();
        QCOMPARE(QApplication::clipboard()->text(), u"before"_qs);
        QVERIFY(desk.window.statusSentence().contains(u"nothing was copied"_qs));
    }

    void everyControlHasANameForScreenReaders()
    {
        SandboxDesk desk;
        QVERIFY(desk.start());
        DatasetTab *tab = desk.window.tabs()->open(desk.idOf(u"Weather"_qs));
        QTRY_COMPARE_WITH_TIMEOUT(tab->status(), u"all 2,922 rows"_qs, patience);
        int seen = 0;
        for (QWidget *widget : desk.window.findChildren<QWidget *>()) {
            if (!(widget->focusPolicy() & Qt::TabFocus) || !widget->isVisible() || qobject_cast<QTabBar *>(widget))
                continue;
            ++seen;
            const QAccessibleInterface *access = QAccessible::queryAccessibleInterface(widget);
            QVERIFY(access);
            QVERIFY2(!access->text(QAccessible::Name).isEmpty(),
                     qUtf8Printable(QLatin1String(widget->metaObject()->className()) + u" "_qs + widget->objectName()));
        }
        QVERIFY(seen >= 5);
    }

    void aFileDroppedOnADatasetIsForIt()
    {
        SandboxDesk desk;
        QVERIFY(desk.start());
        QTreeView *list = desk.window.tabs()->listPage()->view();
        const QModelIndex second = list->model()->index(1, 0);
        QSignalSpy wanted(&desk.window, &MainWindow::importWanted);
        QMimeData file;
        file.setUrls({QUrl::fromLocalFile(u"/tmp/sales.csv"_qs)});
        const auto drop = [list](QMimeData *data, QPoint place) {
            QDragEnterEvent enter(place, Qt::CopyAction, data, Qt::LeftButton, Qt::NoModifier);
            QApplication::sendEvent(list->viewport(), &enter);
            QDropEvent event(place, Qt::CopyAction, data, Qt::LeftButton, Qt::NoModifier);
            QApplication::sendEvent(list->viewport(), &event);
        };
        drop(&file, list->visualRect(second).center());
        drop(&file, QPoint(10, list->viewport()->height() - 5));
        QCOMPARE(wanted.count(), 2);
        QCOMPARE(wanted.at(0).at(0).toString(), u"/tmp/sales.csv"_qs);
        QCOMPARE(wanted.at(0).at(1).toString(), second.data(DatasetListModel::IdRole).toString());
        QCOMPARE(wanted.at(1).at(1).toString(), QString());

        QMimeData web;
        web.setUrls({QUrl(u"https://example.com/sales.csv"_qs)});
        drop(&web, QPoint(10, 10));
        QCOMPARE(wanted.count(), 2);
    }

    void closingWhileLoadingIsHarmless()
    {
        SandboxDesk desk;
        QVERIFY(desk.start());
        for (int turn = 0; turn < 5; ++turn) {
            DatasetTab *tab = desk.window.tabs()->open(desk.idOf(u"Bird strikes"_qs));
            QVERIFY(tab->rowsView()->isLoading());
            QSignalSpy moved(tab->rowsView(), &RowsView::statusChanged);
            if (turn % 2)
                QVERIFY(moved.wait(patience)); // in the middle of the pages
            desk.window.tabs()->closeCurrent();
        }
        desk.window.tabs()->open(desk.idOf(u"Bird strikes"_qs));
        desk.window.setWorkspace(nullptr); // signing out closes what is loading
        desk.workspace.reset();
        desk.session.reset();
        QTest::qWait(0);
        QVERIFY(desk.window.welcomePage()->isVisible());
        QCOMPARE(desk.window.tabs()->count(), 1);
    }

    void stoppingSaysSoAndCanGoOn()
    {
        SandboxDesk desk;
        QVERIFY(desk.start());
        DatasetTab *tab = desk.window.tabs()->open(desk.idOf(u"Bird strikes"_qs));
        QVERIFY(tab->rowsView()->isLoading());
        tab->rowsView()->stop();
        QTRY_VERIFY(tab->rowsView()->canRetry());
        QVERIFY2(tab->status().startsWith(u"stopped at "_qs), qUtf8Printable(tab->status()));
        tab->rowsView()->retry();
        QTRY_COMPARE_WITH_TIMEOUT(tab->status(), u"all 10,000 rows"_qs, patience);
        QVERIFY(!tab->rowsView()->canRetry());
    }

    void historySwitchedOffSaysWhoCanSwitchItOn()
    {
        SandboxDesk desk;
        QVERIFY(desk.start());
        DatasetTab *tab = desk.window.tabs()->open(desk.idOf(u"Bird strikes"_qs));
        tab->showVersions();
        QTRY_COMPARE_WITH_TIMEOUT(tab->status(), u"no versions: Data History is off"_qs, patience);
    }

    void aReloadKeepsTheDatasetThatIsCurrent()
    {
        SandboxDesk desk;
        QVERIFY(desk.start());
        const QString weather = desk.idOf(u"Weather"_qs);
        desk.window.tabs()->listPage()->select(weather);
        QCOMPARE(desk.window.tabs()->currentId(), weather);
        QSignalSpy states(desk.workspace.get(), &Workspace::listStateChanged);
        desk.window.actions().reload->trigger();
        QVERIFY(desk.window.statusSentence().startsWith(u"Reading the list"_qs));
        QTRY_COMPARE_WITH_TIMEOUT(states.count(), 2, patience);
        QCOMPARE(desk.window.tabs()->currentId(), weather);
    }

    void manyTabsWithLongNamesAreStillToldApart()
    {
        QObject owner;
        const Actions actions(&owner);
        DatasetTabs tabs(actions);
        tabs.resize(900, 300);
        const QString name = u"Sales by shop and by region in the year 2025, month %1"_qs;
        for (int month = 1; month <= 12; ++month)
            tabs.addPage(new QWidget, name.arg(month), Icon::Dataset);
        tabs.show();
        QVERIFY(QTest::qWaitForWindowExposed(&tabs));
        const QTabBar *bar = tabs.tabBar();
        QVERIFY(bar->tabRect(0).width() >=
                bar->fontMetrics().horizontalAdvance(tabs.tabText(0)) + bar->iconSize().width());
        const int least = bar->fontMetrics().averageCharWidth() * 30;
        for (int tab = 1; tab < tabs.count(); ++tab)
            QVERIFY2(bar->tabRect(tab).width() >= least, qPrintable(QString::number(bar->tabRect(tab).width())));
        QCOMPARE(bar->elideMode(), Qt::ElideMiddle);
        QVERIFY(tabs.tabToolTip(12).contains(u"month 12"_qs));
    }

    void everyActionIsInAMenuAndNoKeyIsUsedTwice()
    {
        MainWindow window;
        QSet<QAction *> inMenus;
        QHash<QString, QString> keys;
        for (QAction *top : window.menuBar()->actions()) {
            for (QAction *action : top->menu()->actions())
                inMenus.insert(action);
        }
        for (QAction *action : window.findChildren<QAction *>()) {
            if (action->shortcut().isEmpty())
                continue;
            QVERIFY2(inMenus.contains(action), qUtf8Printable(action->text()));
            const QString key = action->shortcut().toString();
            QVERIFY2(!keys.contains(key), qUtf8Printable(key + u" is used by "_qs + action->text() + keys.value(key)));
            keys.insert(key, action->text());
        }
        QVERIFY(keys.size() > 10);
    }
};

QTEST_MAIN(TestMainWindow)
#include "tst_mainwindow.moc"
