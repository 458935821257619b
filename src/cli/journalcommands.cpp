#include "cli/journalcommands.h"

#include "cli/jsonline.h"
#include "cli/output.h"
#include "cli/undocommand.h"
#include "cli/uploadrun.h"
#include "transfer/uploadquestion.h"
#include "transfer/uploadtally.h"

#include <QCommandLineParser>
#include <QJsonArray>
#include <QJsonDocument>

namespace rowdesk::cli {
namespace {

using Journal = std::shared_ptr<UploadJournal>;

QString stateWord(JournalJob::State state)
{
    switch (state) {
    case JournalJob::State::Running:
        return QStringLiteral("running");
    case JournalJob::State::Paused:
        return QStringLiteral("paused");
    case JournalJob::State::NeedsDecision:
        return QStringLiteral("needs_decision");
    case JournalJob::State::Done:
        return QStringLiteral("done");
    case JournalJob::State::Abandoned:
        break;
    }
    return QStringLiteral("abandoned");
}

/// The receipt with what there is to know beside it.
Result<QJsonObject> describe(const UploadJournal &journal, const JournalJob &job)
{
    const bool elsewhere = journal.isHeldElsewhere(job.id);
    const Result<Receipt> receipt = wholeReceipt(journal, job, elsewhere);
    if (!receipt)
        return receipt.error();
    QJsonObject told = receipt->toJson();
    if (!job.newTableName.isEmpty())
        told.insert(QStringLiteral("new_table"), job.newTableName);
    // "Running" of a program that is gone is an upload that was cut off.
    const bool cutOff = job.state == JournalJob::State::Running && !elsewhere;
    told.insert(QStringLiteral("state"), cutOff ? QStringLiteral("cut_off") : stateWord(job.state));
    told.insert(QStringLiteral("service"), job.service);
    if (!job.reason.isEmpty())
        told.insert(QStringLiteral("reason"), job.reason);
    return told;
}

/// The same with the batches and the open question.
Result<QJsonObject> describeWhole(const UploadJournal &journal, const JournalJob &job)
{
    Result<QJsonObject> told = describe(journal, job);
    const Result<QVector<JournalBatch>> batches = journal.batches(job.id);
    const Result<UploadJournal::Looks> looks = journal.looks(job.id);
    if (!told || !batches || !looks)
        return !told ? told.error() : !batches ? batches.error() : looks.error();
    QJsonObject states;
    for (const JournalBatch &batch : *batches) {
        const QString name = batchStateName(batch.state);
        states.insert(name, states.value(name).toInteger() + batch.rows);
    }
    told.value().insert(QStringLiteral("rows_by_state"), states);
    told.value().insert(QStringLiteral("evidence"), QString(evidenceName(job.evidence)));
    told.value().insert(QStringLiteral("looks"), looks->count);
    if (const std::optional<UploadQuestion> question = questionOf(job, *batches, *looks))
        told.value().insert(QStringLiteral("question"), question->shownText());
    return told;
}

void print(const QJsonDocument &document)
{
    printText(QString::fromUtf8(document.toJson(QJsonDocument::Compact)) + QLatin1Char('\n'));
}

Result<Action> list(const QCommandLineParser &options, const QStringList &)
{
    return Action([all = options.isSet(QStringLiteral("all"))](ApiClient *) -> Call<int> {
        const Result<Journal> journal = UploadJournal::open(UploadJournal::defaultFolder());
        if (!journal)
            return Call<int>::finished(journal.error());
        const Result<QVector<JournalJob>> jobs = (*journal)->jobs();
        if (!jobs)
            return Call<int>::finished(jobs.error());
        QJsonArray told;
        for (const JournalJob &job : *jobs) {
            const bool over = job.state == JournalJob::State::Done || job.state == JournalJob::State::Abandoned;
            if (over && !all)
                continue;
            const Result<QJsonObject> one = describe(**journal, job);
            if (!one)
                return Call<int>::finished(one.error());
            told.append(*one);
        }
        print(QJsonDocument(told));
        return Call<int>::finished(int(ExitDone));
    });
}

/// Opens the journal and finds the upload, then acts.
Action onUpload(const QString &id, std::function<Call<int>(ApiClient *, const Journal &, const JournalJob &)> act)
{
    return [id, act = std::move(act)](ApiClient *client) -> Call<int> {
        const Result<Journal> journal = UploadJournal::open(UploadJournal::defaultFolder());
        if (!journal)
            return Call<int>::finished(journal.error());
        const Result<JournalJob> job = (*journal)->job(id);
        if (!job)
            return Call<int>::finished(job.error());
        return act(client, *journal, *job);
    };
}

Result<Action> show(const QCommandLineParser &, const QStringList &arguments)
{
    return onUpload(arguments[0], [](ApiClient *, const Journal &journal, const JournalJob &job) {
        const Result<QJsonObject> told = describeWhole(*journal, job);
        if (!told)
            return Call<int>::finished(told.error());
        print(QJsonDocument(*told));
        return Call<int>::finished(int(ExitDone));
    });
}

ApiError isOver(const JournalJob &job)
{
    return {ErrorKind::Rejected,
            0,
            {},
            job.state == JournalJob::State::Done ? tr("This upload is complete already.")
                                                 : tr("This upload was given up."),
            tr("Nothing was sent."),
            {}};
}

Call<int> decideAndResume(ApiClient *client, const Journal &journal, JournalJob job, UploadChoice choice,
                          const QString &rowsFile, std::optional<int> settle, const RunOptions &how)
{
    if (job.state == JournalJob::State::Done || job.state == JournalJob::State::Abandoned)
        return Call<int>::finished(isOver(job));
    if (!rowsFile.isEmpty()) {
        // Nowhere else would the rows that are left out be found again.
        if (const Result<Done> saved = saveRowsInQuestion(*journal, job.id, rowsFile); !saved)
            return Call<int>::finished(saved.error());
    }
    if (choice != UploadChoice::LookAgain) {
        if (const Result<Done> decided = decide(*journal, job.id, choice); !decided)
            return Call<int>::finished(decided.error());
    }
    if (settle) {
        job.settleSeconds = *settle;
        if (const Result<Done> kept = journal->setSettle(job.id, *settle); !kept)
            return Call<int>::finished(kept.error());
    }
    return resumeUpload(client, journal, job, how);
}

Result<Action> resume(const QCommandLineParser &options, const QStringList &arguments)
{
    const Result<std::optional<int>> settle = readSettle(options);
    if (!settle)
        return settle.error();
    const Result<RunOptions> how = readRunOptions(options);
    if (!how)
        return how.error();
    const QString unknown = options.value(QStringLiteral("unknown"));
    const std::optional<UploadChoice> choice = choiceFromName(unknown);
    if (!choice)
        return wrongUsage(tr("--unknown is \"%1\"; it can be look, there, send or leave-out.").arg(unknown));
    const QString rowsFile = options.value(QStringLiteral("save-rows"));
    if ((*choice == UploadChoice::LeaveOut) == rowsFile.isEmpty())
        return wrongUsage(tr("--unknown leave-out and --save-rows FILE belong together."));
    return onUpload(arguments[0], [choice = *choice, rowsFile, settle = *settle,
                                   how = *how](ApiClient *client, const Journal &journal, const JournalJob &job) {
        return decideAndResume(client, journal, job, choice, rowsFile, settle, how);
    });
}

Result<Action> cancel(const QCommandLineParser &, const QStringList &arguments)
{
    return onUpload(arguments[0], [](ApiClient *, const Journal &journal, const JournalJob &job) {
        if (job.state == JournalJob::State::Done || job.state == JournalJob::State::Abandoned)
            return Call<int>::finished(isOver(job));
        if (const Result<Done> done = giveUp(*journal, job.id); !done)
            return Call<int>::finished(done.error());
        const Result<JournalJob> now = journal->job(job.id);
        const Result<QJsonObject> told = now ? describe(*journal, *now) : Result<QJsonObject>(now.error());
        if (!told)
            return Call<int>::finished(told.error());
        print(QJsonDocument(*told));
        return Call<int>::finished(int(ExitDone));
    });
}

Result<Action> undo(const QCommandLineParser &options, const QStringList &arguments)
{
    return onUpload(arguments[0], [yes = options.isSet(QStringLiteral("yes"))](
                                      ApiClient *client, const Journal &journal, const JournalJob &job) {
        return undoUpload(client, journal, job, yes);
    });
}

bool isLocal(const QStringList &)
{
    return true;
}

} // namespace

QList<Command> journalCommands()
{
    const QCommandLineOption all(QStringLiteral("all"), tr("Also those that are complete or were given up."));
    const QCommandLineOption unknown(
        QStringLiteral("unknown"),
        tr("What is true of the rows of which nobody knows whether they arrived: look (the default: read the table and "
           "find out; when that tells, go on and send the rows that are not there, else send nothing), there (they are "
           "in the table), send (they are not; send them again), leave-out. After the last three the "
           "upload goes on with the rows that were not sent."),
        QStringLiteral("CHOICE"), QStringLiteral("look"));
    const QCommandLineOption rows(
        QStringLiteral("save-rows"),
        tr("Where rows that are left out are kept: as CSV when the name ends in .csv, else as JSON."),
        QStringLiteral("FILE"));
    return {
        {QStringLiteral("list"), {}, {}, tr("Lists uploads that are not over."), {all}, list, isLocal},
        {QStringLiteral("show"),
         QStringLiteral("ID"),
         {},
         tr("Shows the receipt of an upload, what became of its rows and what is still open."),
         {},
         show,
         isLocal},
        {QStringLiteral("resume"),
         QStringLiteral("ID"),
         {},
         tr("Continues an upload: finds out what arrived, sends what did not, prints the receipt."),
         QList<QCommandLineOption>{unknown, rows, settleOption()} + runOptions(),
         resume},
        {QStringLiteral("undo"),
         QStringLiteral("ID"),
         {},
         tr("Takes the rows of an upload out of the table again, where they carry its mark (--marker)."),
         {{QStringLiteral("yes"), tr("Delete them. Without it they are only counted.")}},
         undo},
        {QStringLiteral("cancel"),
         QStringLiteral("ID"),
         {},
         tr("Gives an unfinished upload up. What is in the table stays there."),
         {},
         cancel,
         isLocal},
    };
}

} // namespace rowdesk::cli
