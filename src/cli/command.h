#pragma once

#include "net/apiclient.h"

#include <QCommandLineOption>
#include <QCoreApplication>
#include <QList>
#include <QStringList>

#include <functional>

class QCommandLineParser;

namespace rowdesk::cli {

/// What the program ends with. Part of its contract with scripts.
enum ExitCode {
    ExitDone = 0,
    ExitRefused = 1,    ///< the service or the data said no
    ExitWrongUsage = 2, ///< options or arguments that make no sense
    ExitHalfWay = 3     ///< stopped half-way, or the table's count does not agree; what is in the table was printed
};

inline QString tr(const char *text)
{
    return QCoreApplication::translate("Cli", text);
}

inline ApiError wrongUsage(const QString &message)
{
    return {ErrorKind::Usage, 0, {}, message, {}, {}};
}

/// What a command does once the program is signed in. It gives an exit code after it has printed what there is to say,
/// or an error that is still to be printed.
using Action = std::function<Call<int>(ApiClient *)>;

/// One command of the program: one line of its table (commandline.cpp), one function.
struct Command
{
    QString name;      ///< the last word: "get" of "data get"; empty: the group's name alone is the command
    QString arguments; ///< positional arguments as the help shows them: "ID FILE"
    QString needed;    ///< options that can't be left out, as the help shows them: "--name NAME"
    QString summary;   ///< one sentence
    QList<QCommandLineOption> options;
    /// Reads options and arguments (as many as `arguments` has words) before anything is asked of the service. An error
    /// here is wrong usage.
    Result<Action> (*prepare)(const QCommandLineParser &options, const QStringList &arguments);
    /// Whether these arguments need no account; the action gets no client then. Null: an account is always needed.
    bool (*isLocal)(const QStringList &arguments) = nullptr;
};

} // namespace rowdesk::cli
