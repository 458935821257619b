#include "cli/datacommands.h"

#include "api/dataservice.h"
#include "api/historyservice.h"
#include "cli/jsonline.h"
#include "cli/output.h"
#include "cli/rowsjob.h"

#include <QCommandLineParser>

namespace rowdesk::cli {
namespace {

std::string columnsJson(const Schema &schema)
{
    std::string json = "[";
    for (const ColumnSpec &column : schema.columns) {
        json += json.size() > 1 ? "," : "";
        json += JsonLine().add("name", column.name).add("data_type", columnTypeName(column.type)).text();
    }
    return json + ']';
}

std::string datasetJson(const DatasetInfo &info)
{
    JsonLine line;
    line.addId("id", info.id).add("name", info.name).add("description", info.description).addIfTold("rows", info.rows);
    if (info.versions)
        line.add("versions", qint64(*info.versions));
    line.addIfTold("history", info.history).addIfTold("refreshable", info.refreshable);
    if (!info.changed.isEmpty())
        line.add("changed", info.changed);
    if (info.schema)
        line.addRaw("columns", columnsJson(*info.schema));
    return line.addAll(info.other).text();
}

std::string versionJson(const VersionInfo &info)
{
    JsonLine line;
    line.addId("version", info.version).add("created", info.created).addIfTold("rows", info.rows);
    return line.add("comment", info.comment).addAll(info.other).text();
}

/// Prints {"name":[…]} and gives the exit code.
template<typename T>
Result<int> printList(const QString &name, const QVector<T> &entries, std::string (*toJson)(const T &))
{
    const Result<std::shared_ptr<Output>> output = Output::open({});
    if (!output)
        return output.error();
    std::string &buffer = (*output)->buffer();
    buffer = "{\"" + name.toStdString() + "\":[";
    for (qsizetype i = 0; i < entries.size(); ++i)
        buffer += (i ? "," : "") + toJson(entries[i]);
    buffer += "]}\n";
    const Result<Done> finished = (*output)->finish();
    return finished ? Result<int>(ExitDone) : Result<int>(finished.error());
}

Result<Action> list(const QCommandLineParser &options, const QStringList &)
{
    return Action([name = options.value(QStringLiteral("name"))](ApiClient *client) {
        return DataService(client).listWithNotes(name).map<int>([](const DataService::Listing &listing) {
            for (const QString &note : listing.notes)
                printError(note);
            return printList(QStringLiteral("datasets"), listing.datasets, datasetJson);
        });
    });
}

Result<Action> history(const QCommandLineParser &, const QStringList &arguments)
{
    return Action([id = arguments[0]](ApiClient *client) {
        return HistoryService(client).versions(id).map<int>([](const QVector<VersionInfo> &versions) {
            return printList(QStringLiteral("versions"), versions, versionJson);
        });
    });
}

Result<Action> readRows(const QCommandLineParser &options, const RowsOf &rows)
{
    const Result<RowsRequest> request = readRowsRequest(options, rows);
    if (!request)
        return request.error();
    return Action([request = *request](ApiClient *client) { return runRowsJob(client, request); });
}

Result<Action> get(const QCommandLineParser &options, const QStringList &arguments)
{
    return readRows(options, {arguments[0], {}});
}

Result<Action> version(const QCommandLineParser &options, const QStringList &arguments)
{
    return readRows(options, {arguments[0], arguments[1]});
}

/// NAME:TYPE, the type behind the last colon: names may hold colons.
Result<ColumnSpec> readColumn(const QString &text)
{
    const qsizetype colon = text.lastIndexOf(QLatin1Char(':'));
    if (colon < 0)
        return wrongUsage(tr("Column \"%1\" has no type; write NAME:TYPE, for example \"%1:text\".").arg(text));
    const QString word = text.mid(colon + 1);
    const std::optional<ColumnType> type = columnTypeFromName(word);
    if (!type) {
        return wrongUsage(tr("Column \"%1\": \"%2\" is not a type; there are text, number, datetime, date, percentage, "
                             "checkbox, dropdown and id.")
                              .arg(text.left(colon), word));
    }
    return ColumnSpec{text.left(colon), *type};
}

Result<Action> create(const QCommandLineParser &options, const QStringList &)
{
    DataService::NewTable table;
    table.name = options.value(QStringLiteral("name"));
    table.description = options.value(QStringLiteral("description"));
    if (table.name.trimmed().isEmpty())
        return wrongUsage(tr("--name is missing or blank."));
    for (const QString &text : options.values(QStringLiteral("column"))) {
        const Result<ColumnSpec> column = readColumn(text);
        if (!column)
            return column.error();
        table.schema.columns.append(*column);
    }
    if (const QVector<SchemaProblem> problems = checkSchema(table.schema); !problems.isEmpty()) {
        const SchemaProblem &first = problems.first();
        return wrongUsage(first.column < 0 ? first.message
                                           : tr("Column %1: %2").arg(first.column + 1).arg(first.message));
    }
    return Action([table](ApiClient *client) {
        return DataService(client).create(table).map<int>([](const QString &id) {
            printText(QString::fromStdString(JsonLine().addId("id", id).text()) + QLatin1Char('\n'));
            return Result<int>(ExitDone);
        });
    });
}

} // namespace

QList<Command> dataCommands()
{
    const QCommandLineOption name(QStringLiteral("name"), tr("Only datasets with exactly this name."),
                                  QStringLiteral("NAME"));
    const QCommandLineOption newName(
        QStringLiteral("name"), tr("Name of the new table; it must be new in the account."), QStringLiteral("NAME"));
    const QCommandLineOption description(QStringLiteral("description"), tr("What the table is for."),
                                         QStringLiteral("TEXT"));
    const QCommandLineOption column(QStringLiteral("column"),
                                    tr("A column; repeat it for each. TYPE stands behind the last colon: text, number, "
                                       "datetime, date, percentage, checkbox, dropdown or id."),
                                    QStringLiteral("NAME:TYPE"));
    return {
        {QStringLiteral("list"), {}, {}, tr("Lists the datasets of the account."), {name}, list},
        {QStringLiteral("get"), QStringLiteral("ID"), {}, tr("Reads the rows of a dataset."), rowsOptions(), get},
        {QStringLiteral("history"),
         QStringLiteral("ID"),
         {},
         tr("Lists the stored versions, newest first."),
         {},
         history},
        {QStringLiteral("version"),
         QStringLiteral("ID VERSION"),
         {},
         tr("Reads the rows of a stored version."),
         rowsOptions(),
         version},
        {QStringLiteral("create"),
         {},
         QStringLiteral("--name NAME --column NAME:TYPE…"),
         tr("Creates an empty table and prints its id."),
         {newName, description, column},
         create},
    };
}

} // namespace rowdesk::cli
