#pragma once

#include "transfer/uploadedversions.h"
#include "transfer/uploadentry.h"
#include "transfer/uploadjob.h"
#include "transfer/uploadquestion.h"
#include "transfer/uploadremoval.h"

#include <QObject>
#include <QVector>

#include <memory>
#include <vector>

namespace rowdesk {

/// An upload of an earlier run that is not over.
struct UnfinishedUpload
{
    UploadEntry entry;                      ///< ended; its receipt is what the journal knows
    QString reason;                         ///< why it stopped, a sentence; may be empty
    std::optional<UploadQuestion> question; ///< rows of which nobody knows whether they arrived
};

/// The uploads of this session, in the order they were added. One job per table at a time; jobs for different tables
/// run side by side. Lives in the client's thread.
class UploadQueue : public QObject
{
    Q_OBJECT
public:
    /// Keeps its journal in UploadJournal::defaultFolder(); without a usable one every upload ends with that error.
    explicit UploadQueue(DataService service, QObject *parent = nullptr);
    ~UploadQueue() override;

    /// Takes the plan and starts it when its table is free. Gives the job's id, which the entry carries.
    QString add(const UploadPlan &plan);
    /// A waiting upload ends at once, a running one after the answer under way, a paused one at once. It is over then,
    /// unless rows of it are unknown: that one is unfinished().
    void cancel(const QString &id);
    /// Stops a running upload after the answer under way; resume() goes on with it.
    void pause(const QString &id);

    /// Uploads to this service that the journal has and that are not over: of earlier runs of the program, or of this
    /// one when they stopped half-way. Nothing of them is sent until resume(). Those that another program works on are
    /// left out. An error of the journal.
    Result<QVector<UnfinishedUpload>> unfinished();
    /// Continues one: looks at the table where that is open, then sends what was not sent.
    void resume(const QString &id);
    /// Ends one for good; its receipt stays in the journal.
    Result<Done> giveUp(const QString &id, const QString &why = {});
    /// Writes down what a person decided about the rows in question of one; resume() then goes on.
    Result<Done> decide(const QString &id, UploadChoice choice);
    /// Saves the rows in question of one: as CSV, or as JSON when the name ends in .json.
    Result<Done> saveRowsInQuestion(const QString &id, const QString &path);

    /// Uploads to this account that were over before this session began, newest first, at most so many.
    QVector<UploadEntry> earlier(int most);
    /// The receipt of any upload that the journal has, its decisions included.
    Result<Receipt> receipt(const QString &id);
    /// What is to be said before a file with this SHA-256 is sent; empty when there is nothing. `datasetId` is empty
    /// for a new table.
    QString earlierNote(const QByteArray &sha256, const QString &datasetId);
    /// The versions of this dataset that uploads made; empty when the journal can't tell.
    QVector<UploadedVersions> versionsOf(const QString &datasetId);
    /// Takes the rows of an ended upload out of the table again; begin with its count(). An error says why it can't be.
    Result<std::unique_ptr<UploadRemoval>> removal(const QString &id);

    QVector<UploadEntry> entries() const;
    std::optional<UploadEntry> entry(const QString &id) const;
    bool isBusy() const; ///< something is waiting or running

signals:
    void changed(const QString &id);  ///< also when it was added
    void finished(const QString &id); ///< once for each entry

private:
    struct Item;

    void startWaiting();
    void add(std::unique_ptr<Item> item);
    void takeEnd(Item &item);
    void cancelPaused(Item &item);
    void stop(Item &item);
    UploadTools tools();
    bool isWorkedOn(const QString &id) const;
    Item *find(const QString &id) const;
    static UploadEntry describe(const Item &item);

    DataService m_service;
    std::optional<Result<std::shared_ptr<UploadJournal>>> m_journal; ///< opened when it is first needed
    std::vector<std::unique_ptr<Item>> m_items;
};

} // namespace rowdesk
