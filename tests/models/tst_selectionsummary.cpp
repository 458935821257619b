#include "models/selectionsummary.h"
#include "tableofrows.h"

#include <QSignalSpy>
#include <QTest>

using namespace rowdesk;
using namespace rowdesk::test;

class TestSelectionSummary : public QObject
{
    Q_OBJECT

    static QItemSelection cells(const TableModel &model, int top, int left, int bottom, int right)
    {
        return {model.index(top, left), model.index(bottom, right)};
    }

private slots:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }

    void numbersAddUpExactly()
    {
        GrowingTable table;
        table.grow({u"n"_qs, u"t"_qs}, {{number("9007199254740993"), text("a")},
                                        {number("1"), text("")},
                                        {number("0.10"), text("a")},
                                        {none(), none()}});
        SelectionSummary summary(&table.model);
        summary.setSelection(cells(table.model, 0, 0, 1, 0), {});
        QTRY_COMPARE(summary.words(), u"2 cells: sum 9,007,199,254,740,994, average 4.5035996E+15, min 1, "
                                      "max 9,007,199,254,740,993"_qs);
        summary.setSelection(cells(table.model, 1, 0, 3, 0), {});
        QTRY_COMPARE(summary.words(),
                     u"3 cells: sum 1.10, average 0.55, min 0.10, max 1, 2 numbers, 1 without a value"_qs);
        summary.setSelection(cells(table.model, 0, 1, 3, 1), {});
        QTRY_COMPARE(summary.words(), u"4 cells: 2 different, 1 without a value, 1 empty"_qs);
    }

    void oneCellAndHiddenColumnsSayNothing()
    {
        GrowingTable table;
        table.grow({u"a"_qs, u"b"_qs, u"c"_qs}, {{number("1"), number("10"), number("100")}});
        SelectionSummary summary(&table.model);
        summary.setSelection(cells(table.model, 0, 0, 0, 2), {1});
        QTRY_VERIFY(summary.words().startsWith(u"2 cells: sum 101,"_qs));
        summary.setSelection(cells(table.model, 0, 0, 0, 2), {1, 2});
        QCOMPARE(summary.words(), QString());
        summary.setSelection({}, {});
        QCOMPARE(summary.words(), QString());
    }

    void theNewestSelectionWins()
    {
        GrowingTable table;
        std::vector<std::vector<SampleCell>> rows;
        for (int i = 0; i < 20'000; ++i)
            rows.push_back({number(std::to_string(i))});
        table.grow({u"n"_qs}, rows);
        SelectionSummary summary(&table.model);
        for (int last = 10'000; last < 20'000; last += 500)
            summary.setSelection(cells(table.model, 0, 0, last, 0), {});
        summary.setSelection(cells(table.model, 0, 0, 3, 0), {});
        QTRY_COMPARE(summary.words(), u"4 cells: sum 6, average 1.5, min 0, max 3"_qs);
        QTRY_VERIFY(!summary.isRunning());
        QCOMPARE(summary.words(), u"4 cells: sum 6, average 1.5, min 0, max 3"_qs);
    }
};

QTEST_GUILESS_MAIN(TestSelectionSummary)
#include "tst_selectionsummary.moc"
