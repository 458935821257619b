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
};

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
