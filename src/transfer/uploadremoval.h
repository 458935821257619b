#pragma once

#include "transfer/uploadjob.h"

#include <QObject>
#include <QVector>

namespace rowdesk {

/// Why the rows of an upload can't be taken out of the table again, one sentence; empty when they can.
QString whyNotRemovable(const JournalJob &job);

/// What has become of a removal.
struct RemovalReport
{
    qint64 found = 0;              ///< rows of the upload that were in the table at first
    qint64 removed = 0;            ///< of those, rows that are not there any more
    qint64 left = 0;               ///< of those, rows that are still there
    qint64 calls = 0;              ///< requests that taking them out needs
    bool isChecked = false;        ///< removed and left were seen in the table; false: nobody could read it afterwards
    std::optional<ApiError> error; ///< why it ended before its end

    /// About how long the calls take, in seconds, before any was measured: ten a second.
    qint64 secondsExpected() const;
};

/// Takes the rows of one upload out of its table again: those that carry its mark (Evidence::Marker).
///
///     count() → Counted → remove() → one row → look → the others → look → Ended
///
/// Nothing is removed before the rows were counted by reading the table and remove() was called. The first call names
/// a single row, and the table is read after it: a service that took more than that row would be stopped there. What
/// became of the rows is always read in the table, so a lost answer leaves no doubt. Doing it again goes on where it
/// ended. Lives in the client's thread.
class UploadRemoval : public QObject
{
    Q_OBJECT
public:
    enum class State { Idle, Counting, Counted, Removing, Looking, Ended };

    /// The job must be one that whyNotRemovable() has nothing against.
    UploadRemoval(UploadTools tools, JournalJob job, QObject *parent = nullptr);
    ~UploadRemoval() override;

    void count();
    void remove();
    /// Stops after the answer under way; what is left is then read.
    void cancel();

    State state() const { return m_state; }
    const RemovalReport &report() const { return m_report; }
    const JournalJob &job() const { return m_job; }

signals:
    void counted(); ///< report().found is known
    void progressed();
    void ended(); ///< once; also instead of counted() when the table can't be read
private:
    using Marks = QVector<QByteArray>; ///< as JSON
    std::optional<ApiError> begin();
    void read(const std::function<void(const Result<TableSnapshot> &)> &then);
    void takeCount(const Result<TableSnapshot> &table);
    void removeSome(qsizetype count);
    void takeRemoved(qsizetype count, const Result<std::optional<qint64>> &removed);
    void look();
    void takeLook(const Result<TableSnapshot> &table);
    void end(std::optional<ApiError> error);

    UploadTools m_tools;
    JournalJob m_job;
    State m_state = State::Idle;
    RemovalReport m_report;
    Marks m_marks;          ///< of all rows that were found
    qsizetype m_next = 0;   ///< the first of them that no call has named
    qint64 m_tableRows = 0; ///< when it was counted
    bool m_cancelled = false;
    bool m_leased = false;
    std::optional<ApiError> m_trouble; ///< why no more calls are made; the look that follows tells what was done
};

} // namespace rowdesk
