#include "transfer/tablereading.h"

#include "files/tablefile.h"
#include "transfer/onworker.h"
#include "transfer/snapshotfile.h"

#include <QCoreApplication>

namespace rowdesk {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(TableReading)
};

/// One reading of a dataset, from the first page to the answer. Owns itself: gone once its call has finished.
class DatasetReading : public QObject
{
public:
    DatasetReading(ApiClient *client, const TableOrigin &origin, const std::function<void(qint64)> &progress)
        : m_name(origin.name), m_progress(progress), m_stream(client, origin.rows)
    {
        connect(&m_stream, &RowStream::rowsAppended, this, [this] {
            if (m_progress)
                m_progress(m_stream.store()->rowCount());
        });
        connect(&m_stream, &RowStream::ended, this, &DatasetReading::takeEnd);
        m_completion.onAbort([this] { m_stream.stop(); });
        m_stream.start();
    }

    Call<WholeTable> call() const { return m_completion.call(); }

private:
    void takeEnd()
    {
        const ColumnStore &store = *m_stream.store();
        if (store.isComplete()) {
            m_completion.finish(WholeTable{DiffTable::of(m_name, store), m_stream.notes()});
        } else {
            ApiError error = *store.error();
            error.message = Words::tr("%1 was not read as a whole (%2 rows came), so it is not used. %3")
                                .arg(m_name, QString::number(store.rowCount()), error.message);
            m_completion.finish(error);
        }
        deleteLater();
    }

    QString m_name;
    std::function<void(qint64)> m_progress;
    RowStream m_stream;
    Completion<WholeTable> m_completion;
};

/// What abort() reaches of a reading on a worker.
Result<WholeTable> readFile(const TableOrigin &origin, FileWork &work)
{
    if (isSnapshotFile(origin.file)) {
        const Result<SavedTable> saved = readSnapshot(origin.file, &work.cancel);
        if (!saved)
            return saved.error();
        return WholeTable{DiffTable::of(origin.name, *saved->store), {}};
    }
    const Result<TableFile> file = readTableFile(origin.file, &work, origin.answers, origin.columns);
    if (!file)
        return file.error();
    return WholeTable{DiffTable::of(origin.name, *file->store), file->notes};
}

} // namespace

Call<WholeTable> readWholeTable(ApiClient *client, const TableOrigin &origin,
                                const std::function<void(qint64)> &progress)
{
    if (!origin.isFile())
        return (new DatasetReading(client, origin, progress))->call();
    const auto work = std::make_shared<FileWork>();
    Completion<WholeTable> completion;
    const Call<WholeTable> reading =
        runOnWorker<WholeTable>([origin, work](const std::atomic_bool &) { return readFile(origin, *work); });
    completion.onAbort([work, reading] {
        work->cancel = true;
        reading.abort();
    });
    reading.then(completion.guard(), [completion](Result<WholeTable> result) { completion.finish(std::move(result)); });
    return completion.call();
}

Call<std::shared_ptr<const Comparison>> compareOnWorker(const DiffTable &a, const DiffTable &b,
                                                        const DiffOptions &options)
{
    using Compared = std::shared_ptr<const Comparison>;
    return runOnWorker<Compared>([a, b, options](const std::atomic_bool &cancelled) -> Result<Compared> {
        Result<TableDiff> diff = compareTables(a, b, options, &cancelled);
        if (!diff)
            return diff.error();
        return std::make_shared<const Comparison>(
            Comparison{a, b, options, std::move(diff).value(), QDateTime::currentDateTimeUtc()});
    });
}

} // namespace rowdesk
