#include "models/filterwords.h"
#include "models/tablequery.h"

#include <QAbstractItemModelTester>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTest>

#include <numeric>

using namespace rowdesk;

namespace {

/// Rows with a number, its last digit, and a word.
std::shared_ptr<const Chunk> someRows(int first, int count)
{
    ChunkBuilder builder;
    const int number = builder.column(QStringLiteral("number"));
    const int digit = builder.column(QStringLiteral("digit"));
    const int word = builder.column(QStringLiteral("word"));
    std::vector<std::string> texts;
    for (int i = 0; i < count; ++i) {
        texts.push_back(std::to_string(first + i));
        texts.push_back(std::to_string((first + i) % 10));
        texts.push_back((first + i) % 3 ? "odd" : "Even");
    }
    for (size_t i = 0; i < texts.size(); i += 3) {
        builder.beginRow();
        builder.add(number, {CellKind::Number, texts[i]});
        builder.add(digit, {CellKind::Number, texts[i + 1]});
        builder.add(word, {CellKind::Text, texts[i + 2]});
    }
    return builder.seal();
}

/// A model on a table that grows, and the query on it.
struct Table
{
    std::shared_ptr<ColumnStore> store = std::make_shared<ColumnStore>();
    TableModel model;
    QAbstractItemModelTester tester{&model, QAbstractItemModelTester::FailureReportingMode::QtTest};
    TableQuery query{&model};

    explicit Table(int rows = 0)
    {
        model.setStore(store);
        grow(rows);
    }
    void grow(int count)
    {
        if (count == 0)
            return;
        const qsizetype first = store->rowCount();
        if (store->append(someRows(int(first), count)))
            model.columnsChanged();
        model.rowsAppended(first, count);
    }
    QStringList column(int column) const
    {
        QStringList texts;
        for (int row = 0; row < model.rowCount(); ++row)
            texts.append(model.index(row, column).data().toString());
        return texts;
    }
};

Filter filter(int column, Filter::Op op, const QString &value)
{
    return {column, op, {value}, false};
}

} // namespace

class TestTableQuery : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }

    void aHeaderGoesFromAscendingToDescendingToUnsorted()
    {
        Table table(4);
        table.query.toggleSort(0, false);
        QCOMPARE(table.query.orders(), (QVector<TableQuery::Order>{{u"number"_qs, false}}));
        table.query.toggleSort(0, false);
        QTRY_COMPARE(table.column(0), (QStringList{u"3"_qs, u"2"_qs, u"1"_qs, u"0"_qs}));
        QCOMPARE(table.query.sortWords(), u"sorted by number (descending)"_qs);
        table.query.toggleSort(0, false);
        QVERIFY(!table.query.isSorted());
        QCOMPARE(table.column(0), (QStringList{u"0"_qs, u"1"_qs, u"2"_qs, u"3"_qs}));
        QVERIFY(!table.model.rowOrder());
    }

    void furtherColumnsDecideBetweenEquals()
    {
        Table table(6);
        table.query.toggleSort(2, false);
        table.query.toggleSort(0, true);
        table.query.toggleSort(0, true);
        QCOMPARE(table.query.orderOf(2), 0);
        QCOMPARE(table.query.orderOf(0), 1);
        QCOMPARE(table.query.orderOf(1), -1);
        QTRY_COMPARE(table.column(0), (QStringList{u"3"_qs, u"0"_qs, u"5"_qs, u"4"_qs, u"2"_qs, u"1"_qs}));
        QCOMPARE(table.query.sortWords(), u"sorted by word, number (descending)"_qs);
        table.query.toggleSort(0, true);
        QCOMPARE(table.query.orders().size(), 1);
        table.query.toggleSort(1, false); // alone again
        QCOMPARE(table.query.orders(), (QVector<TableQuery::Order>{{u"digit"_qs, false}}));
    }

    void filtersSayWhatTheyLeave()
    {
        Table table(2000);
        QVERIFY(table.query.addFilter(filter(0, Filter::Op::Less, u"1000"_qs)));
        QTRY_COMPARE(table.query.countWords(), u"1,000 of the 2,000 rows loaded so far"_qs);
        table.store->setComplete();
        QCOMPARE(table.query.countWords(), u"1,000 of 2,000 rows"_qs);
        QVERIFY(table.query.addFilter(filter(1, Filter::Op::Equals, u"7"_qs)));
        QTRY_COMPARE(table.model.rowCount(), 100);
        QVERIFY(table.query.addFilter(filter(1, Filter::Op::Equals, u"7"_qs)));
        QCOMPARE(table.query.conditions().size(), 2); // twice is once
        table.query.removeFilter(0);
        QTRY_COMPARE(table.model.rowCount(), 200);
        QVERIFY(table.query.replaceFilter(0, filter(2, Filter::Op::Contains, u"EVEN"_qs)));
        QTRY_COMPARE(table.model.rowCount(), 667);
        table.query.clearFilters();
        QCOMPARE(table.model.rowCount(), 2000);
        QCOMPARE(table.query.countWords(), QString());
    }

    void aBadValueChangesNothing()
    {
        Table table(10);
        QSignalSpy changed(&table.query, &TableQuery::changed);
        const Result<Done> result = table.query.addFilter(filter(0, Filter::Op::Greater, u"ten"_qs));
        QVERIFY(!result);
        QVERIFY(result.error().message.contains(u"ten"_qs));
        QVERIFY(!table.query.isFiltered());
        QVERIFY(!table.query.addFilter(filter(0, Filter::Op::Equals, u"ten"_qs)));
        QVERIFY(!table.query.addFilter({7, Filter::Op::Empty, {}, false}));
        QCOMPARE(changed.count(), 0);
    }

    void onlyTheNewestQuestionIsAnswered()
    {
        Table table(30);
        QVERIFY(table.query.addFilter(filter(0, Filter::Op::Less, u"0"_qs)));
        for (int n = 1; n < 20; ++n)
            QVERIFY(table.query.replaceFilter(0, filter(0, Filter::Op::Less, QString::number(n))));
        QTRY_VERIFY(!table.query.isRunning());
        QCOMPARE(table.model.rowCount(), 19);
        QVERIFY(table.query.replaceFilter(0, filter(0, Filter::Op::Less, u"5"_qs)));
        table.query.clearFilters(); // overtakes it
        QCOMPARE(table.model.rowCount(), 30);
        QTest::qWait(50);
        QCOMPARE(table.model.rowCount(), 30);
    }

    void aStoppedTableIsNotCalledWhole()
    {
        Table table(30);
        QVERIFY(table.query.addFilter(filter(0, Filter::Op::Less, u"5"_qs)));
        QTRY_COMPARE(table.model.rowCount(), 5);
        table.store->setStopped({ErrorKind::Network, 0, {}, u"gone"_qs, {}, {}});
        QCOMPARE(table.query.countWords(), u"5 of the 30 rows loaded before reading stopped"_qs);
    }

    void itMayGoWhileWorking()
    {
        Table table(50'000);
        for (int i = 0; i < 10; ++i) {
            TableQuery query(&table.model);
            query.setSort(0, i % 2 == 0, false);
            QTest::qWait(i);
        }
        QCOMPARE(table.model.rowCount(), 50'000);
    }

    void rowsThatArriveAreWorkedIn()
    {
        Table table(10);
        table.query.toggleSort(0, false);
        table.query.toggleSort(0, false);
        QVERIFY(table.query.addFilter(filter(1, Filter::Op::Equals, u"5"_qs)));
        QTRY_COMPARE(table.column(0), QStringList{u"5"_qs});
        table.grow(20);
        QTRY_COMPARE(table.column(0), (QStringList{u"25"_qs, u"15"_qs, u"5"_qs}));
    }

    void aTableReadAgainIsAskedTheSame()
    {
        Table table(10);
        QVERIFY(table.query.addFilter(filter(1, Filter::Op::Equals, u"5"_qs)));
        QTRY_COMPARE(table.model.rowCount(), 1);
        table.store = std::make_shared<ColumnStore>();
        table.model.setStore(table.store);
        table.grow(30);
        QCOMPARE(table.model.rowCount(), 0); // not one row unfiltered
        QTRY_COMPARE(table.column(0), (QStringList{u"5"_qs, u"15"_qs, u"25"_qs}));

        ChunkBuilder other;
        const int column = other.column(QStringLiteral("other"));
        other.beginRow();
        other.add(column, {CellKind::Text, "x"});
        auto store = std::make_shared<ColumnStore>();
        store->append(other.seal());
        table.model.setStore(store);
        QTRY_VERIFY(!table.query.conditions().first().problem.isEmpty());
        QCOMPARE(table.model.rowCount(), 1); // the filter is left out, and says so
    }

    void cancelGoesBackToWhatIsShown()
    {
        Table table(100);
        QVERIFY(table.query.addFilter(filter(1, Filter::Op::Equals, u"5"_qs)));
        QTRY_VERIFY(!table.query.isRunning());
        table.query.toggleSort(0, false);
        QVERIFY(table.query.isRunning());
        table.query.cancel();
        QVERIFY(!table.query.isRunning());
        QVERIFY(!table.query.isSorted());
        QCOMPARE(table.query.conditions().size(), 1);
        QCOMPARE(table.model.rowCount(), 10);
    }

    void indexesStayOnTheirCells()
    {
        Table table(100);
        const QPersistentModelIndex stays = table.model.index(42, 0);
        const QPersistentModelIndex goes = table.model.index(43, 0);
        std::vector<QPersistentModelIndex> many;
        for (int row = 0; row < 30; ++row)
            many.emplace_back(table.model.index(row, 1));
        QVERIFY(table.query.addFilter(filter(1, Filter::Op::Equals, u"2"_qs)));
        QTRY_COMPARE(table.model.rowCount(), 10);
        QCOMPARE(stays.data().toString(), u"42"_qs);
        QVERIFY(!goes.isValid());
        QCOMPARE(std::ranges::count_if(many, [](const auto &index) { return index.isValid(); }), 3);
        table.query.toggleSort(0, false);
        table.query.toggleSort(0, false);
        QTRY_COMPARE(stays.row(), 5);
        table.query.clearFilters();
        QTRY_COMPARE(table.model.rowCount(), 100);
        QCOMPARE(stays.data().toString(), u"42"_qs);
    }

    void randomQuestionsWhileRowsArriveKeepTheContract()
    {
        QRandomGenerator random(11);
        Table table(5);
        for (int step = 0; step < 400; ++step) {
            switch (random.bounded(8)) {
            case 0:
                table.query.toggleSort(random.bounded(3), random.bounded(2) == 1);
                break;
            case 1:
                QVERIFY(table.query.addFilter(filter(1, Filter::Op::NotEquals, QString::number(random.bounded(10)))));
                break;
            case 2:
                table.query.clearFilters();
                break;
            case 3:
                table.query.cancel();
                break;
            case 4:
                if (table.query.isFiltered())
                    table.query.removeFilter(0);
                break;
            case 5:
                QCoreApplication::processEvents();
                break;
            default:
                table.grow(random.bounded(1, 30));
            }
            if (random.bounded(4) == 0)
                QTRY_VERIFY(!table.query.isRunning());
        }
        table.query.clearFilters();
        table.query.clearSort();
        QCOMPARE(table.model.rowCount(), int(table.store->rowCount()));
        QCOMPARE(table.column(0).first(), u"0"_qs);
    }

    void wordsNeverShowForeignMarkup()
    {
        const Filter nasty{0, Filter::Op::In, {u"a\nb"_qs, u"  "_qs, QString(500, u'x'), u"d"_qs}, false};
        const QString words = FilterWords::sentence(u"<b>c</b>\u202E"_qs, nasty);
        QVERIFY(!words.contains(u'\n'));
        QVERIFY(!words.contains(QChar(0x202E)));
        QVERIFY(words.startsWith(u"<b>c</b> is one of a↵b, “  ”, xxx"_qs)); // labels show it as it is
        QVERIFY(words.endsWith(u" and 1 more"_qs));
        QCOMPARE(FilterWords::sentence(u"t"_qs, {0, Filter::Op::Between, {u"1"_qs, u"2"_qs}, false}),
                 u"t is between 1 and 2"_qs);
        QCOMPARE(FilterWords::sentence(u"t"_qs, {0, Filter::Op::Null, {}, false}), u"t has no value"_qs);
    }
};

QTEST_GUILESS_MAIN(TestTableQuery)
#include "tst_tablequery.moc"
