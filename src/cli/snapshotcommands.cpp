#include "cli/snapshotcommands.h"

#include "api/dataservice.h"
#include "cli/interrupt.h"
#include "cli/jsonline.h"
#include "cli/output.h"
#include "cli/progress.h"
#include "cli/rowsjob.h"
#include "cli/rowtext.h"
#include "transfer/onworker.h"
#include "transfer/snapshotsaving.h"

#include <QCommandLineParser>
#include <QFileInfo>

#include <algorithm>
#include <memory>

namespace rowdesk::cli {
namespace {

/// What the first part of its file tells.
JsonLine describe(const SnapshotInfo &snapshot)
{
    JsonLine line;
    line.add("name", SnapshotStore::nameOf(snapshot));
    if (snapshot.isDamaged()) {
        line.add("problem", snapshot.problem);
    } else {
        line.addId("dataset", snapshot.datasetId).add("dataset_name", snapshot.datasetName);
        if (!snapshot.version.isEmpty())
            line.add("version", snapshot.version);
        line.add("saved", snapshot.saved.toUTC().toString(Qt::ISODate)).add("rows", snapshot.rows);
        line.add("account", snapshot.account);
    }
    line.add("bytes", snapshot.bytes).add("file", snapshot.path);
    return line;
}

void print(const JsonLine &line)
{
    printText(QString::fromStdString(line.text()) + QLatin1Char('\n'));
}

/// A call that Ctrl+C stops, with a line of progress. Gives the result on and is gone.
template<typename T>
Call<int> untilInterrupted(const Call<T> &call, std::function<Result<int>(const T &)> act,
                           const std::shared_ptr<Progress> &progress = nullptr)
{
    const auto interrupt = std::make_shared<Interrupt>();
    QObject::connect(interrupt.get(), &Interrupt::asked, interrupt.get(), [call] { call.abort(); });
    Completion<int> completion;
    call.then(completion.guard(), [completion, interrupt, progress, act = std::move(act)](const Result<T> &result) {
        completion.finish(result ? act(*result) : Result<int>(result.error()));
    });
    return completion.call();
}

ApiError refused(const QString &message, const QString &hint)
{
    return {ErrorKind::Rejected, 0, {}, message, hint, {}};
}

Call<int> saveNow(ApiClient *client, SnapshotInfo what, const QVector<DatasetInfo> &datasets)
{
    const auto dataset = std::ranges::find(datasets, what.datasetId, &DatasetInfo::id);
    if (dataset == datasets.end()) {
        return Call<int>::finished(refused(tr("The account has no dataset %1.").arg(what.datasetId),
                                           tr("Nothing was saved. rowdesk-cli data list names the datasets.")));
    }
    what.datasetName = dataset->name;
    const auto progress = std::make_shared<Progress>();
    const Call<SnapshotInfo> saving = saveSnapshot(client, SnapshotStore(), what, [progress, what](qint64 rows) {
        progress->show(tr("%1: %2 rows").arg(what.datasetName).arg(rows));
    });
    return untilInterrupted<SnapshotInfo>(
        saving,
        [](const SnapshotInfo &saved) {
            print(describe(saved));
            return Result<int>(ExitDone);
        },
        progress);
}

Result<Action> save(const QCommandLineParser &options, const QStringList &arguments)
{
    SnapshotInfo what;
    what.datasetId = arguments[0];
    what.version = options.value(QStringLiteral("version"));
    return Action([what](ApiClient *client) {
        return DataService(client).list().chain<int>(
            [client, what](const QVector<DatasetInfo> &datasets) { return saveNow(client, what, datasets); });
    });
}

Result<Action> list(const QCommandLineParser &options, const QStringList &)
{
    return Action([dataset = options.value(QStringLiteral("dataset"))](ApiClient *) -> Call<int> {
        QString told;
        for (const SnapshotInfo &snapshot : SnapshotStore().all()) {
            if (!dataset.isEmpty() && snapshot.datasetId != dataset)
                continue;
            told += told.isEmpty() ? QString() : QStringLiteral(",\n");
            told += QString::fromStdString(describe(snapshot).text());
        }
        printText(QStringLiteral("{\"snapshots\":[") + told + QStringLiteral("]}\n"));
        return Call<int>::finished(int(ExitDone));
    });
}

/// A file, or a name that `list` told.
Result<SnapshotInfo> find(const QString &wanted)
{
    if (QFileInfo(wanted).isFile())
        return readSnapshotInfo(wanted);
    QVector<SnapshotInfo> found = SnapshotStore().all();
    found.removeIf([&wanted](const SnapshotInfo &each) { return SnapshotStore::nameOf(each) != wanted; });
    if (found.isEmpty()) {
        return refused(tr("There is no local snapshot \"%1\".").arg(wanted),
                       tr("rowdesk-cli snapshot list names those that there are."));
    }
    if (found.size() > 1) {
        QStringList files;
        for (const SnapshotInfo &each : found)
            files.append(each.path);
        return wrongUsage(tr("%1 local snapshots are called \"%2\"; give the file: %3")
                              .arg(found.size())
                              .arg(wanted, files.join(QStringLiteral(", "))));
    }
    return found.first();
}

/// Reads all of it, checksum first, then acts on a good one.
Call<int> onSnapshot(const QString &wanted, std::function<Result<int>(const SavedTable &)> act)
{
    const Result<SnapshotInfo> snapshot = find(wanted);
    if (!snapshot)
        return Call<int>::finished(snapshot.error());
    return untilInterrupted<SavedTable>(
        runOnWorker<SavedTable>(
            [path = snapshot->path](const std::atomic_bool &cancelled) { return readSnapshot(path, &cancelled); }),
        std::move(act));
}

Result<Action> verify(const QCommandLineParser &, const QStringList &arguments)
{
    return Action([wanted = arguments[0]](ApiClient *) {
        return onSnapshot(wanted, [](const SavedTable &saved) {
            print(describe(saved.info).add("columns", qint64(saved.store->columnCount())).add("whole", true));
            return Result<int>(ExitDone);
        });
    });
}

Result<int> printRows(const ColumnStore &store, const RowsRequest &request)
{
    if (request.stats) {
        print(JsonLine()
                  .add("rows", qint64(store.rowCount()))
                  .add("columns", qint64(store.columnCount()))
                  .add("complete", true));
        return ExitDone;
    }
    const Result<std::shared_ptr<Output>> opened = Output::open(request.file);
    if (!opened)
        return opened.error();
    Output &output = **opened;
    const bool isCsv = request.format == RowsRequest::Format::Csv;
    const std::vector<std::string> names = jsonNames(store);
    bool carried = !isCsv || appendCsvHeader(output.buffer(), store.columnNames());
    for (qsizetype row = 0; row < store.rowCount() && carried; ++row) {
        if (isCsv) {
            carried = appendCsvRow(output.buffer(), store, row);
        } else {
            output.buffer() += row > 0 ? ",\n" : "[";
            appendJsonRow(output.buffer(), store, row, names);
        }
        if (!output.flushFull())
            return output.error();
    }
    if (!carried) {
        output.giveUp();
        return halfCharacterError();
    }
    if (!isCsv)
        output.buffer() += store.rowCount() > 0 ? "]\n" : "[]\n";
    const Result<Done> finished = output.finish();
    return finished ? Result<int>(ExitDone) : Result<int>(finished.error());
}

Result<Action> get(const QCommandLineParser &options, const QStringList &arguments)
{
    const Result<RowsRequest> request = readRowsRequest(options, {});
    if (!request)
        return request.error();
    return Action([wanted = arguments[0], request = *request](ApiClient *) {
        return onSnapshot(wanted, [request](const SavedTable &saved) { return printRows(*saved.store, request); });
    });
}

Result<Action> remove(const QCommandLineParser &, const QStringList &arguments)
{
    return Action([wanted = arguments[0]](ApiClient *) -> Call<int> {
        const Result<SnapshotInfo> snapshot = find(wanted);
        if (!snapshot)
            return Call<int>::finished(snapshot.error());
        if (!SnapshotStore().remove(*snapshot)) {
            return Call<int>::finished(refused(
                tr("\"%1\" was not deleted: it is not among the local snapshots, or its folder can't be written.")
                    .arg(snapshot->path),
                {}));
        }
        print(describe(*snapshot).add("deleted", true));
        return Call<int>::finished(int(ExitDone));
    });
}

bool isLocal(const QStringList &)
{
    return true;
}

} // namespace

Result<SnapshotInfo> findSnapshotOf(const QString &account, const QString &datasetId, const QString &name)
{
    const QVector<SnapshotInfo> all = SnapshotStore().list(account, datasetId);
    const bool latest = name == QLatin1String("latest");
    const auto found = std::ranges::find_if(all, [&](const SnapshotInfo &each) {
        return latest ? !each.isDamaged() : SnapshotStore::nameOf(each) == name;
    });
    if (found != all.end())
        return *found;
    QStringList names;
    for (const SnapshotInfo &each : all)
        names.append(SnapshotStore::nameOf(each));
    return refused(tr("This account has no local snapshot \"%1\" of dataset %2.").arg(name, datasetId),
                   names.isEmpty() ? tr("There is none of it; rowdesk-cli snapshot save %1 makes one.").arg(datasetId)
                                   : tr("There are: %1.").arg(names.join(QStringLiteral(", "))));
}

QList<Command> snapshotCommands()
{
    const QString snapshot = QStringLiteral("SNAPSHOT");
    return {
        {QStringLiteral("save"),
         QStringLiteral("ID"),
         {},
         tr("Keeps all rows of a dataset in a checked file on this computer, to be compared with later ones."),
         {{QStringLiteral("version"), tr("Those of a stored version instead of the current ones."),
           QStringLiteral("VERSION")}},
         save},
        {QStringLiteral("list"),
         {},
         {},
         tr("Lists the local snapshots of all accounts, newest first."),
         {{QStringLiteral("dataset"), tr("Only those of this dataset."), QStringLiteral("ID")}},
         list,
         isLocal},
        {QStringLiteral("verify"),
         snapshot,
         {},
         tr("Reads all of a snapshot and says whether it is as it was saved."),
         {},
         verify,
         isLocal},
        {QStringLiteral("get"), snapshot, {}, tr("Prints the rows of a snapshot."), rowsOptions(), get, isLocal},
        {QStringLiteral("delete"), snapshot, {}, tr("Deletes a snapshot's file for good."), {}, remove, isLocal},
    };
}

} // namespace rowdesk::cli
