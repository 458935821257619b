#pragma once

#include "transfer/uploadjournal.h"

namespace rowdesk {

/// What a person can say about rows of which nobody knows whether they arrived.
enum class UploadChoice {
    LookAgain, ///< the default
    TheyAreThere,
    SendAgain,
    LeaveOut
};

/// One question for all such rows of an upload. Plain text.
struct UploadQuestion
{
    qint64 batches = 0;
    qint64 rows = 0;
    qint64 looks = 0; ///< how often the table was read to find out
    QString headline; ///< "We do not know whether 500 rows (501–1,000 of sales.csv) arrived."
    QString text;     ///< what happened, what was seen
    QString warning;  ///< what sending again may do

    static QString label(UploadChoice choice);
    QString shownText() const; ///< all of it, for the record
};

/// The question of an upload; empty when nothing is open.
std::optional<UploadQuestion> questionOf(const JournalJob &job, const QVector<JournalBatch> &batches,
                                         const UploadJournal::Looks &looks);

/// The word of a choice on the command line and in the journal: "look", "there", "send", "leave-out".
QLatin1StringView choiceName(UploadChoice choice);
std::optional<UploadChoice> choiceFromName(QStringView name);

/// Writes a person's answer down for every row that is in question: the rows then count as there, are sent by the next
/// resume, or are left out. LookAgain changes nothing: a resume looks. For an upload that no job works on.
Result<Done> decide(UploadJournal &journal, const QString &job, UploadChoice choice);

/// Ends an unfinished upload for good; its receipt stays and says why, in a sentence (empty: given up by a person). For
/// an upload that no job works on.
Result<Done> giveUp(UploadJournal &journal, const QString &job, const QString &why = {});

/// The rows in question as a JSON array, as they were to be sent.
Result<QByteArray> rowsInQuestion(UploadJournal &journal, const QString &job);
/// The same as a file: CSV that can be imported again when its name ends in .csv, else JSON.
Result<Done> saveRowsInQuestion(UploadJournal &journal, const QString &job, const QString &path);

} // namespace rowdesk
