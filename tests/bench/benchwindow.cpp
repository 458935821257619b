// benchwindow URL [scroll]: how long the window's thread is held while the rows of dataset 1 are loaded, scrolled,
// sorted, filtered, selected, searched, profiled and read again in a visible window. Prints JSON: for each step its
// duration and the pauses between two beats of the event loop. With "scroll" only loading, and scrolling at the top and
// at the end.

#include "bench/figures.h"
#include "bench/heartbeat.h"
#include "gui/datasettab.h"
#include "gui/datasettabs.h"
#include "gui/mainwindow.h"
#include "gui/profilepanel.h"
#include "gui/rowsview.h"
#include "models/profilemodel.h"
#include "models/selectionsummary.h"
#include "models/tablefind.h"
#include "models/tablemodel.h"
#include "models/tablequery.h"
#include "models/workspace.h"
#include "net/apiclient.h"

#include <QApplication>
#include <QEventLoop>
#include <QNetworkAccessManager>
#include <QScrollBar>
#include <QTableView>
#include <QTimer>

using namespace rowdesk;

namespace {

/// Lets the event loop run as in the program until it is finished. (QTest's waiting sleeps between its looks, so that
/// no pause would be shorter than that and no page would come sooner.)
bool waitFor(const std::function<bool()> &finished, int milliseconds)
{
    bool done = finished();
    QEventLoop loop;
    QTimer look;
    QObject::connect(&look, &QTimer::timeout, &loop, [&] {
        done = done || finished();
        if (done)
            loop.quit();
    });
    look.start(1);
    QTimer::singleShot(milliseconds, &loop, &QEventLoop::quit);
    if (!done)
        loop.exec();
    return done;
}

class Steps
{
public:
    /// Does it, waits until it is finished, and notes the pauses.
    void run(const QString &name, const std::function<void()> &act, const std::function<bool()> &finished)
    {
        m_heart.restart();
        QElapsedTimer clock;
        clock.start();
        act();
        if (!waitFor(finished, 600'000))
            qFatal("%s did not finish", qPrintable(name));
        const double took = static_cast<double>(clock.nsecsElapsed()) / 1e6;
        waitFor([] { return false; }, 300); // what is drawn afterwards counts as well
        const auto &pauses = m_heart.byClock();
        m_figures.insert(name, QJsonObject{{QStringLiteral("took_ms"), took},
                                           {QStringLiteral("longest_pause_ms"), pauses.longest()},
                                           {QStringLiteral("p99_pause_ms"), pauses.p99()},
                                           {QStringLiteral("longest_busy_ms"), m_heart.busy().longest()}});
    }
    const QJsonObject &figures() const { return m_figures; }

private:
    bench::Heartbeat m_heart;
    QJsonObject m_figures;
};

void sortAndFilter(Steps &steps, TableQuery *query, const TableModel *model)
{
    const auto idle = [query] { return !query->isRunning(); };
    const auto columns = model->columnCount();
    for (int column = 0; column < columns; ++column)
        steps.run(
            QStringLiteral("sort by ") + model->store()->columnName(column),
            [=] { query->setSort(column, true, false); }, idle);
    steps.run(
        QStringLiteral("stop sorting"), [=] { query->clearSort(); }, idle);
    const auto filter = [query](Filter::Op op, const QString &value) {
        if (!query->addFilter({0, op, {value}, false}))
            qFatal("the filter was refused");
    };
    steps.run(
        QStringLiteral("filter to few"), [=] { filter(Filter::Op::Contains, QStringLiteral("12345")); }, idle);
    steps.run(
        QStringLiteral("clear filter"), [=] { query->clearFilters(); }, idle);
    steps.run(
        QStringLiteral("filter to most"), [=] { filter(Filter::Op::NotContains, QStringLiteral("123")); }, idle);
    steps.run(
        QStringLiteral("sort the filtered"), [=] { query->setSort(1, true, false); }, idle);
    steps.run(
        QStringLiteral("clear all"),
        [=] {
            query->clearFilters();
            query->clearSort();
        },
        idle);
}

/// Turns of the scroll bar, each drawn before the next. `place` gives where the n-th goes.
void scroll(Steps &steps, const QString &name, QTableView *view, const std::function<int(int)> &place)
{
    constexpr int turns = 300;
    int at = 0;
    QTimer turn;
    QObject::connect(&turn, &QTimer::timeout, view, [&] {
        view->verticalScrollBar()->setValue(place(++at));
        view->viewport()->repaint();
    });
    steps.run(
        name, [&] { turn.start(0); }, [&] { return at >= turns; });
}

void scrollEverywhere(Steps &steps, QTableView *view)
{
    const QScrollBar *bar = view->verticalScrollBar();
    scroll(steps, QStringLiteral("scroll 300 times"), view, [bar](int at) {
        return at % 2 ? int(qint64{bar->maximum()} * (at % 100) / 100) : bar->value() + bar->pageStep();
    });
}

/// The same movements near the first and near the last row.
void scrollAtBothEnds(Steps &steps, QTableView *view)
{
    const int last = view->verticalScrollBar()->maximum();
    scroll(steps, QStringLiteral("scroll at the top"), view, [](int at) { return 10 + at % 40; });
    scroll(steps, QStringLiteral("scroll at the end"), view, [last](int at) { return last - 10 - at % 40; });
}

void selectAndFind(Steps &steps, RowsView *rows)
{
    steps.run(
        QStringLiteral("select all"), [&] { rows->selectAll(); },
        [&] { return rows->status().contains(QStringLiteral(" cells: ")); });
    steps.run(
        QStringLiteral("sort with all selected"), [&] { rows->query()->setSort(0, true, false); },
        [&] { return !rows->query()->isRunning(); });
    const auto find = [&](const QString &name, const QString &text) {
        steps.run(
            name,
            [&] {
                rows->find()->setSearch({text, false, -1});
            },
            [&] { return !rows->find()->countWords().contains(u'…'); });
    };
    find(QStringLiteral("find"), QStringLiteral("99"));
    find(QStringLiteral("find, rarely there"), QStringLiteral("qqq"));
}

/// A window on the server's only table.
struct Desk
{
    explicit Desk(const QUrl &url) : client(&network, url)
    {
        workspace.reload();
        window.setWorkspace(&workspace);
        window.resize(1160, 740);
        window.show();
        if (!waitFor([this] { return workspace.listState() == Workspace::ListState::Ready; }, 30'000))
            qFatal("the list could not be read");
    }

    QNetworkAccessManager network;
    ApiClient client;
    Workspace workspace{&client, QStringLiteral("bench")};
    MainWindow window; // goes first
};

void everything(Steps &steps, DatasetTab *tab)
{
    RowsView *rows = tab->rowsView();
    scrollEverywhere(steps, rows->view());
    sortAndFilter(steps, rows->query(), rows->model());
    selectAndFind(steps, rows);
    steps.run(
        QStringLiteral("profile"), [&] { emit rows->profileWanted(0); },
        [&] { return !tab->profilePanel()->model()->isRunning(); });
    steps.run(
        QStringLiteral("load again while sorted"),
        [&] {
            tab->showRows();
            tab->reload();
        },
        [&] { return !rows->isLoading() && !rows->query()->isRunning(); });
}

} // namespace

int main(int argc, char **argv)
{
    const QApplication app(argc, argv);
    if (argc < 2)
        return 2;
    Desk desk(QUrl(QString::fromLocal8Bit(argv[1])));
    Steps steps;
    DatasetTab *tab = nullptr;
    steps.run(
        QStringLiteral("load"), [&] { tab = desk.window.tabs()->open(QStringLiteral("1")); },
        [&] { return tab && !tab->rowsView()->isLoading(); });
    if (argc > 2)
        scrollAtBothEnds(steps, tab->rowsView()->view());
    else
        everything(steps, tab);
    const int rows = tab->rowsView()->model()->rowCount();
    steps.run(
        QStringLiteral("close"), [&] { desk.window.tabs()->closeCurrent(); }, [] { return true; });
    bench::print({{QStringLiteral("what"), QStringLiteral("window")},
                  {QStringLiteral("rows"), rows},
                  {QStringLiteral("steps"), steps.figures()},
                  {QStringLiteral("peak_mb"), bench::memoryMegabytes("VmHWM")}});
    return 0;
}
