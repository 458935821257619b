#include "cli/uploadcommands.h"

#include "cli/output.h"
#include "cli/uploadpreparation.h"
#include "cli/uploadrun.h"

#include <QCommandLineParser>

namespace rowdesk::cli {
namespace {

/// How it can be told later whether rows arrived whose answer was lost.
struct EvidenceOptions
{
    bool marker = false;
    QStringList keys;
    bool soleWriter = false;
    int settleSeconds = 180;
    RunOptions how;
};

QList<QCommandLineOption> evidenceOptions()
{
    return {{QStringLiteral("marker"),
             tr("Send a column rowdesk_upload too, that names the upload and the row: lost answers can then always be "
                "cleared up.")},
            {QStringLiteral("key"), tr("A column whose values are unique; may be given several times."),
             QStringLiteral("COLUMN")},
            {QStringLiteral("sole-writer"), tr("Nobody else changes the table meanwhile.")},
            settleOption()};
}

Result<EvidenceOptions> readEvidence(const QCommandLineParser &options)
{
    EvidenceOptions evidence;
    evidence.marker = options.isSet(QStringLiteral("marker"));
    evidence.keys = options.values(QStringLiteral("key"));
    evidence.soleWriter = options.isSet(QStringLiteral("sole-writer"));
    if (evidence.marker && !evidence.keys.isEmpty())
        return wrongUsage(tr("--marker and --key exclude each other."));
    const Result<std::optional<int>> settle = readSettle(options);
    if (!settle)
        return settle.error();
    evidence.settleSeconds = settle->value_or(evidence.settleSeconds);
    const Result<RunOptions> how = readRunOptions(options);
    if (!how)
        return how.error();
    evidence.how = *how;
    return evidence;
}

/// Puts the options into the plan; an error where the table can't have them.
Result<PreparedUpload> withEvidence(Result<PreparedUpload> upload, const EvidenceOptions &evidence,
                                    const QStringList &tableColumns)
{
    if (!upload)
        return upload;
    UploadPlan &plan = upload.value().plan;
    plan.soleWriter = evidence.soleWriter;
    plan.settleSeconds = evidence.settleSeconds;
    if (evidence.marker) {
        plan.evidence = Evidence::Marker;
        if (!plan.datasetId.isEmpty() && !tableColumns.isEmpty() && !tableColumns.contains(markerColumn))
            return wrongUsage(
                tr("The table has no column %1, which --marker needs. Nothing was sent.").arg(markerColumn));
    }
    for (const QString &key : evidence.keys) {
        plan.evidence = Evidence::Key;
        plan.keyColumns << key;
        if (plan.target.indexOf(key) < 0)
            return wrongUsage(tr("--key names %1, which is no column that is sent. Nothing was sent.").arg(key));
    }
    return upload;
}

/// Says the notes, checks the whole file, sends it.
Call<int> run(ApiClient *client, const InspectedFile &file, const Result<PreparedUpload> &upload, const RunOptions &how)
{
    if (!upload)
        return Call<int>::finished(upload.error());
    for (const QString &note : upload->notes)
        printError(note);
    return checkUpload(file, upload->plan).chain<int>([client, how](const UploadPlan &plan) {
        sayEarlierUploads(client, plan);
        return runUpload(client, plan, how);
    });
}

Result<Action> append(const QCommandLineParser &options, const QStringList &arguments)
{
    const Result<EvidenceOptions> evidence = readEvidence(options);
    if (!evidence)
        return evidence.error();
    return Action([id = arguments[0], path = arguments[1], evidence = *evidence](ApiClient *client) {
        return inspectUpload(path).chain<int>([client, id, evidence](const InspectedFile &file) {
            return DataService(client).schema(id).chain<int>([client, id, file,
                                                              evidence](const DataService::TableSchema &table) {
                return run(client, file, withEvidence(prepareAppend(file, id, table), evidence, table.schema.names()),
                           evidence.how);
            });
        });
    });
}

Result<Action> send(const QCommandLineParser &options, const QStringList &arguments)
{
    const QString name = options.value(QStringLiteral("name"));
    if (name.trimmed().isEmpty())
        return wrongUsage(tr("--name is missing or blank."));
    const Result<EvidenceOptions> evidence = readEvidence(options);
    if (!evidence)
        return evidence.error();
    return Action([name, description = options.value(QStringLiteral("description")), path = arguments[0],
                   evidence = *evidence](ApiClient *client) {
        return inspectUpload(path).chain<int>([client, name, description, evidence](const InspectedFile &file) {
            return run(client, file, withEvidence(prepareNewTable(file, name, description), evidence, {}),
                       evidence.how);
        });
    });
}

} // namespace

QList<Command> uploadCommands()
{
    const QCommandLineOption name(QStringLiteral("name"), tr("Name of the new table; it must be new in the account."),
                                  QStringLiteral("NAME"));
    const QCommandLineOption description(QStringLiteral("description"), tr("What the table is for."),
                                         QStringLiteral("TEXT"));
    return {
        {QStringLiteral("append"),
         QStringLiteral("ID FILE"),
         {},
         tr("Appends a file's rows to a table and prints a receipt. Columns are matched by name."),
         evidenceOptions() + runOptions(),
         append},
        {QStringLiteral("send"), QStringLiteral("FILE"), QStringLiteral("--name NAME"),
         tr("Creates a table from a file, its types from the whole file, and prints a receipt."),
         QList<QCommandLineOption>{name, description} + evidenceOptions() + runOptions(), send},
    };
}

} // namespace rowdesk::cli
