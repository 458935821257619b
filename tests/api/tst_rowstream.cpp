#include "api/rowstream.h"
#include "net/apiclient.h"
#include "support/fakenetworkaccessmanager.h"

#include <QSignalSpy>
#include <QTest>
#include <QUrlQuery>

using namespace rowdesk;
using namespace rowdesk::test;

namespace {

int pageOf(const FakeRequest &request)
{
    return QUrlQuery(request.url).queryItemValue(QStringLiteral("page")).toInt();
}

QByteArray rowsOf(int page, int rows)
{
    QByteArray json = "[";
    for (int i = 0; i < rows; ++i)
        json += (i ? ",{\"n\":" : "{\"n\":") + QByteArray::number((page - 1) * rows + i) + '}';
    return json + ']';
}

QByteArray classicPage(int page, int rows, bool more)
{
    return "{\"data\":" + rowsOf(page, rows) + ",\"has_more_data\":" + (more ? "true" : "false") + '}';
}

} // namespace

class TestRowStream : public QObject
{
    Q_OBJECT

    /// A service of `pages` pages with 10 rows each, and a stream on it.
    struct Setting
    {
        FakeNetworkAccessManager network;
        ApiClient client{&network, QUrl(QStringLiteral("http://127.0.0.1:1/"))};
        RowStream stream{&client, {QStringLiteral("7"), {}}};
        QSignalSpy ended{&stream, &RowStream::ended};
        QSignalSpy appended{&stream, &RowStream::rowsAppended};
        qsizetype rows = 0;

        explicit Setting(std::function<FakeAnswer(int)> respond)
        {
            network.respond = [respond = std::move(respond)](const FakeRequest &request) {
                return respond(pageOf(request));
            };
            connect(&stream, &RowStream::rowsAppended, &stream, [this](qsizetype first, qsizetype count) {
                QCOMPARE(first, rows);
                rows += count;
                QCOMPARE(stream.store()->rowCount(), rows);
            });
        }
        void run()
        {
            stream.start();
            QTRY_COMPARE(ended.count(), 1);
        }
        const ColumnStore &store() const { return *stream.store(); }
        void verifyRows(qsizetype count) const
        {
            QCOMPARE(store().rowCount(), count);
            std::string text;
            for (qsizetype row = 0; row < count; ++row) {
                store().text(row, 0, text);
                QCOMPARE(text, std::to_string(row));
            }
        }
        int asked(int page) const
        {
            return static_cast<int>(std::ranges::count_if(
                network.requests(), [page](const FakeRequest &request) { return pageOf(request) == page; }));
        }
    };

private slots:
    void onePageIsOneRequest()
    {
        Setting s([](int page) { return FakeAnswer::json(classicPage(page, 10, false)); });
        s.run();
        QVERIFY(s.store().isComplete());
        s.verifyRows(10);
        QCOMPARE(s.network.requests().size(), 1u);
        QVERIFY(s.network.requests()[0].url.path().endsWith(QStringLiteral("/data/7")));
        QVERIFY(s.stream.bytesReceived() > 100);
    }

    void anEmptyTableIsComplete()
    {
        Setting s([](int) { return FakeAnswer::json("{\"data\":[],\"has_more_data\":false}"); });
        s.run();
        QVERIFY(s.store().isComplete());
        QCOMPARE(s.store().rowCount(), 0);
    }

    void aVersionHasItsOwnPath()
    {
        FakeNetworkAccessManager network;
        network.respond = [](const FakeRequest &) { return FakeAnswer::json(classicPage(1, 1, false)); };
        ApiClient client(&network, QUrl(QStringLiteral("http://127.0.0.1:1/")));
        RowStream stream(&client, {QStringLiteral("7"), QStringLiteral("3")});
        QSignalSpy ended(&stream, &RowStream::ended);
        stream.start();
        QTRY_COMPARE(ended.count(), 1);
        QVERIFY(network.requests()[0].url.path().endsWith(QStringLiteral("/data/7/v/3")));
    }

    void orderIsKeptWhateverArrivesFirst_data()
    {
        QTest::addColumn<int>("seed");
        for (int seed = 1; seed <= 20; ++seed)
            QTest::addRow("%d", seed) << seed;
    }
    void orderIsKeptWhateverArrivesFirst()
    {
        QFETCH(int, seed);
        Setting s([seed](int page) {
            FakeAnswer answer = page <= 12 ? FakeAnswer::json(classicPage(page, 10, page < 12))
                                           : FakeAnswer::json("{\"data\":[],\"has_more_data\":false}");
            answer.delayMs = (page * 7919 * seed) % 23;
            return answer;
        });
        s.run();
        QVERIFY(s.store().isComplete());
        s.verifyRows(120);
        QCOMPARE(s.appended.count(), 12);
        for (int page = 1; page <= 12; ++page)
            QCOMPARE(s.asked(page), 1);
    }

    void lookingAheadBeyondTheEndIsHarmless()
    {
        Setting s([](int page) {
            if (page > 2)
                return FakeAnswer::json("{\"error\":{\"code\":\"NoSuchPage\"}}", 404);
            FakeAnswer answer = FakeAnswer::json(classicPage(page, 10, page < 2));
            answer.delayMs = page == 2 ? 100 : 0;
            return answer;
        });
        s.run();
        QVERIFY(s.store().isComplete());
        s.verifyRows(20);
        QVERIFY(s.asked(1) == 1 && s.asked(2) == 1);
    }

    void aFailedPageStopsAndIsReadAgain()
    {
        bool broken = true;
        Setting s([&broken](int page) {
            if (page == 5 && broken)
                return FakeAnswer::json("{\"error\":{\"code\":\"Denied\",\"description\":\"no\"}}", 403);
            return FakeAnswer::json(classicPage(page, 10, page < 9));
        });
        s.run();
        QCOMPARE(s.store().state(), ColumnStore::State::Stopped);
        QCOMPARE(s.store().error()->kind, ErrorKind::Forbidden);
        s.verifyRows(40);
        broken = false;
        s.stream.retry();
        QCOMPARE(s.store().state(), ColumnStore::State::Loading);
        QTRY_COMPARE(s.ended.count(), 2);
        QVERIFY(s.store().isComplete());
        s.verifyRows(90);
    }

    void aBrokenPageGivesNoneOfItsRows()
    {
        bool broken = true;
        Setting s([&broken](int page) {
            QByteArray body = classicPage(page, 10, page < 4);
            if (page == 3 && broken)
                body.chop(3);
            return FakeAnswer::json(body);
        });
        s.run();
        QCOMPARE(s.store().error()->kind, ErrorKind::BadAnswer);
        s.verifyRows(20);
        broken = false;
        s.stream.retry();
        QTRY_COMPARE(s.ended.count(), 2);
        s.verifyRows(40);
        QVERIFY(s.store().isComplete());
    }

    void stopEndsAtOnce()
    {
        Setting s(
            [](int page) { return page < 3 ? FakeAnswer::json(classicPage(page, 10, true)) : FakeAnswer::hanging(); });
        s.stream.start();
        QTRY_COMPARE(s.store().rowCount(), 20);
        s.stream.stop();
        QCOMPARE(s.ended.count(), 1);
        QCOMPARE(s.store().error()->kind, ErrorKind::Cancelled);
        s.network.respond = [](const FakeRequest &request) {
            return FakeAnswer::json(classicPage(pageOf(request), 10, pageOf(request) < 5));
        };
        s.stream.retry();
        QTRY_COMPARE(s.ended.count(), 2);
        s.verifyRows(50);
    }

    void stoppingInARowsAppendedHandlerIsFine()
    {
        Setting s([](int page) { return FakeAnswer::json(classicPage(page, 10, true)); });
        connect(&s.stream, &RowStream::rowsAppended, &s.stream, [&s] {
            if (s.rows == 30)
                s.stream.stop();
        });
        s.run();
        QTest::qWait(20);
        QCOMPARE(s.ended.count(), 1);
        s.verifyRows(30);
    }

    void destroyingItWhileReadingIsFine()
    {
        for (int delay = 0; delay < 10; ++delay) {
            auto s = std::make_unique<Setting>([](int page) { return FakeAnswer::json(classicPage(page, 200, true)); });
            s->stream.start();
            QTest::qWait(delay);
            s.reset();
        }
    }

    void endlessPagesStop_data()
    {
        QTest::addColumn<int>("rowsAfterThree"); ///< of each page behind the third; -1: page 3 again and again
        QTest::addColumn<QString>("says");
        QTest::newRow("empty pages") << 0 << QStringLiteral("is empty");
        QTest::newRow("the same page") << -1 << QStringLiteral("the same as an earlier one");
        QTest::newRow("new rows for ever") << 10 << QStringLiteral("After 20 pages");
    }
    void endlessPagesStop()
    {
        QFETCH(int, rowsAfterThree);
        QFETCH(QString, says);
        int highest = 0;
        Setting s([&](int page) {
            highest = std::max(highest, page);
            if (page <= 3)
                return FakeAnswer::json(classicPage(page, 10, true));
            return FakeAnswer::json(rowsAfterThree < 0 ? classicPage(3, 10, true)
                                                       : classicPage(page, rowsAfterThree, true));
        });
        s.stream.setPageLimit(20);
        s.run();
        QCOMPARE(s.store().state(), ColumnStore::State::Stopped);
        QVERIFY2(s.store().error()->message.contains(says), qPrintable(s.store().error()->message));
        const int pages = rowsAfterThree > 0 ? 20 : 3;
        s.verifyRows(pages * 10);
        QVERIFY(highest <= pages + 4);
        if (rowsAfterThree > 0) {
            QCOMPARE(highest, 20);
            s.stream.retry(); // the person wants to go on
            QTRY_COMPARE(s.ended.count(), 2);
            s.verifyRows(400);
        }
    }

    void withoutAWordOnMoreItReadsToTheEmptyPage()
    {
        Setting s(
            [](int page) { return FakeAnswer::json("{\"data\":" + (page <= 3 ? rowsOf(page, 10) : "[]") + '}'); });
        s.run();
        QVERIFY(s.store().isComplete());
        s.verifyRows(30);
        QCOMPARE(s.network.requests().size(), 4u);
    }

    void silenceAfterAPromiseIsNotTheEnd_data()
    {
        QTest::addColumn<QByteArray>("end"); ///< what follows the list of the page behind the second
        QTest::addColumn<bool>("complete");
        QTest::newRow("missing") << QByteArray("}") << false;
        QTest::newRow("null") << QByteArray(",\"has_more_data\":null}") << false;
        QTest::newRow("promised again") << QByteArray(",\"has_more_data\":true}") << false;
        QTest::newRow("said") << QByteArray(",\"has_more_data\":false}") << true;
    }
    void silenceAfterAPromiseIsNotTheEnd()
    {
        QFETCH(QByteArray, end);
        QFETCH(bool, complete);
        Setting s([&end](int page) {
            return FakeAnswer::json(page <= 2 ? classicPage(page, 10, true) : "{\"data\":[]" + end);
        });
        s.run();
        s.verifyRows(20);
        QCOMPARE(s.store().isComplete(), complete);
        if (complete)
            return;
        QVERIFY2(s.store().error()->message.contains(u"more follow"), qPrintable(s.store().error()->message));
        s.stream.retry(); // what was promised is still owed
        QTRY_COMPARE(s.ended.count(), 2);
        QVERIFY(!s.store().isComplete());
    }

    void silenceInTheMiddleIsReadOnToTheEmptyPage()
    {
        Setting s([](int page) {
            if (page == 2)
                return FakeAnswer::json("{\"data\":" + rowsOf(2, 10) + ",\"has_more_data\":null}");
            return FakeAnswer::json(page < 4 ? classicPage(page, 10, true) : "{\"data\":[],\"has_more_data\":false}");
        });
        s.run();
        QVERIFY(s.store().isComplete());
        s.verifyRows(30);
    }

    void anEndBeforeTheServicesOwnCountIsNotTheEnd()
    {
        FakeNetworkAccessManager network;
        network.respond = [](const FakeRequest &request) {
            const int page = pageOf(request);
            return FakeAnswer::json("{\"success\":true,\"result\":" + rowsOf(page, 10) +
                                    ",\"pagination\":{\"result_total_count\":21,\"has_more_results\":" +
                                    (page < 2 ? "true" : "false") + "}}");
        };
        ApiClient client(&network, QUrl(QStringLiteral("http://127.0.0.1:1/")));
        client.setApiVersion(QStringLiteral("2025.3"));
        RowStream stream(&client, {QStringLiteral("7"), {}});
        QSignalSpy ended(&stream, &RowStream::ended);
        stream.start();
        QTRY_COMPARE(ended.count(), 1);
        QCOMPARE(stream.store()->state(), ColumnStore::State::Stopped);
        QVERIFY(stream.store()->error()->message.contains(u"21 rows"));
        QCOMPARE(stream.store()->rowCount(), 20);
    }

    void aServiceWithoutPagesIsReadOnce()
    {
        Setting s([](int) { return FakeAnswer::json(rowsOf(1, 10)); });
        s.run();
        QVERIFY(s.store().isComplete());
        s.verifyRows(10);
    }

    void versionedPagesAndAChangedTotal()
    {
        FakeNetworkAccessManager network;
        network.respond = [](const FakeRequest &request) {
            const int page = pageOf(request);
            return FakeAnswer::json("{\"success\":true,\"result\":" + rowsOf(page, 10) +
                                    ",\"pagination\":{\"result_total_count\":" + (page < 3 ? "40" : "39") +
                                    ",\"current_page\":" + QByteArray::number(page) +
                                    ",\"has_more_results\":" + (page < 4 ? "true" : "false") + "}}");
        };
        ApiClient client(&network, QUrl(QStringLiteral("http://127.0.0.1:1/")));
        client.setApiVersion(QStringLiteral("2025.3"));
        RowStream stream(&client, {QStringLiteral("7"), {}});
        QSignalSpy ended(&stream, &RowStream::ended);
        stream.start();
        QTRY_COMPARE(ended.count(), 1);
        QVERIFY(stream.store()->isComplete());
        QCOMPARE(stream.store()->rowCount(), 40);
        QCOMPARE(stream.notes().size(), 1);
        QVERIFY(stream.notes()[0].contains(u"changed"));
        const QUrl url = network.requests()[0].url;
        QVERIFY(url.path().endsWith(QStringLiteral("/table/7")));
        QVERIFY(QUrlQuery(url).hasQueryItem(QStringLiteral("page_size")));
    }

    void aLaterPageMayBringColumns()
    {
        Setting s([](int page) {
            return FakeAnswer::json(page == 1 ? "{\"data\":[{\"n\":0}],\"has_more_data\":true}"
                                              : "{\"data\":[{\"n\":1,\"new\":\"x\"}],\"has_more_data\":false}");
        });
        QSignalSpy columns(&s.stream, &RowStream::columnsChanged);
        s.run();
        QCOMPARE(columns.count(), 2);
        s.verifyRows(2);
        QCOMPARE(s.store().kind(0, 1), CellKind::Null);
        QCOMPARE(s.store().kind(1, 1), CellKind::Text);
    }
};

QTEST_GUILESS_MAIN(TestRowStream)
#include "tst_rowstream.moc"
