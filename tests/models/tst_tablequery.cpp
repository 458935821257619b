#include "api/rowstream.h"
#include "models/tablequery.h"
#include "net/apiclient.h"
#include "support/fakenetworkaccessmanager.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>
#include <QUrlQuery>

using namespace rowdesk;
using namespace rowdesk::test;

namespace {

/// Ten rows a page: n counts up, w is one of three words.
QByteArray page(int number, bool more)
{
    QByteArray json = "{\"data\":[";
    for (int i = 0; i < 10; ++i) {
        const int n = (number - 1) * 10 + i;
        json += (i ? "," : "") + QByteArray("{\"n\":") + QByteArray::number(n) + ",\"w\":\"" +
                QByteArrayList{"red", "green", "blue"}[n % 3] + "\"}";
    }
    return json + "],\"has_more_data\":" + (more ? "true" : "false") + '}';
}

} // namespace

class TestTableQuery : public QObject
{
    Q_OBJECT

    /// A service that has `pages` pages to give at first, and hangs at the next one.
    struct Setting
    {
        int pages = 3;
        int last = 5;
        FakeNetworkAccessManager network;
        ApiClient client{&network, QUrl(QStringLiteral("http://127.0.0.1:1/"))};
        RowStream stream{&client, {QStringLiteral("1"), {}}};
        TableModel model;
        QAbstractItemModelTester tester{&model, QAbstractItemModelTester::FailureReportingMode::QtTest};
        TableQuery query{&model};

        Setting()
        {
            network.respond = [this](const FakeRequest &request) {
                const int number = QUrlQuery(request.url).queryItemValue(QStringLiteral("page")).toInt();
                return number > pages ? FakeAnswer::hanging() : FakeAnswer::json(page(number, number < last));
            };
            query.setStream(&stream);
            stream.start();
        }
        void loaded(qsizetype rows) { QTRY_COMPARE(stream.store()->rowCount(), rows); }
        void settled() { QTRY_VERIFY(!query.isRunning() && query.rowsConsidered() == stream.store()->rowCount()); }
        QString shown(int row, int column = 0) const { return model.index(row, column).data().toString(); }
    };

private slots:
    void scopeNeverSaysMoreThanIsKnown()
    {
        Setting s;
        s.loaded(30);
        QCOMPARE(s.query.scopeText(), QStringLiteral("30 row(s) loaded, more on the server"));
        s.query.setFilters({{1, Filter::Op::Equals, {QStringLiteral("red")}, false}});
        s.settled();
        QCOMPARE(s.model.rowCount(), 10);
        QCOMPARE(s.query.scopeText(), QStringLiteral("10 of 30 row(s) loaded so far"));
        s.stream.stop();
        QCOMPARE(s.query.scopeText(), QStringLiteral("10 of 30 row(s); reading stopped there"));
        s.query.setFilters({});
        QCOMPARE(s.query.scopeText(), QStringLiteral("stopped at 30 row(s)"));
        s.pages = 5;
        s.stream.retry();
        s.loaded(50);
        QTRY_VERIFY(s.stream.store()->isComplete());
        QCOMPARE(s.query.scopeText(), QStringLiteral("all 50 row(s)"));
        s.query.setFilters({{1, Filter::Op::Equals, {QStringLiteral("red")}, false}});
        s.settled();
        QCOMPARE(s.query.scopeText(), QStringLiteral("17 of 50 row(s)"));
    }

    void filterAndSortApplyToRowsThatArriveLater()
    {
        Setting s;
        s.loaded(30);
        s.query.setSort({{0, true}});
        s.query.setFilters({{1, Filter::Op::Equals, {QStringLiteral("blue")}, false}});
        s.settled();
        QCOMPARE(s.model.rowCount(), 10);
        QCOMPARE(s.shown(0), QStringLiteral("29"));
        s.stream.stop();
        s.pages = 5;
        s.stream.retry();
        s.loaded(50);
        s.settled();
        QCOMPARE(s.model.rowCount(), 16);
        QCOMPARE(s.shown(0), QStringLiteral("47"));
        QCOMPARE(s.shown(0, 1), QStringLiteral("blue"));
    }

    void onlyTheNewestQuestionIsAnswered()
    {
        Setting s;
        s.loaded(30);
        QSignalSpy running(&s.query, &TableQuery::runningChanged);
        for (int n = 0; n < 20; ++n)
            s.query.setFilters({{0, Filter::Op::Less, {QString::number(n)}, false}});
        s.settled();
        QCOMPARE(s.model.rowCount(), 19);
        QCOMPARE(running.last().first().toBool(), false);
        s.query.setFilters({{0, Filter::Op::Less, {QStringLiteral("5")}, false}});
        s.query.setFilters({}); // overtakes it
        QCOMPARE(s.model.rowCount(), 30);
        QTest::qWait(50);
        QCOMPARE(s.model.rowCount(), 30);
        QVERIFY(!s.query.isRunning());
    }

    void badFiltersAreRefused()
    {
        Setting s;
        s.loaded(30);
        QVERIFY(!s.query.check({0, Filter::Op::Greater, {QStringLiteral("abc")}, false}));
        QVERIFY(!s.query.check({7, Filter::Op::Empty, {}, false}));
        QVERIFY(s.query.check({0, Filter::Op::Greater, {QStringLiteral("5")}, false}));
    }

    void searchLooksAtTheRowsShown()
    {
        Setting s;
        s.loaded(30);
        s.query.setFilters({{0, Filter::Op::GreaterOrEqual, {QStringLiteral("20")}, false}});
        s.settled();
        std::shared_ptr<const SearchResult> result;
        connect(&s.query, &TableQuery::found, &s.query, [&result](const auto &found) { result = found; });
        s.query.search({QStringLiteral("RED"), false, -1});
        QTRY_VERIFY(result);
        QCOMPARE(result->count(), 3);
        const SearchResult::Place place = result->next({});
        QCOMPARE(s.shown(static_cast<int>(place.index), place.column), QStringLiteral("red"));
        QCOMPARE(s.shown(static_cast<int>(place.index)), QStringLiteral("21"));
    }

    void anotherTableStartsPlain()
    {
        Setting s;
        s.loaded(30);
        s.query.setSort({{0, true}});
        s.query.setFilters({{0, Filter::Op::Less, {QStringLiteral("5")}, false}});
        s.query.setStore(std::make_shared<const ColumnStore>());
        QVERIFY(s.query.filters().isEmpty() && s.query.sort().isEmpty() && !s.query.isRunning());
        QTest::qWait(50);
        QCOMPARE(s.model.rowCount(), 0);
        s.query.setStream(&s.stream);
        QCOMPARE(s.model.rowCount(), 30);
    }

    void itMayGoWhileWorking()
    {
        TableModel model;
        auto store = std::make_shared<ColumnStore>();
        RowBatch batch(1);
        for (int i = 0; i < 50000; ++i) {
            batch.beginRow(i);
            batch.addCell(CellKind::Text, std::to_string(i * 7919 % 50000) + " is the beginning of a long text");
        }
        store->append(chunkFromBatch({QStringLiteral("t")}, batch));
        for (int i = 0; i < 10; ++i) {
            TableQuery query(&model);
            query.setStore(store);
            query.setSort({{0, i % 2 == 0}});
            QTest::qWait(i);
        }
        QVERIFY(model.rowCount() == 50000);
    }
};

QTEST_GUILESS_MAIN(TestTableQuery)
#include "tst_tablequery.moc"
