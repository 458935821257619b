// rowdesk-sandbox: the local ClicData as a program of its own.

#include "sandbox/credentials.h"
#include "sandbox/sandboxserver.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QSocketNotifier>

#include <array>
#include <csignal>
#include <cstdio>
#include <optional>
#include <sys/socket.h>
#include <unistd.h>

namespace {

using namespace Qt::StringLiterals;

QString tr(const char *text)
{
    return QCoreApplication::translate("main", text);
}

std::array<int, 2> signalPipe{-1, -1};

/// Only what a signal handler may do: the event loop reads the byte and ends.
void onSignal(int)
{
    const char byte = 1;
    if (write(signalPipe[1], &byte, 1) < 0)
        _exit(1);
}

void quitOnSignals(QCoreApplication &app)
{
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, signalPipe.data()) != 0)
        return;
    auto *notifier = new QSocketNotifier(signalPipe[0], QSocketNotifier::Read, &app);
    QObject::connect(notifier, &QSocketNotifier::activated, &app, &QCoreApplication::quit);
    struct sigaction action = {};
    action.sa_handler = onSignal;
    sigaction(SIGTERM, &action, nullptr);
    sigaction(SIGINT, &action, nullptr);
}

/// Reads a number in [low, high]; says what is wrong with it.
std::optional<int> number(const QCommandLineParser &parser, const QString &option, int low, int high)
{
    bool isNumber = false;
    const int value = parser.value(option).toInt(&isNumber);
    if (isNumber && value >= low && value <= high)
        return value;
    fprintf(stderr, "%s\n", qPrintable(tr("--%1 needs a number from %2 to %3.").arg(option).arg(low).arg(high)));
    return std::nullopt;
}

void describe(QCommandLineParser &parser)
{
    parser.setApplicationDescription(
        tr("A local ClicData on 127.0.0.1, for trying programs out and for tests.\n"
           "Its first line on standard output is: LISTENING http://127.0.0.1:PORT/\n"
           "Then come the credentials it accepts. SIGTERM or SIGINT ends it; stored data stays in the data folder.\n"
           "Exit codes: 0 ended by a signal, 1 the folder or the port can't be used, 2 wrong usage."));
    parser.addHelpOption();
    parser.addOptions({
        {u"port"_s, tr("Port to listen on; 0 takes any free one (the default)."), u"PORT"_s, u"0"_s},
        {u"data"_s,
         tr("Folder for sandbox.sqlite, made when it is missing. Without it: a temporary folder, gone at the end."),
         u"DIR"_s},
        {u"demo"_s, tr("Fill an empty store with sample datasets, dashboards, schedules, teams and users.")},
        {u"page-size"_s, tr("Rows a page (default 1000)."), u"N"_s, u"1000"_s},
        {u"allow-faults"_s,
         tr("Serve the fault switches and the ledger under /_sandbox/ (see resources/sandbox/README.md).")},
    });
}

/// What the arguments ask for; empty, with a line on stderr, when they ask for nothing that exists.
std::optional<rowdesk::SandboxOptions> readOptions(const QCommandLineParser &parser)
{
    if (!parser.positionalArguments().isEmpty()) {
        fprintf(stderr, "%s\n", qPrintable(tr("Unexpected argument: %1").arg(parser.positionalArguments().first())));
        return std::nullopt;
    }
    const std::optional<int> port = number(parser, u"port"_s, 0, 65535);
    const std::optional<int> pageSize = number(parser, u"page-size"_s, 1, 1'000'000);
    if (!port || !pageSize)
        return std::nullopt;
    rowdesk::SandboxOptions options;
    options.dataDir = parser.value(u"data"_s);
    options.demo = parser.isSet(u"demo"_s);
    options.allowFaults = parser.isSet(u"allow-faults"_s);
    options.port = static_cast<quint16>(*port);
    options.pageSize = *pageSize;
    return options;
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    QCoreApplication::setApplicationName(u"rowdesk-sandbox"_s);

    QCommandLineParser parser;
    describe(parser);
    if (!parser.parse(QCoreApplication::arguments())) { // process() would end with 1
        fprintf(stderr, "%s\n", qPrintable(parser.errorText()));
        return 2;
    }
    parser.process(app);
    const std::optional<rowdesk::SandboxOptions> options = readOptions(parser);
    if (!options)
        return 2;

    rowdesk::SandboxServer server(*options);
    quitOnSignals(app);
    if (!server.start()) {
        fprintf(stderr, "%s\n", qPrintable(server.errorText()));
        return 1;
    }
    printf("LISTENING %s\n", server.url().toEncoded().constData());
    printf("client %s / %s\nuser demo@example.com / demo\nAPI key %s\n", rowdesk::sandbox::clientId.data(),
           rowdesk::sandbox::clientSecret.data(), rowdesk::sandbox::apiKey.data());
    fflush(stdout);
    return QCoreApplication::exec();
}
