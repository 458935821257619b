#pragma once

#include "cli/command.h"

namespace rowdesk::cli {

/// data compare.
QList<Command> compareCommands();

} // namespace rowdesk::cli
