#pragma once

#include <QStringList>

namespace rowdesk::cli {

/// Runs the program: `arguments` without its own name. Needs a QCoreApplication and runs its event loop; gives the exit
/// code. Output goes to stdout, errors and progress to stderr.
int runCommandLine(const QStringList &arguments);

} // namespace rowdesk::cli
