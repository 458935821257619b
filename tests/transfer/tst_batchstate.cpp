#include "transfer/answerevent.h"
#include "transfer/batchstate.h"

#include <QSet>
#include <QTest>

using namespace rowdesk;

using S = BatchState;
using E = BatchEvent;

namespace {

constexpr auto lastEvent = E::Doubted;

/// The steps as a person would draw them, written a second time on purpose: "from event to".
const char *const drawn = R"(
PLANNED Begin SENDING
SENDING LetGo RELEASED
SENDING NotApplied PLANNED
SENDING Refused REJECTED
SENDING AnswerLost UNKNOWN
SENDING Died PLANNED
RELEASED NotApplied PLANNED
RELEASED AllStored CONFIRMED
RELEASED SomeStored PARTIAL
RELEASED MoreStored ANOMALY
RELEASED Refused REJECTED
RELEASED AnswerLost UNKNOWN
RELEASED Died UNKNOWN
UNKNOWN Look VERIFYING
PARTIAL Look VERIFYING
QUARANTINED Look VERIFYING
VERIFYING SeenAll CONFIRMED_RB
VERIFYING SeenSome SUPERSEDED
VERIFYING SeenNone PLANNED
VERIFYING SeenRefused REJECTED
VERIFYING SeenWrong ANOMALY
VERIFYING CannotTell QUARANTINED
VERIFYING LookedInVain UNKNOWN
VERIFYING Died UNKNOWN
QUARANTINED TheyAreThere ASSUMED_LANDED
QUARANTINED SendAgain PLANNED
QUARANTINED LeaveOut SKIPPED
REJECTED TryAgain PLANNED
REJECTED LeaveOut SKIPPED
REJECTED Halve SUPERSEDED
PLANNED Doubted UNKNOWN
CONFIRMED SeenWrong ANOMALY
CONFIRMED_RB SeenWrong ANOMALY
ASSUMED_LANDED SeenWrong ANOMALY
)";

const QHash<QString, E> &events()
{
    static const QHash<QString, E> all{{QStringLiteral("Begin"), E::Begin},
                                       {QStringLiteral("LetGo"), E::LetGo},
                                       {QStringLiteral("NotApplied"), E::NotApplied},
                                       {QStringLiteral("AllStored"), E::AllStored},
                                       {QStringLiteral("SomeStored"), E::SomeStored},
                                       {QStringLiteral("MoreStored"), E::MoreStored},
                                       {QStringLiteral("Refused"), E::Refused},
                                       {QStringLiteral("AnswerLost"), E::AnswerLost},
                                       {QStringLiteral("Died"), E::Died},
                                       {QStringLiteral("Look"), E::Look},
                                       {QStringLiteral("SeenAll"), E::SeenAll},
                                       {QStringLiteral("SeenSome"), E::SeenSome},
                                       {QStringLiteral("SeenNone"), E::SeenNone},
                                       {QStringLiteral("SeenRefused"), E::SeenRefused},
                                       {QStringLiteral("SeenWrong"), E::SeenWrong},
                                       {QStringLiteral("CannotTell"), E::CannotTell},
                                       {QStringLiteral("LookedInVain"), E::LookedInVain},
                                       {QStringLiteral("TheyAreThere"), E::TheyAreThere},
                                       {QStringLiteral("SendAgain"), E::SendAgain},
                                       {QStringLiteral("LeaveOut"), E::LeaveOut},
                                       {QStringLiteral("TryAgain"), E::TryAgain},
                                       {QStringLiteral("Halve"), E::Halve},
                                       {QStringLiteral("Doubted"), E::Doubted}};
    return all;
}

} // namespace

/// Every step that may happen, and that no other may.
class TestBatchState : public QObject
{
    Q_OBJECT
private slots:
    void tableIsWhatIsDrawn();
    void namesAreReadBack();
    void neverBackFromReleasedWithoutProof();
    void deadProgramNeverLosesTheQuestion();
    void endsAndQuestions();
    void errorsBecomeEvents_data();
    void errorsBecomeEvents();
    void countsBecomeEvents();
    void ownWords();
};

void TestBatchState::endsAndQuestions()
{
    const QSet<S> over{S::Confirmed, S::ConfirmedByReading, S::AssumedLanded, S::Skipped, S::Superseded, S::Anomaly};
    const QSet<S> open{S::Released, S::Unknown, S::Verifying, S::Quarantined, S::Partial};
    for (const S state : allBatchStates) {
        QCOMPARE(isTerminal(state), over.contains(state));
        QCOMPARE(isOpenQuestion(state), open.contains(state));
    }
}

void TestBatchState::errorsBecomeEvents_data()
{
    QTest::addColumn<ErrorKind>("kind");
    QTest::addColumn<int>("status");
    QTest::addColumn<E>("gateClosed");
    QTest::addColumn<E>("released");
    using K = ErrorKind;
    const auto row = [](const char *name, K kind, E gateClosed, E released, int status = 0) {
        QTest::newRow(name) << kind << status << gateClosed << released;
    };
    // These kinds are proof whenever they are said: ApiClient says OutcomeUnknown where there is none.
    for (const auto &[name, kind] : {std::pair("network", K::Network), std::pair("tls", K::Tls),
                                     std::pair("401", K::Credentials), std::pair("429", K::RateLimited)})
        row(name, kind, E::NotApplied, E::NotApplied);
    for (const auto &[name, kind] :
         {std::pair("403", K::Forbidden), std::pair("404", K::NotFound), std::pair("400", K::Rejected)})
        row(name, kind, E::Refused, E::Refused);
    // Nothing else is.
    for (const auto &[name, kind] :
         {std::pair("timeout", K::Timeout), std::pair("cancelled", K::Cancelled), std::pair("5xx", K::Server),
          std::pair("wrong address", K::WrongAddress), std::pair("bad answer", K::BadAnswer),
          std::pair("file", K::File), std::pair("local", K::Local), std::pair("usage", K::Usage)})
        row(name, kind, E::NotApplied, E::AnswerLost);
    row("lost", K::OutcomeUnknown, E::NotApplied, E::AnswerLost);
    row("1xx", K::OutcomeUnknown, E::NotApplied, E::AnswerLost, 199);
    row("success that can't be", K::OutcomeUnknown, E::AnswerLost, E::AnswerLost, 200);
    row("500 that is unknown", K::OutcomeUnknown, E::AnswerLost, E::AnswerLost, 500);
}

void TestBatchState::errorsBecomeEvents()
{
    QFETCH(ErrorKind, kind);
    QFETCH(int, status);
    const ApiError error{kind, status, {}, {}, {}, {}};
    QTEST(eventOf(error, false), "gateClosed");
    QTEST(eventOf(error, true), "released");
    // A batch can take it.
    QVERIFY(stateAfter(S::Sending, eventOf(error, false)).has_value());
    QVERIFY(stateAfter(S::Released, eventOf(error, true)).has_value());
}

void TestBatchState::countsBecomeEvents()
{
    QCOMPARE(eventOf(500, 500, true), E::AllStored);
    QCOMPARE(eventOf(499, 500, true), E::SomeStored);
    QCOMPARE(eventOf(0, 500, true), E::SomeStored);
    QCOMPARE(eventOf(501, 500, true), E::MoreStored);
    for (const qint64 stored : {0, 499, 500, 501})
        QCOMPARE(eventOf(stored, 500, false), E::AnswerLost);
}

void TestBatchState::ownWords()
{
    const QString code = QStringLiteral("Busy");
    QVERIFY(isInOwnWords(ApiError{ErrorKind::OutcomeUnknown, 200, code, {}, {}, {}}));
    QVERIFY(!isInOwnWords(ApiError{ErrorKind::OutcomeUnknown, 200, {}, {}, {}, {}}));
    QVERIFY(!isInOwnWords(ApiError{ErrorKind::OutcomeUnknown, 500, code, {}, {}, {}}));
    QVERIFY(!isInOwnWords(ApiError{ErrorKind::Rejected, 200, code, {}, {}, {}}));
    QVERIFY(!isInOwnWords(std::nullopt));
}

void TestBatchState::tableIsWhatIsDrawn()
{
    QHash<std::pair<int, int>, S> expected;
    for (const QString &line : QString::fromLatin1(drawn).split(QLatin1Char('\n'), Qt::SkipEmptyParts)) {
        const QStringList words = line.split(QLatin1Char(' '));
        QVERIFY2(events().contains(words[1]), qPrintable(line));
        expected.insert({int(*batchStateFromName(words[0])), int(events().value(words[1]))},
                        *batchStateFromName(words[2]));
    }
    int legal = 0;
    for (const S state : allBatchStates) {
        for (int event = 0; event <= int(lastEvent); ++event) {
            const auto found = expected.find({int(state), event});
            const std::optional<S> now = stateAfter(state, E(event));
            QCOMPARE(now.has_value(), found != expected.end());
            if (now)
                QCOMPARE(*now, *found);
            legal += now ? 1 : 0;
        }
    }
    QCOMPARE(legal, int(batchSteps().size()));
    QCOMPARE(qsizetype(legal), expected.size());
}

void TestBatchState::namesAreReadBack()
{
    QSet<QString> names;
    for (const S state : allBatchStates) {
        names.insert(batchStateName(state));
        QCOMPARE(batchStateFromName(QString(batchStateName(state))), std::optional(state));
    }
    QCOMPARE(names.size(), qsizetype(allBatchStates.size()));
    QVERIFY(!batchStateFromName(u"planned"));
}

void TestBatchState::neverBackFromReleasedWithoutProof()
{
    // To be sent again, a batch whose last byte left needs proof, a look at the table, or a person.
    for (const BatchStep &step : batchSteps()) {
        if (step.to != S::Planned || step.from == S::Sending)
            continue;
        QVERIFY(step.event == E::NotApplied || step.event == E::SeenNone || step.event == E::SendAgain ||
                step.event == E::TryAgain);
    }
    QVERIFY(!stateAfter(S::Unknown, E::Begin));
    QVERIFY(!stateAfter(S::Unknown, E::SendAgain));
}

void TestBatchState::deadProgramNeverLosesTheQuestion()
{
    for (const S state : {S::Released, S::Verifying})
        QCOMPARE(stateAfter(state, E::Died), std::optional(S::Unknown));
    for (const S state : allBatchStates)
        QVERIFY(!(isOpenQuestion(state) && isTerminal(state)));
}

QTEST_GUILESS_MAIN(TestBatchState)
#include "tst_batchstate.moc"
