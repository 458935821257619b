// rowdesk-cli: the services without a window.

#include "auth/corefiles.h"
#include "cli/commandline.h"

#include <QCoreApplication>

#include <csignal>

int main(int argc, char **argv)
{
    rowdesk::forbidCoreFiles();
    // A reader that goes away (| head) is an error of a write, not the end of the program.
    std::signal(SIGPIPE, SIG_IGN);
    QCoreApplication app(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("rowdesk-cli"));
    QCoreApplication::setApplicationVersion(QStringLiteral(ROWDESK_VERSION));
    return rowdesk::cli::runCommandLine(QCoreApplication::arguments().mid(1));
}
