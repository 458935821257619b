#pragma once

#include "transfer/planspooler.h"
#include "transfer/tablelook.h"
#include "transfer/uploadjob.h"
#include "transfer/uploadtally.h"

#include <QCoreApplication>
#include <QMap>
#include <QPointer>
#include <QSet>
#include <QTimer>

#include <deque>

namespace rowdesk {

class UploadJob::Private
{
    Q_DECLARE_TR_FUNCTIONS(rowdesk::UploadJob)
public:
    Private(UploadJob *owner, UploadTools uploadTools, UploadPlan uploadPlan);
    Private(UploadJob *owner, UploadTools uploadTools, const JournalJob &known);
    ~Private();

    void begin();
    void cancel(const QString &why);
    void pause();

    enum class State { Idle, Spooling, Creating, Sending, Looking, Auditing, Counting, Waiting, Finished };

    UploadJob *q;
    UploadTools tools;
    UploadPlan plan;
    Receipt receipt;
    State state = State::Idle;
    bool undecided = false;
    struct Wait
    {
        QString why;
        qint64 until = 0; ///< on the clock
    };
    std::optional<Wait> waiting;
    qint64 nextLook = 0; ///< on the clock: when the table is read once more

private:
    UploadJournal &journal() { return **tools.journal; }

    // uploadjob.cpp: from the plan, or from the journal, to the first batch; the end.
    std::optional<ApiError> takeLease();
    void spool();
    void takeSpooled(const Result<SpooledRows> &spooled);
    JournalJob newJob(qint64 rows) const;
    void stop(std::optional<ApiError> error);
    void closeInJournal();
    JournalJob::State stateAtEnd() const;
    ApiError cancelledError() const;

    // uploadjobresume.cpp: from where the last run left it.
    void load();
    std::optional<ApiError> recover();

    // uploadjobcreate.cpp: the making of a new table.
    void create();
    void adopt();
    void adoptWhenEmpty(const QString &id);
    ApiError notOurs() const;
    void takeCreated(const Result<QString> &id);
    void takeUncreated(const ApiError &error);

    // uploadjobsend.cpp: batches leave.
    void next();
    void settleOpenQuestions();
    ApiError anomaly() const;
    std::optional<qsizetype> firstIn(std::initializer_list<BatchState> states) const;
    /// Reads a batch's bytes on a worker, so that they are at hand when their turn comes.
    void fetch(qsizetype index);
    void takeFetched(const Result<QByteArray> &payload);
    void send(qsizetype index);
    void sendFetched(qsizetype index);
    void noteGoodAnswer();
    void noteOwnWords(qsizetype index, ApiError error);
    bool confirmAndSendNext(qsizetype index, const StepFacts &facts);
    std::optional<qsizetype> nextPlanned();
    void letGo(qsizetype index, const std::function<void()> &release);
    void takeAnswer(qsizetype index, const Result<DataService::Appended> &answer);
    void goOnAfter(qsizetype index, BatchEvent event, std::optional<ApiError> error);
    ApiError wrongCount(const JournalBatch &batch, qint64 stored) const;
    /// Writes the step down, then takes it.
    std::optional<ApiError> step(qsizetype index, BatchEvent event, const StepFacts &facts = {});
    Result<QVector<BatchState>> write(const QVector<BatchMove> &moves);
    void payOwed();
    void setState(qsizetype index, BatchState to, std::optional<qint64> confirmed);
    void refill();

    // uploadjobwait.cpp: trouble that passes.
    bool waitsOut(const ApiError &error, std::function<void()> again);
    void waitFor(qint64 msec, const QString &why, std::function<void()> again);
    void serviceIsBack();
    void watchForSleep(int turn, qint64 from);

    // uploadjobdoubt.cpp: "not carried out" is believed when the count allows it.
    bool countsFirst(qsizetype index);
    void takeDoubt(qsizetype index, const Result<DataService::TableFacts> &facts);
    bool saysOtherwise(qsizetype index, qint64 tableRows) const;
    bool looksFirst(qsizetype index);
    void stopAfterDenial(const ApiError &error);
    void takeLastDoubt(const ApiError &error, const Result<DataService::TableFacts> &facts);
    void leaveUnknown(const ApiError &error);
    void lookInDoubt(qsizetype index);
    std::optional<ApiError> doubt(qsizetype index);
    std::optional<ApiError> doubtAll();
    bool countsRefusals() const;
    void countRefusal(qsizetype index, const ApiError &error);
    void takeRefusalCount(qsizetype index, const ApiError &error, const Result<DataService::TableFacts> &facts);
    std::optional<ApiError> loadDoubts();

    // uploadjobrefuse.cpp: the rows that a batch was refused for.
    qsizetype rootOf(qsizetype index) const;
    void takeRefusal(qsizetype index, const ApiError &error);
    bool goesOnWithout(qsizetype index, const ApiError &error);
    std::optional<ApiError> halve(qsizetype index);
    Result<QVector<JournalBatch>> spoolParts(const JournalBatch &parent, const QVector<QVector<int>> &parts);
    void takeChildren(qsizetype parent, const QVector<JournalBatch> &children, qint64 seen);
    std::optional<ApiError> refusal() const;

    // uploadjobcount.cpp: the table before and after, as the service counts it.
    void countBefore();
    void countAfter();
    void takeAfter(const Result<DataService::TableFacts> &facts);

    // uploadjoblook.cpp: finding out.
    bool looksByItself() const;
    void look(qsizetype index);
    void noteLook(qsizetype index, const Finding &finding);
    void takeFinding(qsizetype index, const Result<Finding> &finding);
    void split(qsizetype index, const Finding &finding);
    void lookAgainIn(qint64 msec);
    void audit();
    void takeAudit(const Result<QVector<qsizetype>> &wrong);
    void endAudit(const QVector<qsizetype> &wrong);
    LookQuestion question(qsizetype index) const;

    bool resumed = false;
    bool cancelled = false;
    bool paused = false;
    QString cancelledBy; ///< a sentence; empty: by a person here
    bool leased = false;
    bool inJournal = false;
    JournalJob job;
    QVector<JournalBatch> batches;
    UploadTally tally;
    qsizetype firstPlanned = 0;           ///< no batch before this one is Planned
    std::optional<ApiError> journalFault; ///< of the step at the gate
    QVector<BatchMove> owed;              ///< steps that were taken and that the journal does not know yet
    QTimer owedSince;
    Call<DataService::Appended> sending;
    /// A batch's bytes as the spool has them, checked.
    struct Fetched
    {
        qsizetype index = -1;
        Call<QByteArray> reading;
        std::optional<Result<QByteArray>> payload;
        bool isAwaited = false; ///< to be sent as soon as it is there
    };
    Fetched fetched;
    QPointer<TableLook> looking;
    int auditLooks = 0;
    qint64 auditFrom = 0;
    std::shared_ptr<PayloadSpool> spoolFile; ///< locked until the journal has the job
    std::shared_ptr<std::atomic<qint64>> rowsSpooled = std::make_shared<std::atomic<qint64>>(0);
    Call<SpooledRows> spooling;
    Call<DataService::TableFacts> counting;
    QString versionBefore;
    int counts = 0; ///< how often the table was counted at the end
    /// What is in the way since the service last did what it was asked.
    struct Trouble
    {
        std::optional<qint64> from;                           ///< on the clock: no connection since then
        int count = 0;                                        ///< tries since then
        int limits = 0;                                       ///< answers 429
        bool renewed = false;                                 ///< credentials were
        std::optional<std::chrono::milliseconds> askedToWait; ///< by the answer that is being dealt with
    };
    Trouble trouble;
    int sends = 0;
    double trust = fullTrust; ///< falls with every lost answer, grows slowly with good ones
    static constexpr double fullTrust = 10;
    std::optional<ApiError> ending; ///< what it stops with once open questions are settled
    /// Let go once, said not to be stored: checked before they are sent again, or called not sent.
    QSet<qsizetype> doubted;
    QSet<qsizetype>
        justDenied; ///< of those: by an answer that names no time to wait, a moment ago or by an earlier run
    QSet<qsizetype> saidNotStored;     ///< the same, and the count spoke against it
    std::deque<qsizetype> early;       ///< batches that go before their place in the list
    QMap<qsizetype, ApiError> refused; ///< unknown to the classifier, but an answer in the service's own words
    QMap<qsizetype, ApiError> refusals;
    /// For the refused rows of one batch.
    struct Search
    {
        qsizetype root = -1;
        int calls = 0;
        int refusedAlone = 0; ///< single rows
        bool someStored = false;
    };
    Search search;
    int creations = 0; ///< how often the table was asked for
};

} // namespace rowdesk
