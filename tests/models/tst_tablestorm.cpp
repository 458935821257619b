// A table under everything at once: pages of random sizes that arrive in random order, fail, are asked for again or
// come from a table read anew, while somebody sorts and filters. ROWDESK_STORM sets the number of steps.
#include "api/rowstream.h"
#include "models/tablequery.h"
#include "net/apiclient.h"
#include "support/fakenetworkaccessmanager.h"

#include <QAbstractItemModelTester>
#include <QRandomGenerator>
#include <QTest>
#include <QUrlQuery>

#include <algorithm>
#include <numeric>

using namespace rowdesk;
using namespace rowdesk::test;

namespace {

/// A service whose pages have random sizes, known beforehand, and fail as often as `faults` of 100 say.
class Service
{
public:
    explicit Service(QRandomGenerator &random) : m_random(random)
    {
        const int pages = random.bounded(1, 12);
        for (int page = 0; page < pages; ++page)
            m_sizes.push_back(random.bounded(1, 40));
    }

    int faults = 0;

    int rows() const { return std::accumulate(m_sizes.begin(), m_sizes.end(), 0); }

    FakeAnswer answer(int page)
    {
        FakeAnswer answer = wholeAnswer(page);
        answer.delayMs = m_random.bounded(3);
        if (m_random.bounded(100) >= faults)
            return answer;
        switch (m_random.bounded(4)) {
        case 0:
            return FakeAnswer::json("{\"error\":{\"code\":\"Denied\"}}", 403);
        case 1:
            answer.body.chop(m_random.bounded(1, 4)); // cut off, and nobody said so
            return answer;
        case 2:
            answer.body = "{\"data\":[]}"; // an end without a word
            return page == 1 ? FakeAnswer::json("{}", 403) : answer;
        default:
            answer.body = "<html>";
            return answer;
        }
    }

private:
    FakeAnswer wholeAnswer(int page) const
    {
        const auto pages = static_cast<int>(m_sizes.size());
        QByteArray body = "{\"data\":[";
        if (page <= pages) {
            const int first = std::accumulate(m_sizes.begin(), m_sizes.begin() + page - 1, 0);
            for (int row = first; row < first + m_sizes[static_cast<size_t>(page) - 1]; ++row) {
                body += row > first ? ",{\"n\":" : "{\"n\":";
                body += QByteArray::number(row) + ",\"digit\":" + QByteArray::number(row % 10);
                body += page % 3 == 0 ? ",\"late\":\"x\"}" : "}";
            }
        }
        return FakeAnswer::json(body + "],\"has_more_data\":" + (page < pages ? "true}" : "false}"));
    }

    QRandomGenerator &m_random;
    std::vector<int> m_sizes;
};

/// What is shown must be what was sent, filtered and sorted, and whole only when it is.
class Storm
{
public:
    Storm()
    {
        network.respond = [this](const FakeRequest &request) {
            return service->answer(QUrlQuery(request.url).queryItemValue(QStringLiteral("page")).toInt());
        };
        readAnew();
    }

    void step()
    {
        switch (random.bounded(12)) {
        case 0:
            if (model.columnCount() > 1)
                query.toggleSort(random.bounded(2), random.bounded(2) == 1);
            break;
        case 1:
            if (model.columnCount() > 1)
                (void)query.addFilter({1, Filter::Op::NotEquals, {QString::number(random.bounded(10))}, false});
            break;
        case 2:
            query.clearFilters();
            break;
        case 3:
            query.cancel();
            break;
        case 4:
            service->faults = random.bounded(3) * 15;
            stream->retry();
            break;
        case 5:
            if (random.bounded(4) == 0)
                stream->stop();
            break;
        case 6:
            if (random.bounded(8) == 0)
                readAnew();
            break;
        default:
            QCoreApplication::processEvents(QEventLoop::AllEvents);
        }
    }

    void verifyNow() const
    {
        QVERIFY(model.rowCount() <= store().rowCount());
        QVERIFY(model.knownRows() <= store().rowCount());
        if (!stream->isReading())
            QCOMPARE(model.knownRows(), store().rowCount());
        QVERIFY(store().rowCount() <= service->rows());
        if (store().isComplete())
            QCOMPARE(store().rowCount(), service->rows());
    }

    /// Lets everything come to rest without faults and compares each cell.
    void verifyAtRest()
    {
        service->faults = 0;
        stream->retry();
        QTRY_VERIFY(!stream->isReading());
        stream->retry(); // the failure may have been on its way
        QTRY_VERIFY(store().isComplete());
        QCOMPARE(store().rowCount(), service->rows());
        query.catchUp();
        QTRY_COMPARE(shownNumbers(), expectedNumbers());
    }

private:
    const ColumnStore &store() const { return *stream->store(); }

    void readAnew()
    {
        service = std::make_unique<Service>(random);
        auto next = std::make_unique<RowStream>(&client, RowsOf{QStringLiteral("1"), {}});
        model.setStream(next.get());
        stream = std::move(next);
        stream->start();
    }

    std::vector<int> shownNumbers() const
    {
        std::vector<int> numbers;
        for (int row = 0; row < model.rowCount(); ++row)
            numbers.push_back(model.index(row, 0).data().toInt());
        return numbers;
    }

    std::vector<int> expectedNumbers() const
    {
        std::vector<int> numbers;
        for (int row = 0; row < service->rows(); ++row) {
            const auto leavesOut = [row](const TableQuery::Condition &condition) {
                return condition.filter.operands.first().toInt() == row % 10;
            };
            if (std::ranges::none_of(query.conditions(), leavesOut))
                numbers.push_back(row);
        }
        std::ranges::stable_sort(numbers, [this](int a, int b) {
            for (const TableQuery::Order &order : query.orders()) {
                const bool byDigit = order.column == QStringLiteral("digit");
                const int difference = byDigit ? a % 10 - b % 10 : a - b;
                if (difference != 0)
                    return order.descending ? difference > 0 : difference < 0;
            }
            return false;
        });
        return numbers;
    }

    QRandomGenerator random{20};
    FakeNetworkAccessManager network;
    ApiClient client{&network, QUrl(QStringLiteral("http://127.0.0.1:1/"))};
    std::unique_ptr<Service> service;
    TableModel model;
    QAbstractItemModelTester tester{&model, QAbstractItemModelTester::FailureReportingMode::QtTest};
    TableQuery query{&model};
    std::unique_ptr<RowStream> stream;
};

} // namespace

class TestTableStorm : public QObject
{
    Q_OBJECT
private slots:
    void nothingIsLostAndNothingLooksWhole()
    {
        const int steps = qEnvironmentVariableIntValue("ROWDESK_STORM");
        Storm storm;
        for (int step = 0; step < (steps > 0 ? steps : 10'000); ++step) {
            storm.step();
            storm.verifyNow();
            if (step % 500 == 499)
                storm.verifyAtRest();
            if (QTest::currentTestFailed())
                QFAIL(qPrintable(QStringLiteral("in step %1").arg(step)));
        }
    }
};

QTEST_GUILESS_MAIN(TestTableStorm)
#include "tst_tablestorm.moc"
