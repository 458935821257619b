#include "net/call.h"

#include <QPointer>
#include <QSignalSpy>
#include <QTest>

using namespace rowdesk;

namespace {

ApiError failure(const QString &text)
{
    return {ErrorKind::Network, 0, {}, text, {}, {}};
}

} // namespace

/// The contract of Call: exactly once, later, never after its context.
class TestCall : public QObject
{
    Q_OBJECT
private slots:
    void deliversLaterNeverInside();
    void deliversWhenFinishedBeforeThen();
    void firstResultCounts();
    void secondContinuationReplacesFirst();
    void nothingAfterTheContextIsGone();
    void nothingWhenContextGoesBetweenFinishAndDelivery();
    void dropsFunctorWithItsContext();
    void lastCompletionGoneMeansCancelled();
    void finishedFromLostCompletionReachesLateContinuation();
    void abortRunsOnceAndNotAfterTheEnd();
    void abortAfterFinishKeepsNothing();
    void mapChangesValueAndPassesErrors();
    void mapMayTurnValueIntoError();
    void chainGoesOnAndPassesErrors();
    void abortOfChainReachesFirst();
    void abortOfChainReachesSecond();
    void abortBetweenTheTwoStartsNothing();
    void chainSurvivesDroppedHandles();
    void chainIsCancelledWhenFirstIsLost();
    void droppedChainFreesWhatItHeld();
    void longChainsFinish();
};

void TestCall::deliversLaterNeverInside()
{
    Completion<int> completion;
    int got = 0;
    completion.call().then(this, [&](Result<int> r) { got = *r; });
    completion.finish(7);
    QCOMPARE(got, 0);
    QTRY_COMPARE(got, 7);
}

void TestCall::deliversWhenFinishedBeforeThen()
{
    int got = 0;
    Call<int>::finished(5).then(this, [&](Result<int> r) { got = *r; });
    QCOMPARE(got, 0);
    QTRY_COMPARE(got, 5);
}

void TestCall::firstResultCounts()
{
    Completion<int> completion;
    QList<int> got;
    completion.call().then(this, [&](Result<int> r) { got << *r; });
    completion.finish(1);
    completion.finish(2);
    QTRY_COMPARE(got.size(), 1);
    QCoreApplication::processEvents();
    QCOMPARE(got, QList<int>{1});
}

void TestCall::secondContinuationReplacesFirst()
{
    Completion<int> completion;
    QStringList got;
    completion.call().then(this, [&](const Result<int> &) { got << QStringLiteral("first"); });
    completion.call().then(this, [&](const Result<int> &) { got << QStringLiteral("second"); });
    completion.finish(1);
    QTRY_COMPARE(got, QStringList{QStringLiteral("second")});
}

void TestCall::nothingAfterTheContextIsGone()
{
    Completion<int> completion;
    bool called = false;
    auto context = std::make_unique<QObject>();
    completion.call().then(context.get(), [&](const Result<int> &) { called = true; });
    context.reset();
    completion.finish(1);
    QCoreApplication::processEvents();
    QVERIFY(!called);
}

void TestCall::nothingWhenContextGoesBetweenFinishAndDelivery()
{
    Completion<int> completion;
    bool called = false;
    auto context = std::make_unique<QObject>();
    completion.call().then(context.get(), [&](const Result<int> &) { called = true; });
    completion.finish(1);
    context.reset();
    QCoreApplication::processEvents();
    QVERIFY(!called);
}

void TestCall::dropsFunctorWithItsContext()
{
    auto held = std::make_shared<int>(1);
    {
        Completion<int> completion;
        QObject context;
        completion.call().then(&context, [held](const Result<int> &) {});
        completion.finish(1);
        QCOMPARE(held.use_count(), 2);
    }
    QCOMPARE(held.use_count(), 1);
}

void TestCall::lastCompletionGoneMeansCancelled()
{
    std::optional<Result<int>> got;
    Call<int> call;
    {
        Completion<int> completion;
        const Completion<int> copy = completion;
        call = completion.call();
        call.then(this, [&](Result<int> r) { got.emplace(std::move(r)); });
    }
    QTRY_VERIFY(got.has_value());
    QVERIFY(!*got);
    QCOMPARE(got->error().kind, ErrorKind::Cancelled);
    QVERIFY(!got->error().message.isEmpty());
}

void TestCall::finishedFromLostCompletionReachesLateContinuation()
{
    Call<int> call;
    {
        Completion<int> completion;
        call = completion.call();
    }
    bool cancelled = false;
    call.then(this, [&](const Result<int> &r) { cancelled = !r && r.error().kind == ErrorKind::Cancelled; });
    QTRY_VERIFY(cancelled);
}

void TestCall::abortRunsOnceAndNotAfterTheEnd()
{
    Completion<int> completion;
    int stops = 0;
    completion.onAbort([&] { ++stops; });
    completion.call().abort();
    completion.call().abort();
    QCOMPARE(stops, 1);

    Completion<int> other;
    other.onAbort([&] { ++stops; });
    other.finish(1);
    other.call().abort();
    QCOMPARE(stops, 1);
    Call<int>().abort(); // an empty handle has nothing to stop
    QVERIFY(!Call<int>().isValid());
}

void TestCall::abortAfterFinishKeepsNothing()
{
    auto held = std::make_shared<int>(1);
    Completion<int> completion;
    completion.onAbort([held] {});
    completion.finish(1);
    QCOMPARE(held.use_count(), 1);
    completion.onAbort([held] {});
    QCOMPARE(held.use_count(), 1);
}

void TestCall::mapChangesValueAndPassesErrors()
{
    Completion<int> good, bad;
    QString text, error;
    const auto words = [](int n) { return Result<QString>(QString::number(n)); };
    good.call().map<QString>(words).then(this, [&](Result<QString> r) { text = *r; });
    bad.call().map<QString>(words).then(this, [&](const Result<QString> &r) { error = r.error().message; });
    good.finish(42);
    bad.finish(failure(QStringLiteral("broken")));
    QTRY_COMPARE(text, QStringLiteral("42"));
    QTRY_COMPARE(error, QStringLiteral("broken"));
}

void TestCall::mapMayTurnValueIntoError()
{
    QString error;
    Call<int>::finished(1)
        .map<int>([](int) { return Result<int>(failure(QStringLiteral("not that"))); })
        .then(this, [&](const Result<int> &r) { error = r.error().message; });
    QTRY_COMPARE(error, QStringLiteral("not that"));
}

void TestCall::chainGoesOnAndPassesErrors()
{
    int got = 0;
    QString error;
    bool started = false;
    Call<int>::finished(20).chain<int>([](int n) { return Call<int>::finished(n + 1); }).then(this, [&](Result<int> r) {
        got = *r;
    });
    Call<int>::finished(failure(QStringLiteral("first")))
        .chain<int>([&](int n) {
            started = true;
            return Call<int>::finished(n);
        })
        .then(this, [&](const Result<int> &r) { error = r.error().message; });
    QTRY_COMPARE(got, 21);
    QTRY_COMPARE(error, QStringLiteral("first"));
    QVERIFY(!started);
}

void TestCall::abortOfChainReachesFirst()
{
    Completion<int> first;
    bool stopped = false;
    first.onAbort([&] { stopped = true; });
    const Call<int> chain = first.call().chain<int>([](int n) { return Call<int>::finished(n); });
    chain.abort();
    QVERIFY(stopped);
    first.finish(failure(QStringLiteral("stopped")));
    QString error;
    chain.then(this, [&](const Result<int> &r) { error = r.error().message; });
    QTRY_COMPARE(error, QStringLiteral("stopped"));
}

void TestCall::abortOfChainReachesSecond()
{
    Completion<int> second;
    bool stopped = false, started = false;
    second.onAbort([&] { stopped = true; });
    const Call<int> chain = Call<int>::finished(1).chain<int>([&](int) {
        started = true;
        return second.call();
    });
    QTRY_VERIFY(started);
    chain.abort();
    QVERIFY(stopped);
    second.finish(9);
    int got = 0;
    chain.then(this, [&](Result<int> r) { got = *r; });
    QTRY_COMPARE(got, 9);
}

void TestCall::abortBetweenTheTwoStartsNothing()
{
    // The first has finished, its continuation is still in the event queue: an abort now must not start the second.
    Completion<int> first;
    bool started = false;
    const Call<int> chain = first.call().chain<int>([&](int n) {
        started = true;
        return Call<int>::finished(n);
    });
    std::optional<Result<int>> got;
    chain.then(this, [&](Result<int> r) { got.emplace(std::move(r)); });
    first.finish(1);
    chain.abort();
    QTRY_VERIFY(got.has_value());
    QVERIFY(!started);
    QCOMPARE(got->error().kind, ErrorKind::Cancelled);
}

void TestCall::chainSurvivesDroppedHandles()
{
    Completion<int> first;
    bool ran = false;
    first.call().chain<int>([&](int n) {
        ran = true;
        return Call<int>::finished(n);
    });
    first.finish(1);
    QTRY_VERIFY(ran);
}

void TestCall::chainIsCancelledWhenFirstIsLost()
{
    std::optional<Result<int>> got;
    {
        Completion<int> first;
        first.call()
            .chain<int>([](int n) { return Call<int>::finished(n); })
            .map<int>([](int n) { return Result<int>(n); })
            .then(this, [&](Result<int> r) { got.emplace(std::move(r)); });
    }
    QTRY_VERIFY(got.has_value());
    QCOMPARE(got->error().kind, ErrorKind::Cancelled);
}

void TestCall::droppedChainFreesWhatItHeld()
{
    auto held = std::make_shared<int>(1);
    {
        Completion<int> first;
        first.call().chain<int>([held](int n) { return Call<int>::finished(n); }).map<int>([held](int n) {
            return Result<int>(n);
        });
        QVERIFY(held.use_count() > 1);
    }
    QTRY_COMPARE(held.use_count(), 1);
}

void TestCall::longChainsFinish()
{
    Completion<int> first;
    Call<int> call = first.call();
    for (int i = 0; i < 1000; ++i)
        call = call.map<int>([](int n) { return Result<int>(n + 1); });
    int got = 0;
    call.then(this, [&](Result<int> r) { got = *r; });
    first.finish(0);
    QTRY_COMPARE(got, 1000);
}

QTEST_GUILESS_MAIN(TestCall)
#include "tst_call.moc"
