#include "app/appcontext.h"
#include "auth/corefiles.h"
#include "gui/look.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QDir>
#include <QStandardPaths>

#include <algorithm>
#include <cstring>

using namespace rowdesk;

namespace {

void describe(QCommandLineParser &parser)
{
    parser.setApplicationDescription(QCoreApplication::translate(
        "main",
        "Browse, compare and upload the datasets of a ClicData account. Unofficial, not affiliated with ClicData."));
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addOption(
        {QStringLiteral("sandbox"),
         QCoreApplication::translate("main", "Open the sample data on this computer. No account is needed.")});
    parser.addPositionalArgument(QStringLiteral("file"),
                                 QCoreApplication::translate("main", "A CSV or Excel file to import."),
                                 QStringLiteral("[file]"));
}

StartOptions optionsFrom(const QCommandLineParser &parser)
{
    const QString data =
        QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) + QStringLiteral("/rowdesk");
    const QString config =
        QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation) + QStringLiteral("/rowdesk");
    StartOptions options;
    options.sandbox = parser.isSet(QStringLiteral("sandbox"));
    options.file = parser.positionalArguments().value(0);
    options.settingsFile = config + QStringLiteral("/settings.json");
    options.profilesFile = config + QStringLiteral("/profiles.json");
    options.sandboxDir = data + QStringLiteral("/sandbox");
    return options;
}

void nameProgram()
{
    QCoreApplication::setApplicationName(QStringLiteral("rowdesk"));
    QCoreApplication::setApplicationVersion(QStringLiteral(ROWDESK_VERSION));
    QGuiApplication::setApplicationDisplayName(QStringLiteral("Rowdesk"));
    QGuiApplication::setDesktopFileName(QStringLiteral("rowdesk"));
}

/// --help and --version answer without a screen.
bool asksForText(int argc, char **argv)
{
    return std::any_of(argv + 1, argv + argc, [](const char *argument) {
        for (const char *word : {"--help", "-h", "--help-all", "--version", "-v"}) {
            if (std::strcmp(argument, word) == 0)
                return true;
        }
        return false;
    });
}

} // namespace

int main(int argc, char **argv)
{
    forbidCoreFiles();
    nameProgram();
    QCommandLineParser parser;
    if (argc > 1 && asksForText(argc, argv)) {
        const QCoreApplication app(argc, argv);
        describe(parser);
        parser.process(app); // prints and ends the program
    }
    const QApplication app(argc, argv);
    look::repairPlaceholders();
    describe(parser);
    parser.process(app);
    if (parser.positionalArguments().size() > 1)
        qWarning("Only the first file is opened: %ls", qUtf16Printable(parser.positionalArguments().first()));
    AppContext context(optionsFrom(parser), makeKeychainSecretStore());
    context.start();
    return QApplication::exec();
}
