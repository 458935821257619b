#pragma once

#include "api/dialect.h"
#include "core/result.h"
#include "core/schema.h"
#include "transfer/batchstate.h"
#include "transfer/evidence.h"
#include "transfer/receipt.h"
#include "transfer/sourcefile.h"

#include <QByteArray>
#include <QString>
#include <QVector>

#include <array>
#include <memory>
#include <optional>

namespace rowdesk {

/// One upload as the journal keeps it. Never holds a secret.
struct JournalJob
{
    enum class State { Running, Paused, NeedsDecision, Done, Abandoned };
    /// How far the making of a new table has come. "Asked" is written before the request leaves.
    enum class Creation { NotNeeded, ToDo, Asked, Made };

    QString id;
    QString account;        ///< whose it is (UploadTarget::account()); empty in what an older Rowdesk wrote
    QString service;        ///< the base address
    QString datasetId;      ///< empty until a new table has one
    QString newTableName;   ///< empty when rows are appended
    QString newTableAbout;  ///< its description
    Schema newTableColumns; ///< all columns of the new table
    Schema columns;         ///< what is sent, in this order, the marker's column included
    Creation creation = Creation::NotNeeded;
    QString targetName; ///< the table's name for people; empty in what an older Rowdesk wrote
    QString sourceName; ///< the file's name for people
    SourceFile file;
    QByteArray mapping; ///< JSON: which column of the file went where
    Dialect::RowShape shape = Dialect::RowShape::Cells;
    Evidence evidence = Evidence::None;
    QStringList keyColumns;           ///< of Evidence::Key
    bool soleWriter = false;          ///< a person said that nobody else changes the table
    int settleSeconds = 180;          ///< how long a row that was let go may take to appear
    std::optional<qint64> rowsBefore; ///< rows that the table had before
    QString versionBefore;            ///< the table's newest version before; empty: not known or none
    std::optional<qint64> rowsAfter;  ///< rows that the table had once every row was confirmed
    QString versionAfter;
    qint64 rowsPlanned = 0;
    qint64 rowsLeftOut = 0; ///< rows of the file that were left out on purpose before
    qint64 createdAt = 0;   ///< msec since 1970, UTC
    State state = State::Running;
    QString reason;     ///< why it stopped, for people; may be empty
    qint64 endedAt = 0; ///< msec since 1970, UTC; 0 while it runs
    /// How far taking the rows out of the table again has come. "Asked" is written before the first request leaves.
    enum class Removal { None, Asked, Done };
    Removal removal = Removal::None;
    qint64 rowsRemoved = 0; ///< rows that were seen in the table before, and not after
};

/// One call's worth of rows.
struct JournalBatch
{
    qint64 seq = 0;               ///< from 1
    std::optional<qint64> parent; ///< the batch whose missing rows these are
    qint64 firstRow = 0;          ///< 1-based row of what was planned
    qint64 rows = 0;
    qint64 offset = 0; ///< of its bytes in the spool
    qint64 length = 0;
    QByteArray sha256;
    BatchState state = BatchState::Planned;
    qint64 rowsConfirmed = 0; ///< of a Partial or Superseded batch: rows known to be stored
};

/// What is written down beside a step.
struct StepFacts
{
    std::optional<qint64> rowsConfirmed; ///< rows known to be stored, of a batch that is not stored as a whole
    int httpStatus = 0;
    QString code;   ///< the service's own
    QString detail; ///< one sentence
};

/// One step of one batch.
struct BatchMove
{
    qint64 seq = 0;
    BatchState from = BatchState::Planned;
    BatchEvent event = BatchEvent::Begin;
    StepFacts facts;
};

/// One look at the table.
struct EvidenceLine
{
    Evidence method = Evidence::None;
    qint64 seen = 0;
    qint64 missing = 0;
    qint64 extra = 0;
    qint64 tableRows = 0;
    bool controlFound = false;
};

class SqlStatements;

/// Whether it says that the journal went while it was in use (UploadJournal::isInPlace()). What it knew is gone: no
/// upload that was under way then can be continued.
bool isJournalLost(const ApiError &error);

/// The uploads of this computer's user, on disk before anything leaves. SQLite, WAL; every commit is synced that
/// anything depends on (one for each call of an upload: before its last byte leaves); 0600 in a folder of 0700.
/// Whatever goes wrong with it is ErrorKind::Local, and then nothing may be sent.
///
/// Lives in the thread that opened it. Several programs may have the same journal open: a lease keeps two from
/// writing to one table.
class UploadJournal
{
public:
    /// Synced is the only choice for real data; Fast leaves the writing to the system's own time (simulations).
    enum class Durability { Synced, Fast };

    /// ROWDESK_DATA_DIR, else the user's data folder, and in it "uploads".
    static QString defaultFolder();

    /// Opens or makes the journal in `folder`. A foreign, damaged, newer or unwritable one is refused and left as it
    /// is.
    static Result<std::shared_ptr<UploadJournal>> open(const QString &folder,
                                                       Durability durability = Durability::Synced);
    ~UploadJournal();
    Q_DISABLE_COPY_MOVE(UploadJournal)

    /// False once its files were deleted, replaced or cut short: what is written then is in no file that anyone could
    /// open again, or not behind what it belongs to. No lease is given and no step is taken then.
    bool isInPlace() const;

    QString spoolPath(const QString &job) const;
    /// Where the rows that an upload left out are kept, as CSV; there is such a file only when there are such rows.
    QString leftOutPath(const QString &job) const;

    /// Writes the job and its batches, all Planned, in one step. Their bytes must be in the spool and synced.
    Result<Done> addJob(const JournalJob &job, const QVector<JournalBatch> &batches);
    /// A batch with the missing rows of `parent`, which becomes Superseded in the same step.
    Result<Done> addChild(const QString &job, qint64 parent, qint64 seen, const JournalBatch &child);

    /// The two parts of a refused batch, which becomes Superseded in the same step.
    Result<Done> addHalves(const QString &job, qint64 parent, const QVector<JournalBatch> &halves);

    /// The one way in which a batch changes. Refused when the table of steps has no such step, or when the batch on
    /// disk is not in state `from`.
    Result<BatchState> step(const QString &job, qint64 seq, BatchState from, BatchEvent event,
                            const StepFacts &facts = {});
    /// Several of them, in this order, or none.
    Result<QVector<BatchState>> steps(const QString &job, const QVector<BatchMove> &moves);
    Result<Done> note(const QString &job, qint64 seq, const EvidenceLine &line);
    /// A person's answer, with the words that were shown.
    Result<Done> noteDecision(const QString &job, qint64 seq, const QString &choice, const QString &shown);
    Result<QVector<UploadDecision>> decisions(const QString &job) const; ///< in the order they were made

    /// `endedAt`: when it ended, msec since 1970; 0: now. A running one has not ended.
    Result<Done> setJobState(const QString &job, JournalJob::State state, const QString &reason, qint64 endedAt = 0);
    Result<Done> setCreation(const QString &job, JournalJob::Creation creation, const QString &datasetId);
    Result<Done> setSettle(const QString &job, int seconds);
    /// What the table was once every row was confirmed.
    Result<Done> setAfter(const QString &job, std::optional<qint64> rows, const QString &version);
    Result<Done> setRemoval(const QString &job, JournalJob::Removal removal, qint64 rowsRemoved);

    Result<QVector<JournalJob>> jobs() const;                        ///< newest first
    Result<JournalJob> job(const QString &id) const;                 ///< ErrorKind::NotFound when there is none
    Result<QVector<JournalBatch>> batches(const QString &job) const; ///< by seq
    /// The batches of one state together.
    struct StateCount
    {
        BatchState state = BatchState::Planned;
        qint64 rows = 0;
        qint64 rowsConfirmed = 0; ///< sum of JournalBatch::rowsConfirmed
        qint64 firstRow = 0;      ///< the lowest
    };
    Result<QVector<StateCount>> counts(const QString &job) const;
    /// What the looks at the table came to that were about the rows now in question.
    struct Looks
    {
        qint64 count = 0;
        qint64 seconds = 0;              ///< from the first to the last
        std::optional<qint64> tableRows; ///< at the last one
        QVector<qint64> denied;          ///< deniedCalls(): their answer came, and the table speaks against it
    };
    Result<Looks> looks(const QString &job) const;
    /// Rows that were confirmed after an earlier call with them had no answer that tells, and that a look at the table
    /// did not find there.
    Result<qint64> rowsSentAgain(const QString &job) const;
    Result<qint64> sends(const QString &job, qint64 seq) const; ///< how often its bytes began to leave
    /// Batches (seq) whose last call was let go and then answered with "not carried out".
    Result<QVector<qint64>> deniedCalls(const QString &job) const;

    /// Takes the right to write to a table for `job`; ErrorKind::Local while a living program (or another job of this
    /// one) has it. `dataset` names the table together with its service.
    Result<Done> takeLease(const QString &dataset, const QString &job);
    void returnLease(const QString &job);
    /// Whether a living program other than this works on the job.
    bool isHeldElsewhere(const QString &job) const;

private:
    /// What one of the journal's names stands for; zeros: there is no such file.
    struct FileOnDisk
    {
        quint64 device = 0;
        quint64 number = 0;
        qint64 size = 0;
    };
    using FilesOnDisk = std::array<FileOnDisk, 3>; ///< the database, its log, the log's index

    UploadJournal(QString folder, QString connection);
    std::optional<ApiError> prepare(Durability durability);
    /// `version`: of the journal on disk; 0 when it is new.
    std::optional<ApiError> checkKind(int &version);
    std::optional<ApiError> checkWhole();
    FilesOnDisk filesNow() const;
    void noteSizes();
    std::optional<ApiError> checkInPlace();
    void removeOrphans() const;
    Result<Done> replace(const QString &job, const BatchMove &move, const QVector<JournalBatch> &children);
    Result<Done> insertBatch(const QString &job, const JournalBatch &batch);
    Result<QVector<BatchState>> changeBatches(const QString &job, const QVector<BatchMove> &moves);
    Result<QVector<BatchState>> writeSteps(const QString &job, const QVector<BatchMove> &moves);
    Result<Done> update(const QString &job, const BatchMove &move, BatchState to);
    Result<Done> noteAttempt(const QString &job, const BatchMove &move);
    Result<Done> writeLease(const QString &dataset, const QString &job);
    std::optional<ApiError> setSyncing(bool everyCommit);
    /// Runs what a cut of the power may take back: its commits are not waited for to reach the disk.
    template<typename Write>
    auto forgettably(Write write) -> decltype(write())
    {
        if (const std::optional<ApiError> error = setSyncing(false))
            return *error;
        auto written = write();
        if (const std::optional<ApiError> error = setSyncing(true))
            return *error;
        return written;
    }

    QString m_folder;
    QString m_connection; ///< name of the QSqlDatabase
    Durability m_durability = Durability::Synced;
    std::unique_ptr<SqlStatements> m_statements;
    FilesOnDisk m_files; ///< as they were opened, as long as the last step left them; zeros once they are lost
};

} // namespace rowdesk
