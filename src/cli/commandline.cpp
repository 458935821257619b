#include "cli/commandline.h"

#include "cli/account.h"
#include "cli/accountcommands.h"
#include "cli/comparecommand.h"
#include "cli/datacommands.h"
#include "cli/editcommands.h"
#include "cli/filecommands.h"
#include "cli/journalcommands.h"
#include "cli/output.h"
#include "cli/snapshotcommands.h"
#include "cli/uploadcommands.h"

#include <QCommandLineParser>

#include <algorithm>

namespace rowdesk::cli {
namespace {

/// Commands that belong together: "data list", "data get", …
struct Group
{
    QString name;
    QString summary;
    QList<Command> commands;
};

const QList<Group> &groups()
{
    static const QList<Group> all{
        {QStringLiteral("data"), tr("Datasets: list, read, history, create, append, change, refresh, compare."),
         dataCommands() + uploadCommands() + editCommands() + compareCommands()},
        {QStringLiteral("upload"), tr("Uploads that this computer has begun: list, continue, give up."),
         journalCommands()},
        {QStringLiteral("snapshot"), tr("Local snapshots, kept on this computer: save, list, verify, read, delete."),
         snapshotCommands()},
        {QStringLiteral("file"), tr("CSV and Excel files: what is in them, and the same as a clean table."),
         fileCommands()},
        {QStringLiteral("account"), tr("The account that is signed in to."), accountCommands()},
        {QStringLiteral("schedule"), tr("Schedules: what is refreshed when."), scheduleCommands()},
    };
    return all;
}

QCommandLineOption profileOption()
{
    return {QStringLiteral("profile"), tr("Account as set up in Rowdesk; its secrets come from the keychain."),
            QStringLiteral("NAME")};
}

QCommandLineOption helpOption()
{
    return {{QStringLiteral("h"), QStringLiteral("help")}, tr("Shows this help.")};
}

/// Two columns, the second one begins where the longest of the first allows it.
QString table(const QList<std::pair<QString, QString>> &rows)
{
    qsizetype width = 0;
    for (const auto &row : rows)
        width = std::max(width, row.first.size());
    QString text;
    for (const auto &[left, right] : rows)
        text += QStringLiteral("  ") + left.leftJustified(width + 2) + right + QLatin1Char('\n');
    return text;
}

QString optionSpelling(const QCommandLineOption &option)
{
    QStringList names;
    for (const QString &name : option.names())
        names << (name.size() == 1 ? QLatin1String("-") : QLatin1String("--")) + name;
    const QString spelling = names.join(QStringLiteral(", "));
    return option.valueName().isEmpty() ? spelling : spelling + QLatin1Char(' ') + option.valueName();
}

QList<QCommandLineOption> optionsOf(const Command &command)
{
    return command.options + QList<QCommandLineOption>{profileOption(), helpOption()};
}

QString commandHelp(const Group &group, const Command &command)
{
    QList<std::pair<QString, QString>> options;
    for (const QCommandLineOption &option : optionsOf(command))
        options.append({optionSpelling(option), option.description()});
    const QStringList words{group.name, command.name, command.arguments, command.needed};
    return tr("Usage: rowdesk-cli %1 [options]").arg(words.join(QLatin1Char(' '))).simplified() +
           QStringLiteral("\n\n") + command.summary + QStringLiteral("\n\n") + tr("Options:") + QLatin1Char('\n') +
           table(options);
}

QString wordsOf(const Command &command)
{
    return QStringList{command.name, command.arguments, command.needed}.join(QLatin1Char(' ')).simplified();
}

QString groupHelp(const Group &group)
{
    QList<std::pair<QString, QString>> commands;
    for (const Command &command : group.commands)
        commands.append({wordsOf(command), command.summary});
    return tr("Usage: rowdesk-cli %1 COMMAND [options]").arg(group.name) + QStringLiteral("\n\n") + group.summary +
           QStringLiteral("\n\n") + tr("Commands:") + QLatin1Char('\n') + table(commands) + QLatin1Char('\n') +
           tr("rowdesk-cli %1 COMMAND --help tells more.").arg(group.name) + QLatin1Char('\n');
}

QString programHelp()
{
    QList<std::pair<QString, QString>> commands;
    for (const Group &group : groups()) {
        for (const Command &command : group.commands)
            commands.append({group.name + QLatin1Char(' ') + wordsOf(command), command.summary});
    }
    return tr("Usage: rowdesk-cli COMMAND [options]\n\n"
              "ClicData on the command line: JSON on stdout, errors on stderr.\n\nCommands:\n") +
           table(commands) + tr("\nThe account comes from --profile NAME or from the environment:\n") +
           table(environmentHelp()) +
           tr("\nExit codes: 0 done, 1 the service or the data said no, 2 wrong usage,\n"
              "3 stopped half-way, or the table's count does not agree (what is in the table is printed).\n\n"
              "rowdesk-cli --version tells the version, rowdesk-cli COMMAND --help tells more about a command.\n");
}

int fail(const ApiError &error)
{
    printError(error.text());
    return error.kind == ErrorKind::Usage ? ExitWrongUsage : ExitRefused;
}

/// Signs in, acts, signs out; leaves the event loop with the exit code.
void start(Account *account, const QString &profile, const Action &action)
{
    const auto end = [account](const Result<int> &result) {
        const int code = result ? *result : fail(result.error());
        account->close().then(qApp, [code](const Result<Done> &closed) {
            if (!closed)
                printError(closed.error().text());
            QCoreApplication::exit(code);
        });
    };
    account->open(profile).chain<int>(action).then(qApp, end);
}

/// Runs an action that needs no account.
void startLocal(const Action &action)
{
    action(nullptr).then(
        qApp, [](const Result<int> &result) { QCoreApplication::exit(result ? *result : fail(result.error())); });
}

int runCommand(const Group &group, const Command &command, const QStringList &rest)
{
    QCommandLineParser parser;
    parser.addOptions(optionsOf(command));
    if (!parser.parse(QStringList{QStringLiteral("rowdesk-cli")} + rest))
        return fail(wrongUsage(parser.errorText()));
    if (parser.isSet(QStringLiteral("help"))) {
        printText(commandHelp(group, command));
        return ExitDone;
    }
    const QStringList names = command.arguments.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    const QStringList given = parser.positionalArguments();
    if (given.size() < names.size())
        return fail(wrongUsage(
            tr("%1 is missing. See rowdesk-cli %2 %3 --help.").arg(names[given.size()], group.name, command.name)));
    if (given.size() > names.size())
        return fail(wrongUsage(tr("Unexpected argument: %1").arg(given[names.size()])));
    const Result<Action> action = command.prepare(parser, given);
    if (!action)
        return fail(action.error());
    if (command.isLocal && command.isLocal(given)) {
        startLocal(*action);
        return QCoreApplication::exec();
    }
    Account account;
    start(&account, parser.value(QStringLiteral("profile")), *action);
    return QCoreApplication::exec();
}

bool isHelp(const QString &word)
{
    return word == QLatin1String("--help") || word == QLatin1String("-h");
}

int runGroup(const Group &group, const QStringList &rest)
{
    const Command &first = group.commands.first();
    if (first.name.isEmpty())
        return runCommand(group, first, rest);
    if (rest.isEmpty())
        return fail(wrongUsage(tr("A command is missing. See rowdesk-cli %1 --help.").arg(group.name)));
    if (isHelp(rest.first())) {
        printText(groupHelp(group));
        return ExitDone;
    }
    const auto found = std::find_if(group.commands.begin(), group.commands.end(),
                                    [&rest](const Command &command) { return command.name == rest.first(); });
    if (found == group.commands.end())
        return fail(wrongUsage(tr("There is no command %1 %2. See rowdesk-cli --help.").arg(group.name, rest.first())));
    return runCommand(group, *found, rest.mid(1));
}

} // namespace

int runCommandLine(const QStringList &arguments)
{
    if (arguments.isEmpty())
        return fail(wrongUsage(tr("A command is missing. See rowdesk-cli --help.")));
    const QString &first = arguments.first();
    if (isHelp(first)) {
        printText(programHelp());
        return ExitDone;
    }
    if (first == QLatin1String("--version")) {
        printText(QStringLiteral("rowdesk-cli ") + QCoreApplication::applicationVersion() + QLatin1Char('\n'));
        return ExitDone;
    }
    for (const Group &group : groups()) {
        if (group.name == first)
            return runGroup(group, arguments.mid(1));
    }
    return fail(wrongUsage(tr("There is no command %1. See rowdesk-cli --help.").arg(first)));
}

} // namespace rowdesk::cli
