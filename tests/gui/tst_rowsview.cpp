#include "gui/columnarrangement.h"
#include "gui/columnheader.h"
#include "gui/filterbar.h"
#include "gui/filtereditor.h"
#include "gui/findbar.h"
#include "gui/histogramview.h"
#include "gui/profilepanel.h"
#include "gui/rowsmenus.h"
#include "gui/valuepanel.h"
#include "models/profilemodel.h"
#include "models/tablefind.h"
#include "models/tablemodel.h"
#include "models/tablequery.h"
#include "models/valuecountsmodel.h"
#include "weatherrows.h"

#include <QAction>
#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QTableView>
#include <QToolButton>
#include <QTreeView>

using namespace rowdesk;

class TestRowsView : public QObject
{
    Q_OBJECT

    static constexpr int patience = test::WeatherRows::patience;

    struct Weather : test::WeatherRows
    {
        void clickHeader(int column, Qt::KeyboardModifiers modifiers = {})
        {
            const QHeaderView *header = view->horizontalHeader();
            const QPoint place(header->sectionViewportPosition(column) + 30, header->height() / 2);
            QTest::mouseClick(header->viewport(), Qt::LeftButton, modifiers, place);
        }
        QAction *entry(QMenu &menu, const QString &text)
        {
            for (QAction *action : menu.actions()) {
                if (action->text().remove(u'&').startsWith(text))
                    return action;
            }
            return nullptr;
        }
    };

private slots:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }

    void aClickOnTheHeaderSorts()
    {
        Weather w;
        w.open();
        w.clickHeader(3);
        QTRY_COMPARE(w.shown(0, 3), u"-7.7"_qs);
        QCOMPARE(w.tab->status(), u"all 2,922 rows · sorted by temp_max"_qs);
        w.clickHeader(3);
        QTRY_COMPARE(w.shown(0, 3), u"37.8"_qs);
        w.clickHeader(1, Qt::ShiftModifier);
        QCOMPARE(w.rows->query()->orderOf(1), 1);
        w.clickHeader(3, Qt::ShiftModifier);
        QCOMPARE(w.rows->query()->orderOf(3), -1);
        w.clickHeader(1);
        w.clickHeader(1);
        QVERIFY(!w.rows->query()->isSorted());
        QCOMPARE(w.tab->status(), u"all 2,922 rows"_qs);
        w.clickHeader(2, Qt::ControlModifier);
        QCOMPARE(w.view->selectionModel()->selectedColumns().size(), 1);
    }

    void theCurrentCellStaysOnItsRow()
    {
        Weather w;
        w.open();
        w.view->setCurrentIndex(w.view->model()->index(100, 3));
        const QString date = w.shown(100, 1);
        w.rows->query()->setSort(3, true, false);
        QTRY_VERIFY(!w.rows->query()->isRunning());
        QCOMPARE(w.shown(w.view->currentIndex().row(), 1), date);
        QCOMPARE(w.view->currentIndex().column(), 3);
        // Filtered out: some other cell is current, so that the keyboard goes on.
        QVERIFY(w.rows->query()->addFilter({1, Filter::Op::NotEquals, {date}, false}));
        QTRY_VERIFY(!w.rows->query()->isRunning());
        QVERIFY(w.view->currentIndex().isValid());
        QCOMPARE(w.view->currentIndex().column(), 3);
    }

    void aFilterIsMadeAndRemovedByKeyboard()
    {
        Weather w;
        w.open();
        w.rows->addFilter(3);
        auto *editor = w.rows->findChild<FilterEditor *>();
        QVERIFY(editor->isVisible());
        auto *value = qobject_cast<QLineEdit *>(QApplication::focusWidget());
        QVERIFY(value);
        const QList<QComboBox *> boxes = editor->findChildren<QComboBox *>();
        boxes[1]->setCurrentIndex(boxes[1]->findData(static_cast<int>(Filter::Op::Greater)));
        QTest::keyClicks(value, u"thirty"_qs);
        const auto says = [editor](const QString &words) {
            for (const QLabel *label : editor->findChildren<QLabel *>()) {
                if (label->isVisible() && label->text().contains(words))
                    return true;
            }
            return false;
        };
        QVERIFY(says(u"\"thirty\" is no number"_qs));
        QTest::keyClick(value, Qt::Key_Return);
        QVERIFY(editor->isVisible());
        QVERIFY(!w.rows->query()->isFiltered());
        value->clear();
        QTest::keyClicks(value, u"30"_qs);
        QVERIFY(!says(u"is no number"_qs));
        QTest::keyClick(value, Qt::Key_Return);
        QVERIFY(!editor->isVisible());
        QTRY_COMPARE(w.rows->filterBar()->count(), u"149 of 2,922 rows"_qs);
        QCOMPARE(QApplication::focusWidget(), w.view);

        const auto chips = w.rows->filterBar()->findChildren<QFrame *>(u"chip"_qs);
        QCOMPARE(chips.size(), 1);
        const auto buttons = chips.first()->findChildren<QToolButton *>();
        QCOMPARE(buttons.first()->text(), u"temp_max > 30"_qs);
        QCOMPARE(buttons.last()->accessibleName(), u"Remove the filter temp_max > 30"_qs);
        buttons.last()->setFocus();
        QTest::keyClick(buttons.last(), Qt::Key_Space);
        QTRY_COMPARE(w.view->model()->rowCount(), 2922);
        QCOMPARE(w.rows->filterBar()->count(), QString());
    }

    void anEmptyTableSaysWhy()
    {
        Weather w;
        w.open();
        const auto says = [&w] {
            for (const QLabel *label : w.view->findChildren<QLabel *>()) {
                if (label->isVisible() && label->text().startsWith(u"No row meets the filters"_qs))
                    return true;
            }
            return false;
        };
        QVERIFY(!says());
        QVERIFY(w.rows->query()->addFilter({3, Filter::Op::Greater, {u"99"_qs}, false}));
        QTRY_VERIFY(says());
        QCOMPARE(w.rows->filterBar()->count(), u"0 of 2,922 rows"_qs);
        w.rows->openColumnMenu();
        QTRY_VERIFY(QApplication::activePopupWidget());
        QTest::keyClick(QApplication::activePopupWidget(), Qt::Key_Escape);
        w.rows->clearFilters();
        QVERIFY(!says());
        QVERIFY(w.view->currentIndex().isValid());
    }

    void escapeClosesTheEditorAndNotTheTab()
    {
        Weather w;
        w.open();
        w.rows->addFilter(3);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
        QVERIFY(!w.rows->findChild<FilterEditor *>()->isVisible());
        QCOMPARE(w.desk.window.tabs()->currentTab(), w.tab);
        QCOMPARE(QApplication::focusWidget(), w.view);
    }

    void valuesArePickedWithTheirCounts()
    {
        Weather w;
        w.open();
        w.rows->addFilter(0);
        auto *editor = w.rows->findChild<FilterEditor *>();
        auto *values = editor->findChild<QTreeView *>();
        QTRY_COMPARE(values->model()->rowCount(), 2);
        QCOMPARE(values->model()->index(0, 1).data().toString(), u"1,461"_qs);
        const QList<QComboBox *> boxes = editor->findChildren<QComboBox *>();
        boxes[1]->setCurrentIndex(boxes[1]->findData(static_cast<int>(Filter::Op::In)));
        const QModelIndex seattle =
            values->model()->match(values->model()->index(0, 0), Qt::DisplayRole, u"Seattle"_qs, 1)[0];
        values->model()->setData(seattle, Qt::Checked, Qt::CheckStateRole);
        QTest::keyClick(values, Qt::Key_Return);
        QTRY_COMPARE(w.rows->filterBar()->count(), u"1,461 of 2,922 rows"_qs);
    }

    void theMenuOfACellFilters()
    {
        Weather w;
        w.open();
        RowsMenus menus(w.rows);
        QMenu menu;
        menus.fillCellMenu(&menu, w.view->model()->index(0, 0));
        QVERIFY(w.entry(menu, u"Only “Seattle”"_qs));
        w.entry(menu, u"Without “Seattle”"_qs)->trigger();
        QTRY_COMPARE(w.rows->filterBar()->count(), u"1,461 of 2,922 rows"_qs);
        QCOMPARE(w.shown(0, 0), u"New York"_qs);
    }

    void columnsAreHiddenShownAndPutBack()
    {
        Weather w;
        w.open();
        QMenu menu;
        RowsMenus menus(w.rows);
        menus.fillColumnMenu(&menu, 2);
        w.entry(menu, u"Hide this column"_qs)->trigger();
        QVERIFY(w.view->isColumnHidden(2));
        w.view->horizontalHeader()->moveSection(0, 3);
        QMenu after;
        menus.fillColumnMenu(&after, 1);
        QVERIFY(w.entry(after, u"Show the hidden"_qs));
        w.entry(after, u"Show the hidden"_qs)->trigger();
        QVERIFY(!w.view->isColumnHidden(2));
        w.entry(after, u"Columns as they came"_qs)->trigger();
        QCOMPARE(w.view->horizontalHeader()->visualIndex(0), 0);
    }

    void findGoesOnAndBackAndReturns()
    {
        Weather w;
        w.open();
        w.view->setCurrentIndex(w.view->model()->index(5, 2));
        w.desk.window.actions().find->trigger();
        auto *bar = w.rows->findChild<FindBar *>();
        QVERIFY(bar->isVisible());
        auto *text = bar->findChild<QLineEdit *>();
        QTRY_COMPARE(QApplication::focusWidget(), text);
        QTest::keyClicks(text, u"2012-02-1"_qs);
        QTRY_COMPARE(w.rows->find()->countWords(), u"20 cells"_qs); // ten days in two places
        QCOMPARE(w.view->currentIndex().row(), 40);
        QCOMPARE(w.view->currentIndex().column(), 1);
        QTest::keyClick(text, Qt::Key_Return);
        QCOMPARE(w.view->currentIndex().row(), 41);
        QTest::keyClick(text, Qt::Key_F3);
        QCOMPARE(w.view->currentIndex().row(), 42);
        QTest::keyClick(text, Qt::Key_F3, Qt::ShiftModifier);
        QCOMPARE(w.view->currentIndex().row(), 41);
        QTest::keyClick(text, Qt::Key_Escape);
        QVERIFY(!bar->isVisible());
        QCOMPARE(w.desk.window.tabs()->currentTab(), w.tab);
        QCOMPARE(w.view->currentIndex(), w.view->model()->index(5, 2));
        QCOMPARE(QApplication::focusWidget(), w.view);
        QVERIFY(!w.rows->find()->isActive());
    }

    void theStatusAddsUpWhatIsSelected()
    {
        Weather w;
        w.open();
        w.view->selectionModel()->select(QItemSelection(w.view->model()->index(0, 3), w.view->model()->index(2, 3)),
                                         QItemSelectionModel::ClearAndSelect);
        QTRY_COMPARE(w.tab->status(), u"all 2,922 rows · 3 cells: sum 35.1, average 11.7, min 10.6, max 12.8"_qs);
        w.rows->selectAll();
        QTRY_VERIFY(w.tab->status().contains(u"20,454 cells: sum"_qs));
    }

    void theValuePanelShowsTheWholeValue()
    {
        Weather w;
        w.open();
        w.view->setFocus();
        QTest::keyClick(w.view, Qt::Key_F4);
        QVERIFY(w.rows->valuePanel()->isVisible());
        w.view->setCurrentIndex(w.view->model()->index(1, 0));
        QCOMPARE(w.rows->valuePanel()->text()->toPlainText(), u"Seattle"_qs);
        QCOMPARE(w.rows->valuePanel()->facts(), u"text, 7 characters"_qs);
        ValuePanel *panel = w.rows->valuePanel();
        panel->setCell(u"x"_qs, u"nested JSON"_qs, u"{\"a\":1.10}"_qs);
        QCOMPARE(panel->text()->toPlainText(), u"{\n  \"a\": 1.10\n}"_qs);
        panel->setCell(u"x"_qs, u"text"_qs, u"<b>a </b>"_qs);
        QCOMPARE(panel->text()->toPlainText(), u"<b>a </b>"_qs);
        panel->findChildren<QCheckBox *>().last()->setChecked(true);
        QCOMPARE(panel->text()->toPlainText(), u"<b>a·</b>"_qs);
        panel->setCell(u"x"_qs, u"text"_qs, QString(300'000, u'x'));
        QCOMPARE(panel->text()->toPlainText().size(), ValuePanel::longestShown);
        QVERIFY(panel->facts().contains(u"the first 200,000 are shown"_qs));
        QTest::keyClick(w.view, Qt::Key_F4);
        QVERIFY(!panel->isVisible());
    }

    void aTableReadAgainLooksTheSame()
    {
        Weather w;
        w.open();
        w.view->setColumnWidth(1, 234);
        w.rows->columnArrangement()->setHidden(2, true);
        w.view->horizontalHeader()->moveSection(0, 3);
        w.rows->query()->setSort(3, true, false);
        QVERIFY(w.rows->query()->addFilter({0, Filter::Op::Equals, {u"Seattle"_qs}, false}));
        w.tab->reload();
        QVERIFY(w.rows->isLoading());
        QTRY_COMPARE(w.tab->status(), u"all 2,922 rows · sorted by temp_max (descending)"_qs);
        QTRY_COMPARE(w.rows->filterBar()->count(), u"1,461 of 2,922 rows"_qs);
        QCOMPARE(w.view->columnWidth(1), 234);
        QVERIFY(w.view->isColumnHidden(2));
        QCOMPARE(w.view->horizontalHeader()->visualIndex(0), 3);
        QCOMPARE(w.shown(0, 3), u"35.6"_qs);
    }

    void hostileStringsStayText()
    {
        const QString hostile = u"<img src=\"file:///tmp/canary.png\"><b>&amp; Sales</b>\u202Etxt.exe"_qs;
        Weather w;
        w.open();
        ChunkBuilder builder;
        const std::string text = hostile.toStdString();
        for (const QString &name : {hostile, u"n"_qs}) {
            const int column = builder.column(name);
            if (name == hostile)
                builder.beginRow();
            builder.add(column, {CellKind::Text, text});
        }
        auto store = std::make_shared<ColumnStore>();
        store->append(builder.seal());
        store->setComplete();
        w.rows->model()->setStore(store);
        QVERIFY(w.rows->query()->addFilter({0, Filter::Op::Equals, {hostile}, false}));
        w.rows->query()->setSort(0, false, false);
        QTRY_VERIFY(!w.rows->query()->isRunning());
        w.view->setCurrentIndex(w.view->model()->index(0, 0));
        w.rows->openFind();
        w.rows->addFilter(0);
        w.rows->toggleValue();
        QMenu menu;
        RowsMenus(w.rows).fillCellMenu(&menu, w.view->model()->index(0, 0));
        emit w.rows->profileWanted(0);
        QTRY_VERIFY(!w.tab->profilePanel()->model()->isRunning());
        QTRY_COMPARE(w.view->model()->rowCount(), 1);
        int seen = 0;
        for (const QLabel *label : w.tab->findChildren<QLabel *>()) {
            QCOMPARE(label->textFormat(), Qt::PlainText);
            seen += label->text().contains(u"<img"_qs);
            QVERIFY2(!label->text().contains(QChar(0x202E)), qUtf8Printable(label->text()));
        }
        QVERIFY(seen > 1);
        for (const QWidget *widget : w.tab->findChildren<QWidget *>())
            QVERIFY2(!widget->toolTip().contains(u"<img"_qs), qUtf8Printable(widget->toolTip()));
        for (const QAction *action : menu.actions())
            QVERIFY2(!action->text().contains(QChar(0x202E)), qUtf8Printable(action->text()));
        for (const QToolButton *button : w.rows->filterBar()->findChildren<QToolButton *>())
            QVERIFY2(!button->text().contains(QChar(0x202E)), qUtf8Printable(button->text()));
    }

    void theProfileTellsAndFilters()
    {
        Weather w;
        w.open();
        emit w.rows->profileWanted(3);
        ProfilePanel *panel = w.tab->profilePanel();
        QVERIFY(panel->isVisible());
        QTRY_COMPARE(w.tab->status(), u"profile of all 2,922 rows"_qs);
        QCOMPARE(panel->columns()->currentIndex().row(), 3);
        QVERIFY(panel->asText().contains(u"\nMedian\t"_qs));
        const ColumnProfile *profile = panel->model()->profileOf(3);
        const std::vector<ColumnProfile::Bin> bins = profile->numbers->histogram;
        QVERIFY(bins.size() > 5);
        QVERIFY(panel->histogram()->isVisible());
        panel->histogram()->setFocus();
        QTest::keyClick(panel->histogram(), Qt::Key_End);
        QTest::keyClick(panel->histogram(), Qt::Key_Return);
        QVERIFY(!panel->isVisible());
        QTRY_COMPARE(w.view->model()->rowCount(), int(bins.back().count));
        QCOMPARE(w.rows->query()->conditions().size(), 2);

        emit w.rows->profileWanted(0);
        QTRY_VERIFY(w.tab->status().startsWith(u"profile of the %1 "_qs.arg(bins.back().count)));
        QTRY_VERIFY(panel->model()->profileOf(0));
        QTRY_VERIFY(panel->values()->isVisible());
        w.rows->query()->clearFilters();
        QTRY_COMPARE(w.tab->status(), u"profile of all 2,922 rows"_qs); // made anew
        emit panel->values()->activated(panel->values()->model()->index(0, 0));
        QTRY_COMPARE(w.rows->filterBar()->count(), u"1,461 of 2,922 rows"_qs);
    }
};

QTEST_MAIN(TestRowsView)
#include "tst_rowsview.moc"
