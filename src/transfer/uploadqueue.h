#pragma once

#include "transfer/uploadentry.h"
#include "transfer/uploadjob.h"

#include <QObject>
#include <QVector>

#include <memory>
#include <vector>

namespace rowdesk {

/// The uploads of this session, in the order they were added. One job per table at a time; jobs for different tables
/// run side by side. Lives in the client's thread.
class UploadQueue : public QObject
{
    Q_OBJECT
public:
    explicit UploadQueue(DataService service, QObject *parent = nullptr);
    ~UploadQueue() override;

    /// Takes the plan and starts it when its table is free. Gives the job's id, which the entry carries.
    QString add(const UploadPlan &plan);
    /// A waiting upload ends at once, a running one after the answer under way.
    void cancel(const QString &id);

    QVector<UploadEntry> entries() const;
    std::optional<UploadEntry> entry(const QString &id) const;
    bool isBusy() const; ///< something is waiting or running

signals:
    void changed(const QString &id);  ///< also when it was added
    void finished(const QString &id); ///< once for each entry

private:
    struct Item;

    void startWaiting();
    Item *find(const QString &id) const;
    static UploadEntry describe(const Item &item);

    DataService m_service;
    std::vector<std::unique_ptr<Item>> m_items;
};

} // namespace rowdesk
