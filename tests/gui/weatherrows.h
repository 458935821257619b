#pragma once

#include "gui/datasettab.h"
#include "gui/datasettabs.h"
#include "gui/rowstable.h"
#include "gui/rowsview.h"

#include "sandboxdesk.h"

namespace rowdesk::test {

/// The window with the rows of Weather: location, date, precipitation, temp_max, temp_min, wind, weather.
struct WeatherRows
{
    static constexpr int patience = 30'000;

    SandboxDesk desk;
    DatasetTab *tab = nullptr;
    RowsView *rows = nullptr;
    RowsTable *view = nullptr;

    /// Opens the dataset, in a new window the first time. Wait with QVERIFY(!QTest::currentTestFailed()).
    void open()
    {
        if (!desk.workspace)
            QVERIFY(desk.start());
        QVERIFY(QTest::qWaitForWindowActive(&desk.window));
        tab = desk.window.tabs()->open(desk.idOf(QStringLiteral("Weather")));
        rows = tab->rowsView();
        view = qobject_cast<RowsTable *>(rows->view());
        QTRY_COMPARE_WITH_TIMEOUT(tab->status(), QStringLiteral("all 2,922 rows"), patience);
    }
    QModelIndex cell(int row, int column) const { return view->model()->index(row, column); }
    QString shown(int row, int column) const { return cell(row, column).data().toString(); }
};

} // namespace rowdesk::test
