#include "net/apiclientstage.h"

#include <QSignalSpy>

using namespace rowdesk;
using namespace rowdesk::test;

/// How a call ends that gets no answer: given up, too late, too long, sent twice.
class TestApiEnds : public QObject, protected ApiClientStage
{
    Q_OBJECT
private slots:
    void init() { setUp(); }

    void gateHoldsTheLastByte();
    void abortBeforeReleaseIsCancelled();
    void abortAfterReleaseIsUnknown();
    void abortOfReadIsCancelled();
    void abortWhileWaiting();
    void destroyedClientFinishesCalls();
    void destroyedManagerFinishesCalls();
    void deadlineEndsIt();
    void answerLimitEndsIt();
    void requestSentTwiceIsUnknown();
};

void TestApiEnds::gateHoldsTheLastByte()
{
    m_network->script = {FakeAnswer::json("1")};
    std::function<void()> release;
    int drained = 0;
    std::optional<Result<Answer>> got;
    m_client
        ->sendGated(append("{\"abc\":1}"), {[&](std::function<void()> r) {
                        ++drained;
                        release = std::move(r);
                    }})
        .then(this, [&](Result<Answer> r) { got.emplace(std::move(r)); });
    QTRY_VERIFY(release);
    QCoreApplication::processEvents();
    QCOMPARE(m_network->requests()[0].body, QByteArray("{\"abc\":1"));
    QVERIFY(!got);
    release();
    QTRY_VERIFY(got);
    QVERIFY(*got);
    QCOMPARE(m_network->requests()[0].body, QByteArray("{\"abc\":1}"));
    QCOMPARE(drained, 1);
    release(); // long over: nothing happens
}

void TestApiEnds::abortBeforeReleaseIsCancelled()
{
    bool drained = false;
    const Call<Answer> call = m_client->sendGated(append(), {[&](const std::function<void()> &) { drained = true; }});
    QTRY_VERIFY(drained);
    call.abort();
    const Result<Answer> result = await(call);
    QVERIFY(!result);
    QCOMPARE(result.error().kind, ErrorKind::Cancelled);
}

void TestApiEnds::abortAfterReleaseIsUnknown()
{
    const Call<Answer> call = m_client->sendGated(append(), {[](const std::function<void()> &release) { release(); }});
    QTRY_VERIFY(!m_network->requests().empty() && m_network->requests()[0].complete);
    call.abort();
    const Result<Answer> result = await(call);
    QVERIFY(!result);
    QCOMPARE(result.error().kind, ErrorKind::OutcomeUnknown);
}

void TestApiEnds::abortOfReadIsCancelled()
{
    const Call<Answer> call = m_client->send(Request::get(QStringLiteral("data")));
    QTRY_COMPARE(m_network->count("GET"), 1);
    call.abort();
    const Result<Answer> result = await(call);
    QVERIFY(!result);
    QCOMPARE(result.error().kind, ErrorKind::Cancelled);
    QCOMPARE(m_network->count("GET"), 1);
}

void TestApiEnds::abortWhileWaiting()
{
    FakeAnswer slow = FakeAnswer::json("{}", 429);
    slow.headers = {{"Retry-After", "600"}};
    m_network->script = {slow};
    QSignalSpy waiting(m_client.get(), &ApiClient::waiting);
    const Call<Answer> call = m_client->send(append());
    QTRY_COMPARE(waiting.count(), 1);
    QCOMPARE(waiting[0][0].toInt(), 600);
    call.abort();
    const Result<Answer> result = await(call);
    QVERIFY(!result);
    QCOMPARE(result.error().kind, ErrorKind::Cancelled);
}

void TestApiEnds::destroyedClientFinishesCalls()
{
    const Call<Answer> read = m_client->send(Request::get(QStringLiteral("data")));
    const Call<Answer> write = m_client->send(append());
    QTRY_COMPARE(m_network->count("POST"), 1);
    QTRY_VERIFY(m_network->requests().back().complete);
    const Call<Answer> unsent = m_client->sendGated(append(), {});
    QTRY_COMPARE(m_network->count("POST"), 2);
    m_client.reset();
    const Result<Answer> readEnd = await(read), writeEnd = await(write), unsentEnd = await(unsent);
    QCOMPARE(readEnd.error().kind, ErrorKind::Cancelled);
    QCOMPARE(writeEnd.error().kind, ErrorKind::OutcomeUnknown);
    QCOMPARE(unsentEnd.error().kind, ErrorKind::Cancelled);
}

void TestApiEnds::destroyedManagerFinishesCalls()
{
    const Call<Answer> write = m_client->send(append());
    QTRY_VERIFY(!m_network->requests().empty() && m_network->requests().back().complete);
    m_network.reset();
    const Result<Answer> result = await(write);
    QVERIFY(!result);
    QCOMPARE(result.error().kind, ErrorKind::OutcomeUnknown);
    m_client.reset();
}

void TestApiEnds::deadlineEndsIt()
{
    Request read = Request::get(QStringLiteral("data"));
    read.deadline = std::chrono::milliseconds(20);
    Result<Answer> result = await(m_client->send(read));
    QVERIFY(!result);
    QCOMPARE(result.error().kind, ErrorKind::Timeout);
    QCOMPARE(m_network->count("GET"), 3);
    Request write = append();
    write.deadline = std::chrono::milliseconds(20);
    result = await(m_client->send(write));
    QVERIFY(!result);
    QCOMPARE(result.error().kind, ErrorKind::OutcomeUnknown);
}

void TestApiEnds::answerLimitEndsIt()
{
    Request read = Request::get(QStringLiteral("data"));
    read.answerLimit = 10;
    m_network->respond = [](const FakeRequest &) { return FakeAnswer::json("01234567890"); };
    Result<Answer> result = await(m_client->send(read));
    QVERIFY(!result);
    QCOMPARE(result.error().kind, ErrorKind::BadAnswer);
    QCOMPARE(m_network->count("GET"), 1);
    read.answerLimit = 11;
    QVERIFY(await(m_client->send(read)));
    Request write = append();
    write.answerLimit = 10;
    result = await(m_client->send(write));
    QVERIFY(!result);
    QCOMPARE(result.error().kind, ErrorKind::OutcomeUnknown);
}

void TestApiEnds::requestSentTwiceIsUnknown()
{
    FakeAnswer twice = FakeAnswer::json("{\"success\":true}");
    twice.timesSent = 2;
    m_network->script = {twice};
    const Result<Answer> result = await(m_client->send(append()));
    QVERIFY(!result);
    QCOMPARE(result.error().kind, ErrorKind::OutcomeUnknown);
    QVERIFY(result.error().message.contains(QLatin1String("more than once")));
}

QTEST_GUILESS_MAIN(TestApiEnds)
#include "tst_apiends.moc"
