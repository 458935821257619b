#include "comparestage.h"
#include "gui/actions.h"
#include "gui/compareside.h"
#include "gui/datasetspage.h"
#include "gui/datasettab.h"
#include "gui/rowsview.h"
#include "gui/snapshotspanel.h"
#include "gui/versionspage.h"
#include "models/diffmodel.h"
#include "net/transportlog.h"

#include <QAction>
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QTableView>
#include <QToolButton>
#include <QTreeView>
#include <QTreeWidget>

using namespace rowdesk;
using namespace rowdesk::test;

/// What changed? From the list of datasets to the answer, against the sandbox.
class TestCompare : public QObject, protected CompareStage
{
    Q_OBJECT
private slots:
    void init() { QVERIFY(open()); }
    void cleanup() { close(); }

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
    void signedOutMeanwhile();
    void fitsASmallScreen();
};

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

void TestCompare::signedOutMeanwhile()
{
    emit m_desk->window.tabs()->compareVersionsWanted(m_desk->idOf(QStringLiteral("Readings")), QString(), QString());
    QVERIFY(dialog());
    m_desk->window.setWorkspace(nullptr);
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    QVERIFY(!dialog());
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
