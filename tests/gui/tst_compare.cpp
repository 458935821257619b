#include "gui/actions.h"
#include "gui/comparedialog.h"
#include "gui/compareflow.h"
#include "gui/comparepage.h"
#include "gui/compareside.h"
#include "gui/datasetspage.h"
#include "gui/datasettab.h"
#include "gui/datasettabs.h"
#include "gui/versionspage.h"
#include "models/diffmodel.h"
#include "sandboxdesk.h"

#include <QAction>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QLabel>
#include <QPushButton>
#include <QTableView>
#include <QToolButton>
#include <QTreeView>
#include <QTreeWidget>

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
    void signedOutMeanwhile();

private:
    CompareDialog *dialog() const { return m_desk->window.findChild<CompareDialog *>(); }
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
};

void TestCompare::init()
{
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
    QCOMPARE(view->currentIndex().data().toString(), QStringLiteral("25.0 \u2192 35.0 (+10)"));
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

void TestCompare::signedOutMeanwhile()
{
    emit m_desk->window.tabs()->compareVersionsWanted(m_desk->idOf(QStringLiteral("Readings")), QString(), QString());
    QVERIFY(dialog());
    m_desk->window.setWorkspace(nullptr);
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    QVERIFY(!dialog());
}

QTEST_MAIN(TestCompare)
#include "tst_compare.moc"
