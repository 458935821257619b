#pragma once

#include "cli/command.h"
#include "files/fileanswers.h"
#include "files/filenotes.h"

namespace rowdesk::cli {

/// What a person says about a file on the command line, for every command that reads one.
struct FileOptions
{
    FileAnswers file;
    ColumnAnswers columns;
};

QList<QCommandLineOption> fileOptions();
Result<FileOptions> readFileOptions(const QCommandLineParser &options);

/// The options that answer what a column leaves open, as they would be typed.
QString optionsThatAnswer(const ColumnFindings &column);
/// The option that lets a reading go on that ended with this error; empty when there is none.
QString optionThatHelps(const ApiError &error);

/// What is said of a doubt, with the options that end it.
QString textWithOptions(const FileDoubt &doubt);

} // namespace rowdesk::cli
