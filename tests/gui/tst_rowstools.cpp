#include "gui/columnarrangement.h"
#include "gui/columnheader.h"
#include "gui/duplicatespanel.h"
#include "gui/profilepanel.h"
#include "gui/recordpanel.h"
#include "gui/viewsmenu.h"
#include "models/duplicatesmodel.h"
#include "models/profilemodel.h"
#include "models/tablemodel.h"
#include "weatherrows.h"

#include <QAction>
#include <QHeaderView>
#include <QInputDialog>
#include <QLabel>
#include <QListView>
#include <QScrollBar>
#include <QStandardItemModel>
#include <QToolButton>
#include <QTreeView>

using namespace rowdesk;

/// What an analyst does around the table: freezing and moving columns, saved views, one row read downwards, duplicates.
class TestRowsTools : public QObject
{
    Q_OBJECT

    static constexpr int patience = test::WeatherRows::patience;
    using Weather = test::WeatherRows;

private slots:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }

    void frozenColumnsStayInSight()
    {
        Weather w;
        w.open();
        for (int column = 0; column < 7; ++column)
            w.view->setColumnWidth(column, 300); // more than the window is wide
        ColumnArrangement *columns = w.rows->columnArrangement();
        columns->freezeUpTo(1);
        QCOMPARE(w.view->frozenColumns(), 2);
        const QTableView *frozen = w.view->frozenView();
        QVERIFY(frozen->isVisible());
        QVERIFY(!frozen->isColumnHidden(0) && !frozen->isColumnHidden(1) && frozen->isColumnHidden(2));
        QCOMPARE(frozen->width(), 600);
        QCOMPARE(frozen->selectionModel(), w.view->selectionModel());

        QTRY_VERIFY(w.view->horizontalScrollBar()->maximum() > 0);
        // The current cell is never behind the frozen columns, wherever the keyboard goes.
        w.view->setCurrentIndex(w.cell(0, 6));
        QVERIFY(w.view->horizontalScrollBar()->value() > 0);
        for (int column = 5; column >= 2; --column) {
            QTest::keyClick(w.view, Qt::Key_Left);
            QCOMPARE(w.view->currentIndex().column(), column);
            QVERIFY(w.view->columnViewportPosition(column) >= frozen->width());
        }
        w.view->scrollToBottom();
        QCOMPARE(frozen->verticalScrollBar()->value(), w.view->verticalScrollBar()->value());

        // A click on a frozen cell is one on the table; its header sorts.
        w.view->scrollToTop();
        QTest::mouseClick(frozen->viewport(), Qt::LeftButton, {}, frozen->visualRect(w.cell(3, 0)).center());
        QCOMPARE(w.view->currentIndex(), w.cell(3, 0));
        QTest::mouseClick(frozen->horizontalHeader()->viewport(), Qt::LeftButton, {}, QPoint(350, 8));
        QTRY_VERIFY(w.tab->status().endsWith(u"sorted by date"_qs));

        // A hidden column is not counted; the last frozen one again, and none is.
        columns->setHidden(0, true);
        QVERIFY(frozen->isColumnHidden(0) && !frozen->isColumnHidden(1) && !frozen->isColumnHidden(2));
        QVERIFY(columns->isLastFrozen(2));
        columns->freezeUpTo(2);
        QCOMPARE(w.view->frozenColumns(), 0);
        QVERIFY(!frozen->isVisible());
    }

    void columnsAreMovedByNameAndRemembered()
    {
        Weather w;
        w.open();
        ColumnArrangement *columns = w.rows->columnArrangement();
        columns->move(3, -1);
        columns->setHidden(5, true);
        columns->freezeUpTo(0);
        QCOMPARE(w.view->horizontalHeader()->visualIndex(3), 2);
        const ColumnLayout chosen = columns->layout();
        QCOMPARE(chosen.order.mid(0, 4),
                 (QStringList{u"location"_qs, u"date"_qs, u"temp_max"_qs, u"precipitation"_qs}));
        QCOMPARE(chosen.hidden, QStringList{u"wind"_qs});
        QCOMPARE(w.desk.window.tabs()->desk().layouts.value(w.tab->datasetId()), chosen);

        w.desk.window.tabs()->closeCurrent();
        w.open(); // another tab of the same dataset
        QCOMPARE(w.view->horizontalHeader()->visualIndex(3), 2);
        QVERIFY(w.view->isColumnHidden(5));
        QCOMPARE(w.view->frozenColumns(), 1);
        w.rows->columnArrangement()->reset();
        QCOMPARE(w.view->horizontalHeader()->visualIndex(3), 3);
        QVERIFY(!w.view->isColumnHidden(5));
        QCOMPARE(w.view->frozenColumns(), 0);
        QCOMPARE(w.desk.window.tabs()->desk().layouts.value(w.tab->datasetId()), ColumnLayout());
    }

    void viewsAreSavedUsedChangedAndDeleted()
    {
        Weather w;
        w.open();
        ViewsMenu *views = w.rows->viewsMenu();
        const auto entry = [views](const QString &words) -> QAction * {
            emit views->aboutToShow();
            for (QAction *action : views->actions()) {
                if (action->text().remove(u'&').startsWith(words))
                    return action;
            }
            return nullptr;
        };
        QVERIFY(entry(u"No view is saved"_qs));
        QVERIFY(w.rows->query()->addFilter({0, Filter::Op::Equals, {u"Seattle"_qs}, false}));
        w.rows->query()->setSort(3, true, false);
        w.rows->columnArrangement()->setHidden(5, true);
        entry(u"Save this view"_qs)->trigger();
        auto *dialog = w.desk.window.findChild<QInputDialog *>();
        QVERIFY(dialog && dialog->isVisible());
        QTest::keyClicks(dialog->focusWidget(), u" Hot & dry "_qs);
        QTest::keyClick(dialog->focusWidget(), Qt::Key_Return);
        QCOMPARE(views->views().size(), 1);
        QVERIFY(entry(u"Hot  dry"_qs)->isChecked()); // "&&" without its mnemonic marks

        entry(u"All rows and columns"_qs)->trigger();
        QTRY_COMPARE(w.view->model()->rowCount(), 2922);
        QVERIFY(!w.view->isColumnHidden(5));
        QCOMPARE(views->current(), -1);
        entry(u"Hot  dry"_qs)->trigger();
        QTRY_COMPARE(w.view->model()->rowCount(), 1461);
        QTRY_COMPARE(w.shown(0, 3), u"35.6"_qs);
        QVERIFY(w.view->isColumnHidden(5));

        const auto kept = [&w] { return w.desk.window.tabs()->desk().views.value(w.tab->datasetId()); };
        QCOMPARE(kept(), views->views());
        w.rows->query()->clearSort();
        entry(u"Update “Hot"_qs)->trigger();
        QVERIFY(kept().first().question.orders.isEmpty());
        QCOMPARE(kept().size(), 1);
        entry(u"Delete “Hot"_qs)->trigger();
        QVERIFY(kept().isEmpty());
    }

    void oneRowIsReadDownwards()
    {
        Weather w;
        w.open();
        w.view->setFocus();
        w.view->setCurrentIndex(w.cell(4, 2));
        QTest::keyClick(w.view, Qt::Key_F6);
        RecordPanel *record = w.rows->recordPanel();
        QVERIFY(record->isVisible());
        QCOMPARE(record->title(), u"Row 5 of 2,922"_qs);
        QCOMPARE(record->list()->model()->index(0, 1).data().toString(), u"Seattle"_qs);
        QTest::keyClick(w.view, Qt::Key_PageDown, Qt::AltModifier);
        QCOMPARE(w.view->currentIndex(), w.cell(5, 2));
        QCOMPARE(record->title(), u"Row 6 of 2,922"_qs);
        QTest::keyClick(w.view, Qt::Key_PageUp, Qt::AltModifier);
        QCOMPARE(record->title(), u"Row 5 of 2,922"_qs);
        emit record->list()->activated(record->list()->model()->index(6, 1));
        QCOMPARE(w.view->currentIndex(), w.cell(4, 6));
        QTest::keyClick(w.view, Qt::Key_F6);
        QVERIFY(!record->isVisible());
    }

    void duplicatesAreFoundAndGoneTo()
    {
        Weather w;
        w.open();
        emit w.rows->duplicatesWanted(1);
        DuplicatesPanel *panel = w.tab->duplicatesPanel();
        QVERIFY(panel->isVisible());
        QTRY_COMPARE(w.tab->status(), u"2,922 rows of all 2,922 rows share their key with others, in 1,461 groups"_qs);
        auto *choices = qobject_cast<QStandardItemModel *>(panel->columns()->model());
        choices->item(0)->setCheckState(Qt::Checked);
        QTRY_COMPARE(w.tab->status(), u"No duplicates of all 2,922 rows: the columns tell all rows apart"_qs);
        choices->item(0)->setCheckState(Qt::Unchecked);
        QTRY_COMPARE(panel->groups()->model()->rowCount(), 1461);
        const QModelIndex group = panel->groups()->model()->index(10, 0);
        const QModelIndex second = panel->groups()->model()->index(1, 0, group);
        const int row = int(second.data(DuplicatesModel::SourceRowRole).toLongLong());
        emit panel->groups()->activated(second);
        QVERIFY(w.view->isVisible());
        QCOMPARE(w.view->currentIndex().row(), row);
        QCOMPARE(w.shown(row, 1), group.data().toString());
    }

    void aProfileOfPartOfTheTableIsRefusedUnlessAskedFor()
    {
        Weather w;
        w.open();
        auto store = std::make_shared<ColumnStore>();
        ChunkBuilder builder;
        const int column = builder.column(u"n"_qs);
        builder.beginRow();
        builder.add(column, {CellKind::Number, "1"});
        store->append(builder.seal());
        store->setStopped({ErrorKind::Network, 0, {}, u"The connection was lost."_qs, {}, {}});
        w.rows->model()->setStore(store);
        emit w.rows->profileWanted(0);
        ProfilePanel *panel = w.tab->profilePanel();
        QCOMPARE(w.tab->status(), u"no profile: not all rows are here"_qs);
        QVERIFY(!panel->columns()->isVisible());
        bool says = false;
        for (const QLabel *label : panel->findChildren<QLabel *>())
            says = says ||
                   (label->isVisible() && label->text().contains(u"stopped after 1 row. The connection was lost."_qs));
        QVERIFY(says);
        for (QToolButton *button : panel->findChildren<QToolButton *>()) {
            if (button->text().startsWith(u"Profile the rows"_qs))
                button->click();
        }
        QVERIFY(panel->columns()->isVisible());
        QTRY_COMPARE(w.tab->status(), u"profile of the 1 row loaded before reading stopped"_qs);
    }
};

QTEST_MAIN(TestRowsTools)
#include "tst_rowstools.moc"
