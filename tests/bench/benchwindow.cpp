// How long the window's thread is held at most while a million rows are loaded, sorted, filtered, searched, profiled,
// scrolled and selected. Prints JSON: for each step its duration, and the longest pause between two beats of a timer,
// by the clock and by the processor time that the thread itself used in it (the rest is other programs' doing).

#include "gui/datasettab.h"
#include "gui/datasettabs.h"
#include "gui/profilepanel.h"
#include "gui/rowsview.h"
#include "models/profilemodel.h"
#include "models/selectionsummary.h"
#include "models/tablefind.h"
#include "models/tablemodel.h"
#include "models/tablequery.h"

#include "../gui/sandboxdesk.h"
#include "figures.h"

#include <QApplication>
#include <QScrollBar>
#include <QTableView>
#include <QTimer>

#include <ctime>

using namespace rowdesk;

namespace {

double threadMilliseconds()
{
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

/// Beats as often as the event loop comes round, and keeps the longest pauses.
class Heartbeat : public QObject
{
public:
    Heartbeat()
    {
        m_timer.setTimerType(Qt::PreciseTimer);
        m_timer.setInterval(1);
        connect(&m_timer, &QTimer::timeout, this, &Heartbeat::beat);
        m_timer.start();
    }
    void restart()
    {
        m_longest = m_longestBusy = 0;
        m_clock.start();
        m_busy = threadMilliseconds();
    }
    double longest() const { return m_longest; }
    double longestBusy() const { return m_longestBusy; }

private:
    void beat()
    {
        const double pause = static_cast<double>(m_clock.nsecsElapsed()) / 1e6;
        const double busy = threadMilliseconds() - m_busy;
        m_longest = std::max(m_longest, pause);
        m_longestBusy = std::max(m_longestBusy, busy);
        m_clock.start();
        m_busy = threadMilliseconds();
    }

    QTimer m_timer;
    QElapsedTimer m_clock;
    double m_busy = 0;
    double m_longest = 0;
    double m_longestBusy = 0;
};

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
        if (!QTest::qWaitFor(finished, 600'000))
            qFatal("%s did not finish", qPrintable(name));
        const double took = static_cast<double>(clock.nsecsElapsed()) / 1e6;
        QTest::qWait(300); // what is drawn afterwards counts as well
        m_figures.insert(name, QJsonObject{{QStringLiteral("milliseconds"), took},
                                           {QStringLiteral("longestPause"), m_heart.longest()},
                                           {QStringLiteral("longestBusy"), m_heart.longestBusy()}});
        std::fprintf(stderr, "%-28s %9.0f ms   pause %7.1f   busy %7.1f\n", qPrintable(name), took, m_heart.longest(),
                     m_heart.longestBusy());
    }
    const QJsonObject &figures() const { return m_figures; }

private:
    Heartbeat m_heart;
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

void scroll(Steps &steps, QTableView *view)
{
    int at = 0;
    QTimer turn;
    QScrollBar *bar = view->verticalScrollBar();
    QObject::connect(&turn, &QTimer::timeout, bar, [&] {
        ++at;
        bar->setValue(at % 2 ? int(qint64{bar->maximum()} * (at % 100) / 100) : bar->value() + bar->pageStep());
    });
    steps.run(
        QStringLiteral("scroll 300 times"), [&] { turn.start(0); }, [&] { return at >= 300; });
}

} // namespace

int main(int argc, char **argv)
{
    const QApplication app(argc, argv);
    SandboxDesk desk;
    if (!desk.start())
        qFatal("the sandbox did not start");
    Steps steps;
    DatasetTab *tab = nullptr;
    const QString name = QString::fromLocal8Bit(argc > 1 ? argv[1] : "Readings");
    steps.run(
        QStringLiteral("load"), [&] { tab = desk.window.tabs()->open(desk.idOf(name)); },
        [&] { return tab && !tab->rowsView()->isLoading(); });
    RowsView *rows = tab->rowsView();
    const TableModel *model = rows->model();
    scroll(steps, rows->view());
    sortAndFilter(steps, rows->query(), model);
    steps.run(
        QStringLiteral("select all"), [&] { rows->selectAll(); },
        [&] { return rows->status().contains(QStringLiteral(" cells: ")); });
    steps.run(
        QStringLiteral("sort with all selected"), [&] { rows->query()->setSort(0, true, false); },
        [&] { return !rows->query()->isRunning(); });
    steps.run(
        QStringLiteral("find"),
        [&] {
            rows->find()->setSearch({QStringLiteral("99"), false, -1});
        },
        [&] { return !rows->find()->countWords().contains(u'…'); });
    steps.run(
        QStringLiteral("find, rarely there"),
        [&] {
            rows->find()->setSearch({QStringLiteral("qqq"), false, -1});
        },
        [&] { return !rows->find()->countWords().contains(u'…'); });
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
    steps.run(
        QStringLiteral("close"), [&] { desk.window.tabs()->closeCurrent(); }, [] { return true; });
    QJsonObject all = steps.figures();
    all.insert(QStringLiteral("peakMegabytes"), bench::memoryMegabytes("VmHWM"));
    std::printf("%s\n", QJsonDocument(all).toJson().constData());
    return 0;
}
