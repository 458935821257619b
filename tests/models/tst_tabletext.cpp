#include "core/chunk.h"
#include "core/columnstore.h"
#include "models/rowswords.h"
#include "models/tablemodel.h"
#include "models/tabletext.h"

#include <QTest>

using namespace rowdesk;

class TestTableText : public QObject
{
    Q_OBJECT

    /// id (text) | amount (number) | note (text, null in row 1)
    static std::shared_ptr<ColumnStore> store()
    {
        ChunkBuilder builder;
        const int id = builder.column(u"id"_qs);
        const int amount = builder.column(u"amount"_qs);
        const int note = builder.column(u"a \"note\""_qs);
        builder.beginRow();
        builder.add(id, {CellKind::Text, "00123"});
        builder.add(amount, {CellKind::Number, "9007199254740993"});
        builder.beginRow();
        builder.add(id, {CellKind::Text, "<b>&"});
        builder.add(amount, {CellKind::Number, "-0.10"});
        builder.add(note, {CellKind::Text, "two\nlines\tand \"quotes\""});
        auto made = std::make_shared<ColumnStore>();
        made->append(builder.seal());
        return made;
    }

    static CellBlock block(const TableModel &model, int top, int left, int bottom, int right)
    {
        return selectedBlock(QItemSelection(model.index(top, left), model.index(bottom, right)));
    }

private slots:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }

    void tsvIsExactAndQuotesWhatNeedsIt()
    {
        TableModel model;
        model.setStore(store());
        QCOMPARE(blockAsTsv(model, block(model, 0, 0, 1, 2), false),
                 u"00123\t9007199254740993\t\n<b>&\t-0.10\t\"two\nlines\tand \"\"quotes\"\"\"\n"_qs);
        QCOMPARE(blockAsTsv(model, block(model, 0, 1, 0, 2), true),
                 u"amount\t\"a \"\"note\"\"\"\n9007199254740993\t\n"_qs);
    }

    void htmlKeepsTextsTextsAndForeignMarkupHarmless()
    {
        TableModel model;
        model.setStore(store());
        const QString html = blockAsHtml(model, block(model, 0, 0, 1, 1), true);
        QVERIFY(html.contains(u"'\\@'\">00123</td>"_qs));
        QVERIFY(html.contains(u"<td>9007199254740993</td>"_qs));
        QVERIFY(html.contains(u"&lt;b&gt;&amp;"_qs));
        QVERIFY(html.contains(u"<th>amount</th>"_qs));
    }

    void aSelectionWithHolesKeepsItsShape()
    {
        TableModel model;
        model.setStore(store());
        QItemSelection selection(model.index(0, 0), model.index(0, 0));
        selection.append(QItemSelectionRange(model.index(1, 1)));
        QCOMPARE(blockAsTsv(model, selectedBlock(selection), false), u"00123\t\n\t-0.10\n"_qs);
        QVERIFY(selectedBlock({}).isEmpty());
    }

    void saysHowMuchWasRead()
    {
        const std::shared_ptr<ColumnStore> table = store();
        QCOMPARE(RowsWords::state(ColumnStore()), u"first page of rows, loading…"_qs);
        QCOMPARE(RowsWords::state(*table), u"loading, 2 rows so far…"_qs);
        table->setStopped({ErrorKind::Timeout, 0, {}, u"The server did not answer."_qs, u"Retry."_qs, {}});
        QCOMPARE(RowsWords::state(*table), u"stopped at 2 rows: The server did not answer. Retry."_qs);
        table->setStopped({ErrorKind::Cancelled, 0, {}, u"x"_qs, {}, {}});
        QCOMPARE(RowsWords::state(*table), u"stopped at 2 rows; there may be more on the server"_qs);
        table->setComplete();
        QCOMPARE(RowsWords::state(*table), u"all 2 rows"_qs);
        ColumnStore empty;
        empty.setComplete();
        QCOMPARE(RowsWords::state(empty), u"no rows"_qs);
    }
};

QTEST_GUILESS_MAIN(TestTableText)
#include "tst_tabletext.moc"
