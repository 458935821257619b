#pragma once

#include "cli/command.h"

namespace rowdesk::cli {

/// "file inspect" and "file convert": what a file holds, and the same as a clean table. No account is needed.
QList<Command> fileCommands();

} // namespace rowdesk::cli
