#include "cli/editcommands.h"

#include "api/roweditservice.h"
#include "cli/jsonline.h"
#include "cli/output.h"
#include "cli/rowmatch.h"

#include <QCommandLineParser>

namespace rowdesk::cli {
namespace {

/// What an update or a delete was asked to do.
struct Edit
{
    QString id;
    QStringList where;
    QStringList set; ///< empty: the rows are deleted
    bool firstOnly = false;
    bool yes = false;
};

void printEdit(const Edit &edit, qint64 found, const std::optional<qint64> &changed, const std::optional<qint64> &left)
{
    JsonLine line;
    line.addId("id", edit.id).add("rows_found", found);
    line.addIfTold(edit.set.isEmpty() ? "rows_deleted" : "rows_updated", changed).addIfTold("rows_left", left);
    printText(QString::fromStdString(line.text()) + QLatin1Char('\n'));
}

/// The table is read once more: only it tells what became of the rows.
Call<int> verifyDelete(ApiClient *client, const Edit &edit, const RowMatch &match, qint64 found, bool answered)
{
    return match.count(client, edit.id).map<int>([edit, found, answered](qint64 left) -> Result<int> {
        printEdit(edit, found, found - left, left);
        const qint64 expected = edit.firstOnly ? found - 1 : 0;
        if (left == expected)
            return int(ExitDone);
        printError(answered ? tr("%1 of these rows are in the table although the service took the request.").arg(left)
                            : tr("No answer came; %1 of these rows are still in the table.").arg(left));
        return int(ExitHalfWay);
    });
}

Call<int> carryOut(ApiClient *client, const Edit &edit, const RowMatch &match, qint64 found)
{
    const RowEditService service(client);
    const RowFilter filter = match.filter(edit.firstOnly);
    Completion<int> completion;
    const bool deletes = edit.set.isEmpty();
    const auto call = deletes ? service.remove(edit.id, filter) : service.update(edit.id, filter, match.values());
    call.then(completion.guard(), [=](const Result<std::optional<qint64>> &changed) {
        const bool lost = !changed && changed.error().kind == ErrorKind::OutcomeUnknown;
        if (!changed && !(deletes && lost))
            return completion.finish(changed.error());
        if (!deletes) {
            printEdit(edit, found, *changed, std::nullopt);
            return completion.finish(int(ExitDone));
        }
        verifyDelete(client, edit, match, found, !lost).then(completion.guard(), [completion](const Result<int> &code) {
            completion.finish(code);
        });
    });
    return completion.call();
}

Call<int> countAndEdit(ApiClient *client, const Edit &edit, const RowMatch &match)
{
    return match.count(client, edit.id).chain<int>([client, edit, match](qint64 found) {
        const qint64 meant = edit.firstOnly ? std::min<qint64>(found, 1) : found;
        if (found > 0 && edit.yes)
            return carryOut(client, edit, match, found);
        printEdit(edit, found, 0, std::nullopt);
        const QString wouldBe = edit.set.isEmpty() ? tr("Rows that match: %1. Deleted would be: %2.")
                                                   : tr("Rows that match: %1. Changed would be: %2.");
        printError(found == 0 ? tr("No row matches. Nothing was sent.")
                              : wouldBe.arg(found).arg(meant) + tr(" Nothing was sent; --yes does it."));
        return Call<int>::finished(int(ExitRefused));
    });
}

Result<Action> edit(const Edit &edit)
{
    if (edit.where.isEmpty())
        return wrongUsage(tr("--where is missing: it says which rows are meant."));
    return Action([edit](ApiClient *client) {
        return DataService(client).schema(edit.id).chain<int>([client, edit](const DataService::TableSchema &table) {
            const Result<RowMatch> match = RowMatch::read(table.schema, edit.where, edit.set);
            return match ? countAndEdit(client, edit, *match) : Call<int>::finished(match.error());
        });
    });
}

Edit readEdit(const QCommandLineParser &options, const QStringList &arguments)
{
    return {arguments[0],
            options.values(QStringLiteral("where")),
            {},
            options.isSet(QStringLiteral("first")),
            options.isSet(QStringLiteral("yes"))};
}

Result<Action> update(const QCommandLineParser &options, const QStringList &arguments)
{
    Edit wanted = readEdit(options, arguments);
    wanted.set = options.values(QStringLiteral("set"));
    if (wanted.set.isEmpty())
        return wrongUsage(tr("--set is missing: it says what is put into the rows."));
    return edit(wanted);
}

Result<Action> remove(const QCommandLineParser &options, const QStringList &arguments)
{
    return edit(readEdit(options, arguments));
}

Result<Action> refresh(const QCommandLineParser &, const QStringList &arguments)
{
    const QString word = arguments[1] == QLatin1String("rebuild") ? QStringLiteral("reload") : arguments[1];
    const std::optional<RefreshMode> mode = refreshModeFromName(word);
    if (!mode) {
        return wrongUsage(tr("MODE is \"%1\"; it can be reload, rebuild, recreate, update, updateappend or append.")
                              .arg(arguments[1]));
    }
    return Action([id = arguments[0], mode = *mode](ApiClient *client) {
        return RowEditService(client).refresh(id, mode).map<int>([id, mode](Done) {
            JsonLine line;
            line.addId("id", id).add("mode", refreshModeName(mode)).add("asked", true);
            printText(QString::fromStdString(line.text()) + QLatin1Char('\n'));
            return Result<int>(int(ExitDone));
        });
    });
}

} // namespace

QList<Command> editCommands()
{
    const QCommandLineOption where(QStringLiteral("where"),
                                   tr("Only rows that have this value in this column; all of several must hold."),
                                   QStringLiteral("COLUMN=VALUE"));
    const QCommandLineOption set(QStringLiteral("set"), tr("The new value; COLUMN alone is no value."),
                                 QStringLiteral("COLUMN=VALUE"));
    const QCommandLineOption first(QStringLiteral("first"), tr("Only the first row that matches."));
    const QCommandLineOption yes(QStringLiteral("yes"), tr("Do it. Without it the rows are only counted."));
    return {
        {QStringLiteral("update"), QStringLiteral("ID"), QStringLiteral("--where COLUMN=VALUE --set COLUMN=VALUE"),
         tr("Counts the rows that match; with --yes changes them."), QList<QCommandLineOption>{where, set, first, yes},
         update},
        {QStringLiteral("delete"), QStringLiteral("ID"), QStringLiteral("--where COLUMN=VALUE"),
         tr("Counts the rows that match; with --yes deletes them and looks."),
         QList<QCommandLineOption>{where, first, yes}, remove},
        {QStringLiteral("refresh"),
         QStringLiteral("ID MODE"),
         {},
         tr("Asks the service to bring a dataset up to date: reload, recreate, update, updateappend or append."),
         {},
         refresh},
    };
}

} // namespace rowdesk::cli
